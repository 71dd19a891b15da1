package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.schema.BlockEncoding;

/**
 * A hash table behind a block in memory that leads from a row to its first cell, so that a get
 * touches two or three cache lines of the block instead of a dozen. Never stored in files.
 *
 * <p>A slot is an int: 12 bits of the row's hash, then 20 bits of the first cell's offset from the
 * block's first cell, plus one; 0 is an empty slot. Stateless.
 */
final class RowHash {
    private static final int OFFSET_BITS = 20;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int LEAST_ROWS = 4;
    private static final int MOST_SLOTS = 1 << 14;

    private RowHash() {}

    /** How many slots to leave room for in a block that has about so many rows; 0 for none. */
    static int slots(long rows, int blockBytes) {
        if (rows < LEAST_ROWS || blockBytes >= OFFSET_MASK) {
            return 0;
        }
        // Between a third and two thirds of the slots are filled.
        return (int) Math.min(MOST_SLOTS, Long.highestOneBit(3 * rows));
    }

    /**
     * Fills the table at {@code at} for a block with a row index; false if there are too many rows.
     */
    static boolean fill(ByteBuffer block, int at, int slots) {
        int data = BlockFormat.HEADER;
        if (BlockFormat.type(block, 0) != BlockType.ENCODED_DATA
                || block.getShort(data) != BlockEncoding.ROW_INDEX_V1.code()) {
            return false;
        }
        int end = data + BlockFormat.rawSize(block, 0);
        int cells = data + 2;
        int rowsAt = cells + block.getInt(end - Integer.BYTES);
        int rows = block.getInt(rowsAt);
        if (rows > slots / 4 * 3) {
            return false;
        }
        for (int i = 0; i < slots; i++) {
            block.putInt(at + Integer.BYTES * i, 0);
        }
        for (int i = 0; i < rows; i++) {
            int offset = block.getInt(rowsAt + Integer.BYTES * (i + 1));
            int row = cells + offset + CellLayout.LENGTHS;
            int hash = hash(block, row + 2, block.getShort(row));
            int slot = hash & (slots - 1);
            while (block.getInt(at + Integer.BYTES * slot) != 0) {
                slot = (slot + 1) & (slots - 1);
            }
            block.putInt(at + Integer.BYTES * slot, (hash & ~OFFSET_MASK) | (offset + 1));
        }
        return true;
    }

    /** The first slot for a row. */
    static int first(int hash, int slots) {
        return hash & (slots - 1);
    }

    /** Whether what is in a slot may be for a row. */
    static boolean matches(int content, int hash) {
        return ((content ^ hash) & ~OFFSET_MASK) == 0;
    }

    /** The offset in a slot that is not empty. */
    static int offset(int content) {
        return (content & OFFSET_MASK) - 1;
    }

    static int hash(ByteBuffer buffer, int at, int length) {
        long hash = length * MULTIPLIER;
        int i = 0;
        for (int last = length - Long.BYTES; i <= last; i += Long.BYTES) {
            hash = (hash ^ buffer.getLong(at + i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ buffer.get(at + i)) * MULTIPLIER;
        }
        hash = (hash ^ hash >>> 29) * MULTIPLIER;
        return (int) (hash >>> 32);
    }
}
