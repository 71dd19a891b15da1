package org.skep.types.vector;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.NanoTime;

/**
 * Moves single values between {@link Datum} and vectors; for literals, bounds and tests, never for
 * rows. Stateless.
 */
public final class DatumVector {
    private DatumVector() {}

    /** A vector that has the value at every position. */
    public static ConstantVector constant(Datum datum) {
        ColumnVector vector = ColumnVector.create(datum.type(), 1);
        write(vector, 0, datum.value());
        return new ConstantVector(vector);
    }

    /**
     * Writes a value, of a class that {@link Datum} names for the vector's type, or null for NULL.
     */
    public static void write(ColumnVector vector, int row, Object value) {
        if (value == null) {
            vector.setNull(row);
            return;
        }
        vector.clearNull(row);
        if (vector instanceof BooleanVector booleans) {
            booleans.values()[row] = (Boolean) value;
        } else if (vector instanceof LongVector longs) {
            if (value instanceof NanoTime time) {
                longs.set(row, time.micros(), time.nanos());
            } else {
                longs.set(row, (Long) value, 0);
            }
        } else if (vector instanceof DoubleVector doubles) {
            doubles.values()[row] = (Double) value;
        } else if (vector instanceof DecimalVector decimals) {
            decimals.set(row, ((BigDecimal) value).setScale(decimals.scale()));
        } else if (vector instanceof BytesVector bytes) {
            if (value instanceof Datum.Bytes raw) {
                bytes.set(row, raw.toArray());
            } else {
                bytes.set(row, (String) value);
            }
        } else {
            writeNested(vector, row, (List<?>) value);
        }
    }

    private static void writeNested(ColumnVector vector, int row, List<?> items) {
        if (vector instanceof ListVector lists) {
            int start = lists.append(row, items.size());
            for (int i = 0; i < items.size(); i++) {
                write(lists.elements(), start + i, items.get(i));
            }
        } else if (vector instanceof MapVector maps) {
            int start = maps.append(row, items.size());
            for (int i = 0; i < items.size(); i++) {
                Datum.MapEntry entry = (Datum.MapEntry) items.get(i);
                write(maps.keys(), start + i, entry.key());
                write(maps.values(), start + i, entry.value());
            }
        } else if (vector instanceof StructVector structs) {
            for (int i = 0; i < items.size(); i++) {
                write(structs.field(i), row, items.get(i));
            }
        } else if (vector instanceof UnionVector unions) {
            int tag = ((Long) items.get(0)).intValue();
            unions.tags()[row] = (byte) tag;
            write(unions.alternative(tag), row, items.get(1));
        } else {
            throw new IllegalArgumentException("No literals of type " + vector.type());
        }
    }

    /** The value at a position of a vector of any encoding. */
    public static Datum read(ColumnVector vector, int row) {
        return new Datum(vector.type(), value(vector, row));
    }

    private static Object value(ColumnVector vector, int row) {
        if (vector instanceof ConstantVector constant) {
            return value(constant.value(), 0);
        }
        if (vector.isNull(row)) {
            return null;
        }
        if (vector instanceof DictionaryVector dictionary) {
            return value(dictionary.values(), dictionary.ids()[row]);
        }
        DataType type = vector.type();
        if (vector instanceof BooleanVector booleans) {
            return booleans.values()[row];
        }
        if (vector instanceof LongVector longs) {
            return switch (type.kind()) {
                case TIMESTAMP, TIMESTAMP_LOCAL_TZ, INTERVAL_DAY_TIME ->
                        new NanoTime(longs.values()[row], (short) longs.nanosAt(row));
                default -> longs.values()[row];
            };
        }
        if (vector instanceof DoubleVector doubles) {
            return doubles.values()[row];
        }
        if (vector instanceof DecimalVector decimals) {
            return decimals.decimalAt(row);
        }
        if (vector instanceof BytesVector bytes) {
            if (type.equals(DataType.BINARY)) {
                int start = bytes.starts()[row];
                return Datum.Bytes.of(
                        java.util.Arrays.copyOfRange(
                                bytes.data(), start, start + bytes.lengths()[row]));
            }
            return bytes.stringAt(row);
        }
        return nestedValue(vector, row);
    }

    private static Object nestedValue(ColumnVector vector, int row) {
        List<Object> items = new ArrayList<>();
        if (vector instanceof ListVector lists) {
            for (int i = 0; i < lists.lengths()[row]; i++) {
                items.add(value(lists.elements(), lists.starts()[row] + i));
            }
        } else if (vector instanceof MapVector maps) {
            for (int i = 0; i < maps.lengths()[row]; i++) {
                int at = maps.starts()[row] + i;
                items.add(new Datum.MapEntry(value(maps.keys(), at), value(maps.values(), at)));
            }
        } else if (vector instanceof StructVector structs) {
            for (int i = 0; i < structs.fieldCount(); i++) {
                items.add(value(structs.field(i), row));
            }
        } else if (vector instanceof UnionVector unions) {
            int tag = unions.tags()[row];
            items.add((long) tag);
            items.add(value(unions.alternative(tag), row));
        }
        return items;
    }
}
