package org.skep.types.key;

import java.util.List;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * Encodes rows of key columns as bytes: comparing them as unsigned bytes orders the rows, and equal
 * keys have equal bytes. Used to sort, to group and to shuffle, and meant for region keys. The
 * specification is in docs/formats/key.md. Confined to one thread.
 *
 * <p>Each column is a byte that tells NULL (first or last), then the value: integers and dates
 * big-endian with the sign flipped; points of time the same and two bytes of nanoseconds; doubles
 * by their IEEE bits made monotonic, with one NaN that is greatest and one zero; decimals as 8 or
 * 16 bytes by precision; bytes with 0 written as 0 255 and ended by 0 0; arrays and maps with 1
 * before each element and 0 at the end. A descending column has the bytes of its value inverted.
 */
public final class KeyEncoder {
    private final ColumnEncoder[] columns;
    private int[] lengths = new int[0];
    private int[] offsets = new int[0];

    /**
     * An encoder of columns of these types.
     *
     * @param descending for each column whether greater values come first; null for none
     * @param nullsFirst for each column whether NULL comes before all values; null for all
     */
    public KeyEncoder(List<DataType> types, boolean[] descending, boolean[] nullsFirst) {
        columns = new ColumnEncoder[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] =
                    new ColumnEncoder(
                            types.get(i),
                            descending != null && descending[i],
                            nullsFirst == null || nullsFirst[i]);
        }
    }

    /** An encoder for equality: ascending, NULL first. */
    public static KeyEncoder ascending(List<DataType> types) {
        return new KeyEncoder(types, null, null);
    }

    /**
     * Appends a key for each selected row to {@code out}.
     *
     * @param keys the vectors of the key columns, of any encoding
     */
    public void encode(ColumnVector[] keys, Selection selection, EncodedKeys out) {
        int count = selection.count();
        if (lengths.length < count) {
            lengths = new int[count];
            offsets = new int[count];
        }
        java.util.Arrays.fill(lengths, 0, count, 0);
        for (int i = 0; i < columns.length; i++) {
            columns[i].measure(keys[i], selection, lengths);
        }
        int first = out.count();
        out.extend(lengths, count);
        for (int k = 0; k < count; k++) {
            offsets[k] = out.start(first + k);
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].write(keys[i], selection, out.data(), offsets);
        }
    }
}
