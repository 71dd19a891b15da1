package org.skep.lsm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.skep.base.memory.MemoryPool;

/** Blocks stay as they are while somebody holds them, and the limit holds. */
class BlockCacheTest {
    private static final int BLOCK = 1000;

    private final MemoryPool pool = MemoryPool.root("test", 64L << 20);

    private static CachedBlock load(BlockCache cache, long file, long offset) {
        CachedBlock block = cache.allocate(file, offset, BLOCK);
        if (block == null) {
            block = CachedBlock.outside(ByteBuffer.allocate(BLOCK));
            fill(block, file, offset);
            return block;
        }
        fill(block, file, offset);
        return cache.publish(block);
    }

    private static void fill(CachedBlock block, long file, long offset) {
        for (int i = 0; i + Long.BYTES <= BLOCK; i += Long.BYTES) {
            block.buffer().putLong(i, file * 1_000_000_007L + offset);
        }
    }

    private static void check(CachedBlock block, long file, long offset) {
        for (int i = 0; i + Long.BYTES <= BLOCK; i += Long.BYTES) {
            assertThat(block.buffer().getLong(i)).isEqualTo(file * 1_000_000_007L + offset);
        }
    }

    @Test
    void findsWhatWasPublished() {
        try (BlockCache cache = new BlockCache(1 << 20, pool)) {
            long file = cache.newFile();
            assertThat(cache.find(file, 0)).isNull();
            load(cache, file, 0).release();
            CachedBlock found = cache.find(file, 0);
            check(found, file, 0);
            found.release();
            assertThatThrownBy(found::release).isInstanceOf(IllegalStateException.class);
            assertThat(cache.find(cache.newFile(), 0)).isNull();
            assertThat(cache.statistics().hits()).isEqualTo(1);
            assertThat(cache.statistics().misses()).isEqualTo(2);
        }
        assertThat(pool.reserved()).isZero();
    }

    @Test
    void keepsWhatIsReadAgainAndStaysWithinItsLimit() {
        long limit = 1 << 20;
        try (BlockCache cache = new BlockCache(limit, pool)) {
            long file = cache.newFile();
            int lost = 0;
            for (int i = 0; i < 10_000; i++) {
                load(cache, file, 1_000_000L + i).release();
                CachedBlock hot = cache.find(file, i % 100);
                if (hot == null) {
                    lost++;
                    hot = load(cache, file, i % 100);
                }
                check(hot, file, i % 100);
                hot.release();
                assertThat(pool.reserved()).isLessThanOrEqualTo(limit);
            }
            assertThat(lost).isLessThan(1000);
            assertThat(cache.statistics().evictions()).isGreaterThan(8000);
            assertThat(cache.statistics().survivals()).isPositive();
            cache.assertNoPins();
        }
    }

    @Test
    void neverRecyclesWhatIsHeld() {
        try (BlockCache cache = new BlockCache(256 << 10, pool)) {
            long file = cache.newFile();
            List<CachedBlock> held = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                CachedBlock block = load(cache, file, i);
                if (i % 50 == 0) {
                    held.add(block);
                } else {
                    block.release();
                }
            }
            for (int i = 0; i < held.size(); i++) {
                check(held.get(i), file, 50L * i);
            }
            assertThatThrownBy(cache::assertNoPins)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("with 1 pins");
            held.forEach(CachedBlock::release);
            cache.assertNoPins();
            for (int i = 0; i < 1000; i++) {
                load(cache, file, 10_000 + i).release();
            }
            assertThat(cache.find(file, 10_999)).isNotNull();
        }
    }

    @Test
    void doesWithoutMemoryThatItDoesNotGet() {
        MemoryPool small = MemoryPool.root("small", 600 << 10);
        try (BlockCache cache = new BlockCache(16 << 20, small)) {
            assertThat(cache.allocate(cache.newFile(), 0, BLOCK)).isNull();
            assertThat(cache.tryReserve(1 << 20)).isFalse();
            ByteBuffer buffer = cache.borrow();
            assertThatThrownBy(cache::assertNoPins).hasMessageContaining("1 stream buffers");
            cache.giveBack(buffer);
            cache.assertNoPins();
        }
        assertThat(small.reserved()).isZero();
    }

    @Test
    void servesManyThreads() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (BlockCache cache = new BlockCache(512 << 10, pool)) {
            long file = cache.newFile();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                Random random = new Random(seed + t);
                Thread thread = new Thread(() -> work(cache, file, random), "reader-" + t);
                thread.setUncaughtExceptionHandler((which, e) -> failure.set(e));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(cache.statistics().evictions()).isPositive();
            cache.assertNoPins();
        }
        assertThat(pool.reserved()).isZero();
    }

    private static void work(BlockCache cache, long file, Random random) {
        for (int i = 0; i < 20_000; i++) {
            long offset = random.nextInt(random.nextBoolean() ? 50 : 2000);
            CachedBlock block = cache.find(file, offset);
            if (block == null) {
                block = load(cache, file, offset);
            }
            check(block, file, offset);
            block.release();
        }
    }
}
