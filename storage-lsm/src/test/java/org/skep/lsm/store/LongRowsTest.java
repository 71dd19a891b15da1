package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.store.TestStore.F;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.Q;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.put;
import static org.skep.lsm.store.TestStore.utf8;
import static org.skep.lsm.store.TestStore.value;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.schema.TableName;

/** Rows with which no region can begin, and changes that fail as nobody expects. */
final class LongRowsTest {
    private static final int LONGEST = Short.MAX_VALUE;

    private final FaultyFileSystem files = new FaultyFileSystem("/base");
    private RegionStore store = open();

    @AfterEach
    void close() {
        Crash.install(null);
        store.close();
    }

    private RegionStore open() {
        return TestStore.open(files, "/base/store");
    }

    private static byte[] row(char letter, int length) {
        byte[] row = new byte[length];
        Arrays.fill(row, (byte) letter);
        return row;
    }

    private static void assertRefused(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("too long to begin a region");
    }

    @Test
    void refusesRegionsThatMetaCannotName() {
        assertRefused(() -> store.createTable(goods(), row('m', LONGEST)));
        assertThat(store.exists(GOODS)).isFalse();
        store.createTable(goods());
        store.table(GOODS).put(put("a", "1"));
        assertRefused(() -> store.split(GOODS, row('m', LONGEST)));
        int most = LONGEST - "goods,,1234567890123..".length() - 32;
        assertRefused(() -> store.split(GOODS, row('m', most + 1)));
        store.split(GOODS, row('m', most));
        store.snapshot("shot", GOODS);
        assertRefused(() -> store.cloneSnapshot("shot", TableName.of("goods_")));
        store.close();
        store = open();
        assertThat(store.stuckProcedures()).isEmpty();
        assertThat(store.regions(GOODS)).hasSize(2);
        assertThat(value(store, "a")).isEqualTo("1");
    }

    @Test
    void leavesARegionWholeThatHasOnlyLongRows() {
        store.createTable(goods());
        for (char letter = 'a'; letter <= 'h'; letter++) {
            store.table(GOODS).put(new Put(row(letter, LONGEST)).add(F, Q, utf8("v")));
        }
        store.flush(GOODS);
        assertThat(store.split(store.regions(GOODS).get(0))).isFalse();
        assertThat(store.regions(GOODS)).hasSize(1);
        assertThat(store.table(GOODS).get(new Get(row('h', LONGEST))).isEmpty()).isFalse();
    }

    @Test
    void opensWithAChangeThatFailsUnexpectedly() {
        store.createTable(goods());
        store.table(GOODS).put(put("a", "1"));
        store.table(GOODS).put(put("x", "2"));
        failAt("procedure.split.commit.between");
        assertThatThrownBy(() -> store.split(GOODS, utf8("m")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.stuckProcedures()).singleElement().asString().contains("on purpose");
        store.runChores();
        store.close();
        store = open();
        assertThat(store.stuckProcedures()).singleElement().asString().contains("on purpose");
        Crash.install(null);
        store.runChores();
        assertThat(store.stuckProcedures()).isEmpty();
        assertThat(store.regions(GOODS)).hasSize(2);
        assertThat(value(store, "a") + value(store, "x")).isEqualTo("12");
    }

    @Test
    void takesAChangeBackThatFailsUnexpectedly() {
        store.createTable(goods());
        store.table(GOODS).put(put("a", "1"));
        failAt("procedure.split.make.done");
        assertThatThrownBy(() -> store.split(GOODS, utf8("m")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.stuckProcedures()).isEmpty();
        assertThat(store.regions(GOODS)).hasSize(1);
        store.table(GOODS).put(put("a", "2"));
        assertThat(value(store, "a")).isEqualTo("2");
    }

    private static void failAt(String name) {
        Crash.install(
                point -> {
                    if (point.equals(name)) {
                        throw new IllegalArgumentException("on purpose");
                    }
                });
    }

    @Test
    void doesChoresThoughOneFails() {
        store.createTable(goods());
        store.table(GOODS).put(put("a", "1"));
        store.flush(GOODS);
        AtomicInteger failures = new AtomicInteger();
        Crash.install(
                point -> {
                    if (point.startsWith("sweep.") && failures.incrementAndGet() == 1) {
                        throw new IllegalArgumentException("on purpose");
                    }
                });
        store.disableTable(GOODS);
        store.dropTable(GOODS);
        store.runChores();
        store.runChores();
        assertThat(failures.get()).isGreaterThan(1);
        assertThat(files.list("/base/store/data/default")).isEmpty();
    }
}
