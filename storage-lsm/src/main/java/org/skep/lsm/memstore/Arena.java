package org.skep.lsm.memstore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that only grows until all of it is given back, in chunks. A place in it is an int: the
 * chunk's number and the offset in units of eight bytes; 0 is no place. Safe for use by many
 * threads, except for {@link #free}.
 */
final class Arena {
    static final int NOWHERE = 0;

    private static final int SLOT_BITS = 17;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int FIRST = ChunkPool.FIRST;
    private static final int SECOND = 64 << 10;
    private static final int LARGE = ChunkPool.CHUNK / 4;
    private static final int MOST_CHUNKS = 1 << (Integer.SIZE - 1 - SLOT_BITS);
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ChunkPool pool;
    private final AtomicLong large = new AtomicLong();
    private volatile ByteBuffer[] chunks = new ByteBuffer[4];
    private int used;
    // Number of the chunk that is filled, shifted by 32 bits, and where its free part begins.
    private final AtomicLong cursor = new AtomicLong(0);
    private volatile int limit; // of the chunk that is filled
    private volatile long full; // bytes of all chunks that were filled before it
    private volatile long held; // bytes of all chunks; written by who is synchronized

    Arena(ChunkPool pool) {
        this.pool = pool;
    }

    /** Finds room for {@code size} bytes, at a multiple of eight. */
    int allocate(int size) {
        return allocate(size, Long.BYTES);
    }

    /** Finds room for {@code size} bytes, at a multiple of a power of two up to a cache line's. */
    int allocate(int size, int alignment) {
        int rounded = rounded(size);
        if (rounded >= LARGE) {
            int place = add(pool.takeLarge(rounded)) << SLOT_BITS;
            large.addAndGet(rounded);
            return place;
        }
        while (true) {
            // The limit belongs to this chunk or to a later one, which is not smaller; then the
            // exchange fails.
            int end = limit;
            long at = cursor.get();
            int offset = ((int) at + alignment - 1) & -alignment;
            if (offset + rounded > end) {
                nextChunk(at, rounded);
            } else if (cursor.compareAndSet(at, at - (int) at + offset + rounded)) {
                return (int) (at >>> 32) << SLOT_BITS | offset >>> 3;
            }
        }
    }

    /** Bytes that a part of {@code size} bytes takes. */
    static int rounded(int size) {
        return (size + 7) & ~7;
    }

    /** The place so many bytes, a multiple of eight, behind one of the same allocation. */
    static int behind(int place, int bytes) {
        return place + (bytes >>> 3);
    }

    // Small regions take little: the first chunks are smaller.
    private synchronized void nextChunk(long filled, int needed) {
        if (cursor.get() != filled) {
            return;
        }
        int size = limit == 0 ? FIRST : limit == FIRST ? SECOND : ChunkPool.CHUNK;
        if (size == FIRST && needed > FIRST / 2) {
            size = SECOND;
        }
        if (size == SECOND && needed > SECOND / 2) {
            size = ChunkPool.CHUNK;
        }
        long number =
                add(
                        switch (size) {
                            case FIRST -> pool.takeFirst();
                            case SECOND -> pool.takeLarge(SECOND);
                            default -> pool.take();
                        });
        full += (int) filled;
        // The first eight bytes of a chunk stay free, so that 0 is no place.
        cursor.set(number << 32 | 8);
        limit = size;
    }

    private synchronized int add(ByteBuffer chunk) {
        if (used == MOST_CHUNKS) {
            pool.giveBack(chunk);
            throw new IllegalStateException("Memstore must be flushed: too many chunks");
        }
        ByteBuffer[] array = chunks;
        if (used == array.length) {
            array = Arrays.copyOf(array, 2 * used);
        }
        array[used] = chunk;
        chunks = array;
        held += chunk.capacity();
        return used++;
    }

    /** The buffer that holds a place. */
    ByteBuffer buffer(int place) {
        return chunks[place >>> SLOT_BITS];
    }

    /** Where in its buffer a place is. */
    static int offset(int place) {
        return (place & SLOT_MASK) << 3;
    }

    static int getAcquire(ByteBuffer buffer, int offset) {
        return (int) INT.getAcquire(buffer, offset);
    }

    static void setPlain(ByteBuffer buffer, int offset, int value) {
        INT.set(buffer, offset, value);
    }

    static void setRelease(ByteBuffer buffer, int offset, int value) {
        INT.setRelease(buffer, offset, value);
    }

    static boolean compareAndSet(ByteBuffer buffer, int offset, int expected, int value) {
        return INT.compareAndSet(buffer, offset, expected, value);
    }

    /** Bytes given out. */
    long bytes() {
        return full + (int) cursor.get() + large.get();
    }

    /** Bytes of all chunks, those that are still free included. */
    long held() {
        return held;
    }

    /** Gives all memory back; no place may be used any more. */
    synchronized void free() {
        for (ByteBuffer chunk : chunks) {
            if (chunk != null) {
                pool.giveBack(chunk);
            }
        }
        chunks = new ByteBuffer[0];
        used = 0;
        held = 0;
    }
}
