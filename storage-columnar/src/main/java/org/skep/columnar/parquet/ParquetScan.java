package org.skep.columnar.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.RowGroup;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.storage.ScanStatistics;
import org.skep.storage.Split;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Reads the row groups of a split. Row groups that cannot match are not touched; within a batch,
 * the columns of the scan's conditions are decoded first, and the others only for the rows that
 * pass. Confined to one thread.
 */
final class ParquetScan implements BatchSource {
    // Work between two looks at the cancel flag when no batch is delivered.
    private static final int BATCHES_BETWEEN_CHECKS = 16;

    private final ScanRequest request;
    private final InputFile file;
    private final Decompressor decompressor = new Decompressor();
    private final List<RowGroup> groups;
    private final ColumnReader[] readers;
    private final RowGroupFilter groupFilter;
    private final ColumnVector[] vectors;
    private final BatchFilter[] filters;

    private int nextGroup;
    private long rowsLeft;
    private long rowsRead;
    private long unitsRead;
    private long unitsSkipped;

    private ParquetScan(ScanRequest request, InputFile file, Footer footer, List<RowGroup> groups) {
        this.request = request;
        this.file = file;
        this.groups = groups;
        List<ScanColumn> columns = request.columns();
        ReadPlace place = new ReadPlace(file.path(), "");
        ReadContext context =
                new ReadContext(
                        file,
                        decompressor,
                        request.memory(),
                        ReadContext.storedZone(footer, request.zone(), place),
                        request.zone(),
                        HybridCalendar.appliesTo(footer),
                        request.damage());
        ColumnBinding binding = ColumnBinding.of(footer, request.layout());
        readers = new ColumnReader[columns.size()];
        SchemaNode[] leaves = new SchemaNode[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            SchemaNode node = binding.node(columns.get(i).ordinal(), columns.get(i).name());
            readers[i] = context.reader(node, columns.get(i).type());
            leaves[i] = node != null && node.isLeaf() && !node.repeated() ? node : null;
        }
        groupFilter = new RowGroupFilter(footer, file.path(), columns, leaves);
        vectors = new ColumnVector[readers.length];
        filters = request.filters().toArray(new BatchFilter[0]);
    }

    /** Opens the row groups whose middle lies in the split. */
    static ParquetScan open(
            FileSystem fileSystem, FooterCache footers, Split split, ScanRequest request) {
        InputFile file = fileSystem.open(split.path());
        try {
            Footer footer =
                    footers.footer(
                            fileSystem, split.path(), file.length(), split.modifiedMillis(), file);
            List<RowGroup> groups = new ArrayList<>();
            for (RowGroup group : footer.rowGroups()) {
                long middle = ParquetFormat.middle(group);
                if (middle >= split.offset() && middle < split.offset() + split.length()) {
                    groups.add(group);
                }
            }
            return new ParquetScan(request, file, footer, groups);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public ColumnBatch next() {
        int quiet = 0;
        while (true) {
            if (rowsLeft == 0 && !openGroup()) {
                return null;
            }
            if (quiet++ % BATCHES_BETWEEN_CHECKS == 0) {
                request.cancelFlag().check();
            }
            int rows = (int) Math.min(rowsLeft, request.batchRows());
            ColumnBatch batch = read(rows);
            rowsLeft -= rows;
            rowsRead += rows;
            if (batch != null) {
                return batch;
            }
        }
    }

    private boolean openGroup() {
        while (nextGroup < groups.size()) {
            RowGroup group = groups.get(nextGroup++);
            if (group.getNum_rows() == 0) {
                continue;
            }
            if (!groupFilter.mayMatch(group, request.ranges(), request.runtimeFilter())) {
                unitsSkipped++;
                continue;
            }
            unitsRead++;
            rowsLeft = group.getNum_rows();
            for (ColumnReader reader : readers) {
                reader.open(group);
            }
            return true;
        }
        return false;
    }

    // The next rows, or null if none of them passes the conditions.
    private ColumnBatch read(int rows) {
        java.util.Arrays.fill(vectors, null);
        Selection selection = Selection.all(rows);
        for (BatchFilter filter : filters) {
            int[] needed = filter.columns();
            ColumnVector[] arguments = new ColumnVector[needed.length];
            for (int i = 0; i < needed.length; i++) {
                arguments[i] = vector(needed[i], rows, selection);
            }
            selection = filter.apply(arguments, selection);
            if (selection.count() == 0) {
                break;
            }
        }
        if (selection.count() == 0) {
            for (int i = 0; i < readers.length; i++) {
                if (vectors[i] == null) {
                    readers[i].skip(rows);
                }
            }
            return null;
        }
        for (int i = 0; i < readers.length; i++) {
            vector(i, rows, selection);
        }
        return new ColumnBatch(vectors.clone(), selection);
    }

    private ColumnVector vector(int column, int rows, Selection selection) {
        if (vectors[column] == null) {
            try {
                vectors[column] = readers[column].read(rows, selection);
            } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
                // What the decoders do not check themselves, their arrays do.
                throw new ReadPlace(file.path(), request.columns().get(column).name())
                        .corrupt(0, "malformed page: " + e.getMessage(), e);
            }
        }
        return vectors[column];
    }

    @Override
    public ScanStatistics statistics() {
        long bytes = 0;
        for (ColumnReader reader : readers) {
            bytes += reader.bytesRead();
        }
        return new ScanStatistics(bytes, rowsRead, unitsRead, unitsSkipped);
    }

    @Override
    public void close() {
        for (ColumnReader reader : readers) {
            reader.close();
        }
        decompressor.close();
        file.close();
    }
}
