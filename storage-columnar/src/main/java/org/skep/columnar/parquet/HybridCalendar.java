package org.skep.columnar.parquet;

import java.time.LocalDate;

/**
 * Dates that were written in the calendar with the jump of October 1582, as Hive does unless its
 * files say otherwise: the day of a date before the jump is that of the Julian calendar. Stateless.
 */
final class HybridCalendar {
    /** The first day after the jump, 1582-10-15, in days since the epoch. */
    static final long JUMP = -141_427;

    private static final String PROLEPTIC = "writer.date.proleptic";
    private static final int EPOCH_JULIAN_DAY = 2_440_588;
    private static final int DAYS_IN_FOUR_YEARS = 1_461;

    private HybridCalendar() {}

    /** Whether the writer of a file said that its dates are such. */
    static boolean appliesTo(Footer footer) {
        return "false".equalsIgnoreCase(footer.properties().get(PROLEPTIC));
    }

    /**
     * The day on which the proleptic Gregorian calendar shows what the hybrid one shows on {@code
     * day}, both in days since the epoch.
     */
    static long toProleptic(long day) {
        if (day >= JUMP) {
            return day;
        }
        // Counted from the first of March of -4800, so that the leap day is the last of its year.
        long sinceMarch = day + EPOCH_JULIAN_DAY + 32_082;
        long years = Math.floorDiv(4 * sinceMarch + 3, DAYS_IN_FOUR_YEARS);
        long dayOfYear = sinceMarch - Math.floorDiv(DAYS_IN_FOUR_YEARS * years, 4);
        long month = (5 * dayOfYear + 2) / 153;
        long dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
        long year = years - 4_800 + (month < 10 ? 0 : 1);
        int monthOfYear = (int) (month < 10 ? month + 3 : month - 9);
        // The leap days that only the Julian calendar has become the first of March.
        return LocalDate.of((int) Math.max(year, -999_999), monthOfYear, 1).toEpochDay()
                + dayOfMonth
                - 1;
    }
}
