package org.skep.lsm.filter;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellView;

/** A copy of a cell's key, without its value, in memory that is used again and again. */
final class KeptKey {
    private final CellView view = new CellView();
    private ByteBuffer bytes = ByteBuffer.allocate(64);
    private boolean there;

    void keep(CellView cell) {
        int length = cell.keyLength();
        int size = CellLayout.LENGTHS + length;
        if (size > bytes.capacity()) {
            bytes = ByteBuffer.allocate(Math.max(size, 2 * bytes.capacity()));
        }
        bytes.putInt(0, length).putInt(Integer.BYTES, 0);
        bytes.put(CellLayout.LENGTHS, cell.buffer(), cell.keyOffset(), length);
        view.read(bytes, 0, CellLayout.PLAIN);
        view.sequence(cell.sequence());
        there = true;
    }

    void clear() {
        there = false;
    }

    /** The cell, with an empty value; null if none is kept. */
    CellView view() {
        return there ? view : null;
    }
}
