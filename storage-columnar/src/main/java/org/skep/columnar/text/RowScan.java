package org.skep.columnar.text;

import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanRequest;
import org.skep.storage.ScanStatistics;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Reads the rows of a split a line at a time. Confined to one thread. */
final class RowScan implements BatchSource {
    private final LineBlocks lines;
    private final long end;
    private final ScanRequest request;
    private final LineParser parser;
    private final ColumnVector[] vectors;
    private long rowsLeft;
    private long rowsRead;
    private boolean closed;

    /** Takes over the lines. */
    RowScan(LineInput input, ScanRequest request, LineParser parser) {
        lines = input.lines();
        end = input.end();
        rowsLeft = input.mostRows();
        this.request = request;
        this.parser = parser;
        vectors = new ColumnVector[request.columns().size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = ColumnVector.create(request.columns().get(i).type(), request.batchRows());
        }
    }

    @Override
    public ColumnBatch next() {
        request.cancelFlag().check();
        for (ColumnVector vector : vectors) {
            vector.reset();
        }
        int rows = 0;
        long damage = 0;
        while (rows < request.batchRows()
                && rowsLeft > 0
                && lines.advance()
                && lines.position() < end) {
            int at = lines.at();
            int lineEnd = LineBlocks.lineEnd(lines.data(), at);
            damage += parser.parse(lines.data(), at, lineEnd - at, vectors, rows);
            lines.moveTo(lines.afterLineEnd(lineEnd));
            rows++;
            rowsLeft--;
        }
        if (damage > 0) {
            request.damage().accept(damage);
        }
        if (rows == 0) {
            return null;
        }
        rowsRead += rows;
        return new ColumnBatch(vectors.clone(), filtered(Selection.all(rows)));
    }

    private Selection filtered(Selection all) {
        Selection selection = all;
        for (BatchFilter filter : request.filters()) {
            int[] needed = filter.columns();
            ColumnVector[] columns = new ColumnVector[needed.length];
            for (int i = 0; i < needed.length; i++) {
                columns[i] = vectors[needed[i]];
            }
            selection = filter.apply(columns, selection);
        }
        return selection;
    }

    @Override
    public ScanStatistics statistics() {
        return new ScanStatistics(lines.bytesRead(), rowsRead, 1, 0);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lines.close();
        }
    }
}
