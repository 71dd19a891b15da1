package org.skep.columnar.rows;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.columnar.orc.OrcFormat;
import org.skep.columnar.parquet.ParquetFormat;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.ColumnRange;
import org.skep.storage.RuntimeFilter;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.storage.ScanStatistics;
import org.skep.storage.Split;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.DatumVector;

/**
 * Reads a file with the settings of a test into a list of rows; the end of its name tells its
 * format. Confined to one thread.
 */
public final class FileRows {
    private final FileSystem fileSystem;
    private final TableFormat format;
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
    public FileRows(String path, Map<String, String> properties, String... namesAndTypes) {
        this(LocalFileSystem.INSTANCE, path, properties, namesAndTypes);
    }

    /** All columns of a layout, in a file of any file system. */
    public FileRows(
            FileSystem fileSystem,
            String path,
            Map<String, String> properties,
            String... namesAndTypes) {
        this.fileSystem = fileSystem;
        this.path = path;
        format = path.endsWith(".orc") ? new OrcFormat() : new ParquetFormat();
        layout = layout(format.name(), properties, namesAndTypes);
        for (int i = 0; i < layout.columns().size(); i++) {
            TableLayout.Column column = layout.columns().get(i);
            columns.add(new ScanColumn(-1, i, column.name(), column.type()));
        }
    }

    /** A layout whose columns are given as names and types in turn. */
    public static TableLayout layout(
            String format, Map<String, String> properties, String... namesAndTypes) {
        List<TableLayout.Column> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(
                    new TableLayout.Column(
                            -1, namesAndTypes[i], DataType.parse(namesAndTypes[i + 1])));
        }
        return new TableLayout(format, properties, fields);
    }

    /** At most so many rows a batch. */
    public FileRows batchRows(int rows) {
        batchRows = rows;
        return this;
    }

    /** Only rows that pass all conditions. */
    public FileRows filters(BatchFilter... newFilters) {
        filters = List.of(newFilters);
        return this;
    }

    /** Row groups that cannot have such values may be skipped. */
    public FileRows ranges(ColumnRange... newRanges) {
        ranges = List.of(newRanges);
        return this;
    }

    /** A filter that may change during the scan. */
    public FileRows runtime(RuntimeFilter filter) {
        runtime = filter;
        return this;
    }

    /** The session's time zone. */
    public FileRows zone(String id) {
        zone = ZoneId.of(id);
        return this;
    }

    /** Splits of about so many bytes. */
    public FileRows splitsOf(long bytes) {
        targetBytes = bytes;
        return this;
    }

    /** The format that the name says. */
    public TableFormat format() {
        return format;
    }

    /** The layout of the file. */
    public TableLayout layout() {
        return layout;
    }

    /** Name and length of the file. */
    public FileStatus status() {
        return fileSystem.status(path).orElseThrow();
    }

    /** The splits of the file. */
    public List<Split> splits() {
        return format.splits(fileSystem, status(), layout, List.of(), targetBytes);
    }

    /** What the last read said of itself. */
    public ScanStatistics statistics() {
        return statistics;
    }

    /** The rows of all splits, in order; checks that all memory is given back. */
    public List<List<Object>> read() {
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

    private static void add(ColumnBatch batch, List<List<Object>> rows) {
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
