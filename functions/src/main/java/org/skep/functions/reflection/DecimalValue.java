package org.skep.functions.reflection;

import java.math.BigDecimal;

/**
 * A value of type DECIMAL, as called methods get it, with the methods that Hive's class has. Zeros
 * at the end of the fraction do not count. Immutable.
 */
public record DecimalValue(BigDecimal decimal) implements Comparable<DecimalValue> {
    /** Drops zeros at the end of the fraction. */
    public DecimalValue {
        BigDecimal stripped = decimal.stripTrailingZeros();
        decimal = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Digits behind the point. */
    public int scale() {
        return decimal.scale();
    }

    /** Digits, among them zeros right behind the point. */
    public int precision() {
        return Math.max(decimal.precision(), decimal.scale());
    }

    /** Digits without zeros at the front; none of zero. */
    public int rawPrecision() {
        return decimal.signum() == 0 ? 0 : decimal.precision();
    }

    /** Digits before the point; none if there is only a zero. */
    public int integerDigitCount() {
        return Math.max(0, rawPrecision() - scale());
    }

    /** -1, 0 or 1. */
    public int signum() {
        return decimal.signum();
    }

    /** The whole part, wrapped. */
    public byte byteValue() {
        return decimal.byteValue();
    }

    /** The whole part, wrapped. */
    public short shortValue() {
        return decimal.shortValue();
    }

    /** The whole part, wrapped. */
    public int intValue() {
        return decimal.intValue();
    }

    /** The whole part, wrapped. */
    public long longValue() {
        return decimal.longValue();
    }

    /** The nearest. */
    public float floatValue() {
        return decimal.floatValue();
    }

    /** The nearest. */
    public double doubleValue() {
        return decimal.doubleValue();
    }

    @Override
    public int compareTo(DecimalValue other) {
        return decimal.compareTo(other.decimal);
    }

    @Override
    public String toString() {
        return decimal.toPlainString();
    }
}
