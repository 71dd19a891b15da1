package org.skep.columnar.orc;

import org.apache.hadoop.hive.common.type.HiveDecimal;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DateColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.Decimal64ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DecimalColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MultiValuedColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.UnionColumnVector;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;
import org.skep.types.vector.VoidVector;

/**
 * Copies values from our vectors into the library's. Bytes are not copied but pointed at, so the
 * library must be done with them before the vectors change. Stateless.
 */
final class ValueWriter {
    private ValueWriter() {}

    /**
     * Copies the values at some positions, of any encoding, to the first positions of a vector.
     *
     * @param positions negative for NULL
     */
    static void copy(
            org.skep.types.vector.ColumnVector from, int[] positions, int count, ColumnVector to) {
        to.ensureSize(count, false);
        if (from instanceof ConstantVector constant) {
            int[] zeros = new int[count];
            for (int i = 0; i < count; i++) {
                zeros[i] = positions[i] < 0 ? -1 : 0;
            }
            copy(constant.value(), zeros, count, to);
            return;
        }
        if (from instanceof DictionaryVector dictionary) {
            int[] ids = new int[count];
            for (int i = 0; i < count; i++) {
                ids[i] = positions[i] < 0 ? -1 : dictionary.ids()[positions[i]];
            }
            copy(dictionary.values(), ids, count, to);
            return;
        }
        to.reset();
        boolean[] nulls = from.nulls();
        int[] rows = positions;
        for (int i = 0; i < count; i++) {
            boolean missing =
                    positions[i] < 0
                            || (nulls != null && nulls[positions[i]])
                            || from instanceof VoidVector;
            to.isNull[i] = missing;
            to.noNulls &= !missing;
            if (missing) {
                if (rows == positions) {
                    rows = java.util.Arrays.copyOf(positions, count);
                }
                rows[i] = -1;
            }
        }
        copyValues(from, rows, count, to);
    }

    private static void copyValues(
            org.skep.types.vector.ColumnVector from, int[] rows, int count, ColumnVector to) {
        if (from instanceof BooleanVector booleans) {
            long[] values = ((LongColumnVector) to).vector;
            for (int i = 0; i < count; i++) {
                values[i] = rows[i] >= 0 && booleans.values()[rows[i]] ? 1 : 0;
            }
        } else if (from instanceof LongVector longs) {
            copyLongs(longs, rows, count, to);
        } else if (from instanceof DoubleVector doubles) {
            double[] values = ((DoubleColumnVector) to).vector;
            for (int i = 0; i < count; i++) {
                values[i] = rows[i] < 0 ? 0 : doubles.values()[rows[i]];
            }
        } else if (from instanceof DecimalVector decimals) {
            copyDecimals(decimals, rows, count, to);
        } else if (from instanceof BytesVector bytes) {
            BytesColumnVector values = (BytesColumnVector) to;
            for (int i = 0; i < count; i++) {
                if (rows[i] >= 0) {
                    int start = bytes.starts()[rows[i]];
                    values.setRef(i, bytes.data(), start, bytes.lengths()[rows[i]]);
                }
            }
        } else if (!(from instanceof VoidVector)) {
            copyNested(from, rows, count, to);
        }
    }

    private static void copyLongs(LongVector from, int[] rows, int count, ColumnVector to) {
        if (to instanceof TimestampColumnVector times) {
            times.setIsUTC(true);
            times.changeCalendar(true, false);
            for (int i = 0; i < count; i++) {
                if (rows[i] >= 0) {
                    long micros = from.values()[rows[i]];
                    times.time[i] = Math.floorDiv(micros, 1_000L);
                    times.nanos[i] =
                            (int) Math.floorMod(micros, 1_000_000L) * 1_000 + from.nanosAt(rows[i]);
                }
            }
            return;
        }
        if (to instanceof DateColumnVector dates) {
            dates.changeCalendar(true, false);
        }
        long[] values = ((LongColumnVector) to).vector;
        for (int i = 0; i < count; i++) {
            values[i] = rows[i] < 0 ? 0 : from.values()[rows[i]];
        }
    }

    private static void copyDecimals(DecimalVector from, int[] rows, int count, ColumnVector to) {
        if (to instanceof Decimal64ColumnVector longs) {
            for (int i = 0; i < count; i++) {
                longs.vector[i] = rows[i] < 0 ? 0 : from.low()[rows[i]];
            }
            return;
        }
        DecimalColumnVector decimals = (DecimalColumnVector) to;
        for (int i = 0; i < count; i++) {
            if (rows[i] >= 0) {
                decimals.set(i, HiveDecimal.create(from.decimalAt(rows[i])));
            }
        }
    }

    private static void copyNested(
            org.skep.types.vector.ColumnVector from, int[] rows, int count, ColumnVector to) {
        if (from instanceof StructVector structs) {
            StructColumnVector values = (StructColumnVector) to;
            for (int i = 0; i < structs.fieldCount(); i++) {
                copy(structs.field(i), rows, count, values.fields[i]);
            }
        } else if (from instanceof ListVector lists) {
            ListColumnVector values = (ListColumnVector) to;
            int[] items = items(lists.starts(), lists.lengths(), rows, count, values);
            copy(lists.elements(), items, items.length, values.child);
        } else if (from instanceof MapVector maps) {
            MapColumnVector values = (MapColumnVector) to;
            int[] items = items(maps.starts(), maps.lengths(), rows, count, values);
            copy(maps.keys(), items, items.length, values.keys);
            copy(maps.values(), items, items.length, values.values);
        } else if (from instanceof UnionVector unions) {
            UnionColumnVector values = (UnionColumnVector) to;
            for (int tag = 0; tag < unions.alternativeCount(); tag++) {
                int[] tagged = new int[count];
                for (int i = 0; i < count; i++) {
                    boolean here = rows[i] >= 0 && unions.tags()[rows[i]] == tag;
                    tagged[i] = here ? rows[i] : -1;
                    values.tags[i] = here ? tag : values.tags[i];
                }
                copy(unions.alternative(tag), tagged, count, values.fields[tag]);
            }
        } else {
            throw new IllegalStateException("No values of type " + from.type());
        }
    }

    // The positions of the items of all lists or maps.
    private static int[] items(
            int[] starts, int[] lengths, int[] rows, int count, MultiValuedColumnVector to) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            int length = rows[i] < 0 ? 0 : lengths[rows[i]];
            to.offsets[i] = total;
            to.lengths[i] = length;
            total = Math.addExact(total, length);
        }
        to.childCount = total;
        int[] items = new int[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < to.lengths[i]; k++) {
                items[at++] = starts[rows[i]] + k;
            }
        }
        return items;
    }
}
