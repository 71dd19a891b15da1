package org.skep.lsm.read;

import java.util.Arrays;
import java.util.List;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellView;

/** Gathers the cells of a row in one array, which the cells handed out then share. */
final class RowBuffer {
    private static final int KEPT = 1 << 20;

    private byte[] bytes = new byte[256];
    private int length;
    private int[] offsets = new int[8];
    private long[] sequences = new long[8];
    private int size;

    void add(CellView cell) {
        int bytesOfCell = Cell.size(cell);
        if (bytesOfCell > bytes.length - length) {
            bytes =
                    Arrays.copyOf(
                            bytes,
                            (int)
                                    Math.min(
                                            Integer.MAX_VALUE - 8,
                                            Math.max(
                                                    2L * bytes.length,
                                                    (long) length + bytesOfCell)));
        }
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
        }
        Cell.copy(cell, bytes, length);
        offsets[size] = length;
        sequences[size++] = cell.sequence();
        length += bytesOfCell;
    }

    int size() {
        return size;
    }

    int length() {
        return length;
    }

    /** The cells, in an array of their own; the buffer is empty then. */
    List<Cell> take() {
        byte[] shared = Arrays.copyOf(bytes, length);
        Cell[] cells = new Cell[size];
        for (int i = 0; i < size; i++) {
            cells[i] = Cell.at(shared, offsets[i], sequences[i]);
        }
        clear();
        return List.of(cells);
    }

    void clear() {
        size = 0;
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[256];
        }
    }
}
