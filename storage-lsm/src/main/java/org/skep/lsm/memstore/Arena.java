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
    private static final int LARGE = ChunkPool.CHUNK / 4;
    private static final int MOST_CHUNKS = 1 << (Integer.SIZE - 1 - SLOT_BITS);
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ChunkPool pool;
    private final AtomicLong large = new AtomicLong();
    private volatile ByteBuffer[] chunks = new ByteBuffer[4];
    private int used;
    // Number of the chunk that is filled, shifted by 32 bits, and where its free part begins.
    private final AtomicLong cursor = new AtomicLong(ChunkPool.CHUNK);
    private volatile int filled;

    Arena(ChunkPool pool) {
        this.pool = pool;
    }

    /** Finds room for {@code size} bytes, at a multiple of eight. */
    int allocate(int size) {
        int rounded = (size + 7) & ~7;
        if (rounded >= LARGE) {
            large.addAndGet(rounded);
            return add(pool.takeLarge(rounded)) << SLOT_BITS;
        }
        while (true) {
            long at = cursor.get();
            int offset = (int) at;
            if (offset + rounded > ChunkPool.CHUNK) {
                nextChunk(at);
            } else if (cursor.compareAndSet(at, at + rounded)) {
                return (int) (at >>> 32) << SLOT_BITS | offset >>> 3;
            }
        }
    }

    private synchronized void nextChunk(long full) {
        if (cursor.get() == full) {
            long number = add(pool.take());
            filled++;
            // The first eight bytes of the first chunk stay free, so that 0 is no place.
            cursor.set(number << 32 | 8);
        }
    }

    private synchronized int add(ByteBuffer chunk) {
        if (used == MOST_CHUNKS) {
            pool.giveBack(chunk);
            throw new IllegalStateException("Memstore must be flushed: too many chunks");
        }
        if (used == 0 && chunk.capacity() != ChunkPool.CHUNK) {
            // Place 0 must not be given away.
            chunks[used++] = null;
        }
        ByteBuffer[] array = chunks;
        if (used == array.length) {
            array = Arrays.copyOf(array, 2 * used);
        }
        array[used] = chunk;
        chunks = array;
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

    static boolean compareAndSet(ByteBuffer buffer, int offset, int expected, int value) {
        return INT.compareAndSet(buffer, offset, expected, value);
    }

    /** Bytes given out. */
    long bytes() {
        int whole = filled;
        return whole == 0
                ? large.get()
                : (whole - 1L) * ChunkPool.CHUNK + (int) cursor.get() + large.get();
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
    }
}
