package org.skep.lsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skep.lsm.store.TestStore.F;
import static org.skep.lsm.store.TestStore.GOODS;
import static org.skep.lsm.store.TestStore.Q;
import static org.skep.lsm.store.TestStore.goods;
import static org.skep.lsm.store.TestStore.utf8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.compact.CompactionOptions;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.store.check.StoreCheck;
import org.skep.lsm.wal.WalOptions;

/**
 * Fills a file system of 64 MB, frees some of it, and looks whether all that was promised is there
 * at any time. It mounts a tmpfs, which wants the right to mount; {@code -Dskep.lsm.small=DIR}
 * names a directory on a small file system that is there already. Without either it skips itself.
 */
final class FullDiskTest {
    private static final int WRITERS = 4;
    private static final int KEYS = 150;
    private static final int BALLAST = 24 << 20;

    @TempDir private Path directory;

    private final Map<String, Long> promised = new ConcurrentSkipListMap<>();
    // Without what only a process that goes on may keep.
    private final Map<String, Long> lasting = new ConcurrentSkipListMap<>();
    private final Map<String, Long> tried = new ConcurrentSkipListMap<>();
    private final List<MemoryPool> pools = new ArrayList<>();
    private final long seed = System.nanoTime();
    private Path small;
    private boolean mounted;
    private RegionStore store;

    @BeforeEach
    void mount() throws Exception {
        System.out.println("seed " + seed);
        String given = System.getProperty("skep.lsm.small");
        if (given != null) {
            small = Files.createTempDirectory(Path.of(given), "full");
            return;
        }
        small = Files.createDirectory(directory.resolve("small"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small.toString());
        Assumptions.assumeTrue(
                mounted, "No right to mount a tmpfs; name a small disk by -Dskep.lsm.small=DIR");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "--lazy", small.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private RegionStoreOptions options(boolean background) {
        MemoryPool pool = MemoryPool.root("small", 128 << 20);
        pools.add(pool);
        WalOptions wal =
                WalOptions.DEFAULT
                        .withRollBytes(2 << 20)
                        .withKeptBytes(12 << 20)
                        .withSyncInterval(Duration.ofMillis(50));
        RegionOptions region =
                RegionOptions.DEFAULT
                        .withMemstoreLimit(6 << 20)
                        .withWal(wal)
                        .withCompaction(CompactionOptions.DEFAULT.withMinBytes(1 << 10));
        RegionStoreOptions options =
                RegionStoreOptions.defaults()
                        .withMemory(pool, 8 << 20)
                        .withRegion(region)
                        .withChoreInterval(Duration.ofMillis(100));
        return background ? options : options.withoutBackground();
    }

    private String root() {
        return small.resolve("store").toString();
    }

    private void open(boolean background) {
        store = RegionStore.open(LocalFileSystem.INSTANCE, root(), options(background));
        assertThat(store.brokenRegions()).isEmpty();
    }

    private void layBallast() throws IOException {
        Files.write(small.resolve("ballast"), new byte[BALLAST]);
    }

    private void dropBallast() throws IOException {
        Files.delete(small.resolve("ballast"));
    }

    private Durability anyDurability(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Durability.SYNC_WAL;
            case 1 -> Durability.ASYNC_WAL;
            default -> Durability.FSYNC_WAL;
        };
    }

    /** Writes with several threads until each was refused so often, or the count is reached. */
    private int write(int writes, int refusals) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int[] refused = new int[WRITERS];
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < WRITERS; t++) {
            int id = t;
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    refused[id] = writeAlone(id, writes, refusals);
                                } catch (Throwable e) {
                                    failure.set(e);
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        int total = 0;
        for (int count : refused) {
            total += count;
        }
        return total;
    }

    private int writeAlone(int writer, int writes, int refusals) {
        Random random = new Random(seed + writer + promised.size());
        Table table = store.table(GOODS);
        int refused = 0;
        for (int i = 0; i < writes && refused < refusals; i++) {
            String row = "%d-%03d".formatted(writer, random.nextInt(KEYS));
            long number = tried.merge(row, 1L, Long::sum);
            byte[] value = new byte[Long.BYTES + random.nextInt(8000)];
            random.nextBytes(value);
            ByteBuffer.wrap(value).putLong(number);
            Put put = new Put(utf8(row)).add(F, Q, value).add(TestStore.utf8("g"), Q, value);
            try {
                Durability durability = anyDurability(random);
                table.put(put.durability(durability));
                promised.put(row, number);
                if (durability != Durability.ASYNC_WAL) {
                    lasting.put(row, number);
                }
            } catch (SkepException e) {
                assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
                refused++;
            }
        }
        return refused;
    }

    // Every row holds what was promised last, or what was tried later, in both families.
    private void checkAll() {
        Map<String, Long> found = new TreeMap<>();
        try (TableScanner rows = store.table(GOODS).scan(new Scan())) {
            for (Result row = rows.next(); row != null; row = rows.next()) {
                found.put(TestStore.text(row.row()), number(row));
            }
        }
        promised.forEach(
                (row, number) -> {
                    Result got = store.table(GOODS).get(new Get(utf8(row)));
                    assertThat(number(got))
                            .as(row)
                            .isBetween(number, tried.get(row))
                            .isEqualTo(found.get(row));
                });
        assertThat(tried.keySet()).containsAll(found.keySet());
    }

    private static long number(Result row) {
        Optional<byte[]> one = row.value(F, Q);
        Optional<byte[]> other = row.value(TestStore.utf8("g"), Q);
        assertThat(one).isPresent();
        assertThat(other.orElseThrow()).isEqualTo(one.get());
        return ByteBuffer.wrap(one.get()).getLong();
    }

    private void closeFull() {
        try {
            store.close();
        } catch (SkepException e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
            System.out.println("closing told: " + e.getMessage());
            promised.clear();
            promised.putAll(lasting);
        }
    }

    private void fillFreeAndFillAgain(boolean background) throws Exception {
        open(background);
        store.createTable(goods(), utf8("2"));
        for (int round = 0; round < 2; round++) {
            layBallast();
            int refused = write(Integer.MAX_VALUE, 20);
            assertThat(refused).isEqualTo(20 * WRITERS);
            checkAll();
            dropBallast();
            // Whatever waits for space is written, with or without threads of the store's own.
            refused = write(200, Integer.MAX_VALUE);
            assertThat(refused).as("refused with space").isZero();
            checkAll();
            makeRoom();
        }
        layBallast();
        write(Integer.MAX_VALUE, 5);
        closeFull();
        open(background);
        checkAll();
        write(20, 20);
        checkAll();
        dropBallast();
        assertThat(write(200, Integer.MAX_VALUE)).as("refused with space").isZero();
        checkAll();
        store.close();
        assertThat(StoreCheck.check(LocalFileSystem.INSTANCE, root(), options(false))).isEmpty();
        open(background);
        checkAll();
        store.close();
        for (MemoryPool pool : pools) {
            assertThat(pool.reserved()).isZero();
        }
        long free = freeBytes(small);
        System.out.println(promised.size() + " rows, " + free + " bytes free in the end");
    }

    // Old versions go with a major compaction, then old files.
    private void makeRoom() {
        store.flush(GOODS);
        store.majorCompact(GOODS);
        store.runChores();
    }

    private static long freeBytes(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void losesNothingAndResumesByItself() throws Exception {
        fillFreeAndFillAgain(true);
    }

    @Test
    void losesNothingAndResumesWithoutThreadsOfItsOwn() throws Exception {
        fillFreeAndFillAgain(false);
    }
}
