package org.skep.lsm.cache;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One run of direct memory that is filled with blocks from its start. Guarded by the cache. */
final class Segment {
    private static final int ALIGNMENT = 64;

    private final ByteBuffer memory;
    private final List<CachedBlock> blocks = new ArrayList<>();
    private int filled;

    Segment(int bytes) {
        memory = ByteBuffer.allocateDirect(bytes);
    }

    boolean fits(int length) {
        return length <= memory.capacity() - filled;
    }

    boolean lessThanHalfFull() {
        return filled < memory.capacity() / 2;
    }

    CachedBlock add(long file, long offset, int length) {
        CachedBlock block = new CachedBlock(file, offset, memory.slice(filled, length));
        filled = Math.min(memory.capacity(), (filled + length + ALIGNMENT - 1) & -ALIGNMENT);
        blocks.add(block);
        return block;
    }

    List<CachedBlock> blocks() {
        return blocks;
    }

    boolean pinned() {
        for (CachedBlock block : blocks) {
            if (block.pinned()) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        blocks.clear();
        filled = 0;
    }
}
