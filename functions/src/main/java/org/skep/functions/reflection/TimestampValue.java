package org.skep.functions.reflection;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/**
 * A value of type TIMESTAMP, as called methods get it, with the methods that Hive's class has.
 * Immutable.
 *
 * @param text how SQL writes it
 */
public record TimestampValue(LocalDateTime time, String text)
        implements Comparable<TimestampValue> {
    /** The year. */
    public int getYear() {
        return time.getYear();
    }

    /** The month, from 1. */
    public int getMonth() {
        return time.getMonthValue();
    }

    /** The day of the month, from 1. */
    public int getDay() {
        return time.getDayOfMonth();
    }

    /** The day of the week, from 1 for Sunday. */
    public int getDayOfWeek() {
        return time.getDayOfWeek().plus(1).getValue();
    }

    /** The hour, 0 to 23. */
    public int getHours() {
        return time.getHour();
    }

    /** The minute, 0 to 59. */
    public int getMinutes() {
        return time.getMinute();
    }

    /** The second, 0 to 59. */
    public int getSeconds() {
        return time.getSecond();
    }

    /** The nanosecond within the second. */
    public int getNanos() {
        return time.get(ChronoField.NANO_OF_SECOND);
    }

    /** Seconds since 1970, as if in UTC. */
    public long toEpochSecond() {
        return time.toEpochSecond(ZoneOffset.UTC);
    }

    /** Milliseconds since 1970, as if in UTC. */
    public long toEpochMilli() {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    @Override
    public int compareTo(TimestampValue other) {
        return time.compareTo(other.time);
    }

    @Override
    public String toString() {
        return text;
    }
}
