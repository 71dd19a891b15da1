package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.Q;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.letters;
import static org.skep.lsm.store.TestStore.put;
import static org.skep.lsm.store.TestStore.utf8;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.hfile.HFileOptions;
import org.skep.lsm.hfile.HFileWriter;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.check.StoreCheck;
import org.skep.lsm.store.snapshot.Snapshot;

/**
 * Cuts the power at every crash point of every change of many steps, before and after each step is
 * kept, and looks whether the store is then as it was before or as it should be after, and whole.
 * With {@code -Dskep.witnesses=true} at every change of a file, too.
 */
final class ProcedureCrashTest {
    private static final long SEED = Long.getLong("skep.seed", 20261123L);
    private static final String ROOT = "/base/store";
    private static final TableName OTHER = TableName.of("other");
    private static final TableName COPY = TableName.of("copy");

    private final Set<FaultyFileSystem.Carelessness> planted =
            EnumSet.noneOf(FaultyFileSystem.Carelessness.class);
    private int cases;

    @AfterEach
    void removeHandler() {
        Crash.install(null);
    }

    private static RegionStore open(FaultyFileSystem files) {
        return TestStore.open(files, ROOT);
    }

    // A table of three regions with files, parts of files and writes in the log; one that is
    // disabled; a snapshot of each; files to be loaded.
    private static FaultyFileSystem scene() {
        FaultyFileSystem files = new FaultyFileSystem("/base", "/outside/f", "/outside/g");
        RegionStore store = open(files);
        store.createTable(goods(), utf8("m"));
        store.createTable(
                TableDescriptor.of(OTHER, ColumnFamily.named("f"), ColumnFamily.named("g")),
                utf8("k"));
        for (String row : letters("abcghmnz")) {
            store.table(GOODS).put(put(row, "v" + row).add(utf8("g"), Q, utf8(row)));
            store.table(OTHER).put(put(row, "o" + row));
        }
        store.snapshot("goods-then", GOODS);
        store.snapshot("other-then", OTHER);
        store.split(GOODS, utf8("g"));
        store.table(GOODS).delete(new Delete(utf8("b")));
        store.table(GOODS).put(put("n", "new"));
        store.table(OTHER).put(put("y", "new"));
        store.disableTable(OTHER);
        store.close();
        write(files, "f", "adgimz");
        write(files, "g", "mn");
        return files;
    }

    private static void write(FaultyFileSystem files, String family, String rows) {
        HFileOptions options = HFileOptions.of(ColumnFamily.named(family), 0, 0);
        try (HFileWriter writer =
                HFileWriter.create(files, "/outside/" + family + "/file", options)) {
            for (String row : letters(rows)) {
                writer.append(
                        Cell.of(
                                        utf8(row),
                                        utf8(family),
                                        Q,
                                        Long.MAX_VALUE - 1,
                                        CellType.PUT,
                                        utf8("loaded"))
                                .view());
            }
            writer.finish();
        }
        files.syncDirectory("/outside/" + family);
    }

    private static Map<String, Consumer<RegionStore>> changes() {
        Map<String, Consumer<RegionStore>> changes = new LinkedHashMap<>();
        changes.put(
                "create",
                store ->
                        store.createTable(
                                TableDescriptor.of(COPY, ColumnFamily.named("f")), utf8("c")));
        changes.put("drop", store -> store.dropTable(OTHER));
        changes.put("enable", store -> store.enableTable(OTHER));
        changes.put("disable", store -> store.disableTable(GOODS));
        changes.put("truncate", store -> store.truncateTablePreservingSplits(OTHER));
        changes.put("delete family", store -> store.deleteFamily(GOODS, "g"));
        changes.put("add family", store -> store.addFamily(GOODS, ColumnFamily.named("h")));
        changes.put("split", store -> store.split(GOODS, utf8("h")));
        changes.put(
                "merge",
                store -> {
                    List<RegionInfo> regions = store.regions(GOODS);
                    store.merge(regions.get(0), regions.get(1));
                });
        changes.put("snapshot", store -> store.snapshot("new", GOODS));
        changes.put("delete snapshot", store -> store.deleteSnapshot("goods-then"));
        changes.put("clone", store -> store.cloneSnapshot("goods-then", COPY));
        changes.put("restore", store -> store.restoreSnapshot("other-then"));
        changes.put("load", store -> store.load(GOODS, "/outside"));
        return changes;
    }

    /** Everything that a client can see. */
    private static String look(RegionStore store) {
        StringBuilder seen = new StringBuilder();
        for (TableName table : store.tables()) {
            seen.append(table).append(store.isEnabled(table)).append(store.describe(table));
            for (RegionInfo region : store.regions(table)) {
                seen.append(RegionInfo.printable(region.startRow())).append('|');
            }
            boolean enabled = store.isEnabled(table);
            store.enableTable(table);
            seen.append(TestStore.cells(store, table));
            if (!enabled) {
                store.disableTable(table);
            }
            seen.append('\n');
        }
        List<String> snapshots = new ArrayList<>();
        for (Snapshot snapshot : store.snapshots()) {
            if (!snapshot.name().startsWith("failsafe-")) {
                snapshots.add(snapshot.name());
            }
        }
        return seen.append(snapshots).toString();
    }

    // Cells have the times at which they were written.
    private static String timeless(String seen) {
        return seen.replaceAll("@[0-9]{12,}/", "@/");
    }

    private record Goal(String before, String after) {}

    private static Goal goal(Consumer<RegionStore> change) {
        RegionStore store = open(scene());
        String before = timeless(look(store));
        change.accept(store);
        String after = timeless(look(store));
        assertThat(after).isNotEqualTo(before);
        store.close();
        return new Goal(before, after);
    }

    /** Lets the power go at the n-th point; answers whether there was one. */
    private static final class Cutter implements Crash.Handler {
        private final FaultyFileSystem files;
        private final boolean stepsOnly;
        private int left;
        private String where = "";

        Cutter(FaultyFileSystem files, int number, boolean stepsOnly) {
            this.files = files;
            this.stepsOnly = stepsOnly;
            left = number;
        }

        @Override
        public void reached(String point) {
            boolean counts =
                    !stepsOnly
                            || point.startsWith("procedure.")
                            || point.startsWith("snapshot.")
                            || point.startsWith("restore.")
                            || point.startsWith("bulk-load.")
                            || point.startsWith("load.")
                            || point.startsWith("sweep.");
            if (counts && --left == 0) {
                where = point;
                files.cutPower();
                files.status("/");
            }
        }
    }

    private interface Ending {
        /** Whether the change came to its end. */
        boolean run(FaultyFileSystem files, RegionStore store);
    }

    // Answers whether the change came to its end without a cut.
    private boolean cut(
            String name,
            Goal goal,
            Ending ending,
            FaultyFileSystem.Survival survival,
            Random random) {
        FaultyFileSystem files = scene();
        planted.forEach(files::become);
        RegionStore store = open(files);
        boolean ended = ending.run(files, store);
        Crash.install(null);
        files.cutPower();
        files.restart(survival, random);
        int again = random.nextInt(12);
        if (!ended && again > 0) {
            // Once more while it is gone on with.
            Crash.install(new Cutter(files, again, false));
            try {
                open(files);
            } catch (FaultyFileSystem.PowerCut e) {
                assertThat(files.dark()).isTrue();
            }
            Crash.install(null);
            files.cutPower();
            files.restart(survival, random);
        }
        RegionStore opened = open(files);
        String seen = timeless(look(opened));
        if (ended) {
            assertThat(seen).as(name).isEqualTo(goal.after());
        } else {
            assertThat(seen).as(name).isIn(goal.before(), goal.after());
        }
        assertThat(opened.stuckProcedures()).as(name).isEmpty();
        opened.runChores();
        opened.table(GOODS);
        opened.createTable(TableDescriptor.of(TableName.of("later"), ColumnFamily.named("f")));
        opened.close();
        assertThat(StoreCheck.check(files, ROOT, TestStore.options())).as(name).isEmpty();
        cases++;
        return ended;
    }

    private void cutAtPoints(boolean stepsOnly, FaultyFileSystem.Survival survival) {
        Random random = new Random(SEED);
        for (Map.Entry<String, Consumer<RegionStore>> change : changes().entrySet()) {
            Goal goal = goal(change.getValue());
            TreeSet<String> points = new TreeSet<>();
            boolean ended = false;
            for (int number = 1; !ended; number++) {
                int which = number;
                ended =
                        cut(
                                "%s at point %d, seed %d".formatted(change.getKey(), which, SEED),
                                goal,
                                (files, store) -> {
                                    Cutter cutter = new Cutter(files, which, stepsOnly);
                                    Crash.install(cutter);
                                    try {
                                        change.getValue().accept(store);
                                        return true;
                                    } catch (FaultyFileSystem.PowerCut e) {
                                        points.add(cutter.where);
                                        return false;
                                    }
                                },
                                survival,
                                random);
            }
            assertThat(points).as(change.getKey()).isNotEmpty();
        }
    }

    @Test
    void isWholeAfterACutBetweenSteps() {
        cutAtPoints(true, FaultyFileSystem.Survival.NONE);
        System.out.printf("%d power cuts between steps, seed %d%n", cases, SEED);
        assertThat(cases).isGreaterThan(150);
    }

    @Test
    void noticesForgottenSyncs() {
        for (FaultyFileSystem.Carelessness fault : FaultyFileSystem.Carelessness.values()) {
            planted.clear();
            planted.add(fault);
            assertThatThrownBy(() -> cutAtPoints(true, FaultyFileSystem.Survival.NONE))
                    .as(fault.name())
                    .isInstanceOfAny(AssertionError.class, SkepException.class);
            Crash.install(null);
        }
    }

    @Test
    void isWholeAfterACutAnywhere() {
        boolean all = Boolean.getBoolean("skep.witnesses");
        if (all) {
            cutAtPoints(false, FaultyFileSystem.Survival.SOME);
            cutAtPoints(false, FaultyFileSystem.Survival.ALL);
        }
        Random random = new Random(SEED);
        for (Map.Entry<String, Consumer<RegionStore>> change : changes().entrySet()) {
            Goal goal = goal(change.getValue());
            boolean ended = false;
            for (int number = 1 + random.nextInt(all ? 1 : 12);
                    !ended;
                    number += all ? 1 : 1 + random.nextInt(24)) {
                int which = number;
                ended =
                        cut(
                                "%s at change %d, seed %d".formatted(change.getKey(), which, SEED),
                                goal,
                                (files, store) -> {
                                    files.cutPowerAt(which);
                                    try {
                                        change.getValue().accept(store);
                                        return true;
                                    } catch (FaultyFileSystem.PowerCut e) {
                                        return false;
                                    }
                                },
                                FaultyFileSystem.Survival.SOME,
                                random);
            }
        }
        System.out.printf("%d power cuts anywhere, seed %d%n", cases, SEED);
    }
}
