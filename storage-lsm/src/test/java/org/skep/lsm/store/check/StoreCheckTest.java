package org.skep.lsm.store.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.content;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.letters;
import static org.skep.lsm.store.TestStore.put;
import static org.skep.lsm.store.TestStore.utf8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.store.RegionStore;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.TestStore;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.meta.DescriptorFormat;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.ProcedureRecord;
import org.skep.lsm.store.meta.RegionInfoFormat;
import org.skep.lsm.store.meta.RegionScene;
import org.skep.lsm.store.snapshot.SnapshotDirectory;

final class StoreCheckTest {
    @TempDir private Path path;
    private Map<String, String> before;
    private List<RegionInfo> regions;

    // Three regions, [, f) [f, m) [m, ), each with a file, the last also with writes in the log.
    @BeforeEach
    void fill() {
        try (RegionStore store = open()) {
            store.createTable(goods(), utf8("f"), utf8("m"));
            for (String row : letters("abcfghmno")) {
                store.table(GOODS).put(put(row, "v" + row));
            }
            store.snapshot("kept", GOODS);
            regions = store.regions(GOODS);
            before = new TreeMap<>(content(store));
        }
    }

    private RegionStore open() {
        return TestStore.open(LocalFileSystem.INSTANCE, path.toString());
    }

    private StoreDirectory directory() {
        return new StoreDirectory(LocalFileSystem.INSTANCE, path.toString());
    }

    private List<Finding> check() {
        return StoreCheck.check(LocalFileSystem.INSTANCE, path.toString(), TestStore.options());
    }

    private void assertRepairs(Map<String, String> expected, Finding.Kind... kinds) {
        assertThat(check()).extracting(Finding::kind).contains(kinds);
        List<Finding> repaired =
                StoreCheck.repair(LocalFileSystem.INSTANCE, path.toString(), TestStore.options());
        assertThat(repaired).extracting(Finding::kind).contains(kinds);
        assertThat(check()).isEmpty();
        try (RegionStore store = open()) {
            assertThat(content(store)).isEqualTo(expected);
            store.table(GOODS).put(put("zz", "new"));
            store.table(GOODS).put(put("aa", "new"));
            store.split(GOODS, utf8("bb"));
            assertThat(content(store)).hasSize(expected.size() + 2);
        }
        assertThat(check()).isEmpty();
    }

    private Map<String, String> without(String... rows) {
        Map<String, String> left = new TreeMap<>(before);
        for (String row : rows) {
            left.remove(row);
        }
        return left;
    }

    private Path region(int index) {
        return Path.of(directory().region(regions.get(index)));
    }

    private Path file(int region) {
        try (Stream<Path> files = Files.list(region(region).resolve("f"))) {
            return files.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flip(Path file, long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = (int) (offset < 0 ? bytes.length + offset : offset);
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
    }

    // Changes meta behind the store's back.
    private void inMeta(java.util.function.Consumer<MetaTable> change) {
        RegionScene.inMeta(path.toString(), change);
    }

    @Test
    void findsNothingInAGoodStore() throws Exception {
        assertThat(check()).isEmpty();
        assertThat(
                        StoreCheck.repair(
                                LocalFileSystem.INSTANCE, path.toString(), TestStore.options()))
                .isEmpty();
        assertThat(path.resolve("lost")).doesNotExist();
        Path empty = Files.createDirectory(path.resolve("other"));
        assertThatThrownBy(
                        () ->
                                StoreCheck.check(
                                        LocalFileSystem.INSTANCE,
                                        empty.toString(),
                                        TestStore.options()))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PATH));
    }

    @Test
    void fillsHoles() {
        inMeta(
                meta -> {
                    meta.deleteRegion(regions.get(1));
                    LocalFileSystem.INSTANCE.deleteTree(directory().region(regions.get(1)));
                });
        LocalFileSystem.INSTANCE.deleteTree(path + "/snapshots/kept");
        assertRepairs(without("f", "g", "h"), Finding.Kind.HOLE);
    }

    @Test
    void bringsLostRegionsBack() {
        inMeta(meta -> meta.deleteRegion(regions.get(1)));
        assertRepairs(before, Finding.Kind.ORPHAN_REGION);
    }

    @Test
    void putsOrphansAsideThatDoNotFit() throws Exception {
        RegionInfo orphan = new RegionInfo(GOODS, utf8("a"), utf8("x"), 5);
        Path place = Path.of(directory().region(orphan));
        Files.createDirectory(place);
        Files.write(place.resolve(".regioninfo"), RegionInfoFormat.seal(orphan));
        assertRepairs(before, Finding.Kind.ORPHAN_REGION);
        assertThat(path.resolve("lost/data/default/goods/" + orphan.encodedName())).exists();
    }

    @Test
    void joinsOverlaps() {
        RegionInfo wide = new RegionInfo(GOODS, utf8("c"), utf8("n"), 5);
        inMeta(
                meta -> {
                    meta.putRegion(wide);
                    directory().makeDirectory(directory().region(wide));
                    RegionScene.manifest(directory(), wide, List.of());
                });
        assertRepairs(before, Finding.Kind.OVERLAP);
    }

    @Test
    void takesOutRegionsThatAreGone() {
        LocalFileSystem.INSTANCE.deleteTree(region(0).toString());
        LocalFileSystem.INSTANCE.deleteTree(path + "/snapshots/kept");
        assertRepairs(without("a", "b", "c"), Finding.Kind.MISSING_REGION);
    }

    @Test
    void takesOutFilesThatAreGone() throws Exception {
        Files.delete(file(2));
        assertRepairs(without("m", "n", "o"), Finding.Kind.MISSING_FILE, Finding.Kind.SNAPSHOT);
    }

    @Test
    void putsDamagedFilesAside() throws Exception {
        flip(file(1), 40);
        assertRepairs(without("f", "g", "h"), Finding.Kind.FILE, Finding.Kind.SNAPSHOT);
        assertThat(path.resolve("lost/data/default/goods")).exists();
    }

    @Test
    void findsEveryPartOfAFileThatIsDamaged() throws Exception {
        Path file = file(1);
        long length = Files.size(file);
        byte[] good = Files.readAllBytes(file);
        for (long at = 0; at < length - 4096; at += 7) {
            flip(file, at);
            assertThat(check()).as("offset %d", at).isNotEmpty();
            Files.write(file, good);
        }
        assertThat(check()).isEmpty();
    }

    @Test
    void renewsManifests() throws Exception {
        try (Stream<Path> files = Files.list(region(1))) {
            Path manifest =
                    files.filter(f -> f.getFileName().toString().startsWith("manifest."))
                            .findFirst()
                            .orElseThrow();
            flip(manifest, 20);
        }
        assertRepairs(before, Finding.Kind.MANIFEST);
    }

    @Test
    void putsOrphanFilesAside() throws Exception {
        Files.write(region(1).resolve("f").resolve("0123456789abcdef"), utf8("what is this"));
        assertRepairs(before, Finding.Kind.ORPHAN_FILE);
    }

    @Test
    void renewsDescriptions() throws Exception {
        flip(region(1).resolve(".regioninfo"), 12);
        Files.delete(region(2).resolve(".regioninfo"));
        flip(path.resolve("data/default/goods/.tableinfo.1"), 12);
        assertRepairs(before, Finding.Kind.DESCRIPTION);
    }

    @Test
    void makesMetaAnew() throws Exception {
        Path meta = Path.of(directory().region(MetaTable.REGION));
        try (Stream<Path> files = Files.walk(meta)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                flip(file, Files.size(file) / 3);
            }
        }
        assertThatThrownBy(this::open).isInstanceOf(SkepException.class);
        assertRepairs(before, Finding.Kind.META);
    }

    @Test
    void makesMetaAnewThatIsGone() {
        LocalFileSystem.INSTANCE.deleteTree(path + "/data/hbase");
        LocalFileSystem.INSTANCE.deleteTree(path + "/wal");
        assertRepairs(before, Finding.Kind.META);
        try (RegionStore store = open()) {
            assertThat(store.describe(GOODS)).isEqualTo(goods());
        }
    }

    // A store whose process ended: four rows in files, then four in a log of several files, of
    // which
    // the first tells of the table.
    private static void leaveLog(Path root) {
        RegionStoreOptions options = TestStore.options();
        RegionStore store =
                RegionStore.open(
                        LocalFileSystem.INSTANCE,
                        root.toString(),
                        options.withRegion(
                                options.region()
                                        .withWal(options.region().wal().withRollBytes(4_000))));
        store.createTable(goods(), utf8("m"));
        for (String row : letters("abxy")) {
            store.table(GOODS).put(put(row, "v" + row));
        }
        store.flush(GOODS);
        for (String row : letters("cdzn")) {
            store.table(GOODS).put(put(row, "v".repeat(3_000) + row));
        }
    }

    private static List<Path> logFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("wal"))) {
            return files.sorted().toList();
        }
    }

    private static void damage(Path file, int kind) throws IOException {
        switch (kind) {
            case 0 -> flip(file, 20); // the header
            case 1 -> flip(file, 100);
            case 2 -> flip(file, Files.size(file) / 2);
            default -> Files.delete(file);
        }
    }

    @Test
    void losesNoFileForADamagedLog() throws Exception {
        Path first = path.resolve("first");
        leaveLog(first);
        int count = logFiles(first).size();
        assertThat(count).isGreaterThan(3);
        int found = 0;
        for (int number = 0; number < count; number++) {
            for (int kind = 0; kind < 4; kind++) {
                String what = "kind %d of file %d".formatted(kind, number);
                Path root = path.resolve("store" + number + "-" + kind);
                leaveLog(root);
                damage(logFiles(root).get(number), kind);
                String store = root.toString();
                RegionStoreOptions options = TestStore.options();
                List<Finding> findings = StoreCheck.check(LocalFileSystem.INSTANCE, store, options);
                boolean bad = findings.stream().anyMatch(f -> f.kind() == Finding.Kind.LOG);
                if (bad) {
                    assertThatThrownBy(
                                    () ->
                                            RegionStore.open(
                                                    LocalFileSystem.INSTANCE, store, options))
                            .as(what)
                            .isInstanceOf(SkepException.class);
                    found++;
                }
                StoreCheck.repair(LocalFileSystem.INSTANCE, store, options);
                assertThat(StoreCheck.check(LocalFileSystem.INSTANCE, store, options))
                        .as(what)
                        .isEmpty();
                assertThat(root.resolve("lost/wal")).matches(p -> Files.exists(p) == bad);
                try (RegionStore opened =
                        RegionStore.open(LocalFileSystem.INSTANCE, store, options)) {
                    Map<String, String> rows = content(opened);
                    for (String row : letters("abxy")) {
                        assertThat(rows).as(what).containsEntry(row, "v" + row);
                    }
                    opened.table(GOODS).put(put("new", "1"));
                }
                assertThat(StoreCheck.check(LocalFileSystem.INSTANCE, store, options)).isEmpty();
            }
        }
        assertThat(found).isGreaterThan(2 * count);
    }

    // Repairs a store with little memory first, which may fail, and then with enough.
    private static Map<String, String> repairedWithLittle(Path root, long memory) {
        RegionStoreOptions options = TestStore.options();
        try {
            StoreCheck.repair(
                    LocalFileSystem.INSTANCE,
                    root.toString(),
                    options.withMemory(MemoryPool.root("little", memory), memory / 8));
        } catch (SkepException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT);
        }
        StoreCheck.repair(LocalFileSystem.INSTANCE, root.toString(), options);
        assertThat(StoreCheck.check(LocalFileSystem.INSTANCE, root.toString(), options)).isEmpty();
        try (RegionStore store =
                RegionStore.open(LocalFileSystem.INSTANCE, root.toString(), options)) {
            return content(store);
        }
    }

    @Test
    void takesWantOfMemoryForNoDamage() throws Exception {
        for (long memory = 20_000; memory < 40_000_000; memory *= 3) {
            Path root = path.resolve("good" + memory);
            leaveLog(root);
            assertThat(repairedWithLittle(root, memory))
                    .as("%d bytes", memory)
                    .hasSize(2 * letters("abxy").size());
        }
    }

    @Test
    void dropsNoLogForWantOfMemory() throws Exception {
        Path enough = path.resolve("enough");
        leaveLog(enough);
        int last = logFiles(enough).size() - 1;
        damage(logFiles(enough).get(last), 0);
        Map<String, String> expected = repairedWithLittle(enough, 400_000_000);
        assertThat(expected).hasSizeGreaterThan(4);
        for (long memory = 20_000; memory < 40_000_000; memory *= 3) {
            Path root = path.resolve("store" + memory);
            leaveLog(root);
            damage(logFiles(root).get(last), 0);
            assertThat(repairedWithLittle(root, memory)).as("%d bytes", memory).isEqualTo(expected);
        }
    }

    @Test
    void keepsTheDaughtersOfASplitThatADamagedLogForgot() throws Exception {
        for (int at : new int[] {100, 500, 1_000}) {
            String root = path.resolve("split" + at).toString();
            try (RegionStore store = TestStore.open(LocalFileSystem.INSTANCE, root)) {
                store.createTable(goods());
                for (String row : letters("abxy")) {
                    store.table(GOODS).put(put(row, "1"));
                }
                store.flush(GOODS);
            }
            RegionStore store = TestStore.open(LocalFileSystem.INSTANCE, root);
            store.split(GOODS, utf8("m"));
            for (String row : List.of("a", "b", "x", "y", "new")) {
                store.table(GOODS).put(put(row, "2"));
            }
            store.flush(GOODS);
            flip(logFiles(Path.of(root)).get(0), at);
            RegionStoreOptions options = TestStore.options();
            assertThat(StoreCheck.repair(LocalFileSystem.INSTANCE, root, options))
                    .extracting(Finding::kind)
                    .contains(Finding.Kind.LOG);
            assertThat(StoreCheck.check(LocalFileSystem.INSTANCE, root, options)).isEmpty();
            try (RegionStore opened = TestStore.open(LocalFileSystem.INSTANCE, root)) {
                assertThat(content(opened))
                        .as("byte %d", at)
                        .isEqualTo(Map.of("a", "2", "b", "2", "x", "2", "y", "2", "new", "2"));
            }
        }
    }

    @Test
    void noticesEveryFlippedBitOfWhatDescribesTheStore() throws Exception {
        List<Path> described =
                List.of(
                        path.resolve("data/default/goods/.tableinfo.1"),
                        region(1).resolve(".regioninfo"),
                        path.resolve("snapshots/kept"));
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            Path file = described.get(i % described.size());
            byte[] good = Files.readAllBytes(file);
            byte[] wrong = good.clone();
            int at = random.nextInt(good.length);
            wrong[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, wrong);
            String name = file.toString();
            assertThatThrownBy(
                            () -> {
                                switch (described.indexOf(file)) {
                                    case 0 -> DescriptorFormat.decode(wrong, name);
                                    case 1 -> RegionInfoFormat.unseal(wrong, name);
                                    default -> new SnapshotDirectory(directory()).read("kept");
                                }
                            })
                    .as("byte %d of %s", at, name)
                    .isInstanceOf(SkepException.class)
                    .hasMessageContaining(name);
            Files.write(file, good);
        }
        assertThat(check()).isEmpty();
    }

    @Test
    void writesAnewWhatSaysThatThisIsAStore() throws Exception {
        Files.delete(path.resolve("FORMAT"));
        assertRepairs(before, Finding.Kind.DESCRIPTION);
        Files.writeString(path.resolve("FORMAT"), "what is this");
        assertThat(check()).extracting(Finding::kind).containsExactly(Finding.Kind.DESCRIPTION);
        StoreCheck.repair(LocalFileSystem.INSTANCE, path.toString(), TestStore.options());
        assertThat(check()).isEmpty();
        Files.writeString(path.resolve("FORMAT"), "skep-regions 2\n");
        assertThatThrownBy(this::check)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_TOO_NEW));
    }

    @Test
    void saysBeforeARepairWhatItWillDo() throws Exception {
        inMeta(meta -> meta.deleteRegion(regions.get(1)));
        assertThat(check()).extracting(Finding::kind).containsExactly(Finding.Kind.ORPHAN_REGION);
        LocalFileSystem.INSTANCE.deleteTree(region(0).toString());
        try (Stream<Path> files = Files.list(region(2))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                flip(file, 20);
            }
        }
        LocalFileSystem.INSTANCE.delete(path + "/snapshots/kept");
        List<Finding.Kind> told = check().stream().map(Finding::kind).toList();
        List<Finding.Kind> done =
                StoreCheck.repair(LocalFileSystem.INSTANCE, path.toString(), TestStore.options())
                        .stream()
                        .map(Finding::kind)
                        .toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(done).contains(Finding.Kind.HOLE);
    }

    @Test
    void givesUpProceduresThatMakeNoSense() {
        inMeta(
                meta -> {
                    meta.putProcedure(
                            new ProcedureRecord(77, "split", 1, utf8("not a payload"), 0));
                    meta.putProcedure(new ProcedureRecord(78, "dance", 0, new byte[0], 0));
                });
        assertRepairs(before, Finding.Kind.PROCEDURE);
    }

    @Test
    void putsDamagedSnapshotsAside() throws Exception {
        flip(path.resolve("snapshots/kept"), 30);
        assertRepairs(before, Finding.Kind.SNAPSHOT);
    }
}
