package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.store.TestStore.F;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.Q;
import static org.skep.lsm.store.TestStore.cells;
import static org.skep.lsm.store.TestStore.content;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.letters;
import static org.skep.lsm.store.TestStore.put;
import static org.skep.lsm.store.TestStore.text;
import static org.skep.lsm.store.TestStore.utf8;
import static org.skep.lsm.store.TestStore.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.Ownership;

final class RegionStoreTest {
    @TempDir private Path path;
    private RegionStore store;
    private Table table;

    @BeforeEach
    void open() {
        store = TestStore.open(LocalFileSystem.INSTANCE, path.toString());
        table = store.table(GOODS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        open();
    }

    private static void assertCode(ErrorCode code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private List<String> rows(Scan scan) {
        List<String> rows = new ArrayList<>();
        try (TableScanner scanner = table.scan(scan)) {
            for (Result row = scanner.next(); row != null; row = scanner.next()) {
                rows.add(text(row.row()));
            }
        }
        return rows;
    }

    private void fill(String rows) {
        for (String row : letters(rows)) {
            table.put(put(row, "v" + row));
        }
    }

    @Test
    void keepsWhatWasWritten() {
        store.createTable(goods());
        table.put(put("a", "1"));
        table.delete(new Delete(utf8("a")));
        table.put(put("b", "2"));
        assertThat(content(store)).isEqualTo(Map.of("b", "2"));
        reopen();
        assertThat(content(store)).isEqualTo(Map.of("b", "2"));
        assertThat(value(store, "b")).isEqualTo("2");
        assertThat(table.exists(new Get(utf8("a")))).isFalse();
        assertThat(store.describe(GOODS)).isEqualTo(goods());
        // A delete of a row is a marker in every family.
        assertThat(store.files(GOODS)).hasSize(2);
    }

    @Test
    void scansOverRegionsBothWays() {
        store.createTable(goods(), utf8("f"), utf8("c"), utf8("i"));
        fill("abcdefghijkl");
        assertThat(rows(new Scan())).isEqualTo(letters("abcdefghijkl"));
        assertThat(rows(new Scan().reversed(true))).isEqualTo(letters("lkjihgfedcba"));
        assertThat(rows(new Scan().startRow(utf8("b")).stopRow(utf8("f"))))
                .containsExactly("b", "c", "d", "e");
        assertThat(rows(new Scan().startRow(utf8("b"), false).stopRow(utf8("f"), true)))
                .containsExactly("c", "d", "e", "f");
        assertThat(rows(new Scan().startRow(utf8("c"), false).stopRow(utf8("c"), true))).isEmpty();
        assertThat(rows(new Scan().reversed(true).startRow(utf8("i")).stopRow(utf8("e"), true)))
                .containsExactly("i", "h", "g", "f", "e");
        assertThat(rows(new Scan().reversed(true).startRow(utf8("i"), false).stopRow(utf8("f"))))
                .containsExactly("h", "g");
        assertThat(rows(new Scan().reversed(true).startRow(utf8("zz")).limit(5)))
                .containsExactly("l", "k", "j", "i", "h");
        assertThat(rows(new Scan().limit(7))).isEqualTo(letters("abcdefg"));
        assertThat(rows(new Scan().prefix(utf8("h")))).containsExactly("h");
        store.flush(GOODS);
        assertThat(rows(new Scan())).hasSize(12);
        List<String> cells = new ArrayList<>();
        try (TableScanner scanner = table.scan(new Scan().startRow(utf8("e")).limit(3))) {
            while (scanner.nextCell()) {
                cells.add(scanner.startsRow() + text(scanner.cell().row()));
            }
        }
        assertThat(cells).containsExactly("truee", "truef", "trueg");
    }

    @Test
    void scansOneMomentOfAllRegions() {
        store.createTable(goods(), utf8("m"));
        fill("bn");
        try (TableScanner scanner = table.scan(new Scan())) {
            assertThat(text(scanner.next().row())).isEqualTo("b");
            table.put(put("n", "new"));
            table.put(put("o", "new"));
            table.delete(new Delete(utf8("b")));
            store.flush(GOODS);
            store.majorCompact(GOODS);
            store.split(GOODS, utf8("n"));
            Result row = scanner.next();
            assertThat(text(row.value(F, Q).orElseThrow())).isEqualTo("vn");
            assertThat(scanner.next()).isNull();
        }
        assertThat(content(store)).isEqualTo(Map.of("n", "new", "o", "new"));
    }

    @Test
    void splitsAndMerges() {
        store.createTable(goods());
        fill("abcdefgh");
        store.flush(GOODS);
        fill("defg");
        table.delete(new Delete(utf8("b")));
        Map<String, String> before = content(store);
        store.split(GOODS, utf8("d"));
        assertThat(store.regions(GOODS)).hasSize(2);
        assertThat(content(store)).isEqualTo(before);
        store.split(GOODS, utf8("f"));
        store.split(GOODS, utf8("b"));
        assertThat(store.regions(GOODS))
                .extracting(r -> text(r.startRow()))
                .containsExactly("", "b", "d", "f");
        assertThat(content(store)).isEqualTo(before);
        reopen();
        assertThat(content(store)).isEqualTo(before);
        List<RegionInfo> regions = store.regions(GOODS);
        store.merge(regions.get(2), regions.get(1));
        assertThat(content(store)).isEqualTo(before);
        assertCode(ErrorCode.INVALID_OPTION, () -> store.merge(regions.get(0), regions.get(3)));
        assertCode(ErrorCode.RUNTIME_ERROR, () -> store.merge(regions.get(1), regions.get(2)));
        assertCode(ErrorCode.INVALID_OPTION, () -> store.split(GOODS, utf8("f")));
        fill("abz");
        assertThat(rows(new Scan().reversed(true))).isEqualTo(letters("zhgfedcba"));
        reopen();
        assertThat(rows(new Scan())).isEqualTo(letters("abcdefghz"));
        store.runChores();
    }

    @Test
    void batchesOverRegions() {
        store.createTable(goods(), utf8("h"), utf8("p"));
        List<Mutation<?>> mutations = new ArrayList<>();
        TreeMap<String, String> expected = new TreeMap<>();
        for (char c = 'z'; c >= 'a'; c--) {
            mutations.add(put("" + c, "v" + c));
            expected.put("" + c, "v" + c);
        }
        mutations.add(3, new Put(utf8("x")).add(utf8("none"), Q, utf8("1")));
        List<Outcome> outcomes = table.batch(mutations);
        assertThat(outcomes).hasSize(27);
        for (int i = 0; i < 27; i++) {
            assertThat(outcomes.get(i).done()).isEqualTo(i != 3);
        }
        assertThat(outcomes.get(3).failure().orElseThrow().code())
                .isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(content(store)).isEqualTo(expected);
        assertCode(ErrorCode.INVALID_OPTION, () -> table.mutate(mutations));
        assertThat(table.get(List.of(new Get(utf8("c")), new Get(utf8("0")))))
                .extracting(Result::isEmpty)
                .containsExactly(false, true);
    }

    @Test
    void keepsNamespaces() {
        assertThat(store.namespaces()).containsExactly("default");
        store.createNamespace("shop");
        assertCode(ErrorCode.DATABASE_EXISTS, () -> store.createNamespace("shop"));
        assertCode(ErrorCode.DATABASE_EXISTS, () -> store.createNamespace("hbase"));
        assertCode(ErrorCode.INVALID_TABLE_NAME, () -> store.createNamespace("a b"));
        TableName name = TableName.of("shop:goods");
        TableDescriptor descriptor = TableDescriptor.of(name, ColumnFamily.named("f"));
        store.createTable(descriptor);
        assertCode(ErrorCode.TABLE_EXISTS, () -> store.createTable(descriptor));
        assertCode(
                ErrorCode.DATABASE_NOT_FOUND,
                () ->
                        store.createTable(
                                TableDescriptor.of(
                                        TableName.of("none:t"), ColumnFamily.named("f"))));
        assertCode(ErrorCode.DATABASE_NOT_EMPTY, () -> store.dropNamespace("shop"));
        assertThat(store.tables("shop")).containsExactly(name);
        reopen();
        assertThat(store.namespaces()).containsExactly("default", "shop");
        store.disableTable(name);
        store.dropTable(name);
        store.dropNamespace("shop");
        assertCode(ErrorCode.DATABASE_NOT_FOUND, () -> store.dropNamespace("shop"));
        assertThat(store.tables()).isEmpty();
    }

    @Test
    void dropsOnlyDisabledTables() throws Exception {
        store.createTable(goods(), utf8("m"));
        fill("an");
        assertCode(ErrorCode.RUNTIME_ERROR, () -> store.dropTable(GOODS));
        store.disableTable(GOODS);
        assertThat(store.isEnabled(GOODS)).isFalse();
        assertCode(ErrorCode.RUNTIME_ERROR, () -> table.get(new Get(utf8("a"))));
        assertCode(ErrorCode.RUNTIME_ERROR, () -> table.put(put("a", "2")));
        assertCode(ErrorCode.RUNTIME_ERROR, () -> store.split(GOODS, utf8("c")));
        reopen();
        assertThat(store.isEnabled(GOODS)).isFalse();
        store.enableTable(GOODS);
        assertThat(content(store)).isEqualTo(Map.of("a", "va", "n", "vn"));
        store.disableTable(GOODS);
        store.dropTable(GOODS);
        store.runChores();
        assertThat(store.exists(GOODS)).isFalse();
        assertCode(ErrorCode.TABLE_NOT_FOUND, () -> table.get(new Get(utf8("a"))));
        assertCode(ErrorCode.TABLE_NOT_FOUND, () -> store.dropTable(GOODS));
        assertThat(path.resolve("data/default/goods")).doesNotExist();
        store.createTable(goods());
        assertThat(content(store)).isEmpty();
        reopen();
        assertThat(content(store)).isEmpty();
    }

    @Test
    void truncates() {
        store.createTable(goods(), utf8("m"));
        fill("an");
        assertCode(ErrorCode.RUNTIME_ERROR, () -> store.truncateTable(GOODS));
        store.disableTable(GOODS);
        store.truncateTablePreservingSplits(GOODS);
        assertThat(store.isEnabled(GOODS)).isTrue();
        assertThat(content(store)).isEmpty();
        assertThat(store.regions(GOODS)).hasSize(2);
        fill("bo");
        reopen();
        assertThat(content(store)).isEqualTo(Map.of("b", "vb", "o", "vo"));
        store.disableTable(GOODS);
        store.truncateTable(GOODS);
        assertThat(store.regions(GOODS)).hasSize(1);
        assertThat(content(store)).isEmpty();
    }

    @Test
    void altersFamilies() {
        store.createTable(goods());
        byte[] g = utf8("g");
        table.put(put("a", "1").add(g, Q, utf8("gone")));
        store.addFamily(GOODS, ColumnFamily.named("h"));
        table.put(new Put(utf8("a")).add(utf8("h"), Q, utf8("h1")));
        assertCode(ErrorCode.INVALID_OPTION, () -> store.addFamily(GOODS, ColumnFamily.named("h")));
        store.deleteFamily(GOODS, "g");
        assertCode(ErrorCode.INVALID_OPTION, () -> store.deleteFamily(GOODS, "g"));
        assertThat(cells(store, GOODS)).hasSize(2);
        store.modifyFamily(GOODS, ColumnFamily.named("f").withMaxVersions(3));
        table.put(put("a", "2"));
        reopen();
        assertThat(store.describe(GOODS).family("f").orElseThrow().maxVersions()).isEqualTo(3);
        assertThat(cells(store, GOODS)).hasSize(3);
        // What comes back is empty: deleted cells do not.
        store.addFamily(GOODS, ColumnFamily.named("g"));
        assertThat(cells(store, GOODS)).hasSize(3);
        assertThat(table.get(new Get(utf8("a"))).value(g, Q)).isEmpty();
        store.deleteFamily(GOODS, "g");
        store.deleteFamily(GOODS, "h");
        assertCode(ErrorCode.INVALID_OPTION, () -> store.deleteFamily(GOODS, "f"));
    }

    @Test
    void refusesFamiliesThatCannotBeWritten() {
        ColumnFamily packed = ColumnFamily.named("g").withCompression(Compression.ZSTD);
        ColumnFamily encoded = ColumnFamily.named("g").withEncoding(BlockEncoding.FAST_DIFF);
        for (ColumnFamily family : List.of(packed, encoded)) {
            TableDescriptor wrong = TableDescriptor.of(GOODS, ColumnFamily.named("f"), family);
            assertCode(ErrorCode.NOT_SUPPORTED, () -> store.createTable(wrong));
            assertThat(store.tables()).isEmpty();
            store.createTable(goods());
            assertCode(ErrorCode.NOT_SUPPORTED, () -> store.alterTable(wrong));
            assertCode(ErrorCode.NOT_SUPPORTED, () -> store.modifyFamily(GOODS, family));
            store.deleteFamily(GOODS, "g");
            assertCode(ErrorCode.NOT_SUPPORTED, () -> store.addFamily(GOODS, family));
            assertThat(store.describe(GOODS).families()).hasSize(1);
            store.disableTable(GOODS);
            store.dropTable(GOODS);
        }
    }

    @Test
    void takesRowsOfAnyBytesAndLargeValues() {
        store.createTable(goods(), new byte[] {(byte) 0x80}, new byte[] {0, 0});
        List<byte[]> rows = new ArrayList<>();
        for (int first = 0; first < 256; first++) {
            rows.add(new byte[] {(byte) first});
            rows.add(new byte[] {(byte) first, 0});
            rows.add(new byte[] {(byte) first, (byte) 255, ','});
        }
        rows.forEach(row -> table.put(new Put(row).add(F, row, row)));
        rows.sort(Arrays::compareUnsigned);
        store.split(GOODS, new byte[] {(byte) 0xff, (byte) 0xff});
        store.split(GOODS, new byte[] {',', ','});
        reopen();
        List<byte[]> found = new ArrayList<>();
        try (TableScanner scanner = table.scan(new Scan())) {
            for (Result row = scanner.next(); row != null; row = scanner.next()) {
                found.add(row.value(F, row.row()).orElseThrow());
            }
        }
        assertThat(found).usingElementComparator(Arrays::compareUnsigned).isEqualTo(rows);
        byte[] large = new byte[(10 << 20) - 100];
        new java.util.Random(7).nextBytes(large);
        table.put(new Put(utf8("large")).add(F, Q, large));
        store.flush(GOODS);
        store.split(GOODS, utf8("large"));
        reopen();
        assertThat(table.get(new Get(utf8("large"))).value(F, Q).orElseThrow()).isEqualTo(large);
    }

    @Test
    void takesSnapshotsAndClonesThem() {
        store.createTable(goods(), utf8("m"));
        fill("abn");
        store.snapshot("first", GOODS);
        assertCode(ErrorCode.CONFLICT, () -> store.snapshot("first", GOODS));
        assertCode(ErrorCode.INVALID_OPTION, () -> store.snapshot("../x", GOODS));
        List<String> then = cells(store, GOODS);
        fill("no");
        table.delete(new Delete(utf8("a")));
        store.flush(GOODS);
        store.majorCompact(GOODS);
        store.split(GOODS, utf8("b"));
        TableName copy = TableName.of("copy");
        store.cloneSnapshot("first", copy);
        assertCode(ErrorCode.TABLE_EXISTS, () -> store.cloneSnapshot("first", copy));
        assertCode(
                ErrorCode.FILE_NOT_FOUND, () -> store.cloneSnapshot("none", TableName.of("other")));
        assertThat(cells(store, copy)).isEqualTo(then);
        store.table(copy).put(put("c", "only here"));
        List<String> now = cells(store, GOODS);
        store.disableTable(GOODS);
        store.dropTable(GOODS);
        store.deleteSnapshot("first");
        store.runChores();
        reopen();
        store.runChores();
        assertThat(store.snapshots()).isEmpty();
        assertThat(cells(store, copy)).hasSize(then.size() + 1).containsAll(then);
        assertThat(now).isNotEqualTo(then);
    }

    @Test
    void restoresSnapshots() {
        store.createTable(goods());
        fill("abn");
        store.snapshot("first", GOODS);
        List<String> then = cells(store, GOODS);
        fill("nop");
        store.split(GOODS, utf8("b"));
        store.deleteFamily(GOODS, "g");
        assertCode(ErrorCode.RUNTIME_ERROR, () -> store.restoreSnapshot("first"));
        store.disableTable(GOODS);
        store.restoreSnapshot("first");
        assertThat(store.isEnabled(GOODS)).isFalse();
        store.enableTable(GOODS);
        assertThat(store.describe(GOODS)).isEqualTo(goods());
        assertThat(store.regions(GOODS)).hasSize(1);
        assertThat(cells(store, GOODS)).isEqualTo(then);
        assertThat(store.snapshots()).hasSize(1);
        fill("z");
        reopen();
        assertThat(content(store)).containsOnlyKeys("a", "b", "n", "z");
    }

    @Test
    void deletesNothingWhileItIsNotKnownWhatARegionNames() throws Exception {
        store.createTable(goods());
        fill("abcd");
        store.flush(GOODS);
        store.split(GOODS, utf8("c"));
        Map<Path, Path> manifests = new HashMap<>();
        try (Stream<Path> all = Files.walk(path)) {
            all.filter(file -> file.getFileName().toString().startsWith("manifest."))
                    .filter(file -> file.toString().contains("goods"))
                    .forEach(file -> manifests.put(file, file.resolveSibling("away")));
        }
        assertThat(manifests).hasSize(3);
        for (Map.Entry<Path, Path> manifest : manifests.entrySet()) {
            Files.move(manifest.getKey(), manifest.getValue());
        }
        store.runChores();
        for (Map.Entry<Path, Path> manifest : manifests.entrySet()) {
            Files.move(manifest.getValue(), manifest.getKey());
        }
        reopen();
        assertThat(rows(new Scan())).isEqualTo(letters("abcd"));
    }

    @Test
    void deletesFilesThatNobodyNames() throws Exception {
        store.createTable(goods());
        fill("abc");
        store.flush(GOODS);
        fill("cde");
        store.split(GOODS, utf8("c"));
        store.majorCompact(GOODS);
        store.runChores();
        assertThat(store.stuckProcedures()).isEmpty();
        try (var files = java.nio.file.Files.walk(path.resolve("data/default/goods"), 1)) {
            // The table itself, its descriptor and two regions: what was the parent is gone.
            assertThat(files.count()).isEqualTo(4);
        }
        assertThat(content(store)).containsOnlyKeys("a", "b", "c", "d", "e");
    }

    @Test
    void servesOtherRegionsThanTheDamagedOne() throws Exception {
        store.createTable(goods(), utf8("f"), utf8("m"));
        fill("agn");
        store.flush(GOODS);
        String name = store.files(store.regions(GOODS).get(1)).get(0).path();
        store.close();
        Path file = path.resolve(name);
        byte[] good = java.nio.file.Files.readAllBytes(file);
        java.nio.file.Files.write(file, Arrays.copyOf(good, good.length - 9));
        open();
        assertThat(value(store, "a")).isEqualTo("va");
        assertThat(value(store, "n")).isEqualTo("vn");
        assertCode(ErrorCode.CORRUPT_FILE, () -> value(store, "g"));
        assertCode(ErrorCode.CORRUPT_FILE, () -> content(store));
        assertThat(rows(new Scan().reversed(true).limit(1))).containsExactly("n");
        assertCode(ErrorCode.CORRUPT_FILE, () -> rows(new Scan().reversed(true)));
        assertThat(store.brokenRegions()).singleElement().asString().contains(name);
        java.nio.file.Files.write(file, good);
        store.runChores();
        assertThat(store.brokenRegions()).isEmpty();
        assertThat(content(store)).hasSize(3);
    }

    @Test
    void scansOnWhileTheTableIsDropped() {
        store.createTable(goods(), utf8("m"));
        fill("abno");
        store.flush(GOODS);
        try (TableScanner scanner = table.scan(new Scan())) {
            assertThat(text(scanner.next().row())).isEqualTo("a");
            store.disableTable(GOODS);
            store.dropTable(GOODS);
            store.runChores();
            // The region that is being read is read to its end; the next one is not there any more.
            assertThat(text(scanner.next().row())).isEqualTo("b");
            assertCode(ErrorCode.TABLE_NOT_FOUND, scanner::next);
        }
    }

    @Test
    void splitsRegionsThatHaveGrown() {
        TableDescriptor small =
                new TableDescriptor(
                        GOODS,
                        List.of(ColumnFamily.named("f").withBlockSize(256)),
                        org.skep.lsm.schema.Durability.ASYNC_WAL,
                        4 << 10,
                        20 << 10);
        store.createTable(small);
        for (int i = 0; i < 200; i++) {
            table.put(put("row%04d".formatted(i), "a value of some length " + i));
        }
        store.flush(GOODS);
        store.runChores();
        // One region is split at twice the flush size, several at the table's limit.
        assertThat(store.regions(GOODS)).hasSize(2);
        store.runChores();
        assertThat(store.regions(GOODS)).hasSize(2);
        for (int i = 200; i < 900; i++) {
            table.put(put("row%04d".formatted(i), "a value of some length " + i));
        }
        store.flush(GOODS);
        store.majorCompact(GOODS);
        store.runChores();
        assertThat(store.regions(GOODS)).hasSize(3);
        assertThat(content(store)).hasSize(900);
    }

    @Test
    void endsWhatIsUnderWayWhenItIsClosed() {
        store.createTable(goods());
        fill("ab");
        TableScanner scanner = table.scan(new Scan());
        assertThat(text(scanner.next().row())).isEqualTo("a");
        store.close();
        assertCode(ErrorCode.IO_ERROR, scanner::next);
        scanner.close();
        assertCode(ErrorCode.IO_ERROR, () -> table.get(new Get(utf8("a"))));
        assertCode(ErrorCode.IO_ERROR, () -> table.put(put("a", "2")));
        assertCode(ErrorCode.IO_ERROR, () -> store.createNamespace("x"));
        store.close();
        open();
        assertThat(content(store)).hasSize(2);
    }

    /** A right that a test takes away. */
    private static final class Term implements Ownership, Ownership.Lease {
        private boolean over;

        @Override
        public Lease take(FileSystem files, String root) {
            return this;
        }

        @Override
        public void check() {
            if (over) {
                throw new SkepException(ErrorCode.DATA_DIRECTORY_IN_USE, "Lease is over");
            }
        }

        @Override
        public boolean permanent() {
            return false;
        }

        @Override
        public void close() {
            over = true;
        }
    }

    @Test
    void acknowledgesNothingWithoutALease() {
        Term term = new Term();
        String other = path.resolve("other").toString();
        RegionStore leased =
                RegionStore.open(
                        LocalFileSystem.INSTANCE, other, TestStore.options().withOwnership(term));
        leased.createTable(goods());
        leased.table(GOODS).put(put("a", "1"));
        term.over = true;
        assertThatThrownBy(() -> leased.table(GOODS).put(put("a", "2")))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("Lease is over");
        assertCode(ErrorCode.DATA_DIRECTORY_IN_USE, () -> leased.createNamespace("shop"));
        assertCode(ErrorCode.DATA_DIRECTORY_IN_USE, () -> leased.split(GOODS, utf8("c")));
        assertThat(value(leased, "a")).isEqualTo("1");
        leased.close();
    }
}
