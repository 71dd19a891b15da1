package org.skep.functions.time;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.ScalarFunction;

/** The functions of dates, times and intervals. Stateless. */
public final class DateTimeFunctions {
    private DateTimeFunctions() {}

    /** All declarations. */
    public static List<ScalarFunction> all() {
        List<ScalarFunction> all = new ArrayList<>();
        all.addAll(DateParts.all());
        all.addAll(DateFunctions.all());
        all.addAll(UnixTimeFunctions.all());
        all.addAll(IntervalFunctions.all());
        all.add(LegacyCalendar.function());
        return all;
    }
}
