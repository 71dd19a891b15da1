package org.skep.columnar.orc;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.ColumnRange;
import org.skep.storage.RuntimeFilter;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.storage.ScanStatistics;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.DatumVector;

/** Reads a file with the settings of a test into a list of rows. Confined to one thread. */
final class FileRows {
    private final FileSystem fileSystem;
    private final OrcFormat format = new OrcFormat();
    private final String path;
    private final TableLayout layout;
    private final List<ScanColumn> columns = new ArrayList<>();
    private final MemoryPool memory = MemoryPool.root("test", 1L << 30);
    private List<ColumnRange> ranges = List.of();
    private List<BatchFilter> filters = List.of();
    private RuntimeFilter runtime = RuntimeFilter.NONE;
    private int batchRows = 2048;
    private ZoneId zone = ZoneId.of("UTC");
    private long targetBytes = Long.MAX_VALUE;
    private ScanStatistics statistics = ScanStatistics.NONE;

    /** All columns of a layout, given as names and types in turn. */
    FileRows(String path, Map<String, String> properties, String... namesAndTypes) {
        this(LocalFileSystem.INSTANCE, path, properties, namesAndTypes);
    }

    /** All columns of a layout, in a file of any file system. */
    FileRows(
            FileSystem fileSystem,
            String path,
            Map<String, String> properties,
            String... namesAndTypes) {
        this.fileSystem = fileSystem;
        this.path = path;
        layout = layout(properties, namesAndTypes);
        for (int i = 0; i < layout.columns().size(); i++) {
            TableLayout.Column column = layout.columns().get(i);
            columns.add(new ScanColumn(-1, i, column.name(), column.type()));
        }
    }

    static TableLayout layout(Map<String, String> properties, String... namesAndTypes) {
        List<TableLayout.Column> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(
                    new TableLayout.Column(
                            -1, namesAndTypes[i], DataType.parse(namesAndTypes[i + 1])));
        }
        return new TableLayout("orc", properties, fields);
    }

    FileRows batchRows(int rows) {
        batchRows = rows;
        return this;
    }

    FileRows filters(BatchFilter... newFilters) {
        filters = List.of(newFilters);
        return this;
    }

    FileRows ranges(ColumnRange... newRanges) {
        ranges = List.of(newRanges);
        return this;
    }

    FileRows runtime(RuntimeFilter filter) {
        runtime = filter;
        return this;
    }

    FileRows zone(String id) {
        zone = ZoneId.of(id);
        return this;
    }

    FileRows splitsOf(long bytes) {
        targetBytes = bytes;
        return this;
    }

    OrcFormat format() {
        return format;
    }

    TableLayout layout() {
        return layout;
    }

    FileStatus status() {
        return fileSystem.status(path).orElseThrow();
    }

    List<Split> splits() {
        return format.splits(fileSystem, status(), layout, List.of(), targetBytes);
    }

    /** What the last read said of itself. */
    ScanStatistics statistics() {
        return statistics;
    }

    /** The rows of all splits, in order; checks that all memory is given back. */
    List<List<Object>> read() {
        List<List<Object>> rows = new ArrayList<>();
        statistics = ScanStatistics.NONE;
        ScanRequest request =
                new ScanRequest(
                        layout,
                        columns,
                        ranges,
                        filters,
                        runtime,
                        batchRows,
                        zone,
                        new CancelFlag(),
                        memory,
                        count -> {});
        for (Split split : splits()) {
            try (BatchSource source = format.open(fileSystem, split, request)) {
                for (ColumnBatch batch = source.next(); batch != null; batch = source.next()) {
                    add(batch, rows);
                }
                statistics = statistics.plus(source.statistics());
            }
        }
        if (memory.reserved() != 0) {
            throw new AssertionError("Memory not given back: " + memory.reserved());
        }
        return rows;
    }

    static void add(ColumnBatch batch, List<List<Object>> rows) {
        for (int i = 0; i < batch.rowCount(); i++) {
            int position = batch.selection().position(i);
            List<Object> row = new ArrayList<>();
            for (int c = 0; c < batch.columnCount(); c++) {
                row.add(DatumVector.read(batch.column(c), position).value());
            }
            rows.add(row);
        }
    }
}
