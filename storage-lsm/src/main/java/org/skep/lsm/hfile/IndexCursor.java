package org.skep.lsm.hfile;

import org.skep.lsm.cache.CachedBlock;
import org.skep.lsm.cell.CellView;

/** A place in the index of a file: one data block. Confined to one thread. */
final class IndexCursor {
    private final OpenFile file;
    private final int levels;
    private final IndexBlock[] blocks;
    private final int[] positions;
    // Blocks that are not kept by the file and so are held by the cursor.
    private final CachedBlock[] pins;
    private final IndexBlock[] parents;
    private final int[] entries;

    IndexCursor(OpenFile file) {
        this.file = file;
        levels = file.indexLevels();
        blocks = new IndexBlock[levels];
        positions = new int[levels];
        pins = new CachedBlock[levels];
        parents = new IndexBlock[levels];
        entries = new int[levels];
        blocks[0] = file.rootIndex();
    }

    /** Moves to the last block that begins at or before a key, or to the first; false if none. */
    boolean seek(CellView key) {
        if (blocks[0].count() == 0) {
            return false;
        }
        positions[0] = Math.max(0, blocks[0].find(key));
        for (int level = 1; level < levels; level++) {
            descend(level);
            positions[level] = Math.max(0, blocks[level].find(key));
        }
        return true;
    }

    /** Moves to the last block; false if there is none. */
    boolean last() {
        if (blocks[0].count() == 0) {
            return false;
        }
        for (int level = 0; level < levels; level++) {
            if (level > 0) {
                descend(level);
            }
            positions[level] = blocks[level].count() - 1;
        }
        return true;
    }

    /** Moves to the first block; false if there is none. */
    boolean first() {
        if (blocks[0].count() == 0) {
            return false;
        }
        for (int level = 0; level < levels; level++) {
            if (level > 0) {
                descend(level);
            }
            positions[level] = 0;
        }
        return true;
    }

    /** Moves to the next block; false at the end, where it stays. */
    boolean next() {
        int level = levels - 1;
        while (level >= 0 && positions[level] + 1 >= blocks[level].count()) {
            level--;
        }
        if (level < 0) {
            return false;
        }
        positions[level]++;
        for (level++; level < levels; level++) {
            descend(level);
            positions[level] = 0;
        }
        return true;
    }

    /** Moves to the block before; false at the beginning, where it stays. */
    boolean previous() {
        int level = levels - 1;
        while (level >= 0 && positions[level] == 0) {
            level--;
        }
        if (level < 0) {
            return false;
        }
        positions[level]--;
        for (level++; level < levels; level++) {
            descend(level);
            positions[level] = blocks[level].count() - 1;
        }
        return true;
    }

    // Brings the block that the level above points to into a level.
    private void descend(int level) {
        IndexBlock parent = blocks[level - 1];
        int entry = positions[level - 1];
        if (parents[level] == parent && entries[level] == entry) {
            return;
        }
        IndexBlock child = parent.child(entry);
        CachedBlock pin = null;
        boolean lowest = level == levels - 1;
        if (child == null) {
            child = file.keepIndexBlock(parent, entry, lowest);
        }
        if (child == null) {
            pin = file.block(parent.offset(entry), parent.size(entry), true);
            child = file.indexBlock(pin, lowest);
        }
        unpin(level);
        pins[level] = pin;
        blocks[level] = child;
        parents[level] = parent;
        entries[level] = entry;
    }

    private void unpin(int level) {
        CachedBlock pin = pins[level];
        if (pin != null) {
            pins[level] = null;
            pin.release();
        }
    }

    /** The data block of this place, pinned. */
    CachedBlock load(boolean keep) {
        IndexBlock block = blocks[levels - 1];
        int position = positions[levels - 1];
        if (block.shortcuts() == null) {
            return file.block(block.offset(position), block.size(position), keep);
        }
        CachedBlock found = file.cache().find(block.shortcuts(), position);
        if (found == null) {
            found = file.block(block.offset(position), block.size(position), keep);
            file.cache().shorten(block.shortcuts(), position, found);
        }
        return found;
    }

    /** Whether this is the same place as before. */
    boolean at(IndexBlock block, int position) {
        return blocks[levels - 1] == block && positions[levels - 1] == position;
    }

    IndexBlock block() {
        return blocks[levels - 1];
    }

    int position() {
        return positions[levels - 1];
    }

    long offset() {
        return blocks[levels - 1].offset(positions[levels - 1]);
    }

    int size() {
        return blocks[levels - 1].size(positions[levels - 1]);
    }

    byte[] key() {
        return blocks[levels - 1].key(positions[levels - 1]);
    }

    /** Compares the beginning of this block with a key. */
    int compare(CellView key) {
        return blocks[levels - 1].compare(positions[levels - 1], key);
    }

    /** Whether a key is known, without reading anything, to be before the next block. */
    boolean beforeNext(CellView key) {
        int position = positions[levels - 1] + 1;
        IndexBlock block = blocks[levels - 1];
        return position < block.count() && block.compare(position, key) > 0;
    }

    void close() {
        for (int level = 0; level < levels; level++) {
            unpin(level);
            parents[level] = null;
        }
    }
}
