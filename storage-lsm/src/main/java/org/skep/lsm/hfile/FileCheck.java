package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Reads a whole file and compares its parts with each other. Confined to one thread. */
final class FileCheck {
    private final OpenFile file;

    FileCheck(OpenFile file) {
        this.file = file;
    }

    /** The row of the data block in the middle. */
    byte[] midRow() {
        IndexBlock root = file.rootIndex();
        if (file.indexLevels() == 1) {
            return IndexBlock.row(root.key((root.count() - 1) / 2));
        }
        ByteBuffer content = ByteBuffer.wrap(file.rootContent());
        int at = content.capacity() - IndexBlock.MIDDLE_BYTES;
        long offset = content.getLong(at);
        int size = content.getInt(at + Long.BYTES);
        int entry = content.getInt(at + Long.BYTES + Integer.BYTES);
        ByteBuffer leaf = file.keepBlock(offset, size, BlockType.LEAF_INDEX);
        if (leaf == null) {
            return IndexBlock.row(root.key((root.count() - 1) / 2));
        }
        try {
            return IndexBlock.row(IndexBlock.of(leaf, 0, true).key(entry));
        } finally {
            file.unkeep(leaf);
        }
    }

    void run() {
        checkBlocks();
        checkIndex();
        checkCells();
    }

    // All bytes up to the trailer belong to blocks.
    private void checkBlocks() {
        BlockFormat format = new BlockFormat();
        long end = file.length() - Trailer.SIZE;
        ByteBuffer block = ByteBuffer.allocate(64 << 10);
        long at = 0;
        while (at < end) {
            if (end - at < BlockFormat.HEADER) {
                throw file.corrupt(at, "%d bytes that are no block".formatted(end - at));
            }
            block.clear().limit(BlockFormat.HEADER);
            file.input().readFully(at, block);
            int size = BlockFormat.sizeOnDisk(block, 0);
            if (size < BlockFormat.HEADER || size > end - at) {
                throw file.corrupt(at, "block of %d bytes in %d".formatted(size, end - at));
            }
            if (size > block.capacity()) {
                block = ByteBuffer.allocate(size);
            }
            block.clear().limit(size);
            file.input().readFully(at, block);
            block.clear();
            at += format.verify(block, 0, size, file, at);
        }
    }

    // The index names exactly the data blocks, in the order of the file.
    private void checkIndex() {
        IndexCursor cursor = new IndexCursor(file);
        StreamedBlocks blocks = new StreamedBlocks(file, false);
        try {
            boolean more = cursor.first();
            if (more && cursor.offset() != file.trailer().firstDataOffset()) {
                throw file.corrupt(
                        file.trailer().firstDataOffset(), "the index begins at " + cursor.offset());
            }
            long last = -1;
            while (more) {
                long expected = cursor.offset();
                boolean there = last < 0 ? blocks.seekFirst() : blocks.next();
                if (!there || blocks.offset() != expected) {
                    throw file.corrupt(
                            expected,
                            "the index names another block than the one at "
                                    + (there ? blocks.offset() : file.length()));
                }
                last = expected;
                more = cursor.next();
            }
            if (last >= 0 && (blocks.next() || last != file.trailer().lastDataOffset())) {
                throw file.corrupt(last, "the index ends before the data");
            }
        } finally {
            cursor.close();
            blocks.close();
        }
    }

    private void checkCells() {
        long entries = 0;
        StreamedBlocks blocks = new StreamedBlocks(file, false);
        file.retain();
        try (CellSource source = new HFileSource(file, blocks, new byte[0], new byte[0], -1)) {
            boolean more = source.seek(SeekKey.firstOfRow(new byte[0]));
            Cell before = null;
            CellView beforeView = new CellView();
            while (more) {
                CellView cell = source.cell();
                CellType.of(cell.type());
                if (before != null && CellOrder.compare(beforeView, cell) > 0) {
                    throw file.corrupt(0, "%s comes before %s".formatted(before, cell));
                }
                boolean newRow = before == null || !beforeView.sameRow(cell);
                checkFilters(cell, newRow);
                before = Cell.copyOf(cell);
                before.show(beforeView, ByteBuffer.wrap(before.array()));
                entries++;
                more = source.next();
            }
            checkEnd(before, entries);
        }
    }

    private void checkFilters(CellView cell, boolean newRow) {
        BloomFilter bloom = file.bloom();
        if (bloom == null) {
            return;
        }
        byte[] row = cell.row();
        byte[] qualifier =
                Bytes.copy(cell.buffer(), cell.qualifierOffset(), cell.qualifierLength());
        if ((newRow && !bloom.mayContain(row)) || !bloom.mayContain(row, qualifier)) {
            throw file.corrupt(
                    file.trailer().loadOnOpenOffset(), "the filter does not know " + cell);
        }
    }

    private void checkEnd(Cell last, long entries) {
        if (entries != file.trailer().entries()) {
            throw file.corrupt(
                    file.length() - Trailer.SIZE,
                    "expected %d cells, found %d".formatted(file.trailer().entries(), entries));
        }
        if (last != null && Bytes.compare(last.row(), file.metadata().lastRow()) != 0) {
            throw file.corrupt(
                    file.trailer().fileInfoOffset(), "the last row is not that of " + last);
        }
    }
}
