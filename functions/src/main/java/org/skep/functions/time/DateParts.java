package org.skep.functions.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.CivilDate;
import org.skep.types.text.Parsed;
import org.skep.types.text.TimestampText;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Functions that take years, days, hours and so on out of dates, times and intervals. */
final class DateParts {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private DateParts() {}

    static List<ScalarFunction> all() {
        List<ScalarFunction> all = new ArrayList<>();
        all.add(
                part(
                        "year",
                        "year('2020-05-17')",
                        "2020",
                        d -> CivilDate.year(at(d)),
                        m -> m / 12));
        all.add(
                part(
                        "quarter",
                        "quarter('2020-05-17')",
                        "2",
                        d -> (CivilDate.month(at(d)) + 2) / 3,
                        null));
        all.add(
                part(
                        "month",
                        "month('2020-05-17')",
                        "5",
                        d -> CivilDate.month(at(d)),
                        m -> m % 12));
        all.add(part("weekofyear", "weekofyear('2020-01-01')", "1", CivilDate::isoWeek, null));
        all.add(
                part(
                        "dayofweek",
                        "dayofweek('2020-05-17')",
                        "1",
                        d -> CivilDate.isoDayOfWeek(d) % 7 + 1,
                        null));
        all.add(day());
        all.add(clock("hour", "hour('10:11:12')", "10", s -> s / 3600));
        all.add(clock("minute", "minute('2020-05-17 10:11:12')", "11", s -> s / 60 % 60));
        all.add(clock("second", "second('10:11:12')", "12", s -> s % 60));
        return all;
    }

    private static long at(long days) {
        return CivilDate.fromDays(days);
    }

    private static ScalarFunction part(
            String name,
            String call,
            String result,
            LongUnaryOperator ofDate,
            LongUnaryOperator ofMonths) {
        return ScalarFunction.named(name)
                .boundBy(
                        arguments ->
                                bind(
                                        name,
                                        arguments,
                                        ofMonths == null ? null : TypeKind.INTERVAL_YEAR_MONTH))
                .nullInNullOut()
                .describedAs(name + "(param) - Returns the " + name + " of a date or interval")
                .example(call, result)
                .implementedBy(
                        (types, returned) ->
                                kernel(
                                        types.get(0).kind() == TypeKind.INTERVAL_YEAR_MONTH
                                                ? ofMonths
                                                : ofDate));
    }

    private static ScalarFunction day() {
        return ScalarFunction.named("day")
                .alsoNamed("dayofmonth")
                .boundBy(arguments -> bind("day", arguments, TypeKind.INTERVAL_DAY_TIME))
                .nullInNullOut()
                .describedAs("day(param) - Returns the day of the month of a date or interval")
                .example("day('2020-05-17')", "17")
                .implementedBy(
                        (types, returned) ->
                                kernel(
                                        types.get(0).kind() == TypeKind.INTERVAL_DAY_TIME
                                                ? m -> m / CivilDate.MICROS_PER_DAY
                                                : d -> CivilDate.day(at(d))));
    }

    private static Binding bind(String name, List<Argument> arguments, TypeKind interval) {
        TimeArguments.requireCount(name, arguments, 1, 1);
        DataType type = arguments.get(0).type();
        if (interval != null && type.kind() == interval) {
            return new Binding(List.of(type), DataType.INT);
        }
        TimeArguments.requireTime(name, arguments, 0);
        return new Binding(List.of(DataType.DATE), DataType.INT);
    }

    private static ScalarKernel kernel(LongUnaryOperator operator) {
        return (arguments, selection, out, context) -> {
            long[] values = Flat.longs(arguments[0]).values();
            int mask = Flat.mask(arguments[0]);
            long[] results = ((LongVector) out).values();
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                results[i] = operator.applyAsLong(values[i & mask]);
            }
        };
    }

    private static ScalarFunction clock(
            String name, String call, String result, LongUnaryOperator ofSecondOfDay) {
        return ScalarFunction.named(name)
                .boundBy(arguments -> bindClock(name, arguments))
                .nullInNullOut()
                .describedAs(name + "(param) - Returns the " + name + " of a time or interval")
                .example(call, result)
                .implementedBy(
                        (types, returned) ->
                                types.get(0).kind().isCharacter()
                                        ? new ClockOfText(ofSecondOfDay)
                                        : clockKernel(types.get(0).kind(), ofSecondOfDay));
    }

    private static Binding bindClock(String name, List<Argument> arguments) {
        TimeArguments.requireCount(name, arguments, 1, 1);
        DataType type = arguments.get(0).type();
        if (type.kind() == TypeKind.INTERVAL_DAY_TIME) {
            return new Binding(List.of(type), DataType.INT);
        }
        TimeArguments.requireTime(name, arguments, 0);
        return new Binding(
                List.of(type.kind().isCharacter() ? DataType.STRING : DataType.TIMESTAMP),
                DataType.INT);
    }

    private static ScalarKernel clockKernel(TypeKind kind, LongUnaryOperator ofSecondOfDay) {
        boolean interval = kind == TypeKind.INTERVAL_DAY_TIME;
        return kernel(
                micros -> {
                    if (interval) {
                        long seconds = micros / MICROS_PER_SECOND % 86_400;
                        return ofSecondOfDay.applyAsLong(seconds);
                    }
                    return ofSecondOfDay.applyAsLong(
                            CivilDate.microsOfDay(micros) / MICROS_PER_SECOND);
                });
    }

    /** Takes a timestamp, or hours, minutes and seconds alone. Confined to one thread. */
    private static final class ClockOfText implements ScalarKernel {
        private final LongUnaryOperator ofSecondOfDay;
        private final Parsed parsed = new Parsed();

        ClockOfText(LongUnaryOperator ofSecondOfDay) {
            this.ofSecondOfDay = ofSecondOfDay;
        }

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            BytesVector texts = Flat.bytes(arguments[0]);
            int mask = Flat.mask(arguments[0]);
            long[] results = ((LongVector) out).values();
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                byte[] data = texts.data();
                int start = texts.starts()[i & mask];
                int length = texts.lengths()[i & mask];
                long second;
                if (TimestampText.parse(data, start, length, parsed)) {
                    second = CivilDate.microsOfDay(parsed.value()) / MICROS_PER_SECOND;
                } else {
                    second = secondOfDay(data, start, start + length);
                }
                if (second < 0) {
                    out.setNull(i);
                } else {
                    results[i] = ofSecondOfDay.applyAsLong(second);
                }
            }
        }

        private static long secondOfDay(byte[] data, int start, int end) {
            int[] fields = new int[3];
            int field = 0;
            int digits = 0;
            for (int at = start; at < end; at++) {
                byte c = data[at];
                if (c >= '0' && c <= '9' && digits < 2) {
                    fields[field] = fields[field] * 10 + c - '0';
                    digits++;
                } else if (c == ':' && digits > 0 && field < 2) {
                    field++;
                    digits = 0;
                } else if (c == '.' && field == 2 && digits > 0) {
                    break;
                } else {
                    return -1;
                }
            }
            boolean valid = field == 2 && fields[0] < 24 && fields[1] < 60 && fields[2] < 60;
            return valid ? fields[0] * 3600L + fields[1] * 60L + fields[2] : -1;
        }
    }
}
