package org.skep.functions.reflection;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A value of type DATE, as called methods get it, with the methods that Hive's class has.
 * Immutable.
 */
public record DateValue(LocalDate date) implements Comparable<DateValue> {
    /** The year. */
    public int getYear() {
        return date.getYear();
    }

    /** The month, from 1. */
    public int getMonth() {
        return date.getMonthValue();
    }

    /** The day of the month, from 1. */
    public int getDay() {
        return date.getDayOfMonth();
    }

    /** The day of the week, from 1 for Sunday. */
    public int getDayOfWeek() {
        return date.getDayOfWeek().plus(1).getValue();
    }

    /** How many days the month has. */
    public int lengthOfMonth() {
        return date.lengthOfMonth();
    }

    /** Days since 1970. */
    public int toEpochDay() {
        return (int) date.toEpochDay();
    }

    /** Seconds since 1970, as if in UTC. */
    public long toEpochSecond() {
        return date.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    /** Milliseconds since 1970, as if in UTC. */
    public long toEpochMilli() {
        return toEpochSecond() * 1000;
    }

    @Override
    public int compareTo(DateValue other) {
        return date.compareTo(other.date);
    }

    @Override
    public String toString() {
        return date.toString();
    }
}
