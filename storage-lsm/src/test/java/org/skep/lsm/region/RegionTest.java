package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.region.TestStore.F;
import static org.skep.lsm.region.TestStore.Q;
import static org.skep.lsm.region.TestStore.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.fault.Crash;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

final class RegionTest {
    @TempDir private Path directory;

    private TestStore open() {
        return new TestStore(
                LocalFileSystem.INSTANCE,
                directory.toString(),
                RegionOptions.DEFAULT.withoutBackground(),
                ColumnFamily.named("f"),
                ColumnFamily.named("g"));
    }

    private static Put put(String row, String value) {
        return new Put(bytes(row)).add(F, Q, bytes(value));
    }

    @Test
    void givesBackWhatWasPut() {
        try (TestStore store = open()) {
            store.region.put(put("a", "1"));
            store.region.batch(List.of(put("b", "2"), put("c", "3")));
            store.region.put(new Delete(bytes("b")));
            assertThat(store.get("a")).isEqualTo("a/f:q=1");
            assertThat(store.get("b")).isEmpty();
            assertThat(store.scan()).containsExactly("a/f:q=1", "c/f:q=3");
        }
    }

    @Test
    void findsWritesAgainAfterReopening() {
        try (TestStore store = open()) {
            store.region.put(put("a", "1"));
            store.region.flush();
            store.region.put(put("b", "2"));
            store.abandon();
        }
        try (TestStore store = open()) {
            assertThat(store.scan()).containsExactly("a/f:q=1", "b/f:q=2");
            store.region.put(put("a", "3"));
        }
        TestStore store = open();
        assertThat(store.scan()).containsExactly("a/f:q=3", "b/f:q=2");
        store.closeAndCheckLeaks();
    }

    @Test
    void refusesFamiliesThatAreNotThere() {
        try (TestStore store = open()) {
            Put wrong = new Put(bytes("a")).add(bytes("x"), Q, bytes("1"));
            assertThatThrownBy(() -> store.region.batch(List.of(put("b", "1"), wrong)))
                    .hasMessageStartingWith("Column family x does not exist in region ");
            assertThat(store.scan()).isEmpty();
        }
    }

    @Test
    void opensSeveralRegionsWithOneLookAtTheLog() {
        TestStore store = open();
        TableDescriptor table = TableDescriptor.of(TableName.of("u"), ColumnFamily.named("f"));
        List<Region.Opening> openings = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            RegionInfo info = new RegionInfo(table.name(), new byte[0], new byte[0], id);
            openings.add(new Region.Opening(info, table, directory + "/" + info.encodedName()));
        }
        List<Region> regions = Region.openAll(store.services, openings);
        for (int i = 0; i < 3; i++) {
            regions.get(i).put(put("row" + i, "v" + i));
        }
        regions.get(1).flush();
        regions.forEach(Region::abandon);
        store.abandon();

        TestStore again = open();
        List<Region> reopened = Region.openAll(again.services, openings);
        for (int i = 0; i < 3; i++) {
            assertThat(reopened.get(i).get(new Get(bytes("row" + i))).value(F, Q))
                    .contains(bytes("v" + i));
            assertThat(reopened.get(i).get(new Get(bytes("row" + (i + 1)))).isEmpty()).isTrue();
        }
        reopened.forEach(Region::close);
        again.closeAndCheckLeaks();
    }

    @Test
    void addsFilesThatWereWrittenElsewhere() throws IOException {
        TestStore store = open();
        store.region.put(put("a", "1"));
        store.region.flush();
        RegionFile written = store.region.manifest().files().get(0);
        Path staged = Files.createDirectory(directory.resolve("tmp")).resolve("staged-file");
        Files.copy(directory.resolve(written.path()), staged);
        store.region.put(put("a", "2"));
        store.region.put(put("b", "2"));
        Map<String, String> files = Map.of(staged.toString(), "f");
        store.region.bulkLoad(files);
        store.region.bulkLoad(files);
        // The file counts as written last, but its cell keeps its earlier timestamp.
        assertThat(store.scan()).containsExactly("a/f:q=2", "b/f:q=2");
        assertThat(store.region.manifest().files()).hasSize(3);
        assertThat(staged).doesNotExist();
        store.region.majorCompact();
        assertThat(store.scan()).containsExactly("a/f:q=2", "b/f:q=2");
        store.closeAndCheckLeaks();
    }

    @Test
    void keepsLoadedMarkersForWhatWasWrittenBeforeThem() throws IOException {
        TestStore store =
                new TestStore(
                        LocalFileSystem.INSTANCE,
                        directory.toString(),
                        RegionOptions.DEFAULT.withoutBackground(),
                        ColumnFamily.named("f").withNewVersionBehavior());
        store.region.put(put("b", "1"));
        store.region.put(new Delete(bytes("a")).addColumns(F, Q, 100));
        store.region.flush();
        RegionFile written = store.region.manifest().files().get(0);
        Path staged = Files.createDirectory(directory.resolve("tmp")).resolve("staged-file");
        Files.copy(directory.resolve(written.path()), staged);
        store.region.majorCompact();
        store.region.put(put("c", "1"));
        boolean[] done = {false};
        Crash.install(
                point -> {
                    if (!done[0] && point.equals("flush.before-rename")) {
                        // What was written before the load is being flushed; this is not.
                        done[0] = true;
                        store.region.put(new Put(bytes("a")).add(F, Q, 5, bytes("hidden")));
                    }
                });
        try {
            store.region.bulkLoad(Map.of(staged.toString(), "f"));
        } finally {
            Crash.install(null);
        }
        assertThat(done[0]).isTrue();
        assertThat(store.scan()).containsExactly("b/f:q=1", "c/f:q=1");
        store.region.majorCompact();
        assertThat(store.scan()).containsExactly("b/f:q=1", "c/f:q=1");
        store.region.flush();
        store.region.majorCompact();
        assertThat(store.scan(new Scan().raw(true).readAllVersions()))
                .containsExactly("b/f:q=1", "c/f:q=1");
        store.closeAndCheckLeaks();
    }
}
