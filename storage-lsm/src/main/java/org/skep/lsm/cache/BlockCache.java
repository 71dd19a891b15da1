package org.skep.lsm.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.skep.base.memory.MemoryPool;

/**
 * Blocks of store files in segments of direct memory, up to a limit. Safe for use by many threads;
 * a look-up takes no lock.
 *
 * <p>Segments are filled one after the other. When the limit is reached, the oldest segment that
 * nobody reads from is emptied: its blocks that were read again since they came are copied into the
 * new segment (up to half of it), the others are dropped. That is CLOCK in the large: no list is
 * touched by a hit, and memory is never fragmented.
 *
 * <p>All memory is taken from a pool when it is first needed: the blocks', what files pin of their
 * indexes and filters ({@link #tryReserve}), and the buffers of streams ({@link #borrow}), which
 * are beyond the cache's own limit. The pool should leave room for these.
 */
public final class BlockCache implements AutoCloseable {
    /** Bytes of every buffer that {@link #borrow} gives. */
    public static final int STREAM_BUFFER = 512 << 10;

    private static final VarHandle CHAIN = MethodHandles.arrayElementVarHandle(CachedBlock[].class);
    private static final int SMALLEST_SEGMENT = 32 << 10;
    private static final int SMALL_SEGMENT = 1 << 20;
    private static final int LARGE_SEGMENT = 2 << 20;
    private static final int EXPECTED_BLOCK = 8 << 10;
    private static final int LOCKS = 64;
    private static final int IDLE_BUFFERS = 8;

    private final MemoryPool pool;
    private final int segmentBytes;
    private final int maxSegments;
    private final CachedBlock[] chains;
    private final Object[] chainLocks = new Object[LOCKS];
    private final AtomicLong files = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    // Guards the fields below.
    private final Object memory = new Object();
    private final Deque<Segment> full = new ArrayDeque<>();
    private Segment current;
    private Segment spare;
    private int segments;
    private long evictions;
    private long survivals;
    private boolean closed;

    private final Object buffers = new Object();
    private final Deque<ByteBuffer> idle = new ArrayDeque<>();
    private final AtomicInteger borrowed = new AtomicInteger();

    /**
     * An empty cache.
     *
     * @param limit bytes of blocks; 0 for a cache that keeps nothing
     * @param pool where all memory is counted
     */
    public BlockCache(long limit, MemoryPool pool) {
        if (limit < 0) {
            throw new IllegalArgumentException("Cache limit must not be negative: " + limit);
        }
        this.pool = pool;
        segmentBytes = segmentBytes(limit);
        maxSegments = (int) Math.min(Integer.MAX_VALUE, limit / segmentBytes);
        long wanted = Math.max(1 << 10, Math.min(1 << 24, limit / EXPECTED_BLOCK));
        chains = new CachedBlock[Integer.highestOneBit((int) wanted)];
        for (int i = 0; i < LOCKS; i++) {
            chainLocks[i] = new Object();
        }
    }

    private static int segmentBytes(long limit) {
        if (limit >= 64L * LARGE_SEGMENT) {
            return LARGE_SEGMENT;
        }
        long eighth = Math.max(SMALLEST_SEGMENT, limit / 8);
        return Integer.highestOneBit((int) Math.min(SMALL_SEGMENT, eighth));
    }

    /** A number for a file that was opened, never given twice. */
    public long newFile() {
        return files.incrementAndGet();
    }

    private int chain(long file, long offset) {
        long hash = (file * 0x9E3779B97F4A7C15L + offset) * 0xC2B2AE3D27D4EB4FL;
        return (int) (hash >>> 40) & (chains.length - 1);
    }

    /** The block of a file at an offset, pinned; null if it is not here. */
    public CachedBlock find(long file, long offset) {
        CachedBlock found = lookUp(chain(file, offset), file, offset);
        if (found == null) {
            misses.increment();
        } else {
            found.markUsed();
            hits.increment();
        }
        return found;
    }

    /**
     * The same for one who passes by every block once: it is not noted, so that the blocks that
     * others come back to stay longer.
     */
    public CachedBlock peek(long file, long offset) {
        return lookUp(chain(file, offset), file, offset);
    }

    /**
     * The block that a shortcut leads to, pinned; null if there is none or it is gone. Counts as a
     * look-up only if it answers a block.
     */
    public CachedBlock find(AtomicReferenceArray<CachedBlock> shortcuts, int place) {
        CachedBlock block = shortcuts.get(place);
        if (block == null || !block.tryPin()) {
            return null;
        }
        block.markUsed();
        hits.increment();
        return block;
    }

    /**
     * Lets {@link #find(AtomicReferenceArray, int)} find a block that the caller has pinned. The
     * shortcut goes when the block goes, so that it keeps nothing alive.
     */
    public void shorten(AtomicReferenceArray<CachedBlock> shortcuts, int place, CachedBlock block) {
        if (block.file() >= 0) {
            block.shortcut(shortcuts, place);
        }
    }

    private CachedBlock lookUp(int chain, long file, long offset) {
        CachedBlock block = (CachedBlock) CHAIN.getAcquire(chains, chain);
        while (block != null) {
            if (block.offset() == offset && block.file() == file && block.tryPin()) {
                return block;
            }
            block = block.next();
        }
        return null;
    }

    /**
     * Room for a block, pinned, to be filled and then published or released; null if it is too
     * large to be kept, or if readers hold all there is.
     */
    public CachedBlock allocate(long file, long offset, int length) {
        if (length > segmentBytes / 2) {
            return null;
        }
        synchronized (memory) {
            if ((current == null || !current.fits(length)) && !renew(length)) {
                return null;
            }
            return current.add(file, offset, length);
        }
    }

    /**
     * Lets others find a block that was filled. Returns the block to use instead if another thread
     * was faster: pinned, and the given one is released.
     */
    public CachedBlock publish(CachedBlock block) {
        int chain = chain(block.file(), block.offset());
        synchronized (chainLocks[chain % LOCKS]) {
            CachedBlock other = lookUp(chain, block.file(), block.offset());
            if (other != null) {
                block.release();
                return other;
            }
            link(chain, block);
            return block;
        }
    }

    // The lock of the chain is held.
    private void link(int chain, CachedBlock block) {
        block.next((CachedBlock) CHAIN.getAcquire(chains, chain));
        CHAIN.setRelease(chains, chain, block);
    }

    private void unlink(CachedBlock gone) {
        int chain = chain(gone.file(), gone.offset());
        synchronized (chainLocks[chain % LOCKS]) {
            CachedBlock before = null;
            CachedBlock block = (CachedBlock) CHAIN.getAcquire(chains, chain);
            while (block != null && block != gone) {
                before = block;
                block = block.next();
            }
            if (block == null) {
                return;
            }
            // Readers that stand on the block that goes still find the rest of the chain.
            if (before == null) {
                CHAIN.setRelease(chains, chain, gone.next());
            } else {
                before.next(gone.next());
            }
        }
    }

    // Puts a segment with room in place of the current one.
    private boolean renew(int length) {
        if (current != null) {
            full.addLast(current);
            current = null;
        }
        Segment fresh = spare;
        spare = null;
        if (fresh == null) {
            fresh = newSegment();
        }
        if (fresh == null) {
            fresh = empty(null);
        }
        if (fresh == null) {
            return false;
        }
        current = fresh;
        if (segments == maxSegments) {
            spare = empty(current);
        }
        return current.fits(length);
    }

    private Segment newSegment() {
        if (closed || segments >= maxSegments || !pool.tryReserve(segmentBytes)) {
            return null;
        }
        segments++;
        return new Segment(segmentBytes);
    }

    // Empties the oldest segment that nobody reads from; blocks in use go to the target if given.
    private Segment empty(Segment target) {
        for (int tries = full.size(); tries > 0; tries--) {
            Segment victim = full.removeFirst();
            if (!victim.pinned() && drop(victim, target)) {
                victim.clear();
                return victim;
            }
            full.addLast(victim);
        }
        return null;
    }

    private boolean drop(Segment victim, Segment target) {
        List<CachedBlock> survivors = new ArrayList<>();
        for (CachedBlock block : victim.blocks()) {
            if (block.gone()) {
                continue;
            }
            if (!block.retire()) {
                // Somebody came for it meanwhile. Those before it are lost, which does no harm.
                return false;
            }
            unlink(block);
            block.forgetShortcut();
            if (target != null && block.used()) {
                survivors.add(block);
            } else {
                evictions++;
            }
        }
        for (CachedBlock block : survivors) {
            int length = block.buffer().capacity();
            if (!target.lessThanHalfFull() || !target.fits(length)) {
                evictions++;
                continue;
            }
            CachedBlock copy = target.add(block.file(), block.offset(), length);
            copy.buffer().put(0, block.buffer(), 0, length);
            copy.mark(block.mark());
            publish(copy).release();
            survivals++;
        }
        return true;
    }

    /**
     * Takes bytes from the pool for what a file keeps in memory; false if there are not enough. To
     * be given back with {@link #unreserve}.
     */
    public boolean tryReserve(long bytes) {
        return pool.tryReserve(bytes);
    }

    /** Gives bytes back to the pool. */
    public void unreserve(long bytes) {
        pool.release(bytes);
    }

    /**
     * A direct buffer of {@link #STREAM_BUFFER} bytes for a stream through a file, cleared.
     *
     * @throws org.skep.base.error.SkepException MEMORY_LIMIT if the pool has not enough left
     */
    public ByteBuffer borrow() {
        ByteBuffer buffer;
        synchronized (buffers) {
            buffer = idle.pollFirst();
        }
        if (buffer == null) {
            pool.reserve(STREAM_BUFFER);
            buffer = allocateReserved();
        }
        borrowed.incrementAndGet();
        return buffer.clear();
    }

    private ByteBuffer allocateReserved() {
        boolean allocated = false;
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(STREAM_BUFFER);
            allocated = true;
            return buffer;
        } finally {
            if (!allocated) {
                pool.release(STREAM_BUFFER);
            }
        }
    }

    /** Gives a borrowed buffer back. */
    public void giveBack(ByteBuffer buffer) {
        borrowed.decrementAndGet();
        synchronized (buffers) {
            if (idle.size() < IDLE_BUFFERS && !closed()) {
                idle.addFirst(buffer);
                return;
            }
        }
        pool.release(STREAM_BUFFER);
    }

    private boolean closed() {
        synchronized (memory) {
            return closed;
        }
    }

    /** What happened so far. */
    public CacheStatistics statistics() {
        synchronized (memory) {
            return new CacheStatistics(
                    hits.sum(), misses.sum(), evictions, survivals, (long) segments * segmentBytes);
        }
    }

    /**
     * Fails if anybody holds a block or a buffer; for tests, when all readers are closed.
     *
     * @throws IllegalStateException naming what is held
     */
    public void assertNoPins() {
        List<String> held = new ArrayList<>();
        synchronized (memory) {
            List<Segment> all = new ArrayList<>(full);
            if (current != null) {
                all.add(current);
            }
            for (Segment segment : all) {
                for (CachedBlock block : segment.blocks()) {
                    if (block.pinned()) {
                        held.add(block.toString());
                    }
                }
            }
        }
        if (borrowed.get() != 0) {
            held.add(borrowed.get() + " stream buffers");
        }
        if (!held.isEmpty()) {
            throw new IllegalStateException("Still held: " + held);
        }
    }

    /** Gives all memory back to the pool. Readers must be closed before. */
    @Override
    public void close() {
        synchronized (memory) {
            if (closed) {
                return;
            }
            closed = true;
            pool.release((long) segments * segmentBytes);
            segments = 0;
            full.clear();
            current = null;
            spare = null;
        }
        for (int i = 0; i < chains.length; i++) {
            CHAIN.setRelease(chains, i, null);
        }
        synchronized (buffers) {
            pool.release((long) idle.size() * STREAM_BUFFER);
            idle.clear();
        }
    }
}
