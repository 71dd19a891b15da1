package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cache.CachedBlock;
import org.skep.lsm.cell.CellView;

/**
 * Data blocks read ahead in large pieces into a buffer of the stream's own. The pieces grow while
 * the stream runs on and begin small again when it is moved. Blocks that the block cache holds are
 * taken from there: they are neither read nor checked again.
 */
final class StreamedBlocks extends DataBlocks {
    private static final int FIRST_PIECE = 64 << 10;

    private final OpenFile file;
    private final boolean fromCache;
    private final IndexCursor cursor;
    private final OpenFile.Scratch scratch = new OpenFile.Scratch();
    private final long dataEnd;
    private final long lastBlock;
    // The bytes of the file from `windowStart` to `windowEnd`, at the buffer's beginning.
    private final ByteBuffer borrowed;
    private ByteBuffer window;
    private long windowStart;
    private long windowEnd;
    private int piece = FIRST_PIECE;
    private int firstPiece = FIRST_PIECE;
    // For files that are not plain: the current block in plain form.
    private final ByteSink stored = new ByteSink();
    private final ByteSink unpacked = new ByteSink();
    // Where the block after the current one begins.
    private long nextOffset;
    // Where the current block begins, -1 if it is not in memory.
    private long offset = -1;
    // The current block if it is in the cache, pinned.
    private CachedBlock cached;

    /**
     * @param fromCache false to see all bytes of the file
     */
    StreamedBlocks(OpenFile file, boolean fromCache) {
        this.file = file;
        this.fromCache = fromCache;
        cursor = new IndexCursor(file);
        dataEnd = file.trailer().loadOnOpenOffset();
        // Nothing protects what the trailers of others say: all that may be data is looked at.
        lastBlock = file.ours() ? file.trailer().lastDataOffset() : dataEnd - 1;
        borrowed = file.cache().borrow();
        window = borrowed;
    }

    @Override
    boolean seek(CellView key) {
        return cursor.seek(key) && show(cursor.offset());
    }

    @Override
    boolean last() {
        return cursor.last() && show(cursor.offset());
    }

    /** Moves to the first block. */
    boolean seekFirst() {
        return cursor.first() && show(cursor.offset());
    }

    @Override
    boolean previous() {
        return cursor.previous() && show(cursor.offset());
    }

    @Override
    boolean next() {
        while (nextOffset <= lastBlock) {
            if (load(nextOffset)) {
                return true;
            }
        }
        return false;
    }

    private boolean show(long at) {
        if (at == offset) {
            return true;
        }
        if (!load(at)) {
            throw file.corrupt(at, "expected a data block, found another");
        }
        return true;
    }

    // Moves to the block at an offset; false, and stays, if it does not hold data.
    private boolean load(long at) {
        CachedBlock found = fromCache ? file.peek(at) : null;
        return found != null ? take(found, at) : read(at);
    }

    private boolean take(CachedBlock found, long at) {
        ByteBuffer content = found.buffer();
        int size = BlockFormat.sizeOnDisk(content, 0);
        nextOffset = at + size;
        // What is not in the cache is most likely single blocks.
        firstPiece = Math.min(FIRST_PIECE, size + size / 8);
        if (!BlockFormat.type(content, 0).data()) {
            found.release();
            return false;
        }
        unpin();
        cached = found;
        offset = at;
        buffer = content;
        base = 0;
        return true;
    }

    private void unpin() {
        CachedBlock old = cached;
        cached = null;
        if (old != null) {
            old.release();
        }
    }

    // Reads, checks and unpacks.
    private boolean read(long at) {
        require(at, BlockFormat.HEADER);
        int from = (int) (at - windowStart);
        int size = BlockFormat.sizeOnDisk(window, from);
        if (size > dataEnd - at || !BlockFormat.plausible(window, from)) {
            // Let the check say what is wrong with the header.
            size = (int) Math.min(dataEnd - at, windowEnd - at);
        }
        require(at, size);
        from = (int) (at - windowStart);
        int checked = scratch.format().verify(window, from, (int) (windowEnd - at), file, at);
        nextOffset = at + checked;
        BlockType type = BlockFormat.type(window, from);
        if (!type.data()) {
            return false;
        }
        unpin();
        offset = at;
        if (file.plain()) {
            file.checkUncompressed(window, from, at);
            buffer = window;
            base = from;
        } else {
            unpack(from, checked, type, at);
        }
        return true;
    }

    private void unpack(int from, int size, BlockType type, long at) {
        stored.length(0);
        stored.put(window, from, size);
        ByteSink raw = file.unpack(scratch, stored.buffer(), stored.array(), 0, at);
        unpacked.length(0);
        unpacked.reserve(BlockFormat.HEADER + raw.length());
        BlockFormat.writeMemoryHeader(unpacked.buffer(), 0, type, size, raw.length());
        unpacked.length(BlockFormat.HEADER);
        unpacked.put(raw.array(), 0, raw.length());
        buffer = unpacked.buffer();
        base = 0;
    }

    // Has at least so many bytes of the file from an offset on in the window.
    private void require(long at, int length) {
        if (at >= windowStart && at + length <= windowEnd) {
            return;
        }
        if (length > dataEnd - at) {
            throw file.corrupt(at, "expected %d bytes, found %d".formatted(length, dataEnd - at));
        }
        // The current block's bytes are about to move.
        offset = -1;
        int kept = 0;
        if (at >= windowStart && at <= windowEnd) {
            kept = (int) (windowEnd - at);
            piece = Math.min(BlockCache.STREAM_BUFFER, 2 * piece);
        } else {
            piece = firstPiece;
        }
        ByteBuffer target = borrowed;
        if (length > borrowed.capacity()) {
            target = length > window.capacity() ? ByteBuffer.allocate(length) : window;
        }
        if (kept > target.capacity()) {
            kept = 0;
        }
        if (kept > 0) {
            target.put(0, window, (int) (at - windowStart), kept);
        }
        window = target;
        windowStart = at;
        windowEnd = at + kept;
        long more = Math.max(length - kept, Math.min(piece, target.capacity() - kept));
        more = Math.min(more, dataEnd - windowEnd);
        target.limit(kept + (int) more).position(kept);
        file.input().readFully(windowEnd, target);
        target.clear();
        windowEnd += more;
    }

    @Override
    long offset() {
        return offset;
    }

    @Override
    boolean beforeNext(CellView key) {
        return false;
    }

    @Override
    boolean sequential() {
        return true;
    }

    @Override
    void close() {
        unpin();
        cursor.close();
        file.cache().giveBack(borrowed);
    }
}
