package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skep.lsm.region.TestStore.F;
import static org.skep.lsm.region.TestStore.Q;
import static org.skep.lsm.region.TestStore.ROOT;
import static org.skep.lsm.region.TestStore.bytes;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.base.fault.Crash;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.FileSystem;
import org.skep.base.time.Clock;
import org.skep.lsm.operation.Put;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

/** What flushes and compactions do that fail, or come at the same time. */
@Timeout(60)
final class MaintenanceTest {
    private static final long MOMENT = 1_000_000;

    @AfterEach
    void letNothingFail() {
        Crash.install(null);
    }

    private static TestStore open(RegionOptions options, Clock clock) {
        return new TestStore(
                new FaultyFileSystem(ROOT),
                ROOT,
                options,
                clock,
                64 << 20,
                ColumnFamily.named("f"));
    }

    // Everything is old enough for a flush at once.
    private static RegionOptions impatient(boolean background) {
        RegionOptions defaults = RegionOptions.DEFAULT;
        return new RegionOptions(
                defaults.wal(),
                defaults.memstoreLimit(),
                Duration.ZERO,
                defaults.maxCellBytes(),
                defaults.slowFiles(),
                defaults.timeToPurge(),
                defaults.compaction(),
                0,
                background);
    }

    private static void put(TestStore store, String row) {
        store.region.put(new Put(bytes(row)).add(F, Q, bytes("v")));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(MOMENT);
        }
    }

    @Test
    void goesOnAfterUnexpectedFailures() {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        Crash.install(
                point -> {
                    if (point.equals("flush.before-finish") && failed.add(point)) {
                        throw new IllegalStateException("on purpose");
                    }
                    if (point.equals("compaction.before-finish") && failed.add(point)) {
                        throw new OutOfMemoryError("on purpose");
                    }
                });
        TestStore store = open(impatient(true), Clock.SYSTEM);
        for (String row : new String[] {"a", "b", "c"}) {
            put(store, row);
            // By itself: nobody else calls for it.
            await(() -> store.region.oldestWrite() == 0);
        }
        await(() -> store.region.mostFiles() == 1);
        assertThat(failed).hasSize(2);
        assertThat(store.services.maintenance().lastFailure()).isPresent();
        assertThat(store.scan()).hasSize(3);
        store.closeAndCheckLeaks();
    }

    @Test
    void flushesOthersWhenOneRegionCannotBe() {
        TestStore store = open(impatient(false), new Hands());
        put(store, "a");
        RegionInfo other = new RegionInfo(TableName.of("u"), bytes(""), bytes(""), 2);
        Region second =
                Region.open(
                        store.services,
                        other,
                        TableDescriptor.of(other.table(), ColumnFamily.named("f")),
                        ROOT + "/" + other.encodedName());
        second.put(new Put(bytes("a")).add(F, Q, bytes("v")));
        Region bad = store.services.regions().iterator().next();
        Region good = bad == second ? store.region : second;
        FileSystem files = store.services.files();
        String family = bad.directory() + "/f";
        files.deleteTree(family);
        files.create(family).close();
        store.services.maintenance().flushDue();
        assertThat(store.services.maintenance().lastFailure()).isPresent();
        assertThat(good.oldestWrite()).isZero();
        assertThat(bad.oldestWrite()).isPositive();
        files.delete(family);
        files.createDirectories(family);
        second.close();
        store.closeAndCheckLeaks();
    }

    /** A clock that never moves by itself, late enough for everything to be old. */
    private static final class Hands implements Clock {
        private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(millis.addAndGet(10));
        }

        @Override
        public long nanoTime() {
            return millis.get() * 1_000_000;
        }
    }

    /** A clock that stands still for one thread while it is told to. */
    private static final class Gate implements Clock {
        volatile Thread held;
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);

        @Override
        public Instant now() {
            if (Thread.currentThread() == held) {
                reached.countDown();
                pass(open);
            }
            return Clock.SYSTEM.now();
        }

        @Override
        public long nanoTime() {
            return Clock.SYSTEM.nanoTime();
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await(50, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isBlocked(Thread thread) {
        return thread.getState() == Thread.State.BLOCKED;
    }

    @Test
    void joinsNoFileThatWasReplacedMeanwhile() throws InterruptedException {
        Gate gate = new Gate();
        TestStore store = open(RegionOptions.DEFAULT.withoutBackground(), gate);
        for (String row : new String[] {"a", "b", "c"}) {
            put(store, row);
            store.region.flush();
        }
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch publish = new CountDownLatch(1);
        Crash.install(
                point -> {
                    if (point.equals("compaction.before-manifest") && written.getCount() > 0) {
                        written.countDown();
                        pass(publish);
                    }
                });
        Thread first = new Thread(store.region::compact);
        Thread second = new Thread(store.region::compact);
        Thread chooser = new Thread(store.region::compact);
        first.start();
        pass(written);
        // It keeps the others from choosing, and the first from being done.
        gate.held = chooser;
        chooser.start();
        pass(gate.reached);
        second.start();
        await(() -> isBlocked(second));
        publish.countDown();
        await(() -> store.region.mostFiles() == 1 && isBlocked(first));
        gate.open.countDown();
        for (Thread thread : new Thread[] {first, second, chooser}) {
            thread.join();
        }
        assertThat(store.region.manifest().files()).hasSize(1);
        assertThat(store.scan()).hasSize(3);
        store.closeAndCheckLeaks();
    }
}
