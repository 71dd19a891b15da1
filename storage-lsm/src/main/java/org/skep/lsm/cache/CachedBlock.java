package org.skep.lsm.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Bytes of a store file in memory, not recycled while pinned. Who gets one from the cache holds a
 * pin and gives it back with {@link #release}; after that the bytes must not be looked at. Safe for
 * use by many threads once published; before that it belongs to the thread that fills it.
 */
public final class CachedBlock {
    private static final VarHandle PINS;
    private static final int GONE = -1;

    static {
        try {
            PINS = MethodHandles.lookup().findVarHandle(CachedBlock.class, "pins", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long file;
    private final long offset;
    private final ByteBuffer buffer;
    // Readers that hold the block, or GONE for ever.
    private volatile int pins = 1;
    // The next block of the same chain of the hash table.
    private volatile CachedBlock next;
    private boolean used;
    private int mark;
    // A shortcut to this block that goes with it.
    private AtomicReferenceArray<CachedBlock> shortcuts;
    private int shortcut;

    CachedBlock(long file, long offset, ByteBuffer buffer) {
        this.file = file;
        this.offset = offset;
        this.buffer = buffer;
    }

    /** A block outside of every cache, on a buffer of the caller's; pinned. */
    public static CachedBlock outside(ByteBuffer buffer) {
        return new CachedBlock(-1, -1, buffer);
    }

    /**
     * The bytes, from 0 to the limit, big-endian. Only whoever fills an unpublished block may move
     * its position; it is at 0 afterwards.
     */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** A number that whoever filled the block left with it; 0 if none was. */
    public int mark() {
        return mark;
    }

    /** Leaves a number with the block, before it is published. */
    public void mark(int number) {
        mark = number;
    }

    /** The file's number, see {@link BlockCache#newFile}. */
    public long file() {
        return file;
    }

    /** Where the block begins in its file. */
    public long offset() {
        return offset;
    }

    /** Gives one pin back. */
    public void release() {
        int before = (int) PINS.getAndAdd(this, -1);
        if (before <= 0) {
            throw new IllegalStateException("Block released too often: " + this);
        }
    }

    boolean tryPin() {
        while (true) {
            int now = pins;
            if (now == GONE) {
                return false;
            }
            if (PINS.compareAndSet(this, now, now + 1)) {
                return true;
            }
        }
    }

    // True if nobody holds the block, and nobody ever will.
    boolean retire() {
        return pins == GONE || PINS.compareAndSet(this, 0, GONE);
    }

    // The block is pinned by the caller; races between shortcuts leave one that does no harm.
    void shortcut(AtomicReferenceArray<CachedBlock> array, int place) {
        synchronized (this) {
            if (shortcuts == null) {
                shortcuts = array;
                shortcut = place;
                array.set(place, this);
            }
        }
    }

    void forgetShortcut() {
        synchronized (this) {
            if (shortcuts != null) {
                shortcuts.compareAndSet(shortcut, this, null);
                shortcuts = null;
            }
        }
    }

    boolean pinned() {
        return pins > 0;
    }

    boolean gone() {
        return pins == GONE;
    }

    boolean used() {
        return used;
    }

    void markUsed() {
        // Races are harmless, and a read is cheaper than a write to a line that others read.
        if (!used) {
            used = true;
        }
    }

    CachedBlock next() {
        return next;
    }

    void next(CachedBlock block) {
        next = block;
    }

    @Override
    public String toString() {
        return "block %d:%d with %d pins".formatted(file, offset, pins);
    }
}
