package org.skep.columnar.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.storage.ScanStatistics;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Reads the rows of a split, a window of the file at a time. Confined to one thread. */
final class TextScan implements BatchSource {
    private final LineBlocks lines;
    private final ScanRequest request;
    private final long end;
    private final FieldSplitter splitter;
    private final ColumnDecoder[] decoders;
    private final int[] decoderOf;
    private final boolean[] decoded;
    private long rowsLeft;
    private long rowsRead;
    private boolean closed;

    /** Takes over the lines. */
    TextScan(LineInput input, ScanRequest request, TextOptions options) {
        lines = input.lines();
        end = input.end();
        rowsLeft = input.mostRows();
        this.request = request;
        List<ScanColumn> columns = request.columns();
        ScanColumn[] distinct =
                columns.stream()
                        .sorted(java.util.Comparator.comparingInt(ScanColumn::ordinal))
                        .distinct()
                        .toArray(ScanColumn[]::new);
        ScalarDecoders scalars = new ScalarDecoders(options, request.zone());
        NestedDecoders nested = new NestedDecoders(options, scalars);
        int[] ordinals = new int[distinct.length];
        decoders = new ColumnDecoder[distinct.length];
        decoded = new boolean[distinct.length];
        for (int i = 0; i < distinct.length; i++) {
            ordinals[i] = distinct[i].ordinal();
            decoders[i] =
                    new ColumnDecoder(
                            options,
                            scalars,
                            nested.of(distinct[i].type(), 1),
                            distinct[i].type(),
                            request.batchRows());
        }
        splitter = new FieldSplitter(options, ordinals, request.layout().columns().size());
        for (int i = 0; i < decoders.length; i++) {
            splitter.setTarget(i, decoders[i].starts(), decoders[i].lengths());
        }
        decoderOf = new int[columns.size()];
        List<ScanColumn> order = new ArrayList<>(Arrays.asList(distinct));
        for (int i = 0; i < decoderOf.length; i++) {
            decoderOf[i] = order.indexOf(columns.get(i));
        }
    }

    @Override
    public ColumnBatch next() {
        request.cancelFlag().check();
        if (rowsLeft == 0 || !lines.advance() || lines.position() >= end) {
            return null;
        }
        long untilEnd = end - lines.position();
        int stop = (int) Math.min(lines.complete(), lines.at() + untilEnd);
        int mostRows = (int) Math.min(rowsLeft, request.batchRows());
        int rows = splitter.split(lines, stop, mostRows);
        rowsLeft -= rows;
        rowsRead += rows;
        return decode(rows);
    }

    private ColumnBatch decode(int rows) {
        Arrays.fill(decoded, false);
        Selection selection = Selection.all(rows);
        long damage = 0;
        for (BatchFilter filter : request.filters()) {
            int[] needed = filter.columns();
            ColumnVector[] vectors = new ColumnVector[needed.length];
            for (int i = 0; i < needed.length; i++) {
                damage += decodeOnce(decoderOf[needed[i]], selection);
                vectors[i] = decoders[decoderOf[needed[i]]].vector();
            }
            selection = filter.apply(vectors, selection);
        }
        ColumnVector[] columns = new ColumnVector[decoderOf.length];
        for (int i = 0; i < columns.length; i++) {
            damage += decodeOnce(decoderOf[i], selection);
            columns[i] = decoders[decoderOf[i]].vector();
        }
        if (damage > 0) {
            request.damage().accept(damage);
        }
        return new ColumnBatch(columns, selection);
    }

    private long decodeOnce(int decoder, Selection selection) {
        if (decoded[decoder]) {
            return 0;
        }
        decoded[decoder] = true;
        return decoders[decoder].decode(lines.data(), selection);
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
