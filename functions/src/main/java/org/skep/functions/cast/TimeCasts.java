package org.skep.functions.cast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import org.skep.functions.api.ScalarKernel;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.CivilDate;
import org.skep.types.text.DateText;
import org.skep.types.text.IntervalText;
import org.skep.types.text.Parsed;
import org.skep.types.text.TimestampText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/**
 * Casts to dates, timestamps and intervals. Numbers count from 1970 in no zone: integers
 * milliseconds, others seconds. Stateless.
 */
final class TimeCasts {
    private static final long MILLIS_LIMIT = Long.MAX_VALUE / 1000;
    private static final double SECONDS_LIMIT = Long.MAX_VALUE / 1e6;

    private TimeCasts() {}

    private interface ZonedCast {
        boolean convert(ColumnVector vector, int from, LongVector out, int to, ZoneId zone);
    }

    private static ScalarKernel zoned(ZonedCast cast) {
        return (arguments, selection, out, context) -> {
            ZoneId zone = context.zone();
            NumberCasts.convert(
                    (vector, i, target, row) ->
                            cast.convert(vector, i, (LongVector) target, row, zone),
                    arguments,
                    selection,
                    out,
                    context);
        };
    }

    static ScalarKernel kernel(DataType from, TypeKind to) {
        if (from.kind().isCharacter()) {
            return zoned(fromText(to));
        }
        if (to == TypeKind.DATE) {
            return zoned(toDate(from.kind()));
        }
        boolean local = to == TypeKind.TIMESTAMP;
        return zoned(
                switch (from.kind()) {
                    case DATE -> fromDate(local);
                    case TIMESTAMP ->
                            (vector, i, out, row, zone) -> {
                                LongVector times = (LongVector) vector;
                                long micros = TimestampText.toInstant(times.values()[i], zone);
                                out.set(row, micros, times.nanosAt(i));
                                return true;
                            };
                    case TIMESTAMP_LOCAL_TZ ->
                            (vector, i, out, row, zone) -> {
                                LongVector times = (LongVector) vector;
                                long micros = TimestampText.toLocal(times.values()[i], zone);
                                out.set(row, micros, times.nanosAt(i));
                                return true;
                            };
                    case BOOLEAN ->
                            (vector, i, out, row, zone) -> {
                                out.set(row, ((BooleanVector) vector).values()[i] ? 1000 : 0, 0);
                                return true;
                            };
                    case FLOAT, DOUBLE ->
                            (vector, i, out, row, zone) ->
                                    fromDouble(((DoubleVector) vector).values()[i], out, row);
                    case DECIMAL ->
                            (vector, i, out, row, zone) ->
                                    fromDecimal(((DecimalVector) vector).decimalAt(i), out, row);
                    default ->
                            (vector, i, out, row, zone) -> {
                                long millis = ((LongVector) vector).values()[i];
                                if (millis >= MILLIS_LIMIT || millis <= -MILLIS_LIMIT) {
                                    return false;
                                }
                                out.set(row, millis * 1000, 0);
                                return true;
                            };
                });
    }

    private static ZonedCast fromText(TypeKind to) {
        Parsed parsed = new Parsed();
        return switch (to) {
            case DATE ->
                    (vector, i, out, row, zone) -> {
                        BytesVector bytes = (BytesVector) vector;
                        boolean found =
                                DateText.parse(
                                        bytes.data(),
                                        bytes.starts()[i],
                                        bytes.lengths()[i],
                                        parsed);
                        out.values()[row] = parsed.value();
                        return found;
                    };
            case TIMESTAMP ->
                    (vector, i, out, row, zone) -> {
                        BytesVector bytes = (BytesVector) vector;
                        boolean found =
                                TimestampText.parse(
                                        bytes.data(),
                                        bytes.starts()[i],
                                        bytes.lengths()[i],
                                        parsed);
                        out.set(row, parsed.value(), found ? parsed.nanos() : 0);
                        return found;
                    };
            default ->
                    (vector, i, out, row, zone) -> {
                        BytesVector bytes = (BytesVector) vector;
                        boolean found =
                                TimestampText.parseLocal(
                                        bytes.data(),
                                        bytes.starts()[i],
                                        bytes.lengths()[i],
                                        zone,
                                        parsed);
                        out.set(row, parsed.value(), found ? parsed.nanos() : 0);
                        return found;
                    };
        };
    }

    private static ZonedCast toDate(TypeKind from) {
        boolean instants = from == TypeKind.TIMESTAMP_LOCAL_TZ;
        return (vector, i, out, row, zone) -> {
            long micros = ((LongVector) vector).values()[i];
            long local = instants ? TimestampText.toLocal(micros, zone) : micros;
            out.values()[row] = CivilDate.daysOfMicros(local);
            return true;
        };
    }

    private static ZonedCast fromDate(boolean local) {
        long limit = Long.MAX_VALUE / CivilDate.MICROS_PER_DAY - 2;
        return (vector, i, out, row, zone) -> {
            long days = ((LongVector) vector).values()[i];
            if (days > limit || days < -limit) {
                return false;
            }
            long micros = days * CivilDate.MICROS_PER_DAY;
            out.set(row, local ? micros : TimestampText.toInstant(micros, zone), 0);
            return true;
        };
    }

    private static boolean fromDouble(double value, LongVector out, int row) {
        if (!(Math.abs(value) < SECONDS_LIMIT)) {
            return false;
        }
        // The digits that the number prints with, not those of its binary fraction.
        return fromDecimal(new BigDecimal(Double.toString(value)), out, row);
    }

    // Numbers as timestamps are rare and switched off by default, so an object a row will do.
    private static boolean fromDecimal(BigDecimal value, LongVector out, int row) {
        if (value.abs().compareTo(BigDecimal.valueOf(SECONDS_LIMIT)) >= 0) {
            return false;
        }
        // Hive cuts off what is less than a nanosecond, also before 1970.
        BigDecimal micros = value.setScale(9, RoundingMode.DOWN).movePointRight(6);
        BigDecimal whole = micros.setScale(0, RoundingMode.FLOOR);
        int nanos = micros.subtract(whole).movePointRight(3).intValue();
        out.set(row, whole.longValue(), nanos);
        return true;
    }

    /** From texts to an interval. */
    static ScalarKernel interval(TypeKind to) {
        Parsed parsed = new Parsed();
        boolean months = to == TypeKind.INTERVAL_YEAR_MONTH;
        return NumberCasts.byRow(
                (vector, i, out, row) -> {
                    BytesVector bytes = (BytesVector) vector;
                    int start = bytes.starts()[i];
                    int length = bytes.lengths()[i];
                    boolean found =
                            months
                                    ? IntervalText.parseYearMonth(
                                            bytes.data(), start, length, parsed)
                                    : IntervalText.parseDayTime(
                                            bytes.data(), start, length, parsed);
                    int nanos = found && !months ? parsed.nanos() : 0;
                    ((LongVector) out).set(row, parsed.value(), nanos);
                    return found;
                });
    }
}
