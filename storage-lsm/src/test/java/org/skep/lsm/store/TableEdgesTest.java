package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.store.TestStore.F;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.Q;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.text;
import static org.skep.lsm.store.TestStore.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Isolation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;

/** What a table answers at the edges of what may be asked. */
final class TableEdgesTest {
    private static final int LONGEST = Short.MAX_VALUE;

    private final FileSystem files = new FaultyFileSystem();
    private RegionStore store;
    private Table table;

    @BeforeEach
    void open() {
        store = TestStore.open(files, "/store");
        store.createTable(goods());
        table = store.table(GOODS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] longest(char filler, int last) {
        byte[] row = new byte[LONGEST];
        Arrays.fill(row, (byte) filler);
        row[LONGEST - 1] = (byte) last;
        return row;
    }

    private List<Result> results(Scan scan) {
        List<Result> results = new ArrayList<>();
        try (TableScanner scanner = table.scan(scan)) {
            for (Result row = scanner.next(); row != null; row = scanner.next()) {
                results.add(row);
            }
        }
        return results;
    }

    private void putRows(byte[]... rows) {
        for (byte[] row : rows) {
            table.put(new Put(row).add(F, Q, utf8("v")));
        }
    }

    @Test
    void seesWhatComesLaterOnlyIfItWantsWhatIsNotCommitted() {
        store.split(GOODS, utf8("m"));
        putRows(utf8("a"), utf8("e"), utf8("n"));
        try (TableScanner committed = table.scan(new Scan());
                TableScanner any = table.scan(new Scan().isolation(Isolation.READ_UNCOMMITTED))) {
            assertThat(committed.next().row()).isEqualTo(utf8("a"));
            assertThat(any.next().row()).isEqualTo(utf8("a"));
            // In the region that is being read, and in one that is still to come.
            putRows(utf8("g"), utf8("o"));
            assertThat(committed.next().row()).isEqualTo(utf8("e"));
            assertThat(committed.next().row()).isEqualTo(utf8("n"));
            assertThat(committed.next()).isNull();
            for (String row : List.of("e", "g", "n", "o")) {
                assertThat(any.next().row()).isEqualTo(utf8(row));
            }
            assertThat(any.next()).isNull();
        }
    }

    @Test
    void scansBackFromTheLongestRows() {
        byte[] plain = longest('m', 'm');
        byte[] full = longest('m', 0xff);
        putRows(utf8("a"), plain, full, utf8("z"));
        for (int round = 0; round < 2; round++) {
            assertThat(results(new Scan().reversed(true).startRow(plain)))
                    .extracting(Result::row)
                    .containsExactly(plain, utf8("a"));
            assertThat(results(new Scan().reversed(true).startRow(full)))
                    .extracting(Result::row)
                    .containsExactly(full, plain, utf8("a"));
            store.flush(GOODS);
        }
    }

    @Test
    void countsARowThatWasCutAndWhoseRestIsHidden() {
        table.put(
                new Put(utf8("r1"))
                        .add(F, utf8("a"), 1, utf8("1"))
                        .add(F, utf8("b"), 1, utf8("2")));
        table.delete(new Delete(utf8("r1")).addColumns(F, utf8("b"), 1));
        putRows(utf8("r2"));
        assertThat(results(new Scan().limit(1).batch(1)))
                .extracting(result -> text(result.row()))
                .containsExactly("r1");
        assertThat(results(new Scan().limit(2).batch(1)))
                .extracting(result -> text(result.row()))
                .containsExactly("r1", "r2");
        try (TableScanner scanner = table.scan(new Scan().limit(1))) {
            assertThat(scanner.nextCell()).isTrue();
            assertThat(scanner.nextCell()).isFalse();
        }
    }

    @Test
    void countsRowsOverRegions() {
        store.split(GOODS, utf8("m"));
        putRows(utf8("a"), utf8("b"), utf8("n"), utf8("o"));
        assertThat(results(new Scan().limit(3)))
                .extracting(result -> text(result.row()))
                .containsExactly("a", "b", "n");
        assertThat(results(new Scan().limit(3).reversed(true)))
                .extracting(result -> text(result.row()))
                .containsExactly("o", "n", "b");
        int cells = 0;
        try (TableScanner scanner = table.scan(new Scan().limit(3))) {
            while (scanner.nextCell()) {
                cells++;
            }
        }
        assertThat(cells).isEqualTo(3);
    }

    @Test
    void leavesTheGetOfAnExistenceCheckAsItWas() {
        table.put(new Put(utf8("r")).add(F, utf8("a"), utf8("1")).add(F, utf8("b"), utf8("2")));
        Get get = new Get(utf8("r"));
        assertThat(table.exists(get)).isTrue();
        assertThat(table.get(get).cells()).hasSize(2);
    }

    @Test
    void takesTheTimestampOfADeleteForItsParts() {
        for (long at = 1; at <= 3; at++) {
            table.put(new Put(utf8("r")).add(F, Q, at, utf8("v" + at)));
        }
        table.delete(new Delete(utf8("r"), 2).addColumns(F, Q));
        assertThat(table.get(new Get(utf8("r"))).value(F, Q).map(TestStore::text)).contains("v3");
        table.put(new Put(utf8("s")).add(F, Q, 1, utf8("old")));
        table.delete(new Delete(utf8("s"), 2).addColumn(F, Q));
        assertThat(table.exists(new Get(utf8("s")))).isTrue();
        table.delete(new Delete(utf8("s"), 2).addFamily(F));
        assertThat(table.exists(new Get(utf8("s")))).isFalse();
        table.put(new Put(utf8("s")).add(F, Q, 3, utf8("new")));
        assertThat(table.exists(new Get(utf8("s")))).isTrue();
    }

    @Test
    void refusesWhatNobodyCouldReadBack() {
        Put put = new Put(utf8("r"));
        assertThatThrownBy(() -> put.add(F, Q, -1, utf8("v")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        Cell cell = Cell.of(utf8("r"), F, Q, -5, CellType.PUT, utf8("v"));
        assertThatThrownBy(() -> put.addCell(cell)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Delete(utf8("r"), -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Delete(utf8("r")).addFamilyVersion(F, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scan().startRow(new byte[LONGEST + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32768");
        assertThatThrownBy(() -> new Scan().stopRow(new byte[LONGEST + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesBackMemoryOfScansThatCannotBegin() {
        store.close();
        MemoryPool pool = MemoryPool.root("test", 64 << 20);
        RegionStoreOptions options = TestStore.options().withMemory(pool, 4 << 20);
        try (RegionStore small = RegionStore.open(files, "/store", options)) {
            byte[] value = new byte[4000];
            for (int file = 0; file < 3; file++) {
                for (int row = 0; row < 10; row++) {
                    small.table(GOODS).put(new Put(utf8("r" + row)).add(F, Q, value));
                }
                small.flush(GOODS);
            }
        }
        damage(1000);
        try (RegionStore small = RegionStore.open(files, "/store", options)) {
            List<Long> reserved = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                assertThatThrownBy(() -> scanOnce(small))
                        .isInstanceOfSatisfying(
                                SkepException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT_FILE));
                reserved.add(pool.reserved());
            }
            // A scan of three files holds 1.5 MB; buffers that nobody uses are kept for the next.
            assertThat(reserved.get(29) - reserved.get(0)).isLessThan(2 << 20);
        }
        store = TestStore.open(files, "/store");
    }

    private static void scanOnce(RegionStore store) {
        Scan ahead = new Scan().readType(Scan.ReadType.STREAM);
        try (TableScanner scanner = store.table(GOODS).scan(ahead)) {
            scanner.next();
        }
    }

    // Turns a bit of the first block of one file of the family.
    private void damage(int at) {
        String path = damagedFile("/store");
        byte[] bytes;
        try (InputFile file = files.open(path)) {
            bytes = new byte[(int) file.length()];
            file.readFully(0, bytes, 0, bytes.length);
        }
        bytes[at] ^= 1;
        files.delete(path);
        try (OutputFile file = files.create(path)) {
            file.write(bytes, 0, bytes.length);
            file.sync();
        }
    }

    private String damagedFile(String directory) {
        for (var entry : files.list(directory)) {
            String found = entry.path();
            if (entry.directory()) {
                found = damagedFile(entry.path());
            }
            if (found != null && found.contains("/goods/") && found.contains("/f/")) {
                return found;
            }
        }
        return null;
    }
}
