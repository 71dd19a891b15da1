package org.skep.lsm.hfile;

import org.skep.lsm.cache.CachedBlock;
import org.skep.lsm.cell.CellView;

/** Data blocks found through the index, one at a time, from the block cache. */
final class CachedBlocks extends DataBlocks {
    private final OpenFile file;
    private boolean keep;
    private final IndexCursor cursor;
    // Where the pinned block was found.
    private CachedBlock block;
    private IndexBlock index;
    private int position;

    CachedBlocks(OpenFile file) {
        this.file = file;
        cursor = new IndexCursor(file);
    }

    /** Whether blocks that are read are left in the cache. */
    void keep(boolean inCache) {
        keep = inCache;
    }

    @Override
    boolean seek(CellView key) {
        return cursor.seek(key) && show();
    }

    @Override
    boolean last() {
        return cursor.last() && show();
    }

    @Override
    boolean next() {
        return cursor.next() && show();
    }

    @Override
    boolean previous() {
        return cursor.previous() && show();
    }

    private boolean show() {
        if (block != null && cursor.at(index, position)) {
            return true;
        }
        unpin();
        block = cursor.load(keep);
        index = cursor.block();
        position = cursor.position();
        buffer = block.buffer();
        hashAt = block.mark();
        return true;
    }

    @Override
    long offset() {
        return block == null ? -1 : index.offset(position);
    }

    private void unpin() {
        if (block != null) {
            CachedBlock old = block;
            block = null;
            old.release();
        }
    }

    @Override
    boolean beforeNext(CellView key) {
        return cursor.beforeNext(key);
    }

    @Override
    boolean sequential() {
        return false;
    }

    @Override
    void close() {
        unpin();
        cursor.close();
        file.giveBack(this);
    }
}
