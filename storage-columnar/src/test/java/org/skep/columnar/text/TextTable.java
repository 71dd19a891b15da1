package org.skep.columnar.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.io.FileStatus;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.RuntimeFilter;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueText;
import org.skep.types.vector.ColumnBatch;

/** A table of one text file, for tests. Confined to one thread. */
final class TextTable {
    static final ZoneId ZONE = ZoneId.of("US/Pacific");

    final Map<String, String> properties = new TreeMap<>();
    final MemoryPool memory = MemoryPool.root("test", 64 << 20);
    final List<BatchFilter> filters = new ArrayList<>();
    final Path file;
    int batchRows = 2048;
    long damage;
    long batches;
    private final List<TableLayout.Column> columns = new ArrayList<>();
    private final TableFormat format;

    /** Columns are {@code name type} pairs, parted by semicolons. */
    TextTable(TableFormat format, Path file, String columnList) {
        this.format = format;
        this.file = file;
        for (String column : columnList.split(";", -1)) {
            String[] parts = column.trim().split(" ", 2);
            columns.add(new TableLayout.Column(columns.size(), parts[0], DataType.parse(parts[1])));
        }
    }

    TextTable(Path file, String columnList) {
        this(new TextFormat(), file, columnList);
    }

    TextTable with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    TextTable content(String text) throws Exception {
        return content(text.getBytes(StandardCharsets.UTF_8));
    }

    TextTable content(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        return this;
    }

    TableLayout layout() {
        return new TableLayout(format.name(), properties, columns);
    }

    int[] allColumns() {
        int[] all = new int[columns.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return all;
    }

    /** The rows as the command line prints them, parted by bars. */
    List<String> rows() {
        return rows(Long.MAX_VALUE, allColumns());
    }

    List<String> rows(long splitBytes, int... wanted) {
        List<String> rows = new ArrayList<>();
        for (Split split : splits(splitBytes)) {
            read(split, rows, wanted);
        }
        return rows;
    }

    List<Split> splits(long splitBytes) {
        FileStatus status = LocalFileSystem.INSTANCE.status(file.toString()).orElseThrow();
        return format.splits(LocalFileSystem.INSTANCE, status, layout(), List.of(), splitBytes);
    }

    void read(Split split, List<String> rows, int... wanted) {
        ByteSink out = new ByteSink();
        try (BatchSource source = format.open(LocalFileSystem.INSTANCE, split, request(wanted))) {
            for (ColumnBatch batch = source.next(); batch != null; batch = source.next()) {
                batches++;
                for (int k = 0; k < batch.rowCount(); k++) {
                    out.reset();
                    for (int c = 0; c < batch.columnCount(); c++) {
                        if (c > 0) {
                            out.append('|');
                        }
                        ValueText.append(batch.column(c), batch.selection().position(k), out, ZONE);
                    }
                    rows.add(out.toString());
                }
            }
        }
    }

    ScanRequest request(int... wanted) {
        List<ScanColumn> scanned = new ArrayList<>();
        for (int ordinal : wanted) {
            TableLayout.Column column = columns.get(ordinal);
            scanned.add(new ScanColumn(column.id(), ordinal, column.name(), column.type()));
        }
        return new ScanRequest(
                layout(),
                scanned,
                List.of(),
                filters,
                RuntimeFilter.NONE,
                batchRows,
                ZONE,
                new CancelFlag(),
                memory,
                count -> damage += count);
    }

    TableWriter writer() {
        return format.create(LocalFileSystem.INSTANCE, file.toString(), layout(), ZONE, memory);
    }

    /** Copies all rows of another table with the same columns into this one's new file. */
    WrittenFile copyFrom(TextTable other) {
        try (TableWriter writer = writer()) {
            for (Split split : other.splits(Long.MAX_VALUE)) {
                try (BatchSource source =
                        other.format.open(
                                LocalFileSystem.INSTANCE,
                                split,
                                other.request(other.allColumns()))) {
                    for (ColumnBatch batch = source.next(); batch != null; batch = source.next()) {
                        writer.write(batch);
                    }
                }
            }
            return writer.finish();
        }
    }

    String text() throws Exception {
        return Files.readString(file);
    }
}
