package org.skep.executor.sort;

import java.util.List;
import org.skep.plan.node.SortKey;
import org.skep.types.DataType;
import org.skep.types.key.EncodedKeys;
import org.skep.types.key.KeyEncoder;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** The order of rows by sort keys. Confined to one thread. */
public final class RowOrder {
    private static final int STEPS_BETWEEN_PAUSES = 8192;
    private final int[] columns;
    private final KeyEncoder encoder;

    /** The order by {@code keys} of rows of these types. */
    public RowOrder(List<SortKey> keys, List<DataType> types) {
        columns = keys.stream().mapToInt(SortKey::column).toArray();
        boolean[] descending = new boolean[columns.length];
        boolean[] nullsFirst = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            descending[i] = keys.get(i).descending();
            nullsFirst[i] = keys.get(i).nullsFirst();
        }
        encoder =
                new KeyEncoder(
                        keys.stream().map(key -> types.get(key.column())).toList(),
                        descending,
                        nullsFirst);
    }

    /** Appends the keys of the selected rows to {@code out}. */
    public void encode(ColumnVector[] rows, Selection selection, EncodedKeys out) {
        ColumnVector[] keys = new ColumnVector[columns.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = rows[columns[i]];
        }
        encoder.encode(keys, selection, out);
    }

    /**
     * The numbers of the keys in their order; equal keys stay in the order of their numbers.
     *
     * @param pause run every some thousand steps; what it throws ends the sort
     */
    public static int[] sorted(EncodedKeys keys, Runnable pause) {
        int count = keys.count();
        long[] prefixes = new long[count];
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            // Flipping the sign bit makes the signed order agree with that of the bytes.
            prefixes[i] = keys.prefix(i) ^ Long.MIN_VALUE;
            order[i] = i;
        }
        mergeSort(order, new int[count], 0, count, prefixes, keys, pause);
        return order;
    }

    private static void mergeSort(
            int[] order,
            int[] spare,
            int from,
            int to,
            long[] prefixes,
            EncodedKeys keys,
            Runnable pause) {
        if (to - from < 24) {
            insertionSort(order, from, to, prefixes, keys);
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(order, spare, from, middle, prefixes, keys, pause);
        mergeSort(order, spare, middle, to, prefixes, keys, pause);
        if (!isGreater(order[middle - 1], order[middle], prefixes, keys)) {
            return;
        }
        System.arraycopy(order, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        int at = from;
        while (left < middle && right < to) {
            if (at % STEPS_BETWEEN_PAUSES == 0) {
                pause.run();
            }
            order[at++] =
                    isGreater(spare[left], order[right], prefixes, keys)
                            ? order[right++]
                            : spare[left++];
        }
        System.arraycopy(spare, left, order, at, middle - left);
    }

    private static void insertionSort(
            int[] order, int from, int to, long[] prefixes, EncodedKeys keys) {
        for (int i = from + 1; i < to; i++) {
            int moved = order[i];
            int at = i;
            while (at > from && isGreater(order[at - 1], moved, prefixes, keys)) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moved;
        }
    }

    private static boolean isGreater(int left, int right, long[] prefixes, EncodedKeys keys) {
        if (prefixes[left] != prefixes[right]) {
            return prefixes[left] > prefixes[right];
        }
        return keys.compare(left, right) > 0;
    }
}
