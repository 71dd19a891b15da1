package org.skep.functions.time;

import java.util.List;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.CivilDate;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Dates as they were written while the Julian calendar was in use, until 4 October 1582. Stateless.
 */
final class LegacyCalendar {
    private static final long FIRST_GREGORIAN_DAY = CivilDate.toDays(1582, 10, 15);
    // 1 March of the year 0 by the Julian calendar, in days from 1970
    private static final long JULIAN_MARCH = CivilDate.toDays(0, 3, 1) - 2;
    private static final int DAYS_IN_FOUR_YEARS = 1461;

    private LegacyCalendar() {}

    static ScalarFunction function() {
        String name = "datetime_legacy_hybrid_calendar";
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            TimeArguments.requireCount(name, arguments, 1, 1);
                            TimeArguments.requireTime(name, arguments, 0);
                            boolean date = arguments.get(0).type().kind() == TypeKind.DATE;
                            DataType type = date ? DataType.DATE : DataType.TIMESTAMP;
                            return new Binding(List.of(type), type);
                        })
                .nullInNullOut()
                .describedAs(
                        name
                                + "(date/timestamp) - Converts a date/timestamp to legacy hybrid"
                                + " Julian-Gregorian calendar\n"
                                + "assuming that its internal days/milliseconds since epoch is"
                                + " calculated using the proleptic Gregorian calendar.")
                .example(name + "(cast('0601-03-07' as date))", "cast('0601-03-04' as date)")
                .example(name + "(cast('1582-10-15' as date))", "cast('1582-10-15' as date)")
                .example(name + "(cast('1582-10-14' as date))", "cast('1582-10-04' as date)")
                .example(
                        name + "(cast('0501-03-07 17:03:00.4321' as timestamp))",
                        "cast('0501-03-05 17:03:00.4321' as timestamp)")
                .evaluatedBy(LegacyCalendar::evaluate);
    }

    private static void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        LongVector values = Flat.longs(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        LongVector results = (LongVector) out;
        boolean dates = out.type().kind() == TypeKind.DATE;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            long value = values.values()[i & mask];
            if (dates) {
                results.values()[i] = written(value);
            } else {
                long day = CivilDate.daysOfMicros(value);
                long moved = value + (written(day) - day) * CivilDate.MICROS_PER_DAY;
                results.set(i, moved, values.nanosAt(i & mask));
            }
        }
    }

    /** The day that is written by the Gregorian calendar as this one was by the one then in use. */
    private static long written(long day) {
        if (day >= FIRST_GREGORIAN_DAY) {
            return day;
        }
        // Years from March to February, so that a leap day is the last of its year.
        long since = day - JULIAN_MARCH;
        long cycle = Math.floorDiv(since, DAYS_IN_FOUR_YEARS);
        int inCycle = (int) Math.floorMod(since, (long) DAYS_IN_FOUR_YEARS);
        int yearOfCycle = Math.min(inCycle / 365, 3);
        int inYear = inCycle - yearOfCycle * 365;
        int month = (5 * inYear + 2) / 153;
        int dayOfMonth = inYear - (153 * month + 2) / 5;
        long year = cycle * 4 + yearOfCycle + (month >= 10 ? 1 : 0);
        return CivilDate.toDays(year, month >= 10 ? month - 9 : month + 3, 1) + dayOfMonth;
    }
}
