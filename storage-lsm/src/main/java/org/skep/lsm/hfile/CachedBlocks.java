package org.skep.lsm.hfile;

import org.skep.lsm.cache.CachedBlock;
import org.skep.lsm.cell.CellView;

/** Data blocks found through the index, one at a time, from the block cache. */
final class CachedBlocks extends DataBlocks {
    private final OpenFile file;
    private final boolean keep;
    private final IndexCursor cursor;
    private CachedBlock block;

    CachedBlocks(OpenFile file, boolean keep) {
        this.file = file;
        this.keep = keep;
        cursor = new IndexCursor(file);
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
        long at = cursor.offset();
        if (at == offset) {
            return true;
        }
        unpin();
        block = file.block(at, cursor.size(), keep);
        buffer = block.buffer();
        offset = at;
        return true;
    }

    private void unpin() {
        if (block != null) {
            CachedBlock old = block;
            block = null;
            offset = -1;
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
    }
}
