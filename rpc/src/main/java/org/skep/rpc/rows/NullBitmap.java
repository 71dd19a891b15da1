package org.skep.rpc.rows;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;

/**
 * Which rows of a column are NULL: a bit set, least significant bit first, where missing bytes at
 * the end stand for rows that are not NULL. This is also its form on the wire. Immutable.
 */
public final class NullBitmap {
    private static final NullBitmap NONE = new NullBitmap(new byte[0]);

    private final byte[] bits;

    private NullBitmap(byte[] bits) {
        this.bits = bits;
    }

    /** No row is NULL. */
    public static NullBitmap none() {
        return NONE;
    }

    /** Every one of the first {@code rowCount} rows is NULL. */
    public static NullBitmap all(int rowCount) {
        BitSet set = new BitSet(rowCount);
        set.set(0, rowCount);
        return of(set);
    }

    /** The rows whose bit is set; the set is copied. */
    public static NullBitmap of(BitSet nulls) {
        return ofBytes(nulls.toByteArray());
    }

    /** Row {@code i} is NULL where {@code nulls[i]} holds; null for no NULL at all. */
    public static NullBitmap of(boolean[] nulls) {
        if (nulls == null) {
            return NONE;
        }
        int last = nulls.length - 1;
        while (last >= 0 && !nulls[last]) {
            last--;
        }
        byte[] bits = new byte[(last + 8) >> 3];
        for (int row = 0; row <= last; row++) {
            if (nulls[row]) {
                bits[row >> 3] |= (byte) (1 << (row & 7));
            }
        }
        return ofBytes(bits);
    }

    /** NULL where the collection holds null. */
    public static NullBitmap ofNullsIn(Collection<?> values) {
        BitSet set = new BitSet(values.size());
        int row = 0;
        for (Object value : values) {
            set.set(row++, value == null);
        }
        return of(set);
    }

    /** The bitmap in its wire form; the array is owned by the bitmap from now on. */
    public static NullBitmap ofBytes(byte[] bits) {
        return bits.length == 0 ? NONE : new NullBitmap(bits);
    }

    /** Whether the row is NULL. */
    public boolean isNull(int row) {
        int index = row >> 3;
        return index < bits.length && (bits[index] & (1 << (row & 7))) != 0;
    }

    /** Whether any row is NULL. */
    public boolean hasNulls() {
        for (byte b : bits) {
            if (b != 0) {
                return true;
            }
        }
        return false;
    }

    /** The wire form, a copy. */
    public byte[] toBytes() {
        return bits.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NullBitmap
                && BitSet.valueOf(bits).equals(BitSet.valueOf(((NullBitmap) other).bits));
    }

    @Override
    public int hashCode() {
        return BitSet.valueOf(bits).hashCode();
    }

    @Override
    public String toString() {
        return "NullBitmap" + Arrays.toString(BitSet.valueOf(bits).stream().toArray());
    }
}
