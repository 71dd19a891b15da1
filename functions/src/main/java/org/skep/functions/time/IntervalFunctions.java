package org.skep.functions.time;

import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.cast.Casts;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Intervals from texts, and the windows of equal length in which times lie. Stateless. */
final class IntervalFunctions {
    private IntervalFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                fromText(
                        "interval_year_month",
                        DataType.INTERVAL_YEAR_MONTH,
                        "CASTS the argument to an interval of years and months",
                        "'1-2'"),
                fromText(
                        "interval_day_time",
                        DataType.INTERVAL_DAY_TIME,
                        "CASTS the argument to an interval of days and times",
                        "'1 02:03:04.000000005'"),
                ScalarFunction.named("tumbling_window")
                        .boundBy(IntervalFunctions::bindWindow)
                        .nullInNullOut()
                        .describedAs(
                                "tumbling_window(ts, interval, origin) - returns the time at which"
                                        + " the window of ts begins, where windows as long as"
                                        + " interval follow one another from origin or 1970 on")
                        .example(
                                "tumbling_window(cast('2020-03-01 06:03:00' as timestamp),"
                                        + " interval_day_time('0 00:05:00'))",
                                "cast('2020-03-01 06:00:00' as timestamp)")
                        .example(
                                "tumbling_window(cast('1969-12-31 23:59:59' as timestamp),"
                                        + " interval_day_time('0 01:00:00'),"
                                        + " cast('2020-01-01 00:30:00' as timestamp))",
                                "cast('1969-12-31 23:30:00' as timestamp)")
                        .evaluatedBy(IntervalFunctions::window));
    }

    private static ScalarFunction fromText(
            String name, DataType type, String description, String text) {
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            TimeArguments.requireCount(name, arguments, 1, 1);
                            DataType given = arguments.get(0).type();
                            if (given.kind() == type.kind()) {
                                return new Binding(List.of(type), type);
                            }
                            TimeArguments.requireText(name, arguments, 0);
                            DataType taken = given.kind() == TypeKind.VOID ? type : given;
                            return new Binding(List.of(taken), type);
                        })
                .nullInNullOut()
                .describedAs(name + "(expr) - " + description)
                .example("cast(" + name + "(" + text + ") as string)", text)
                .implementedBy((types, returned) -> Casts.kernel(types.get(0), returned));
    }

    private static Binding bindWindow(List<Argument> arguments) {
        TimeArguments.requireCount("tumbling_window", arguments, 2, 3);
        TimeArguments.requireTime("tumbling_window", arguments, 0);
        TypeKind length = arguments.get(1).type().kind();
        if (length != TypeKind.INTERVAL_DAY_TIME && length != TypeKind.VOID) {
            throw TimeArguments.wrong("tumbling_window", arguments, 1, "an interval of days");
        }
        if (arguments.size() == 2) {
            return new Binding(
                    List.of(DataType.TIMESTAMP, DataType.INTERVAL_DAY_TIME), DataType.TIMESTAMP);
        }
        TimeArguments.requireTime("tumbling_window", arguments, 2);
        return new Binding(
                List.of(DataType.TIMESTAMP, DataType.INTERVAL_DAY_TIME, DataType.TIMESTAMP),
                DataType.TIMESTAMP);
    }

    private static void window(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        long[] times = Flat.longs(arguments[0]).values();
        long[] lengths = Flat.longs(arguments[1]).values();
        int timeMask = Flat.mask(arguments[0]);
        int lengthMask = Flat.mask(arguments[1]);
        LongVector results = (LongVector) out;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            long length = lengths[i & lengthMask];
            if (length <= 0) {
                throw new SkepException(
                        ErrorCode.WRONG_ARGUMENTS,
                        "Interval of tumbling_window must be positive, at least a microsecond");
            }
            long origin =
                    arguments.length == 2
                            ? 0
                            : Flat.longs(arguments[2]).values()[i & Flat.mask(arguments[2])];
            long time = times[i & timeMask];
            long offset = Math.floorMod(time, length) - Math.floorMod(origin, length);
            results.set(i, time - (offset < 0 ? offset + length : offset), 0);
        }
    }
}
