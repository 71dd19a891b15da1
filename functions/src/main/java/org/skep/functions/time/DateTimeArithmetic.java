package org.skep.functions.time;

import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.CivilDate;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * What {@code +} and {@code -} mean for dates, timestamps and intervals. Months are added by the
 * calendar and clamp to the end of the month; days and times are added exactly. Stateless.
 */
public final class DateTimeArithmetic {
    private DateTimeArithmetic() {}

    /** Whether an operand of this kind makes the operation one on dates and times. */
    public static boolean takes(TypeKind kind) {
        return kind == TypeKind.DATE
                || kind == TypeKind.TIMESTAMP
                || kind == TypeKind.INTERVAL_YEAR_MONTH
                || kind == TypeKind.INTERVAL_DAY_TIME;
    }

    /** Types a sum of which an operand {@link #takes}. */
    public static Binding bindPlus(List<Argument> arguments) {
        DataType left = type(arguments, 0);
        DataType right = type(arguments, 1);
        if (isInterval(left.kind()) && !isInterval(right.kind())) {
            Binding turned = bind(right, left, true);
            if (turned != null) {
                List<DataType> types = turned.argumentTypes();
                return new Binding(List.of(types.get(1), types.get(0)), turned.returnType());
            }
        }
        Binding binding = bind(left, right, true);
        if (binding == null) {
            throw noMatch("+", left, right);
        }
        return binding;
    }

    /** Types a difference of which an operand {@link #takes}. */
    public static Binding bindMinus(List<Argument> arguments) {
        DataType left = type(arguments, 0);
        DataType right = type(arguments, 1);
        Binding binding = bind(left, right, false);
        if (binding == null) {
            throw noMatch("-", left, right);
        }
        return binding;
    }

    private static DataType type(List<Argument> arguments, int index) {
        return arguments.get(index).type();
    }

    private static Binding bind(DataType left, DataType right, boolean plus) {
        TypeKind a = left.kind();
        TypeKind b = right.kind();
        boolean point = a == TypeKind.DATE || a == TypeKind.TIMESTAMP;
        if (b == TypeKind.INTERVAL_YEAR_MONTH && (point || a == b)) {
            return new Binding(List.of(left, right), left);
        }
        if (b == TypeKind.INTERVAL_DAY_TIME && a == b) {
            return new Binding(List.of(left, right), left);
        }
        if (b == TypeKind.INTERVAL_DAY_TIME && point) {
            return new Binding(List.of(DataType.TIMESTAMP, right), DataType.TIMESTAMP);
        }
        if (a == TypeKind.DATE
                && (b == TypeKind.INT || b == TypeKind.SMALLINT || b == TypeKind.TINYINT)) {
            return new Binding(List.of(left, DataType.INT), left);
        }
        if (!plus && point && (b == TypeKind.DATE || b == TypeKind.TIMESTAMP)) {
            return new Binding(
                    List.of(DataType.TIMESTAMP, DataType.TIMESTAMP), DataType.INTERVAL_DAY_TIME);
        }
        return null;
    }

    private static boolean isInterval(TypeKind kind) {
        return kind == TypeKind.INTERVAL_YEAR_MONTH || kind == TypeKind.INTERVAL_DAY_TIME;
    }

    private static SkepException noMatch(String operator, DataType left, DataType right) {
        return new SkepException(
                ErrorCode.WRONG_ARGUMENTS,
                "Cannot apply %s to types: %s, %s"
                        .formatted(operator, left.typeName(), right.typeName()));
    }

    /** The kernel of a bound sum. */
    public static ScalarKernel plusKernel(List<DataType> types, DataType returned) {
        boolean turned = isInterval(types.get(0).kind()) && !isInterval(types.get(1).kind());
        return kernel(types.get(turned ? 1 : 0), types.get(turned ? 0 : 1), turned, 1);
    }

    /** The kernel of a bound difference. */
    public static ScalarKernel minusKernel(List<DataType> types, DataType returned) {
        return kernel(types.get(0), types.get(1), false, -1);
    }

    private static ScalarKernel kernel(DataType left, DataType right, boolean turned, int sign) {
        int first = turned ? 1 : 0;
        if (right.kind() == TypeKind.INTERVAL_YEAR_MONTH) {
            if (left.kind() == TypeKind.DATE) {
                return (arguments, selection, out, context) ->
                        addMonthsToDates(
                                arguments[first], arguments[1 - first], sign, selection, out);
            }
            if (left.kind() == TypeKind.TIMESTAMP) {
                return (arguments, selection, out, context) ->
                        addMonthsToTimestamps(
                                arguments[first], arguments[1 - first], sign, selection, out);
            }
        }
        return (arguments, selection, out, context) ->
                addTimes(arguments[first], arguments[1 - first], sign, selection, out);
    }

    private static void addMonthsToDates(
            ColumnVector dates,
            ColumnVector intervals,
            int sign,
            Selection selection,
            ColumnVector out) {
        long[] days = Flat.longs(dates).values();
        int mask = Flat.mask(dates);
        long[] months = Flat.longs(intervals).values();
        int monthMask = Flat.mask(intervals);
        long[] results = ((LongVector) out).values();
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            results[i] = CivilDate.plusMonths(days[i & mask], sign * months[i & monthMask]);
        }
    }

    private static void addMonthsToTimestamps(
            ColumnVector times,
            ColumnVector intervals,
            int sign,
            Selection selection,
            ColumnVector out) {
        LongVector points = Flat.longs(times);
        int mask = Flat.mask(times);
        long[] months = Flat.longs(intervals).values();
        int monthMask = Flat.mask(intervals);
        LongVector results = (LongVector) out;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            long micros = points.values()[i & mask];
            results.set(
                    i, plusMonths(micros, sign * months[i & monthMask]), points.nanosAt(i & mask));
        }
    }

    /** The local time {@code months} later, on the last day of the month if need be. */
    static long plusMonths(long micros, long months) {
        long days = CivilDate.plusMonths(CivilDate.daysOfMicros(micros), months);
        return days * CivilDate.MICROS_PER_DAY + CivilDate.microsOfDay(micros);
    }

    /** Adds or subtracts longs, with their nanoseconds if they have any. */
    private static void addTimes(
            ColumnVector left,
            ColumnVector right,
            int sign,
            Selection selection,
            ColumnVector out) {
        LongVector a = Flat.longs(left);
        LongVector b = Flat.longs(right);
        int maskA = Flat.mask(left);
        int maskB = Flat.mask(right);
        LongVector results = (LongVector) out;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            long value = a.values()[i & maskA] + sign * b.values()[i & maskB];
            int nanos = a.nanosAt(i & maskA) + sign * b.nanosAt(i & maskB);
            if (nanos < 0) {
                value--;
                nanos += 1000;
            } else if (nanos > 999) {
                value++;
                nanos -= 1000;
            }
            results.set(i, value, nanos);
        }
    }

    /** Kernel of the unary minus on intervals of days. */
    public static void negate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        LongVector values = Flat.longs(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        LongVector results = (LongVector) out;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int nanos = values.nanosAt(i & mask);
            long value = -values.values()[i & mask];
            results.set(i, nanos == 0 ? value : value - 1, nanos == 0 ? 0 : 1000 - nanos);
        }
    }
}
