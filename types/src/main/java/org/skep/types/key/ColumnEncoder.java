package org.skep.types.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
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

/** Encodes one column of a key. Stateless; see {@link KeyEncoder}. */
final class ColumnEncoder {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    // Written to every key: never change.
    private static final byte NULL_FIRST = 0;
    private static final byte VALUE = 1;
    private static final byte NULL_LAST = 2;

    private final DataType type;
    private final boolean descending;
    private final byte nullByte;
    private final int fixedLength;

    ColumnEncoder(DataType type, boolean descending, boolean nullsFirst) {
        this.type = type;
        this.descending = descending;
        nullByte = nullsFirst ? NULL_FIRST : NULL_LAST;
        fixedLength = fixedLength(type);
    }

    /** Bytes of a value of the type, without the NULL byte, or -1 if they differ. */
    private static int fixedLength(DataType type) {
        return switch (type.kind()) {
            case VOID -> 0;
            case BOOLEAN -> 1;
            case TINYINT, SMALLINT, INT, BIGINT, DATE, INTERVAL_YEAR_MONTH, FLOAT, DOUBLE -> 8;
            case TIMESTAMP, TIMESTAMP_LOCAL_TZ, INTERVAL_DAY_TIME -> 10;
            case DECIMAL -> ((DecimalType) type).fitsLong() ? 8 : 16;
            case STRING, VARCHAR, CHAR, BINARY, ARRAY, MAP, STRUCT, UNION -> -1;
        };
    }

    void measure(ColumnVector column, Selection selection, int[] lengths) {
        int count = selection.count();
        if (fixedLength >= 0 && !column.mayHaveNulls()) {
            for (int k = 0; k < count; k++) {
                lengths[k] += fixedLength + 1;
            }
            return;
        }
        ColumnVector flat = flat(column);
        for (int k = 0; k < count; k++) {
            int row = row(column, selection.position(k));
            lengths[k] += 1;
            if (row >= 0 && !flat.isNull(row)) {
                lengths[k] += fixedLength >= 0 ? fixedLength : length(flat, row);
            }
        }
    }

    void write(ColumnVector column, Selection selection, byte[] data, int[] offsets) {
        int count = selection.count();
        ColumnVector flat = flat(column);
        if (flat == column
                && !column.mayHaveNulls()
                && column instanceof LongVector longs
                && fixedLength == 8) {
            writeLongs(longs.values(), selection, data, offsets);
            return;
        }
        for (int k = 0; k < count; k++) {
            int row = row(column, selection.position(k));
            int at = offsets[k];
            if (row < 0 || flat.isNull(row)) {
                data[at] = nullByte;
                offsets[k] = at + 1;
                continue;
            }
            data[at] = VALUE;
            int end = value(flat, row, data, at + 1);
            if (descending) {
                for (int i = at + 1; i < end; i++) {
                    data[i] = (byte) ~data[i];
                }
            }
            offsets[k] = end;
        }
    }

    private void writeLongs(long[] values, Selection selection, byte[] data, int[] offsets) {
        int[] positions = selection.positions();
        long flip = descending ? Long.MAX_VALUE : Long.MIN_VALUE;
        for (int k = 0; k < selection.count(); k++) {
            long value = values[positions == null ? k : positions[k]];
            int at = offsets[k];
            data[at] = VALUE;
            BIG_ENDIAN.set(data, at + 1, value ^ flip);
            offsets[k] = at + 9;
        }
    }

    private static ColumnVector flat(ColumnVector column) {
        if (column instanceof DictionaryVector dictionary) {
            return dictionary.values();
        }
        return column instanceof ConstantVector constant ? constant.value() : column;
    }

    private static int row(ColumnVector column, int position) {
        if (column instanceof DictionaryVector dictionary) {
            return dictionary.ids()[position];
        }
        return column instanceof ConstantVector ? 0 : position;
    }

    private int length(ColumnVector flat, int row) {
        if (flat instanceof BytesVector bytes) {
            byte[] data = bytes.data();
            int start = bytes.starts()[row];
            int end = start + bytes.lengths()[row];
            int zeros = 0;
            for (int i = start; i < end; i++) {
                zeros += data[i] == 0 ? 1 : 0;
            }
            return end - start + zeros + 2;
        }
        if (flat instanceof ListVector lists) {
            int length = 1;
            for (int i = 0; i < lists.lengths()[row]; i++) {
                length += 1 + nullableLength(lists.elements(), lists.starts()[row] + i);
            }
            return length;
        }
        if (flat instanceof MapVector maps) {
            int length = 1;
            for (int i = 0; i < maps.lengths()[row]; i++) {
                length += 1 + nullableLength(maps.keys(), maps.starts()[row] + i);
                length += nullableLength(maps.values(), maps.starts()[row] + i);
            }
            return length;
        }
        if (flat instanceof StructVector structs) {
            int length = 0;
            for (int i = 0; i < structs.fieldCount(); i++) {
                length += nullableLength(structs.field(i), row);
            }
            return length;
        }
        if (flat instanceof UnionVector unions) {
            return 1 + nullableLength(unions.alternative(unions.tags()[row]), row);
        }
        throw new IllegalArgumentException("No key of type " + type);
    }

    private static int nullableLength(ColumnVector flat, int row) {
        if (flat.isNull(row)) {
            return 1;
        }
        int fixed = fixedLength(flat.type());
        return 1
                + (fixed >= 0
                        ? fixed
                        : new ColumnEncoder(flat.type(), false, true).length(flat, row));
    }

    /** Writes an ascending value and answers where it ends. */
    private static int value(ColumnVector flat, int row, byte[] data, int at) {
        if (flat instanceof BytesVector bytes) {
            return bytes(bytes, row, data, at);
        }
        if (flat instanceof LongVector longs) {
            BIG_ENDIAN.set(data, at, longs.values()[row] ^ Long.MIN_VALUE);
            if (fixedLength(flat.type()) == 8) {
                return at + 8;
            }
            int nanos = longs.nanosAt(row);
            data[at + 8] = (byte) (nanos >> 8);
            data[at + 9] = (byte) nanos;
            return at + 10;
        }
        if (flat instanceof DecimalVector decimals) {
            if (fixedLength(flat.type()) == 8) {
                BIG_ENDIAN.set(data, at, decimals.low()[row] ^ Long.MIN_VALUE);
                return at + 8;
            }
            BIG_ENDIAN.set(data, at, decimals.highAt(row) ^ Long.MIN_VALUE);
            BIG_ENDIAN.set(data, at + 8, decimals.low()[row]);
            return at + 16;
        }
        if (flat instanceof DoubleVector doubles) {
            long bits = Double.doubleToLongBits(doubles.values()[row] + 0.0);
            BIG_ENDIAN.set(data, at, bits ^ ((bits >> 63) | Long.MIN_VALUE));
            return at + 8;
        }
        if (flat instanceof BooleanVector booleans) {
            data[at] = (byte) (booleans.values()[row] ? 1 : 0);
            return at + 1;
        }
        return nested(flat, row, data, at);
    }

    private static int bytes(BytesVector bytes, int row, byte[] data, int start) {
        byte[] source = bytes.data();
        int from = bytes.starts()[row];
        int end = from + bytes.lengths()[row];
        int at = start;
        for (int i = from; i < end; i++) {
            byte value = source[i];
            data[at++] = value;
            if (value == 0) {
                data[at++] = (byte) 255;
            }
        }
        data[at++] = 0;
        data[at++] = 0;
        return at;
    }

    private static int nested(ColumnVector flat, int row, byte[] data, int start) {
        int at = start;
        if (flat instanceof ListVector lists) {
            for (int i = 0; i < lists.lengths()[row]; i++) {
                data[at] = 1;
                at = nullable(lists.elements(), lists.starts()[row] + i, data, at + 1);
            }
            data[at] = 0;
            return at + 1;
        }
        if (flat instanceof MapVector maps) {
            for (int i = 0; i < maps.lengths()[row]; i++) {
                data[at] = 1;
                at = nullable(maps.keys(), maps.starts()[row] + i, data, at + 1);
                at = nullable(maps.values(), maps.starts()[row] + i, data, at);
            }
            data[at] = 0;
            return at + 1;
        }
        if (flat instanceof StructVector structs) {
            for (int i = 0; i < structs.fieldCount(); i++) {
                at = nullable(structs.field(i), row, data, at);
            }
            return at;
        }
        UnionVector unions = (UnionVector) flat;
        int tag = unions.tags()[row];
        data[at] = (byte) tag;
        return nullable(unions.alternative(tag), row, data, at + 1);
    }

    private static int nullable(ColumnVector flat, int row, byte[] data, int at) {
        if (flat.isNull(row)) {
            data[at] = NULL_FIRST;
            return at + 1;
        }
        data[at] = VALUE;
        return value(flat, row, data, at + 1);
    }
}
