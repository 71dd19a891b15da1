package org.skep.types.text;

/**
 * Where the parsers of this package leave the value that they found; what each leaves where is said
 * there. After a parser answered false the content is undefined. Confined to one thread.
 */
public final class Parsed {
    long value;
    long high;
    int nanos;
    double number;

    /**
     * The integer; the days of a date; the microseconds of a timestamp or interval; the months of
     * an interval; the low word of a decimal; 1 or 0 for a boolean.
     */
    public long value() {
        return value;
    }

    /** The high word of a decimal. */
    public long high() {
        return high;
    }

    /** The nanoseconds below the microsecond of a timestamp or interval, 0 to 999. */
    public int nanos() {
        return nanos;
    }

    /** The number of a FLOAT or DOUBLE. */
    public double number() {
        return number;
    }
}
