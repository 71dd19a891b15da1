package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.CellView;

/**
 * Moves over the data blocks of a file. After a move that answered true, a block is at {@link
 * #base} of {@link #buffer}: a header, then its data in plain form. Confined to one thread.
 */
abstract class DataBlocks {
    protected ByteBuffer buffer;
    protected int base;
    protected int hashAt;

    /** Moves to the last block that begins at or before a key, or to the first. */
    abstract boolean seek(CellView key);

    /** Moves to the last block. */
    abstract boolean last();

    /** Moves to the next block. */
    abstract boolean next();

    /** Moves to the block before; only after {@link #seek}, {@link #last} or itself. */
    abstract boolean previous();

    /** Whether a key is known, without reading anything, to be before the next block. */
    abstract boolean beforeNext(CellView key);

    /** Whether the next block is cheaper to read than any other. */
    abstract boolean sequential();

    abstract void close();

    ByteBuffer buffer() {
        return buffer;
    }

    int base() {
        return base;
    }

    /** Where in the buffer, up to its end, the block's {@link RowHash} is; 0 if it has none. */
    int hashAt() {
        return hashAt;
    }

    /** Where the block begins in the file, -1 if there is none. */
    abstract long offset();
}
