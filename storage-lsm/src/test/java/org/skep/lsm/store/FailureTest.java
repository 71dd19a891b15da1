package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.content;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.letters;
import static org.skep.lsm.store.TestStore.put;
import static org.skep.lsm.store.TestStore.utf8;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.store.check.StoreCheck;

/** Changes of regions on a disk that is full or fails for a moment, without a crash. */
final class FailureTest {
    private static final long SEED = Long.getLong("skep.seed", 20261123L);

    private static RegionStore fill(FaultyFileSystem files) {
        RegionStore store = TestStore.open(files, "/base/store");
        store.createTable(goods(), utf8("m"));
        for (String row : letters("abcdmnop")) {
            store.table(GOODS).put(put(row, "v" + row));
        }
        return store;
    }

    @Test
    void goesOnWhenThereIsRoomAgain() {
        FaultyFileSystem files = new FaultyFileSystem("/base");
        RegionStore store = fill(files);
        Map<String, String> before = new TreeMap<>(content(store));
        files.limitBytes(300);
        assertThatThrownBy(() -> store.split(GOODS, utf8("c")))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
        assertThat(content(store)).isEqualTo(before);
        files.mend();
        store.runChores();
        assertThat(store.stuckProcedures()).isEmpty();
        store.table(GOODS).put(put("e", "ve"));
        before.put("e", "ve");
        List<RegionInfo> regions = store.regions(GOODS);
        if (regions.size() == 2) {
            store.split(GOODS, utf8("c"));
        }
        assertThat(store.regions(GOODS)).hasSize(3);
        assertThat(content(store)).isEqualTo(before);
        store.close();
        assertThat(StoreCheck.check(files, "/base/store", TestStore.options())).isEmpty();
    }

    @Test
    void recoversOtherRegionsThanTheDamagedOne() {
        FaultyFileSystem files = new FaultyFileSystem("/base");
        RegionStore store = fill(files);
        store.flush(GOODS);
        for (String row : letters("exy")) {
            store.table(GOODS).put(put(row, "v" + row));
        }
        Map<String, String> before = new TreeMap<>(content(store));
        String name = store.files(store.regions(GOODS).get(0)).get(0).path();
        files.cutPower();
        files.restart(FaultyFileSystem.Survival.NONE, new Random(SEED));
        byte[] good = exchange(files, "/base/store/" + name, null);
        RegionStore again = TestStore.open(files, "/base/store");
        assertThat(again.brokenRegions()).singleElement().asString().contains(name);
        assertThat(TestStore.value(again, "n")).isEqualTo("vn");
        assertThat(TestStore.value(again, "x")).isEqualTo("vx");
        assertThatThrownBy(() -> TestStore.value(again, "e")).hasMessageContaining(name);
        exchange(files, "/base/store/" + name, good);
        again.runChores();
        assertThat(again.brokenRegions()).isEmpty();
        assertThat(content(again)).isEqualTo(before);
        again.close();
    }

    // Without new content a file loses its end.
    private static byte[] exchange(FaultyFileSystem files, String path, byte[] content) {
        byte[] old;
        try (InputFile file = files.open(path)) {
            old = new byte[(int) file.length()];
            file.readFully(0, old, 0, old.length);
        }
        files.delete(path);
        try (OutputFile file = files.create(path)) {
            byte[] bytes = content == null ? old : content;
            file.write(bytes, 0, content == null ? old.length - 9 : content.length);
        }
        return old;
    }

    @Test
    void survivesAFailureOfAnyCall() {
        Random random = new Random(SEED);
        int failures = 0;
        for (int at = 1; at < 90; at += 1 + random.nextInt(3)) {
            FaultyFileSystem files = new FaultyFileSystem("/base");
            RegionStore store = fill(files);
            Map<String, String> before = new TreeMap<>(content(store));
            files.failAt(at, ErrorCode.IO_ERROR);
            boolean failed = false;
            try {
                store.split(GOODS, utf8("c"));
                List<RegionInfo> regions = store.regions(GOODS);
                store.merge(regions.get(1), regions.get(2));
            } catch (SkepException e) {
                failed = true;
                failures++;
            }
            files.mend();
            String what = "call %d, seed %d, failed %s".formatted(at, SEED, failed);
            store.runChores();
            try {
                store.table(GOODS).put(put("e", "ve"));
                before.put("e", "ve");
                assertThat(store.stuckProcedures()).as(what).isEmpty();
                assertThat(content(store)).as(what).isEqualTo(before);
            } catch (SkepException e) {
                // After some failures the log takes no more before the store is opened again.
                assertThat(e.getMessage()).as(what).contains("open the store again");
            }
            try {
                store.close();
            } catch (SkepException e) {
                assertThat(e.getMessage()).as(what).contains("open the store again");
            }
            RegionStore again = TestStore.open(files, "/base/store");
            again.runChores();
            assertThat(again.stuckProcedures()).as(what).isEmpty();
            assertThat(content(again)).as(what).containsAllEntriesOf(before);
            again.close();
            assertThat(StoreCheck.check(files, "/base/store", TestStore.options()))
                    .as(what)
                    .isEmpty();
        }
        assertThat(failures).isGreaterThan(10);
    }
}
