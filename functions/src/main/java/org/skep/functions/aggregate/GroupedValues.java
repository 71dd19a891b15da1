package org.skep.functions.aggregate;

import java.util.Arrays;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;

/**
 * Values of many groups in the order in which they came: all in one vector, those of a group
 * linked. A group is two words: 1 plus the position of its first value, and of its last; both 0
 * while there is none. Confined to one thread.
 */
final class GroupedValues {
    private final ColumnVector values;
    private int[] next = new int[16];
    private int used;

    GroupedValues(DataType type) {
        values = ColumnVector.create(type, 16);
    }

    /** All values. */
    ColumnVector values() {
        return values;
    }

    static void init(long[] words, int at) {
        words[at] = 0;
        words[at + 1] = 0;
    }

    /** Appends a value to the group whose words are at {@code at}; answers its position. */
    int add(long[] words, int at, ColumnVector source, int row) {
        values.copyOne(source, row, used);
        if (used == next.length) {
            next = Arrays.copyOf(next, used * 2);
        }
        next[used] = -1;
        if (words[at] == 0) {
            words[at] = used + 1L;
        } else {
            next[(int) words[at + 1] - 1] = used;
        }
        words[at + 1] = used + 1L;
        return used++;
    }

    /** How many values a group has. */
    int count(long[] words, int at) {
        int count = 0;
        for (int i = (int) words[at] - 1; i >= 0; i = next[i]) {
            count++;
        }
        return count;
    }

    /** The positions of a group's values, in order. */
    int[] positions(long[] words, int at) {
        int[] positions = new int[count(words, at)];
        int k = 0;
        for (int i = (int) words[at] - 1; i >= 0; i = next[i]) {
            positions[k++] = i;
        }
        return positions;
    }

    long retainedBytes() {
        return values.retainedBytes() + 4L * next.length;
    }
}
