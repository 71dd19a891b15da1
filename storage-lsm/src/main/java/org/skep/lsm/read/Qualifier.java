package org.skep.lsm.read;

import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;

/** A copy of the qualifier of a cell that was passed, in an array that is used again. */
final class Qualifier {
    private byte[] bytes = new byte[32];
    private int length = -1;

    void clear() {
        length = -1;
    }

    boolean isClear() {
        return length < 0;
    }

    void set(CellView cell) {
        length = cell.qualifierLength();
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        cell.buffer().get(cell.qualifierOffset(), bytes, 0, length);
    }

    /** Whether a cell has this qualifier. */
    boolean is(CellView cell) {
        return length == cell.qualifierLength()
                && Bytes.compare(bytes, 0, length, cell.buffer(), cell.qualifierOffset(), length)
                        == 0;
    }
}
