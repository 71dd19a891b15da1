package org.skep.types.text;

import java.time.ZoneId;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;
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
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/**
 * Prints values as Hive's command line does: characters and binary raw, CHAR padded, decimals
 * padded to their scale, nested values as Hive's JSON (where strings and points in time are quoted,
 * decimals lose the zeros at their end, and NULL is {@code null}). Stateless.
 */
public final class ValueText {
    private ValueText() {}

    /**
     * Prints the value at a position of a vector of any encoding, {@code NULL} for NULL.
     *
     * @param zone of TIMESTAMP WITH LOCAL TIME ZONE
     */
    public static void append(ColumnVector vector, int row, ByteSink out, ZoneId zone) {
        if (vector.isNull(row)) {
            out.appendAscii("NULL");
        } else if (vector instanceof ConstantVector constant) {
            appendFlat(constant.value(), 0, out, zone, false);
        } else if (vector instanceof DictionaryVector dictionary) {
            appendFlat(dictionary.values(), dictionary.ids()[row], out, zone, false);
        } else {
            appendFlat(vector, row, out, zone, false);
        }
    }

    /**
     * A formatter for loops over one column, which prints like {@link #append}; NULLs and encodings
     * are the caller's.
     *
     * @param zone of TIMESTAMP WITH LOCAL TIME ZONE
     */
    public static ValueFormatter formatter(DataType type, ZoneId zone) {
        return switch (type.kind()) {
            case VOID -> (vector, row, out) -> out.appendAscii("NULL");
            case BOOLEAN ->
                    (vector, row, out) ->
                            BooleanText.append(((BooleanVector) vector).values()[row], out);
            case TINYINT, SMALLINT, INT, BIGINT ->
                    (vector, row, out) ->
                            IntegerText.append(((LongVector) vector).values()[row], out);
            case FLOAT ->
                    (vector, row, out) ->
                            DoubleText.append((float) ((DoubleVector) vector).values()[row], out);
            case DOUBLE ->
                    (vector, row, out) ->
                            DoubleText.append(((DoubleVector) vector).values()[row], out);
            case STRING, VARCHAR, BINARY -> ValueText::appendRaw;
            case DATE ->
                    (vector, row, out) -> DateText.append(((LongVector) vector).values()[row], out);
            case TIMESTAMP ->
                    (vector, row, out) -> {
                        LongVector times = (LongVector) vector;
                        TimestampText.append(times.values()[row], times.nanosAt(row), out);
                    };
            case DECIMAL,
                    CHAR,
                    TIMESTAMP_LOCAL_TZ,
                    INTERVAL_YEAR_MONTH,
                    INTERVAL_DAY_TIME,
                    ARRAY,
                    MAP,
                    STRUCT,
                    UNION ->
                    (vector, row, out) -> appendFlat(vector, row, out, zone, false);
        };
    }

    /**
     * Prints a value as it appears inside Hive's JSON, {@code null} for NULL.
     *
     * @param vector flat
     */
    public static void appendJson(ColumnVector vector, int row, ByteSink out, ZoneId zone) {
        if (vector.isNull(row)) {
            out.appendAscii("null");
        } else {
            appendFlat(vector, row, out, zone, true);
        }
    }

    private static void appendFlat(
            ColumnVector vector, int row, ByteSink out, ZoneId zone, boolean json) {
        if (vector instanceof LongVector longs) {
            appendLong(longs, row, out, zone, json);
        } else if (vector instanceof BytesVector bytes) {
            appendBytes(bytes, row, out, json);
        } else if (vector instanceof DoubleVector doubles) {
            double value = doubles.values()[row];
            if (doubles.type().kind() == TypeKind.FLOAT) {
                DoubleText.append((float) value, out);
            } else {
                DoubleText.append(value, out);
            }
        } else if (vector instanceof DecimalVector decimals) {
            long high = decimals.highAt(row);
            long low = decimals.low()[row];
            if (json) {
                DecimalText.appendTrimmed(high, low, decimals.scale(), out);
            } else {
                DecimalText.append(high, low, decimals.scale(), out);
            }
        } else if (vector instanceof BooleanVector booleans) {
            BooleanText.append(booleans.values()[row], out);
        } else {
            appendNested(vector, row, out, zone);
        }
    }

    private static void appendLong(
            LongVector vector, int row, ByteSink out, ZoneId zone, boolean json) {
        long value = vector.values()[row];
        TypeKind kind = vector.type().kind();
        if (kind.isInteger()) {
            IntegerText.append(value, out);
            return;
        }
        if (kind == TypeKind.INTERVAL_YEAR_MONTH) {
            IntervalText.appendYearMonth(value, out);
            return;
        }
        if (kind == TypeKind.INTERVAL_DAY_TIME) {
            IntervalText.appendDayTime(value, vector.nanosAt(row), out);
            return;
        }
        if (json) {
            out.append('"');
        }
        if (kind == TypeKind.DATE) {
            DateText.append(value, out);
        } else if (kind == TypeKind.TIMESTAMP) {
            TimestampText.append(value, vector.nanosAt(row), out);
        } else {
            TimestampText.appendLocal(value, vector.nanosAt(row), zone, out);
        }
        if (json) {
            out.append('"');
        }
    }

    private static void appendRaw(ColumnVector vector, int row, ByteSink out) {
        BytesVector bytes = (BytesVector) vector;
        out.append(bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
    }

    private static void appendBytes(BytesVector vector, int row, ByteSink out, boolean json) {
        TypeKind kind = vector.type().kind();
        if (!json || kind == TypeKind.BINARY) {
            appendRaw(vector, row, out);
        } else {
            out.append('"');
            JsonText.appendEscaped(vector.data(), vector.starts()[row], vector.lengths()[row], out);
        }
        if (kind == TypeKind.CHAR) {
            int characters =
                    countCharacters(vector.data(), vector.starts()[row], vector.lengths()[row]);
            int wanted = ((CharType) vector.type()).length();
            out.appendRepeated(' ', Math.max(0, wanted - characters));
        }
        if (json && kind != TypeKind.BINARY) {
            out.append('"');
        }
    }

    /** How many Unicode characters a run of UTF-8 has. */
    public static int countCharacters(byte[] data, int offset, int length) {
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += (data[i] & 0xc0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    private static void appendNested(ColumnVector vector, int row, ByteSink out, ZoneId zone) {
        if (vector instanceof ListVector lists) {
            appendList(lists, row, out, zone);
        } else if (vector instanceof MapVector maps) {
            appendMap(maps, row, out, zone);
        } else if (vector instanceof StructVector structs) {
            appendStruct(structs, row, out, zone);
        } else if (vector instanceof UnionVector unions) {
            int tag = unions.tags()[row];
            out.append('{');
            IntegerText.append(tag, out);
            out.append(':');
            appendJson(unions.alternative(tag), row, out, zone);
            out.append('}');
        } else {
            throw new IllegalArgumentException("Not a flat vector: " + vector.getClass());
        }
    }

    private static void appendList(ListVector lists, int row, ByteSink out, ZoneId zone) {
        int start = lists.starts()[row];
        int end = start + lists.lengths()[row];
        out.append('[');
        for (int i = start; i < end; i++) {
            if (i > start) {
                out.append(',');
            }
            appendJson(lists.elements(), i, out, zone);
        }
        out.append(']');
    }

    private static void appendMap(MapVector maps, int row, ByteSink out, ZoneId zone) {
        int start = maps.starts()[row];
        int end = start + maps.lengths()[row];
        out.append('{');
        for (int i = start; i < end; i++) {
            if (i > start) {
                out.append(',');
            }
            appendJson(maps.keys(), i, out, zone);
            out.append(':');
            appendJson(maps.values(), i, out, zone);
        }
        out.append('}');
    }

    private static void appendStruct(StructVector structs, int row, ByteSink out, ZoneId zone) {
        StructType type = (StructType) structs.type();
        out.append('{');
        for (int i = 0; i < structs.fieldCount(); i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append('"');
            out.appendUtf8(type.fields().get(i).name());
            out.appendAscii("\":");
            appendJson(structs.field(i), row, out, zone);
        }
        out.append('}');
    }
}
