package org.skep.executor.group;

import java.util.Arrays;
import java.util.List;
import org.skep.types.DataType;
import org.skep.types.hash.ByteHash;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Keys of columns of fixed width: a key is a row of words, the first of which has a bit for each
 * column that is NULL.
 */
final class WordsGroupTable extends GroupTable {
    private final int width;
    // Slot: upper half of the hash in the upper half, number plus 1 in the lower.
    private long[] slots = new long[1024];
    private int used;
    private long[] stored = new long[64];
    private final Packer packer;

    WordsGroupTable(List<DataType> types, int width) {
        super(types);
        this.width = width;
        packer = new Packer(width);
    }

    /** Packs the rows of a batch. */
    private static final class Packer {
        private final int width;
        private long[] words = new long[0];
        private long[] hashes = new long[0];

        Packer(int width) {
            this.width = width;
        }

        void pack(ColumnVector[] columns, Selection selection) {
            int count = selection.count();
            if (hashes.length < count) {
                words = new long[count * width];
                hashes = new long[count];
            }
            for (int k = 0; k < count; k++) {
                words[k * width] = 0;
            }
            int at = 1;
            for (int i = 0; i < columns.length; i++) {
                boolean two = isTwoWords(columns[i].type()) && !isOneWord(columns[i].type());
                pack(columns[i], selection, at, two);
                if (columns[i].mayHaveNulls()) {
                    packNulls(columns[i], selection, at, two, 1L << (i & 63));
                }
                at += two ? 2 : 1;
            }
            for (int k = 0; k < count; k++) {
                long hash = words[k * width];
                for (int i = 1; i < width; i++) {
                    hash = ByteHash.combine(hash, words[k * width + i]);
                }
                hashes[k] = hash;
            }
        }

        private void pack(ColumnVector column, Selection selection, int at, boolean two) {
            int[] positions = selection.positions();
            int count = selection.count();
            if (column instanceof LongVector || (column instanceof DecimalVector && !two)) {
                long[] values = LongGroupTable.longs(column);
                for (int k = 0; k < count; k++) {
                    words[k * width + at] = values[positions == null ? k : positions[k]];
                }
                if (two) {
                    LongVector longs = (LongVector) column;
                    for (int k = 0; k < count; k++) {
                        words[k * width + at + 1] =
                                longs.nanosAt(positions == null ? k : positions[k]);
                    }
                }
            } else if (column instanceof DecimalVector decimals) {
                for (int k = 0; k < count; k++) {
                    int row = positions == null ? k : positions[k];
                    words[k * width + at] = decimals.low()[row];
                    words[k * width + at + 1] = decimals.highAt(row);
                }
            } else {
                double[] values = ((DoubleVector) column).values();
                for (int k = 0; k < count; k++) {
                    double value = values[positions == null ? k : positions[k]];
                    words[k * width + at] = Double.doubleToLongBits(value + 0.0);
                }
            }
        }

        private void packNulls(
                ColumnVector column, Selection selection, int at, boolean two, long bit) {
            for (int k = 0; k < selection.count(); k++) {
                if (column.isNull(selection.position(k))) {
                    words[k * width] |= bit;
                    words[k * width + at] = 0;
                    if (two) {
                        words[k * width + at + 1] = 0;
                    }
                }
            }
        }
    }

    private boolean equalsStored(long[] words, int k, int group) {
        int at = k * width;
        int storedAt = group * width;
        for (int i = 0; i < width; i++) {
            if (words[at + i] != stored[storedAt + i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    void assignGroups(ColumnVector[] columns, Selection selection, int[] groups) {
        packer.pack(columns, selection);
        int rows = selection.count();
        while (2L * (used + rows) > slots.length) {
            grow();
        }
        int mask = slots.length - 1;
        for (int k = 0; k < rows; k++) {
            long hash = packer.hashes[k];
            int slot = (int) hash & mask;
            while (true) {
                long entry = slots[slot];
                if (entry == 0) {
                    int number = add(selection.position(k));
                    store(packer.words, k, number);
                    slots[slot] = (hash & 0xFFFFFFFF00000000L) | (number + 1L);
                    used++;
                    groups[k] = number;
                    break;
                }
                int group = (int) entry - 1;
                if ((entry ^ hash) >>> 32 == 0 && equalsStored(packer.words, k, group)) {
                    groups[k] = group;
                    break;
                }
                slot = (slot + 1) & mask;
            }
        }
    }

    private void store(long[] words, int k, int number) {
        int at = Math.multiplyExact(number, width);
        if (at + width > stored.length) {
            stored = Arrays.copyOf(stored, Math.max(at + width, stored.length * 2));
        }
        System.arraycopy(words, k * width, stored, at, width);
    }

    private void grow() {
        slots = new long[slots.length * 2];
        int mask = slots.length - 1;
        for (int group = 0; group < used; group++) {
            long hash = stored[group * width];
            for (int i = 1; i < width; i++) {
                hash = ByteHash.combine(hash, stored[group * width + i]);
            }
            int slot = (int) hash & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = (hash & 0xFFFFFFFF00000000L) | (group + 1L);
        }
    }

    @Override
    Lookup lookup() {
        Packer own = new Packer(width);
        return (columns, selection, groups) -> {
            own.pack(columns, selection);
            int mask = slots.length - 1;
            for (int k = 0; k < selection.count(); k++) {
                long hash = own.hashes[k];
                int slot = (int) hash & mask;
                groups[k] = -1;
                for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
                    int group = (int) entry - 1;
                    if ((entry ^ hash) >>> 32 == 0 && equalsStored(own.words, k, group)) {
                        groups[k] = group;
                        break;
                    }
                    slot = (slot + 1) & mask;
                }
            }
        };
    }

    @Override
    long tableBytes() {
        return 8L * slots.length + 8L * stored.length;
    }
}
