package org.skep.columnar.text;

import java.time.ZoneId;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.VarcharType;
import org.skep.types.text.BooleanText;
import org.skep.types.text.DateText;
import org.skep.types.text.DecimalText;
import org.skep.types.text.DoubleText;
import org.skep.types.text.IntegerText;
import org.skep.types.text.IntervalText;
import org.skep.types.text.Parsed;
import org.skep.types.text.TimestampText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/** Decoders of fields without structure. Confined to one thread. */
final class ScalarDecoders {
    private final Parsed parsed = new Parsed();
    private final TextOptions options;
    private final TimestampFormats timestampFormats;
    private final ZoneId zone;

    ScalarDecoders(TextOptions options, ZoneId zone) {
        this.options = options;
        this.zone = zone;
        timestampFormats =
                options.timestampFormats().isEmpty()
                        ? null
                        : new TimestampFormats(options.timestampFormats());
    }

    /** The decoder of a type that is not nested. */
    FieldDecoder of(DataType type) {
        return switch (type.kind()) {
            case VOID -> (data, start, length, out, row) -> false;
            case BOOLEAN -> this::decodeBoolean;
            case TINYINT, SMALLINT, INT, BIGINT -> integer(IntegerText.greatest(type.kind()));
            case FLOAT -> this::decodeFloat;
            case DOUBLE -> this::decodeDouble;
            case DECIMAL -> decimal((DecimalType) type);
            case STRING, VARCHAR, CHAR -> characters(type);
            case BINARY -> ScalarDecoders::decodeBinary;
            case DATE -> this::decodeDate;
            case TIMESTAMP -> this::decodeTimestamp;
            case TIMESTAMP_LOCAL_TZ ->
                    (data, start, length, out, row) ->
                            TimestampText.parseLocal(data, start, length, zone, parsed)
                                    && setTime(out, row);
            case INTERVAL_YEAR_MONTH ->
                    (data, start, length, out, row) -> {
                        boolean good = IntervalText.parseYearMonth(data, start, length, parsed);
                        ((LongVector) out).values()[row] = parsed.value();
                        return good;
                    };
            case INTERVAL_DAY_TIME ->
                    (data, start, length, out, row) ->
                            IntervalText.parseDayTime(data, start, length, parsed)
                                    && setTime(out, row);
            case ARRAY, MAP, STRUCT, UNION ->
                    throw new IllegalArgumentException("Not a scalar type: " + type);
        };
    }

    private boolean setTime(ColumnVector out, int row) {
        ((LongVector) out).set(row, parsed.value(), parsed.nanos());
        return true;
    }

    private boolean decodeBoolean(byte[] data, int start, int length, ColumnVector out, int row) {
        boolean good =
                options.extendedBooleans()
                        ? BooleanText.parseExtended(data, start, length, parsed)
                        : BooleanText.parseStored(data, start, length, parsed);
        ((BooleanVector) out).values()[row] = parsed.value() == 1;
        return good;
    }

    private FieldDecoder integer(long greatest) {
        return (data, start, length, out, row) -> {
            boolean good = IntegerText.parseStored(data, start, length, greatest, parsed);
            ((LongVector) out).values()[row] = parsed.value();
            return good;
        };
    }

    private boolean decodeFloat(byte[] data, int start, int length, ColumnVector out, int row) {
        boolean good = DoubleText.parseFloat(data, start, length, parsed);
        ((DoubleVector) out).values()[row] = parsed.number();
        return good;
    }

    private boolean decodeDouble(byte[] data, int start, int length, ColumnVector out, int row) {
        boolean good = DoubleText.parse(data, start, length, parsed);
        ((DoubleVector) out).values()[row] = parsed.number();
        return good;
    }

    private FieldDecoder decimal(DecimalType type) {
        int precision = type.precision();
        int scale = type.scale();
        return (data, start, length, out, row) -> {
            if (!DecimalText.parse(data, start, length, precision, scale, parsed)) {
                return false;
            }
            ((DecimalVector) out).set(row, parsed.high(), parsed.value());
            return true;
        };
    }

    private boolean decodeDate(byte[] data, int start, int length, ColumnVector out, int row) {
        boolean good = DateText.parse(data, start, length, parsed);
        ((LongVector) out).values()[row] = parsed.value();
        return good;
    }

    private boolean decodeTimestamp(byte[] data, int start, int length, ColumnVector out, int row) {
        boolean good =
                (timestampFormats != null && timestampFormats.parse(data, start, length, out, row))
                        || (TimestampText.parseStored(data, start, length, parsed)
                                && setTime(out, row));
        return good;
    }

    private FieldDecoder characters(DataType type) {
        int most = mostCharacters(type);
        boolean trims = type instanceof CharType;
        return (data, start, length, out, row) -> {
            BytesVector strings = (BytesVector) out;
            int at = strings.reserve(length);
            int count = unescape(data, start, length, strings.data(), at);
            if (most < count) {
                count = fit(strings.data(), at, count, most);
            }
            if (trims) {
                count = trimmed(strings.data(), at, count);
            }
            strings.setRun(row, at, count);
            return true;
        };
    }

    /** How many characters a value may have. */
    static int mostCharacters(DataType type) {
        if (type instanceof VarcharType varchar) {
            return varchar.length();
        }
        return type instanceof CharType character ? character.length() : Integer.MAX_VALUE;
    }

    /**
     * Copies bytes without the escapes; source and target may be the same array, the target not
     * behind the source.
     *
     * @return how many there are then
     */
    int unescape(byte[] data, int start, int length, byte[] target, int at) {
        if (!options.escapes()) {
            System.arraycopy(data, start, target, at, length);
            return length;
        }
        byte escape = options.escape();
        int end = start + length;
        int to = at;
        for (int i = start; i < end; i++) {
            byte b = data[i];
            if (b == escape && i + 1 < end) {
                b = data[++i];
                if (b == 'n') {
                    b = '\n';
                } else if (b == 'r') {
                    b = '\r';
                }
            }
            target[to++] = b;
        }
        return to - at;
    }

    /** How many bytes the first {@code most} characters have. */
    static int fit(byte[] data, int start, int length, int most) {
        int characters = 0;
        for (int i = start; i < start + length; i++) {
            if ((data[i] & 0xc0) != 0x80 && ++characters > most) {
                return i - start;
            }
        }
        return length;
    }

    /** How many bytes are left without the blanks at the end. */
    static int trimmed(byte[] data, int start, int length) {
        int end = start + length;
        while (end > start && data[end - 1] == ' ') {
            end--;
        }
        return end - start;
    }

    private static boolean decodeBinary(
            byte[] data, int start, int length, ColumnVector out, int row) {
        BytesVector bytes = (BytesVector) out;
        int at = bytes.reserve(length);
        int count = Base64Field.decode(data, start, length, bytes.data(), at);
        if (count <= 0) {
            System.arraycopy(data, start, bytes.data(), at, length);
            count = length;
        }
        bytes.setRun(row, at, count);
        return true;
    }
}
