package org.skep.executor.group;

import java.util.List;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Keys of one column whose values are {@code long}s: key and number side by side, open addressing.
 */
final class LongGroupTable extends GroupTable {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    // Slot i holds the key at 2i and the number plus 1 at 2i + 1; 0 marks an empty slot.
    private long[] slots = new long[2 * 1024];
    private int shift = 64 - 10;
    private int used;
    private int nullGroup = -1;

    LongGroupTable(List<DataType> types) {
        super(types);
    }

    static long[] longs(ColumnVector column) {
        return column instanceof DecimalVector decimals
                ? decimals.low()
                : ((LongVector) column).values();
    }

    @Override
    void assignGroups(ColumnVector[] columns, Selection selection, int[] groups) {
        int rows = selection.count();
        while (2L * (used + rows) > slots.length / 2) {
            grow();
        }
        long[] values = longs(columns[0]);
        boolean[] nulls = columns[0].nulls();
        int[] positions = selection.positions();
        int mask = slots.length / 2 - 1;
        for (int k = 0; k < rows; k++) {
            int row = positions == null ? k : positions[k];
            if (nulls != null && nulls[row]) {
                if (nullGroup < 0) {
                    nullGroup = add(row);
                }
                groups[k] = nullGroup;
                continue;
            }
            long value = values[row];
            int slot = (int) ((value * SPREAD) >>> shift);
            while (true) {
                long group = slots[2 * slot + 1];
                if (group == 0) {
                    int number = add(row);
                    slots[2 * slot] = value;
                    slots[2 * slot + 1] = number + 1L;
                    used++;
                    groups[k] = number;
                    break;
                }
                if (slots[2 * slot] == value) {
                    groups[k] = (int) group - 1;
                    break;
                }
                slot = (slot + 1) & mask;
            }
        }
    }

    private void grow() {
        if (slots.length >= 1 << 30) {
            throw new org.skep.base.error.SkepException(
                    org.skep.base.error.ErrorCode.MEMORY_LIMIT,
                    "Too many different keys in memory");
        }
        long[] old = slots;
        slots = new long[old.length * 2];
        shift--;
        int mask = slots.length / 2 - 1;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                int slot = (int) ((old[i] * SPREAD) >>> shift);
                while (slots[2 * slot + 1] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[2 * slot] = old[i];
                slots[2 * slot + 1] = old[i + 1];
            }
        }
    }

    @Override
    Lookup lookup() {
        return this::find;
    }

    private void find(ColumnVector[] columns, Selection selection, int[] groups) {
        long[] table = slots;
        int right = shift;
        long[] values = longs(columns[0]);
        boolean[] nulls = columns[0].nulls();
        int[] positions = selection.positions();
        int mask = table.length / 2 - 1;
        int rows = selection.count();
        for (int k = 0; k < rows; k++) {
            int row = positions == null ? k : positions[k];
            if (nulls != null && nulls[row]) {
                groups[k] = nullGroup;
                continue;
            }
            long value = values[row];
            int slot = (int) ((value * SPREAD) >>> right);
            long group = table[2 * slot + 1];
            while (group != 0 && table[2 * slot] != value) {
                slot = (slot + 1) & mask;
                group = table[2 * slot + 1];
            }
            groups[k] = (int) group - 1;
        }
    }

    @Override
    long tableBytes() {
        return 8L * slots.length;
    }
}
