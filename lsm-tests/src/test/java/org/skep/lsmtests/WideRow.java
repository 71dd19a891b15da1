package org.skep.lsmtests;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.filter.ColumnRangeFilter;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.RegionStore;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.Table;
import org.skep.lsm.store.TableScanner;

/**
 * A program that writes and reads one row of very many columns in pieces, in little memory.
 * Confined to one thread.
 */
public final class WideRow {
    private static final TableName NAME = TableName.of("wide");
    private static final byte[] ROW = Cell.utf8("row");
    private static final byte[] F = Cell.utf8("f");
    private static final int PIECE = 1_000;
    private static final int BATCH = 777;

    private final RegionStore store;
    private final Table table;
    private final int columns;

    private WideRow(RegionStore store, int columns) {
        this.store = store;
        this.columns = columns;
        TableDescriptor descriptor =
                new TableDescriptor(
                        NAME,
                        List.of(ColumnFamily.named("f")),
                        Durability.ASYNC_WAL,
                        TableDescriptor.DEFAULT_FLUSH_SIZE,
                        TableDescriptor.DEFAULT_MAX_FILE_SIZE);
        store.createTable(descriptor);
        table = store.table(NAME);
        table.put(new Put(Cell.utf8("before")).add(F, number(0), value(0, 0)));
        table.put(new Put(Cell.utf8("the next")).add(F, number(0), value(0, 0)));
    }

    /** Arguments: a directory, and how many columns. */
    public static void main(String[] arguments) {
        RegionStoreOptions options =
                RegionStoreOptions.defaults()
                        .withMemory(MemoryPool.root("wide", 64L << 20), 8L << 20);
        options = options.withRegion(options.region().withMemstoreLimit(40L << 20));
        try (RegionStore store =
                RegionStore.open(
                        LocalFileSystem.INSTANCE,
                        Path.of(arguments[0]).resolve("wide").toString(),
                        options)) {
            new WideRow(store, Integer.parseInt(arguments[1])).run();
        }
    }

    private static byte[] number(int column) {
        return ByteBuffer.allocate(4).putInt(column).array();
    }

    private static byte[] value(int column, int round) {
        return ByteBuffer.allocate(8).putInt(column).putInt(round).array();
    }

    private void write(int from, int to, int step, int round) {
        Put put = new Put(ROW);
        for (int column = from; column < to; column += step) {
            put.add(F, number(column), value(column, round));
            if (put.cells().size() == PIECE) {
                table.put(put);
                put = new Put(ROW);
            }
        }
        if (!put.cells().isEmpty()) {
            table.put(put);
        }
    }

    private void run() {
        long begun = System.nanoTime();
        // In files, and some of it in memory; then some of that again, and less.
        write(0, columns / 2, 1, 0);
        store.flush(NAME);
        write(columns / 2, columns, 1, 0);
        expect("written", column -> true, column -> 0);
        write(0, columns, 10, 1);
        store.flush(NAME);
        Delete delete = new Delete(ROW);
        for (int column = 5; column < columns; column += 100) {
            delete.addColumns(F, number(column));
        }
        table.delete(delete);
        LongPredicate there = column -> column % 100 != 5;
        expect("changed", there, column -> column % 10 == 0 ? 1 : 0);
        unseen(there);
        store.majorCompact(NAME);
        expect("joined", there, column -> column % 10 == 0 ? 2 : 0);
        some();
        System.out.printf(
                "%d columns: %d ms, %d MB of heap%n",
                columns,
                (System.nanoTime() - begun) / 1_000_000,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** What the value of a column was last. */
    private interface Round {
        int of(long column);
    }

    private void expect(String when, LongPredicate there, Round round) {
        for (boolean reversed : new boolean[] {false, true}) {
            Scan scan = new Scan().batch(BATCH).reversed(reversed);
            try (TableScanner scanner = table.scan(scan)) {
                expect(when, scanner, there, round, reversed);
            }
        }
        int count = 0;
        try (TableScanner scanner = table.scan(new Scan())) {
            while (scanner.nextCell()) {
                CellView cell = scanner.cell();
                count += cell.hasRow(ROW) ? 1 : 0;
            }
        }
        require(count == count(there), when, count);
    }

    private int count(LongPredicate there) {
        int count = 0;
        for (int column = 0; column < columns; column++) {
            count += there.test(column) ? 1 : 0;
        }
        return count;
    }

    private void expect(
            String when, TableScanner scanner, LongPredicate there, Round round, boolean reversed) {
        List<String> rows = new ArrayList<>();
        int column = 0;
        for (Result part = scanner.next(); part != null; part = scanner.next()) {
            String row = new String(part.row(), java.nio.charset.StandardCharsets.UTF_8);
            if (rows.isEmpty() || !rows.get(rows.size() - 1).equals(row)) {
                rows.add(row);
            }
            if (!row.equals("row")) {
                continue;
            }
            require(part.cells().size() <= BATCH, when, part.cells().size());
            for (Cell cell : part.cells()) {
                while (!there.test(column)) {
                    column++;
                }
                int found = ByteBuffer.wrap(cell.qualifier()).getInt();
                int last = ByteBuffer.wrap(cell.value()).getInt(4);
                require(found == column, when, found);
                require(last == round.of(column), when, last);
                column++;
            }
        }
        while (column < columns && !there.test(column)) {
            column++;
        }
        require(column == columns, when, column);
        List<String> wanted =
                reversed
                        ? List.of("the next", "row", "before")
                        : List.of("before", "row", "the next");
        require(rows.equals(wanted), when, rows);
    }

    /** What is written and flushed while a scan is within the row it does not see. */
    private void unseen(LongPredicate there) {
        try (TableScanner scanner = table.scan(new Scan().startRow(ROW).limit(1).batch(BATCH))) {
            Result part = scanner.next();
            write(0, columns, 10, 2);
            store.flush(NAME);
            store.compact(NAME);
            int column = 0;
            for (; part != null; part = scanner.next()) {
                for (Cell cell : part.cells()) {
                    while (!there.test(column)) {
                        column++;
                    }
                    int last = ByteBuffer.wrap(cell.value()).getInt(4);
                    require(last == (column % 10 == 0 ? 1 : 0), "open scan", last);
                    column++;
                }
            }
            require(column == columns, "open scan", column);
        }
    }

    /** Parts of the row. */
    private void some() {
        int at = columns / 2 + 1;
        Result one = table.get(new Get(ROW).addColumn(F, number(at)));
        require(one.cells().size() == 1, "one column", one.cells());
        Result range =
                table.get(
                        new Get(ROW)
                                .filter(
                                        new ColumnRangeFilter(
                                                number(columns - 20),
                                                true,
                                                number(columns - 10),
                                                false)));
        require(range.cells().size() == 10, "range of columns", range.cells());
        Result page = table.get(new Get(ROW).maxCellsPerFamily(3).cellOffsetPerFamily(columns / 2));
        require(page.cells().size() == 3, "page of columns", page.cells());
    }

    private static void require(boolean holds, String when, Object found) {
        if (!holds) {
            throw new AssertionError(when + ": " + found);
        }
    }
}
