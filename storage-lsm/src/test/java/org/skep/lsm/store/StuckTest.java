package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.content;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.put;
import static org.skep.lsm.store.TestStore.utf8;
import static org.skep.lsm.store.TestStore.value;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.FileStatus;
import org.skep.lsm.operation.Get;
import org.skep.lsm.schema.RegionInfo;

/** Changes that cannot go on for a while, and what others do meanwhile. */
final class StuckTest {
    private final FaultyFileSystem files = new FaultyFileSystem("/base");
    private final Set<String> failing = new HashSet<>();
    private RegionStore store = open();

    StuckTest() {
        Crash.install(
                point -> {
                    if (failing.contains(point)) {
                        throw new SkepException(ErrorCode.DISK_FULL, "full at " + point);
                    }
                });
        store.createTable(goods());
        store.table(GOODS).put(put("a", "1"));
        store.table(GOODS).put(put("x", "1"));
    }

    @AfterEach
    void close() {
        Crash.install(null);
        store.close();
    }

    private RegionStore open() {
        return RegionStore.open(
                files, "/base/store", TestStore.options().withPatience(Duration.ofMillis(100)));
    }

    private void reopen() {
        store.close();
        store = open();
    }

    private static void assertFails(ErrorCode code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void closesAgainWhatWasUndone() {
        // The change is undone, but meta goes on to name it.
        failing.add("procedure.split.make.begin");
        failing.add("procedure.split.undone");
        assertFails(ErrorCode.DISK_FULL, () -> store.split(GOODS, utf8("m")));
        assertThat(store.stuckProcedures()).hasSize(1);
        failing.clear();
        store.table(GOODS).put(put("b", "2"));
        store.table(GOODS).put(put("y", "2"));
        store.runChores();
        assertThat(store.stuckProcedures()).isEmpty();
        assertThat(store.regions(GOODS)).hasSize(2);
        assertThat(content(store)).isEqualTo(Map.of("a", "1", "b", "2", "x", "1", "y", "2"));
    }

    @Test
    void closesAgainWhatWasUndoneBeforeACrash() {
        failing.add("procedure.split.make.begin");
        failing.add("procedure.split.undone");
        assertFails(ErrorCode.DISK_FULL, () -> store.split(GOODS, utf8("m")));
        failing.clear();
        store.table(GOODS).put(put("b", "2"));
        files.cutPower();
        files.restart(FaultyFileSystem.Survival.NONE, new Random(1));
        store = open();
        assertThat(store.stuckProcedures()).isEmpty();
        assertThat(content(store)).isEqualTo(Map.of("a", "1", "b", "2", "x", "1"));
    }

    @Test
    void letsNobodyChangeATableMeanwhile() {
        failing.add("procedure.split.commit.begin");
        assertFails(ErrorCode.DISK_FULL, () -> store.split(GOODS, utf8("m")));
        assertFails(ErrorCode.CONFLICT, () -> store.alterTable(goods()));
        assertFails(ErrorCode.CONFLICT, () -> store.disableTable(GOODS));
        assertFails(ErrorCode.CONFLICT, () -> store.snapshot("shot", GOODS));
        assertFails(ErrorCode.IO_ERROR, () -> store.table(GOODS).put(put("b", "2")));
        failing.clear();
        // Who changes it next goes on with the change before.
        store.alterTable(goods());
        assertThat(store.stuckProcedures()).isEmpty();
        assertThat(store.regions(GOODS)).hasSize(2);
        store.table(GOODS).put(put("b", "2"));
        reopen();
        assertThat(content(store)).isEqualTo(Map.of("a", "1", "b", "2", "x", "1"));
    }

    @Test
    void doesNotServeWhatAChangeHasClosed() {
        failing.add("procedure.split.commit.begin");
        assertFails(ErrorCode.DISK_FULL, () -> store.split(GOODS, utf8("m")));
        reopen();
        assertFails(ErrorCode.IO_ERROR, () -> store.table(GOODS).put(put("b", "2")));
        failing.clear();
        store.runChores();
        store.table(GOODS).put(put("b", "3"));
        assertThat(content(store)).isEqualTo(Map.of("a", "1", "b", "3", "x", "1"));
    }

    @Test
    void servesWhatIsOnlyToBeOpened() {
        failing.add("procedure.alter.open.begin");
        assertFails(ErrorCode.DISK_FULL, () -> store.alterTable(goods()));
        reopen();
        assertThat(value(store, "a")).isEqualTo("1");
    }

    @Test
    void keepsFilesOfALoadThatHasToWait() {
        store.snapshot("shot", GOODS);
        store.exportSnapshot("shot", "/base/export");
        store.deleteSnapshot("shot");
        store.disableTable(GOODS);
        store.truncateTable(GOODS);
        failing.add("manifest.before-rename");
        assertFails(ErrorCode.DISK_FULL, () -> store.load(GOODS, "/base/export"));
        store.runChores();
        failing.clear();
        failing.add("bulk-load.before-manifest");
        reopen();
        store.runChores();
        assertThat(store.stuckProcedures()).hasSize(1);
        failing.clear();
        store.runChores();
        assertThat(store.stuckProcedures()).isEmpty();
        assertThat(content(store)).isEqualTo(Map.of("a", "1", "x", "1"));
    }

    @Test
    void keepsForGoodWhatAResumedLoadHadMovedBefore() {
        int resumed = 0;
        for (int call = 1; call < 60; call++) {
            FaultyFileSystem disk = new FaultyFileSystem("/base");
            RegionStore loading = TestStore.open(disk, "/base/store");
            loading.createTable(goods());
            loading.table(GOODS).put(put("a", "1"));
            loading.snapshot("shot", GOODS);
            loading.exportSnapshot("shot", "/base/export");
            loading.disableTable(GOODS);
            loading.truncateTable(GOODS);
            disk.failAt(call, ErrorCode.IO_ERROR);
            boolean failed = false;
            try {
                loading.load(GOODS, "/base/export");
            } catch (SkepException e) {
                failed = true;
            }
            disk.mend();
            loading.runChores();
            assertThat(loading.stuckProcedures()).isEmpty();
            Map<String, String> before = content(loading);
            resumed += failed && !before.isEmpty() ? 1 : 0;
            disk.cutPower();
            disk.restart(FaultyFileSystem.Survival.NONE, new Random(call));
            loading = TestStore.open(disk, "/base/store");
            assertThat(content(loading)).as("call " + call).isEqualTo(before);
            loading.close();
        }
        assertThat(resumed).isGreaterThan(3);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void tellsClientsThatItIsClosedThoughAFlushFailed() {
        failing.add("flush.before-finish");
        assertFails(ErrorCode.DISK_FULL, store::close);
        failing.clear();
        assertFails(ErrorCode.IO_ERROR, () -> store.table(GOODS).get(new Get(utf8("a"))));
        assertFails(ErrorCode.IO_ERROR, () -> store.table(GOODS).put(put("b", "2")));
        store = open();
        assertThat(content(store)).isEqualTo(Map.of("a", "1", "x", "1"));
    }

    @Test
    void survivesAPowerCutInDirectoriesOfItsOwn() {
        String path = "/base/some/where/else";
        RegionStore deep = TestStore.open(files, path);
        deep.createTable(goods());
        deep.table(GOODS).put(put("a", "1"));
        files.cutPower();
        files.restart(FaultyFileSystem.Survival.NONE, new Random(1));
        deep = TestStore.open(files, path);
        assertThat(content(deep)).isEqualTo(Map.of("a", "1"));
        deep.close();
        store = open();
    }

    @Test
    void deletesNothingOfARegionWithoutManifest() {
        store.flush(GOODS);
        RegionInfo region = store.regions(GOODS).get(0);
        String path = "/base/store/data/default/goods/" + region.encodedName();
        store.close();
        for (FileStatus file : files.list(path)) {
            if (file.name().startsWith("manifest.")) {
                files.delete(path + "/" + file.name());
            }
        }
        store = open();
        assertThat(store.brokenRegions()).singleElement().asString().contains("no manifest");
        assertFails(ErrorCode.CORRUPT_FILE, () -> store.table(GOODS).get(new Get(utf8("a"))));
        assertFails(ErrorCode.CONFLICT, () -> store.snapshot("shot", GOODS));
        store.runChores();
        assertThat(files.list(path + "/f")).hasSize(1);
    }
}
