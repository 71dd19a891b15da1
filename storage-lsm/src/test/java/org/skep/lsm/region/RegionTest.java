package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.region.TestStore.F;
import static org.skep.lsm.region.TestStore.Q;
import static org.skep.lsm.region.TestStore.bytes;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Put;
import org.skep.lsm.schema.ColumnFamily;

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
}
