package org.skep.columnar.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.format.Type;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;
import org.skep.types.VarcharType;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Casts what a file holds to the type that a table wants, as Hive's Parquet reader does: a value
 * that the wanted type cannot hold becomes NULL, and strings are cut. Confined to one thread.
 */
final class ValueConversion {
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter(java.util.Locale.ROOT);

    /** Casts the value at a row; answers whether the wanted type can hold it. */
    @FunctionalInterface
    private interface Cell {
        boolean cast(ColumnVector from, ColumnVector to, int row);
    }

    private final Cell cell;
    private final LongConsumer damage;

    private ValueConversion(Cell cell, LongConsumer damage) {
        this.cell = cell;
        this.damage = damage;
    }

    /**
     * The conversion of a leaf's values, or null if they can be decoded into vectors of {@code
     * wanted} as they are.
     *
     * @throws org.skep.base.error.SkepException NOT_SUPPORTED if there is none
     */
    static ValueConversion of(
            FileType type, DataType wanted, ReadContext context, ReadPlace place) {
        Cell cell = cell(type, wanted, context);
        if (cell == null) {
            if (ValueDecoder.direct(type, wanted)) {
                return null;
            }
            throw place.unsupported(
                    "the file has %s, the table wants %s"
                            .formatted(type.describe(), wanted.typeName()));
        }
        return new ValueConversion(cell, context.damage());
    }

    // The cast of one value, or null if there is none or none is needed.
    private static Cell cell(FileType type, DataType wanted, ReadContext context) {
        TypeKind from = type.natural().kind();
        TypeKind to = wanted.kind();
        if (type.physical() == Type.INT96 && to == TypeKind.TIMESTAMP) {
            return isUtc(context.stored()) ? null : toLocal(new ZoneShift(context.stored()));
        }
        if (type.unsigned() && type.physical() == Type.INT64 && to == TypeKind.BIGINT) {
            return toLong(0, Long.MAX_VALUE);
        }
        if (from == TypeKind.DATE && context.hybridDates()) {
            return fromDate(wanted, HybridCalendar::toProleptic);
        }
        if (ValueDecoder.direct(type, wanted)) {
            return null;
        }
        if (from.isInteger()) {
            return fromInteger(type, wanted);
        }
        return switch (from) {
            case FLOAT, DOUBLE -> fromDouble(wanted);
            case DECIMAL -> fromDecimal((DecimalType) type.natural(), wanted);
            case STRING, BINARY -> fromBytes(wanted);
            case DATE -> fromDate(wanted, day -> day);
            case TIMESTAMP -> fromTimestamp(type, wanted);
            case TIMESTAMP_LOCAL_TZ -> fromInstant(wanted, context);
            case BOOLEAN -> to == TypeKind.STRING ? ValueConversion::booleanToString : null;
            default -> null;
        };
    }

    private static Cell fromInstant(DataType wanted, ReadContext context) {
        if (wanted.kind() != TypeKind.TIMESTAMP) {
            return null;
        }
        return isUtc(context.session())
                ? ValueConversion::copyTime
                : toLocal(new ZoneShift(context.session()));
    }

    private static boolean isUtc(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    /** Casts the wanted rows of a flat vector into another. */
    void convert(ColumnVector from, ColumnVector to, Selection wanted) {
        boolean[] nulls = from.nulls();
        int[] positions = wanted.positions();
        int count = wanted.count();
        long lost = 0;
        for (int i = 0; i < count; i++) {
            int row = positions == null ? i : positions[i];
            if (nulls != null && nulls[row]) {
                to.setNull(row);
            } else if (!cell.cast(from, to, row)) {
                to.setNull(row);
                lost++;
            }
        }
        if (lost > 0) {
            damage.accept(lost);
        }
        if (to instanceof DecimalVector decimals && positions == null) {
            DecimalBounds.apply(decimals, count, null);
        }
    }

    private static Cell toLong(long least, long most) {
        return (from, to, row) -> {
            long value = ((LongVector) from).values()[row];
            ((LongVector) to).values()[row] = value;
            return value >= least && value <= most;
        };
    }

    private static Cell toLocal(ZoneShift shift) {
        return (from, to, row) -> {
            LongVector instants = (LongVector) from;
            ((LongVector) to)
                    .set(row, shift.toLocal(instants.values()[row]), instants.nanosAt(row));
            return true;
        };
    }

    private static boolean copyTime(ColumnVector from, ColumnVector to, int row) {
        LongVector times = (LongVector) from;
        ((LongVector) to).set(row, times.values()[row], times.nanosAt(row));
        return true;
    }

    private static boolean booleanToString(ColumnVector from, ColumnVector to, int row) {
        ((BytesVector) to).set(row, ((BooleanVector) from).values()[row] ? "true" : "false");
        return true;
    }

    private static long least(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> Byte.MIN_VALUE;
            case SMALLINT -> Short.MIN_VALUE;
            case INT -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }

    private static Cell fromInteger(FileType type, DataType wanted) {
        boolean unsigned = type.unsigned() && type.physical() == Type.INT64;
        TypeKind kind = wanted.kind();
        if (kind.isInteger()) {
            return toLong(unsigned ? 0 : least(kind), ~least(kind));
        }
        Cell cell =
                switch (kind) {
                    case FLOAT ->
                            (from, to, row) ->
                                    set(to, row, (float) ((LongVector) from).values()[row]);
                    case DOUBLE ->
                            (from, to, row) ->
                                    set(to, row, (double) ((LongVector) from).values()[row]);
                    case DECIMAL ->
                            (from, to, row) ->
                                    set(
                                            to,
                                            row,
                                            BigDecimal.valueOf(((LongVector) from).values()[row]));
                    case STRING, VARCHAR, CHAR -> {
                        Cell cut = cut(wanted);
                        yield (from, to, row) ->
                                setText(
                                        to,
                                        row,
                                        Long.toString(((LongVector) from).values()[row]),
                                        cut);
                    }
                    default -> null;
                };
        if (cell == null || !unsigned) {
            return cell;
        }
        Cell inner = cell;
        return (from, to, row) ->
                ((LongVector) from).values()[row] >= 0 && inner.cast(from, to, row);
    }

    private static boolean set(ColumnVector to, int row, double value) {
        ((DoubleVector) to).values()[row] = value;
        return true;
    }

    private static boolean set(ColumnVector to, int row, BigDecimal value) {
        DecimalVector out = (DecimalVector) to;
        DecimalType type = (DecimalType) out.type();
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision() && scaled.signum() != 0) {
            return false;
        }
        out.set(row, scaled);
        return true;
    }

    private static boolean setText(ColumnVector to, int row, String text, Cell cut) {
        ((BytesVector) to).set(row, text.getBytes(StandardCharsets.UTF_8));
        return cut == null || cut.cast(to, to, row);
    }

    private static Cell fromDouble(DataType wanted) {
        TypeKind kind = wanted.kind();
        if (kind.isInteger()) {
            double least = least(kind);
            double most = ~least(kind);
            return (from, to, row) -> {
                double value = ((DoubleVector) from).values()[row];
                ((LongVector) to).values()[row] = (long) value;
                return value >= least && value <= most && value % 1 == 0;
            };
        }
        return switch (kind) {
            case FLOAT ->
                    (from, to, row) -> {
                        double value = ((DoubleVector) from).values()[row];
                        float narrow = (float) value;
                        set(to, row, narrow);
                        return !Float.isInfinite(narrow) || Double.isInfinite(value);
                    };
            case DOUBLE -> (from, to, row) -> set(to, row, ((DoubleVector) from).values()[row]);
            case DECIMAL ->
                    (from, to, row) -> {
                        double value = ((DoubleVector) from).values()[row];
                        boolean single = from.type().kind() == TypeKind.FLOAT;
                        return Double.isFinite(value)
                                && set(
                                        to,
                                        row,
                                        new BigDecimal(
                                                single
                                                        ? Float.toString((float) value)
                                                        : Double.toString(value)));
                    };
            case STRING, VARCHAR, CHAR -> {
                Cell cut = cut(wanted);
                yield (from, to, row) -> {
                    double value = ((DoubleVector) from).values()[row];
                    boolean single = from.type().kind() == TypeKind.FLOAT;
                    return setText(
                            to,
                            row,
                            single ? Float.toString((float) value) : Double.toString(value),
                            cut);
                };
            }
            default -> null;
        };
    }

    private static Cell fromDecimal(DecimalType type, DataType wanted) {
        TypeKind kind = wanted.kind();
        if (kind == TypeKind.DECIMAL) {
            return rescale(type, (DecimalType) wanted);
        }
        if (kind.isInteger()) {
            long least = least(kind);
            return (from, to, row) -> {
                BigDecimal value = ((DecimalVector) from).decimalAt(row);
                if (value.stripTrailingZeros().scale() > 0) {
                    return false;
                }
                BigInteger whole = value.toBigInteger();
                long narrow = whole.longValue();
                ((LongVector) to).values()[row] = narrow;
                return whole.bitLength() < 64 && narrow >= least && narrow <= ~least;
            };
        }
        return switch (kind) {
            case FLOAT ->
                    (from, to, row) ->
                            set(to, row, ((DecimalVector) from).decimalAt(row).floatValue());
            case DOUBLE ->
                    (from, to, row) ->
                            set(to, row, ((DecimalVector) from).decimalAt(row).doubleValue());
            case STRING, VARCHAR, CHAR -> {
                Cell cut = cut(wanted);
                yield (from, to, row) ->
                        setText(
                                to,
                                row,
                                ((DecimalVector) from).decimalAt(row).toPlainString(),
                                cut);
            }
            default -> null;
        };
    }

    private static Cell rescale(DecimalType type, DecimalType wanted) {
        int up = wanted.scale() - type.scale();
        boolean fits =
                up >= 0 && up <= 18 && type.precision() + up <= DecimalType.MAX_LONG_PRECISION;
        if (!fits) {
            return (from, to, row) -> set(to, row, ((DecimalVector) from).decimalAt(row));
        }
        long factor = DecimalBounds.power(up);
        long most =
                wanted.fitsLong() ? DecimalBounds.power(wanted.precision()) - 1 : Long.MAX_VALUE;
        return (from, to, row) -> {
            DecimalVector values = (DecimalVector) from;
            long value = values.low()[row] * factor;
            ((DecimalVector) to).set(row, value);
            return Math.abs(value) <= most;
        };
    }

    private static Cell fromBytes(DataType wanted) {
        Cell cut = cut(wanted);
        if (cut != null) {
            return cut;
        }
        return switch (wanted.kind()) {
            case STRING, BINARY -> ValueConversion::copyBytes;
            default -> null;
        };
    }

    private static boolean copyBytes(ColumnVector from, ColumnVector to, int row) {
        BytesVector source = (BytesVector) from;
        ((BytesVector) to).set(row, source.data(), source.starts()[row], source.lengths()[row]);
        return true;
    }

    // Cuts to the length of a VARCHAR or CHAR; for another type there is nothing to cut.
    private static Cell cut(DataType wanted) {
        if (wanted instanceof VarcharType varchar) {
            int most = varchar.length();
            return (from, to, row) -> cut((BytesVector) from, (BytesVector) to, row, most, false);
        }
        if (wanted instanceof CharType fixed) {
            int most = fixed.length();
            return (from, to, row) -> cut((BytesVector) from, (BytesVector) to, row, most, true);
        }
        return null;
    }

    private static boolean cut(
            BytesVector from, BytesVector to, int row, int characters, boolean strip) {
        byte[] data = from.data();
        int start = from.starts()[row];
        int length = from.lengths()[row];
        if (length > characters) {
            int seen = 0;
            for (int i = 0; i < length; i++) {
                // all but the continuation bytes of UTF-8 begin a character
                if ((data[start + i] & 0xc0) != 0x80 && ++seen > characters) {
                    length = i;
                }
            }
        }
        while (strip && length > 0 && data[start + length - 1] == ' ') {
            length--;
        }
        if (from == to) {
            to.setRun(row, start, length);
        } else {
            to.set(row, data, start, length);
        }
        return true;
    }

    private static Cell fromDate(DataType wanted, LongUnaryOperator calendar) {
        return switch (wanted.kind()) {
            case DATE ->
                    (from, to, row) -> {
                        ((LongVector) to).values()[row] = day(from, row, calendar);
                        return true;
                    };
            case TIMESTAMP ->
                    (from, to, row) -> {
                        ((LongVector) to).set(row, day(from, row, calendar) * MICROS_A_DAY, 0);
                        return true;
                    };
            case STRING, VARCHAR, CHAR -> {
                Cell cut = cut(wanted);
                yield (from, to, row) ->
                        setText(
                                to,
                                row,
                                LocalDate.ofEpochDay(day(from, row, calendar)).toString(),
                                cut);
            }
            default -> null;
        };
    }

    private static long day(ColumnVector from, int row, LongUnaryOperator calendar) {
        return calendar.applyAsLong(((LongVector) from).values()[row]);
    }

    private static Cell fromTimestamp(FileType type, DataType wanted) {
        return switch (wanted.kind()) {
            case TIMESTAMP_LOCAL_TZ ->
                    type.physical() == Type.INT96 ? ValueConversion::copyTime : null;
            case DATE ->
                    (from, to, row) -> {
                        ((LongVector) to).values()[row] =
                                Math.floorDiv(((LongVector) from).values()[row], MICROS_A_DAY);
                        return true;
                    };
            case STRING, VARCHAR, CHAR -> {
                Cell cut = cut(wanted);
                yield (from, to, row) -> setText(to, row, text((LongVector) from, row), cut);
            }
            default -> null;
        };
    }

    private static String text(LongVector times, int row) {
        long value = times.values()[row];
        long nanos = Math.floorMod(value, 1_000_000L) * 1_000 + times.nanosAt(row);
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(value, 1_000_000L), (int) nanos, ZoneOffset.UTC);
        return TIMESTAMP.format(time);
    }
}
