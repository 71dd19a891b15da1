package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.region.TestStore.F;
import static org.skep.lsm.region.TestStore.Q;
import static org.skep.lsm.region.TestStore.ROOT;
import static org.skep.lsm.region.TestStore.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.wal.Mvcc;

/** Regions at their limits: many families, large batches, no memory left. */
final class RegionEdgesTest {
    private static final RegionOptions OPTIONS = RegionOptions.DEFAULT.withoutBackground();

    private static TestStore open(ColumnFamily... families) {
        return new TestStore(new FaultyFileSystem(ROOT), ROOT, OPTIONS, families);
    }

    private static Put put(String row, String value) {
        return new Put(bytes(row)).add(F, Q, bytes(value));
    }

    @Test
    void writesManyRowsBehindAWideOne() {
        TestStore store = open(ColumnFamily.named("f"));
        Put wide = new Put(bytes("a"));
        for (int i = 0; i < 60_000; i++) {
            wide.add(F, bytes("q" + i), 1, Q);
        }
        List<Put> puts = new ArrayList<>();
        puts.add(wide);
        for (int i = 0; i < 50_000; i++) {
            puts.add(new Put(bytes("b" + i)).add(F, Q, 1, Q));
        }
        store.region.batch(puts);
        assertThat(store.scan(new Scan().startRow(bytes("b")))).hasSize(50_000);
        store.closeAndCheckLeaks();
    }

    @Test
    void readsInPartsWhatItReadsWhole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            TestStore store = open(ColumnFamily.named("f"), ColumnFamily.named("g"));
            for (int source = 0; source < 3; source++) {
                for (int i = 0; i < 6; i++) {
                    byte[] family = bytes(random.nextBoolean() ? "f" : "g");
                    Put put = new Put(bytes("r" + random.nextInt(2)));
                    put.add(family, bytes("q" + random.nextInt(4)), random.nextInt(4), Q);
                    put.add(family, bytes("q" + random.nextInt(4)), random.nextInt(4), Q);
                    store.region.put(put);
                }
                if (source < 2) {
                    store.region.flush();
                }
            }
            String whole = String.join(" ", store.scan());
            for (int cells = 1; cells < 9; cells++) {
                assertThat(String.join(" ", store.scan(new Scan().batch(cells))))
                        .as("seed %d, round %d, parts of %d cells", seed, round, cells)
                        .isEqualTo(whole);
            }
            store.closeAndCheckLeaks();
        }
    }

    @Test
    void hasMoreFamiliesThanAByteCounts() {
        int count = 300;
        ColumnFamily[] families = new ColumnFamily[count];
        Put put = new Put(bytes("a"));
        for (int i = 0; i < count; i++) {
            families[i] = ColumnFamily.named("f%03d".formatted(i));
            put.add(families[i].nameBytes(), Q, bytes("v" + i));
        }
        TestStore store = open(families);
        store.region.put(put);
        Put last = new Put(bytes("b")).add(families[count - 1].nameBytes(), Q, bytes("last"));
        store.region.put(last);
        assertThat(store.get("b")).isEqualTo("b/f299:q=last");
        store.region.flush();
        assertThat(store.get("a")).contains("a/f128:q=v128").contains("a/f299:q=v299");
        store.closeAndCheckLeaks();
    }

    @Test
    void givesMemoryBackWhenNotAllFilesCanBeRead() {
        TestStore store =
                new TestStore(
                        new FaultyFileSystem(ROOT),
                        ROOT,
                        OPTIONS,
                        Clock.SYSTEM,
                        8 << 20,
                        ColumnFamily.named("f"));
        for (String row : List.of("a", "b", "c")) {
            store.region.put(put(row, "v"));
            store.region.flush();
        }
        store.services.chunks().trim();
        long left = BlockCache.STREAM_BUFFER * 5L / 2;
        long taken = store.memory.limit() - store.memory.reserved() - left;
        store.memory.reserve(taken);
        Scan scan = new Scan().readType(Scan.ReadType.STREAM);
        long before = store.memory.reserved();
        assertOutOfMemory(() -> store.scan(scan));
        assertOutOfMemory(store.region::majorCompact);
        assertThat(store.services.mvcc().smallestReadPoint())
                .isEqualTo(store.services.mvcc().readPoint());
        // Buffers that were given back are kept for the next one.
        assertThat(store.memory.reserved()).isEqualTo(before + 2 * BlockCache.STREAM_BUFFER);
        assertThat(store.scan(new Scan().stopRow(bytes("c")).readType(Scan.ReadType.STREAM)))
                .hasSize(2);
        store.memory.release(taken);
        store.closeAndCheckLeaks();
    }

    @Test
    void keepsWhatAnOpenScanSeesWhereTheOrderOfWritingCounts() {
        TestStore store = open(ColumnFamily.named("f").withNewVersionBehavior());
        store.region.put(put("x", "old"));
        try (Mvcc.Pin pin = store.services.mvcc().pin()) {
            store.region.put(put("x", "new"));
            store.region.flush();
            store.region.majorCompact();
            assertThat(store.scan(new Scan().readPoint(pin.readPoint())))
                    .containsExactly("x/f:q=old");
        }
        assertThat(store.scan()).containsExactly("x/f:q=new");
        store.region.put(put("y", "1"));
        store.region.flush();
        store.region.majorCompact();
        assertThat(store.scan(new Scan().raw(true).readAllVersions()))
                .containsExactly("x/f:q=new", "y/f:q=1");
        store.closeAndCheckLeaks();
    }

    @Test
    void flushesWhenNoMemoryIsLeft() {
        FaultyFileSystem files = new FaultyFileSystem(ROOT);
        TestStore store =
                new TestStore(
                        files,
                        ROOT,
                        OPTIONS,
                        Clock.SYSTEM,
                        8 << 20,
                        ColumnFamily.named("f"),
                        ColumnFamily.named("g"));
        store.region.put(put("a", "1"));
        store.services.chunks().trim();
        long taken = takeAll(store.memory);
        // What is kept back for this serves to open what it wrote.
        assertThat(store.region.flush()).isTrue();
        assertThat(files.list(store.region.directory() + "/f")).hasSize(1);
        assertThat(store.scan()).containsExactly("a/f:q=1");
        store.memory.release(1 << 20);
        taken -= 1 << 20;
        store.region.put(put("a", "2"));
        store.services.chunks().trim();
        store.services.headroom().give();
        taken += takeAll(store.memory);
        // Without that it has no room, and leaves nothing of the file.
        assertOutOfMemory(store.region::flush);
        assertThat(files.list(store.region.directory() + "/f")).hasSize(1);
        store.memory.release(taken);
        assertThat(store.region.flush()).isTrue();
        assertThat(files.list(store.region.directory() + "/f")).hasSize(2);
        assertThat(store.scan()).containsExactly("a/f:q=2");
        store.region.put(put("b", "2"));
        assertThat(store.scan()).containsExactly("a/f:q=2", "b/f:q=2");
        store.closeAndCheckLeaks();
    }

    @Test
    void flushesNothingForMemoryThatOnlyScansHold() {
        TestStore store =
                new TestStore(
                        new FaultyFileSystem(ROOT),
                        ROOT,
                        OPTIONS.withMemstoreLimit(4 << 20),
                        ColumnFamily.named("f"));
        store.region.put(new Put(bytes("a")).add(F, Q, new byte[5 << 20]));
        assertThat(store.services.pressure().high()).isTrue();
        try (Region.Rows rows = store.region.scanner(new Scan())) {
            store.region.flush();
            store.region.put(put("b", "2"));
            assertThat(store.services.chunks().bytesInUse()).isGreaterThan(5 << 20);
            assertThat(store.services.pressure().high()).isFalse();
            assertThat(rows.next().value(F, Q)).isPresent();
        }
        store.closeAndCheckLeaks();
    }

    @Test
    void refusesWritesThatNoRecordHolds() {
        TestStore store = open(ColumnFamily.named("f"));
        Cell large = Cell.of(bytes("a"), F, Q, 1, CellType.PUT, new byte[(10 << 20) - 100]);
        Put put = new Put(bytes("a"));
        for (int i = 0; i < 300; i++) {
            put.addCell(large);
        }
        assertThatThrownBy(() -> store.region.put(put))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
        store.region.put(put("a", "1"));
        assertThat(store.scan()).containsExactly("a/f:q=1");
        store.closeAndCheckLeaks();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void goesOnWhenTheMachineHasNoMemoryForAWrite() {
        TestStore store = open(ColumnFamily.named("f"), ColumnFamily.named("g"));
        store.region.put(put("a", "1"));
        Put large =
                new Put(bytes("a")).add(F, Q, bytes("torn")).add(TestStore.G, Q, new byte[2 << 20]);
        Crash.install(
                point -> {
                    if (point.equals("memstore.before-allocate")) {
                        throw new OutOfMemoryError("on purpose");
                    }
                });
        try {
            assertThatThrownBy(() -> store.region.put(large)).isInstanceOf(OutOfMemoryError.class);
        } finally {
            Crash.install(null);
        }
        // It holds nobody back, and is not seen in part.
        assertThat(store.scan()).containsExactly("a/f:q=1");
        store.region.put(put("b", "2"));
        assertThat(store.scan()).containsExactly("a/f:q=1", "b/f:q=2");
        assertThat(store.region.flush()).isTrue();
        assertThat(store.scan()).containsExactly("a/f:q=1", "b/f:q=2");
        store.closeAndCheckLeaks();
    }

    private static long takeAll(MemoryPool memory) {
        long left = memory.limit() - memory.reserved();
        memory.reserve(left);
        return left;
    }

    private static void assertOutOfMemory(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_LIMIT));
    }
}
