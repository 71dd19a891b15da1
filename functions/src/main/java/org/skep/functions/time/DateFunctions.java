package org.skep.functions.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.functions.row.RowCopy;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.ByteSink;
import org.skep.types.text.CivilDate;
import org.skep.types.text.DateText;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Functions that calculate with days and months. */
final class DateFunctions {
    private static final double SECONDS_PER_31_DAYS = 31 * 86_400.0;

    private DateFunctions() {}

    static List<ScalarFunction> all() {
        List<ScalarFunction> all = new ArrayList<>();
        all.add(
                ScalarFunction.named("to_date")
                        .boundBy(
                                arguments -> {
                                    TimeArguments.requireCount("to_date", arguments, 1, 1);
                                    TimeArguments.requireTime("to_date", arguments, 0);
                                    return new Binding(List.of(DataType.DATE), DataType.DATE);
                                })
                        .nullInNullOut()
                        .describedAs("to_date(expr) - Extracts the date part of expr")
                        .example("to_date('2020-05-17 10:00:00')", "DATE '2020-05-17'")
                        .example("to_date('bad')", "NULL")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        RowCopy.copy(arguments[0], selection, out)));
        all.add(addDays("date_add", 1, "date_add('2020-01-31', 1)", "DATE '2020-02-01'"));
        all.add(addDays("date_sub", -1, "date_sub('2020-03-01', 1)", "DATE '2020-02-29'"));
        all.add(
                ScalarFunction.named("datediff")
                        .boundBy(
                                arguments -> {
                                    TimeArguments.requireCount("datediff", arguments, 2, 2);
                                    TimeArguments.requireTime("datediff", arguments, 0);
                                    TimeArguments.requireTime("datediff", arguments, 1);
                                    return new Binding(
                                            List.of(DataType.DATE, DataType.DATE), DataType.INT);
                                })
                        .nullInNullOut()
                        .describedAs(
                                "datediff(date1, date2) - Returns the number of days between date1"
                                        + " and date2")
                        .example("datediff('2020-03-01', '2020-02-01')", "29")
                        .evaluatedBy(
                                (arguments, selection, out, context) ->
                                        combineDays(arguments, -1, selection, out)));
        all.add(
                ScalarFunction.named("add_months")
                        .boundBy(DateFunctions::bindAddMonths)
                        .nullInNullOut()
                        .describedAs(
                                "add_months(start_date, num_months, output_date_format) - Returns"
                                        + " the date that is num_months after start_date.")
                        .example("add_months('2020-01-31', 1)", "'2020-02-29'")
                        .example("add_months('2020-02-29', 12)", "'2021-02-28'")
                        .example("add_months('2020-02-29', 1)", "'2020-03-31'")
                        .evaluatedByNew(AddMonths::new));
        all.add(
                ScalarFunction.named("months_between")
                        .boundBy(DateFunctions::bindMonthsBetween)
                        .nullInNullOut()
                        .describedAs(
                                "months_between(date1, date2, roundOff) - returns number of months"
                                        + " between dates date1 and date2")
                        .example("months_between('2020-03-31', '2020-02-29')", "1.0D")
                        .example(
                                "months_between('1997-02-28 10:30:00', '1996-10-30')",
                                "3.94959677D")
                        .evaluatedBy(DateFunctions::monthsBetween));
        all.add(
                ScalarFunction.named("last_day")
                        .boundBy(
                                arguments -> {
                                    TimeArguments.requireCount("last_day", arguments, 1, 1);
                                    TimeArguments.requireTime("last_day", arguments, 0);
                                    return new Binding(List.of(DataType.DATE), DataType.STRING);
                                })
                        .nullInNullOut()
                        .describedAs(
                                "last_day(date) - Returns the last day of the month which the date"
                                        + " belongs to.")
                        .example("last_day('2020-02-10')", "'2020-02-29'")
                        .implementedBy(
                                (types, returned) -> new DateToText(DateFunctions::lastDay)));
        all.add(
                ScalarFunction.named("next_day")
                        .boundBy(
                                arguments -> {
                                    TimeArguments.requireCount("next_day", arguments, 2, 2);
                                    TimeArguments.requireTime("next_day", arguments, 0);
                                    TimeArguments.requireText("next_day", arguments, 1);
                                    return new Binding(
                                            List.of(DataType.DATE, DataType.STRING),
                                            DataType.STRING);
                                })
                        .nullInNullOut()
                        .describedAs(
                                "next_day(start_date, day_of_week) - Returns the first date which"
                                        + " is later than start_date and named as indicated.")
                        .example("next_day('2020-02-10', 'MON')", "'2020-02-17'")
                        .example("next_day('2020-02-10', 'xyz')", "NULL")
                        .evaluatedBy(DateFunctions::nextDay));
        for (DateTruncation.Unit unit : DateTruncation.Unit.values()) {
            all.add(floor(unit));
        }
        return all;
    }

    private static ScalarFunction addDays(String name, int sign, String call, String result) {
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            TimeArguments.requireCount(name, arguments, 2, 2);
                            TimeArguments.requireTime(name, arguments, 0);
                            TimeArguments.requireInteger(name, arguments, 1);
                            if (arguments.get(1).type().kind() == TypeKind.BIGINT) {
                                throw TimeArguments.wrong(
                                        name, arguments, 1, "TINYINT, SMALLINT or INT");
                            }
                            return new Binding(List.of(DataType.DATE, DataType.INT), DataType.DATE);
                        })
                .nullInNullOut()
                .describedAs(
                        name
                                + "(start_date, num_days) - Returns the date that is num_days "
                                + (sign > 0 ? "after" : "before")
                                + " start_date.")
                .example(call, result)
                .evaluatedBy(
                        (arguments, selection, out, context) ->
                                combineDays(arguments, sign, selection, out));
    }

    private static void combineDays(
            ColumnVector[] arguments, int sign, Selection selection, ColumnVector out) {
        long[] a = Flat.longs(arguments[0]).values();
        long[] b = Flat.longs(arguments[1]).values();
        int maskA = Flat.mask(arguments[0]);
        int maskB = Flat.mask(arguments[1]);
        long[] results = ((LongVector) out).values();
        int[] p = selection.positions();
        for (int k = 0; k < selection.count(); k++) {
            int i = p == null ? k : p[k];
            results[i] = a[i & maskA] + sign * b[i & maskB];
        }
    }

    private static Binding bindAddMonths(List<Argument> arguments) {
        TimeArguments.requireCount("add_months", arguments, 2, 3);
        TimeArguments.requireTime("add_months", arguments, 0);
        TimeArguments.requireInteger("add_months", arguments, 1);
        List<DataType> types = new ArrayList<>();
        types.add(arguments.size() == 2 ? DataType.DATE : DataType.TIMESTAMP);
        types.add(DataType.INT);
        if (arguments.size() == 3) {
            TimeArguments.requireText("add_months", arguments, 2);
            types.add(DataType.STRING);
        }
        return new Binding(types, DataType.STRING);
    }

    /** The same day of another month; the last day of a month stays the last. */
    private static long addMonths(long days, long months) {
        long moved = CivilDate.plusMonths(days, months);
        return lastDay(days) == days ? lastDay(moved) : moved;
    }

    private static long lastDay(long days) {
        long packed = CivilDate.fromDays(days);
        int length = CivilDate.monthLength(CivilDate.year(packed), CivilDate.month(packed));
        return days - CivilDate.day(packed) + length;
    }

    /** Adds months, with the result as text. Confined to one thread. */
    private static final class AddMonths implements ScalarKernel {
        private final TextFormatter formatter = new TextFormatter();
        private final ByteSink sink = new ByteSink();

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            LongVector points = Flat.longs(arguments[0]);
            int mask = Flat.mask(arguments[0]);
            long[] months = Flat.longs(arguments[1]).values();
            int monthMask = Flat.mask(arguments[1]);
            BytesVector results = (BytesVector) out;
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                long value = points.values()[i & mask];
                if (arguments.length == 2) {
                    sink.reset();
                    DateText.append(addMonths(value, months[i & monthMask]), sink);
                    results.set(i, sink.data(), 0, sink.length());
                    continue;
                }
                long days = addMonths(CivilDate.daysOfMicros(value), months[i & monthMask]);
                String pattern = Flat.bytes(arguments[2]).stringAt(i & Flat.mask(arguments[2]));
                String text =
                        formatter.format(
                                days * CivilDate.MICROS_PER_DAY + CivilDate.microsOfDay(value),
                                points.nanosAt(i & mask),
                                pattern,
                                context.zone());
                if (text == null) {
                    out.setNull(i);
                } else {
                    results.set(i, text);
                }
            }
        }
    }

    private static Binding bindMonthsBetween(List<Argument> arguments) {
        TimeArguments.requireCount("months_between", arguments, 2, 3);
        TimeArguments.requireTime("months_between", arguments, 0);
        TimeArguments.requireTime("months_between", arguments, 1);
        List<DataType> types = new ArrayList<>(List.of(DataType.TIMESTAMP, DataType.TIMESTAMP));
        if (arguments.size() == 3) {
            if (arguments.get(2).type().kind() != TypeKind.BOOLEAN) {
                throw TimeArguments.wrong("months_between", arguments, 2, "a boolean");
            }
            types.add(DataType.BOOLEAN);
        }
        return new Binding(types, DataType.DOUBLE);
    }

    private static void monthsBetween(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        long[] a = Flat.longs(arguments[0]).values();
        long[] b = Flat.longs(arguments[1]).values();
        double[] results = ((DoubleVector) out).values();
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            double months =
                    monthsBetween(a[i & Flat.mask(arguments[0])], b[i & Flat.mask(arguments[1])]);
            boolean rounds =
                    arguments.length == 2
                            || Flat.booleans(arguments[2]).values()[i & Flat.mask(arguments[2])];
            results[i] =
                    rounds
                            ? java.math.BigDecimal.valueOf(months)
                                    .setScale(8, java.math.RoundingMode.HALF_UP)
                                    .doubleValue()
                            : months;
        }
    }

    private static double monthsBetween(long first, long second) {
        long firstDay = CivilDate.daysOfMicros(first);
        long secondDay = CivilDate.daysOfMicros(second);
        long a = CivilDate.fromDays(firstDay);
        long b = CivilDate.fromDays(secondDay);
        int months =
                (CivilDate.year(a) - CivilDate.year(b)) * 12
                        + CivilDate.month(a)
                        - CivilDate.month(b);
        boolean bothLast = lastDay(firstDay) == firstDay && lastDay(secondDay) == secondDay;
        if (CivilDate.day(a) == CivilDate.day(b) || bothLast) {
            return months;
        }
        long seconds =
                (CivilDate.day(a) - CivilDate.day(b)) * 86_400L
                        + CivilDate.microsOfDay(first) / 1_000_000
                        - CivilDate.microsOfDay(second) / 1_000_000;
        return months + seconds / SECONDS_PER_31_DAYS;
    }

    /** A day to the text of another. Confined to one thread. */
    private static final class DateToText implements ScalarKernel {
        private final LongUnaryOperator operator;
        private final ByteSink sink = new ByteSink();

        DateToText(LongUnaryOperator operator) {
            this.operator = operator;
        }

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            long[] days = Flat.longs(arguments[0]).values();
            int mask = Flat.mask(arguments[0]);
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                sink.reset();
                DateText.append(operator.applyAsLong(days[i & mask]), sink);
                ((BytesVector) out).set(i, sink.data(), 0, sink.length());
            }
        }
    }

    private static void nextDay(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        long[] days = Flat.longs(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        BytesVector names = Flat.bytes(arguments[1]);
        int nameMask = Flat.mask(arguments[1]);
        ByteSink sink = new ByteSink();
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int wanted = dayOfWeek(names.stringAt(i & nameMask));
            if (wanted == 0) {
                out.setNull(i);
                continue;
            }
            long day = days[i & mask];
            int ahead = (wanted - CivilDate.isoDayOfWeek(day) + 6) % 7 + 1;
            sink.reset();
            DateText.append(day + ahead, sink);
            ((BytesVector) out).set(i, sink.data(), 0, sink.length());
        }
    }

    private static int dayOfWeek(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "MO", "MON", "MONDAY" -> 1;
            case "TU", "TUE", "TUESDAY" -> 2;
            case "WE", "WED", "WEDNESDAY" -> 3;
            case "TH", "THU", "THURSDAY" -> 4;
            case "FR", "FRI", "FRIDAY" -> 5;
            case "SA", "SAT", "SATURDAY" -> 6;
            case "SU", "SUN", "SUNDAY" -> 7;
            default -> 0;
        };
    }

    private static ScalarFunction floor(DateTruncation.Unit unit) {
        String word = unit.name().toLowerCase(Locale.ROOT);
        String name = "floor_" + word;
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            TimeArguments.requireCount(name, arguments, 1, 1);
                            TimeArguments.requireTime(name, arguments, 0);
                            return new Binding(List.of(DataType.TIMESTAMP), DataType.TIMESTAMP);
                        })
                .nullInNullOut()
                .describedAs(name + "(param) - Returns the timestamp at a " + word + " granularity")
                .example(
                        name + "('2020-05-17 10:11:12.5')",
                        "TIMESTAMP '" + unit.exampleFloor() + "'")
                .evaluatedBy(
                        (arguments, selection, out, context) ->
                                floor(unit, arguments[0], selection, (LongVector) out));
    }

    private static void floor(
            DateTruncation.Unit unit, ColumnVector argument, Selection selection, LongVector out) {
        long[] micros = Flat.longs(argument).values();
        int mask = Flat.mask(argument);
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            out.set(i, unit.floor(micros[i & mask]), 0);
        }
    }
}
