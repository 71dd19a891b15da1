package org.skep.lsm.compact;

import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellView;

/**
 * Keeps cells with equal keys in the order of their sequence ids. Files are ordered by age, and the
 * newer cell comes first; but one out of a file that was joined before its family kept sequence ids
 * has none, while the older cell behind it may still have its own. Confined to one thread.
 */
final class KeyOrder {
    private byte[] key = new byte[64];
    private int length = -1;
    private long sequence;

    /** Gives a cell at most the sequence id of the one before if that has the same key. */
    void keep(CellView cell) {
        int keyLength = cell.keyLength();
        int at = cell.start() + CellLayout.LENGTHS;
        if (cell.sequence() > sequence && repeats(cell, at, keyLength)) {
            cell.sequence(sequence);
            return;
        }
        if (keyLength > key.length) {
            key = new byte[Math.max(keyLength, 2 * key.length)];
        }
        cell.buffer().get(at, key, 0, keyLength);
        length = keyLength;
        sequence = cell.sequence();
    }

    private boolean repeats(CellView cell, int at, int keyLength) {
        if (keyLength != length) {
            return false;
        }
        // The last bytes, a timestamp, differ most often.
        for (int i = length - 1; i >= 0; i--) {
            if (cell.buffer().get(at + i) != key[i]) {
                return false;
            }
        }
        return true;
    }
}
