package org.skep.types.text;

/**
 * The proleptic Gregorian calendar: days since 1970-01-01 to and from year, month and day, and
 * microseconds to and from days. A date's three fields travel packed in one {@code long}, taken
 * apart by {@link #year}, {@link #month} and {@link #day}. Stateless.
 */
public final class CivilDate {
    /** Microseconds in a day. */
    public static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final long DAYS_PER_ERA = 146_097;
    private static final long DAYS_BEFORE_EPOCH = 719_468;

    private CivilDate() {}

    /** The day of a date whose fields are valid. */
    public static long toDays(long year, int month, int day) {
        // Years that begin in March put the leap day last; eras are 400 of them.
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_EPOCH;
    }

    /** The packed year, month and day of a day. */
    public static long fromDays(long days) {
        long shifted = days + DAYS_BEFORE_EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 9 | month << 5 | day;
    }

    /** The year of a packed date. */
    public static int year(long packed) {
        return (int) (packed >> 9);
    }

    /** The month of a packed date, 1 to 12. */
    public static int month(long packed) {
        return (int) (packed >> 5) & 15;
    }

    /** The day of the month of a packed date, 1 to 31. */
    public static int day(long packed) {
        return (int) packed & 31;
    }

    /** How many days a month has. */
    public static int monthLength(long year, int month) {
        if (month == 2) {
            return isLeapYear(year) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Whether February has 29 days. */
    public static boolean isLeapYear(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Whether year, month and day make a date. */
    public static boolean isValid(long year, int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
    }

    /** The day {@code months} later, on the last day of the month if it has no such day. */
    public static long plusMonths(long days, long months) {
        long packed = fromDays(days);
        long total = year(packed) * 12L + month(packed) - 1 + months;
        long year = Math.floorDiv(total, 12L);
        int month = (int) (total - year * 12) + 1;
        return toDays(year, month, Math.min(day(packed), monthLength(year, month)));
    }

    /** Monday 1 to Sunday 7. */
    public static int isoDayOfWeek(long days) {
        return (int) Math.floorMod(days + 3, 7L) + 1;
    }

    /** 1 to 366. */
    public static int dayOfYear(long days) {
        return (int) (days - toDays(year(fromDays(days)), 1, 1)) + 1;
    }

    /**
     * The week of ISO 8601 in which the day lies, 1 to 53; the first has the year's first Thursday.
     */
    public static int isoWeek(long days) {
        long thursday = days - isoDayOfWeek(days) + 4;
        return (dayOfYear(thursday) - 1) / 7 + 1;
    }

    /** The day in which a microsecond lies. */
    public static long daysOfMicros(long micros) {
        return Math.floorDiv(micros, MICROS_PER_DAY);
    }

    /** Microseconds since the midnight before. */
    public static long microsOfDay(long micros) {
        return Math.floorMod(micros, MICROS_PER_DAY);
    }
}
