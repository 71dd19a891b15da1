package org.skep.lsm.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.Ownership;

/** What the tests of stores share: options, a table, short ways to write and read. Stateless. */
public final class TestStore {
    public static final TableName GOODS = TableName.of("goods");
    public static final byte[] F = utf8("f");
    public static final byte[] Q = utf8("q");

    /** Lets anybody own anything: a power cut leaves owners behind. */
    public static final Ownership ANYBODY =
            (files, root) ->
                    new Ownership.Lease() {
                        @Override
                        public void check() {
                            // It is not lost.
                        }

                        @Override
                        public boolean permanent() {
                            return true;
                        }

                        @Override
                        public void close() {
                            // Nothing was taken.
                        }
                    };

    private TestStore() {}

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static RegionStoreOptions options() {
        return RegionStoreOptions.defaults()
                .withOwnership(ANYBODY)
                .withMemory(MemoryPool.root("test", 512 << 20), 4 << 20)
                .withoutBackground();
    }

    public static RegionStore open(FileSystem files, String path) {
        return RegionStore.open(files, path, options());
    }

    public static TableDescriptor goods() {
        return TableDescriptor.of(GOODS, ColumnFamily.named("f"), ColumnFamily.named("g"));
    }

    public static Put put(String row, String value) {
        return new Put(utf8(row)).add(F, Q, utf8(value));
    }

    public static String value(RegionStore store, String row) {
        Result result = store.table(GOODS).get(new Get(utf8(row)));
        return result.value(F, Q).map(TestStore::text).orElse(null);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The letters of a text, a row each. */
    public static List<String> letters(String text) {
        return text.chars().mapToObj(Character::toString).toList();
    }

    /** All cells of a table, as text. */
    public static List<String> cells(RegionStore store, TableName table) {
        List<String> cells = new ArrayList<>();
        try (TableScanner scanner = store.table(table).scan(new Scan().readAllVersions())) {
            for (Result row = scanner.next(); row != null; row = scanner.next()) {
                for (Cell cell : row.cells()) {
                    cells.add(cell.toString());
                }
            }
        }
        return cells;
    }

    /** The rows of the goods and their values. */
    public static SortedMap<String, String> content(RegionStore store) {
        SortedMap<String, String> content = new TreeMap<>();
        try (TableScanner scanner = store.table(GOODS).scan(new Scan())) {
            for (Result row = scanner.next(); row != null; row = scanner.next()) {
                String key = text(row.row());
                String value = row.value(F, Q).map(TestStore::text).orElse(null);
                if (content.put(key, value) != null) {
                    throw new AssertionError("Row came twice: " + key);
                }
            }
        }
        return content;
    }
}
