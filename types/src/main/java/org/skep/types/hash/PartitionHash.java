package org.skep.types.hash;

import java.util.List;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/**
 * The hash by which rows are dealt out to tasks. Equal values of equal type hash equally, whatever
 * their encoding, so that every process deals out alike; the specification is in
 * docs/formats/partition-hash.md. Stateless.
 */
public final class PartitionHash {
    // Fixed by the specification: never change.
    private static final long NULL_HASH = 0x2545F4914F6CDD1DL;

    private PartitionHash() {}

    /**
     * Hashes rows: {@code hashes[k]} becomes the hash of the {@code k}-th selected row over the
     * columns at {@code keys}.
     */
    public static void hash(
            ColumnVector[] columns, List<Integer> keys, Selection selection, long[] hashes) {
        int count = selection.count();
        java.util.Arrays.fill(hashes, 0, count, 0);
        for (int key : keys) {
            add(columns[key], selection, hashes);
        }
    }

    /** The partition, from 0 to {@code partitions - 1}, of a row with this hash. */
    public static int partition(long hash, int partitions) {
        return (int) ((hash >>> 1) % partitions);
    }

    /** Adds a column to the hashes of the columns before it. */
    public static void add(ColumnVector column, Selection selection, long[] hashes) {
        int count = selection.count();
        int[] positions = selection.positions();
        if (column instanceof ConstantVector constant) {
            long value = value(constant.value(), 0);
            for (int k = 0; k < count; k++) {
                hashes[k] = ByteHash.combine(hashes[k], value);
            }
        } else if (column instanceof DictionaryVector dictionary) {
            int[] ids = dictionary.ids();
            for (int k = 0; k < count; k++) {
                int id = ids[positions == null ? k : positions[k]];
                long value = id < 0 ? NULL_HASH : value(dictionary.values(), id);
                hashes[k] = ByteHash.combine(hashes[k], value);
            }
        } else if (column instanceof LongVector longs
                && longs.nulls() == null
                && longs.nanos() == null) {
            long[] values = longs.values();
            for (int k = 0; k < count; k++) {
                long value = ByteHash.mix(values[positions == null ? k : positions[k]]);
                hashes[k] = ByteHash.combine(hashes[k], value);
            }
        } else {
            for (int k = 0; k < count; k++) {
                long value = value(column, positions == null ? k : positions[k]);
                hashes[k] = ByteHash.combine(hashes[k], value);
            }
        }
    }

    /** The hash of one value of a flat vector. */
    public static long value(ColumnVector column, int row) {
        if (column.isNull(row)) {
            return NULL_HASH;
        }
        if (column instanceof LongVector longs) {
            long hash = ByteHash.mix(longs.values()[row]);
            int nanos = longs.nanosAt(row);
            return nanos == 0 ? hash : ByteHash.combine(hash, nanos);
        }
        if (column instanceof BytesVector bytes) {
            return ByteHash.hash(bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
        }
        if (column instanceof DecimalVector decimals) {
            long low = decimals.low()[row];
            long high = decimals.highAt(row);
            long hash = ByteHash.mix(low);
            return high == low >> 63 ? hash : ByteHash.combine(hash, high);
        }
        if (column instanceof DoubleVector doubles) {
            // Adding zero turns -0.0 into 0.0; doubleToLongBits knows but one NaN.
            return ByteHash.mix(Double.doubleToLongBits(doubles.values()[row] + 0.0));
        }
        if (column instanceof BooleanVector booleans) {
            return ByteHash.mix(booleans.values()[row] ? 1 : 0);
        }
        return nested(column, row);
    }

    private static long nested(ColumnVector column, int row) {
        if (column instanceof ListVector lists) {
            int start = lists.starts()[row];
            long hash = lists.lengths()[row];
            for (int i = 0; i < lists.lengths()[row]; i++) {
                hash = ByteHash.combine(hash, value(lists.elements(), start + i));
            }
            return hash;
        }
        if (column instanceof MapVector maps) {
            // The order of entries does not matter to equality, so it does not to the hash.
            int start = maps.starts()[row];
            long hash = maps.lengths()[row];
            for (int i = 0; i < maps.lengths()[row]; i++) {
                hash +=
                        ByteHash.combine(
                                value(maps.keys(), start + i), value(maps.values(), start + i));
            }
            return hash;
        }
        if (column instanceof StructVector structs) {
            long hash = structs.fieldCount();
            for (int i = 0; i < structs.fieldCount(); i++) {
                hash = ByteHash.combine(hash, value(structs.field(i), row));
            }
            return hash;
        }
        if (column instanceof UnionVector unions) {
            int tag = unions.tags()[row];
            return ByteHash.combine(tag, value(unions.alternative(tag), row));
        }
        throw new IllegalArgumentException("No hash of type " + column.type());
    }
}
