package org.skep.functions.decimal;

/** Powers of ten. Stateless. */
public final class PowersOfTen {
    private static final long[] LONGS = new long[19];
    private static final double[] DOUBLES = new double[77];

    static {
        long power = 1;
        for (int i = 0; i < LONGS.length; i++) {
            LONGS[i] = power;
            power *= 10;
        }
        for (int i = 0; i < DOUBLES.length; i++) {
            DOUBLES[i] = Double.parseDouble("1e" + i);
        }
    }

    private PowersOfTen() {}

    /** 10 to the {@code exponent}, which is 0 to 18. */
    public static long ofLong(int exponent) {
        return LONGS[exponent];
    }

    /** 10 to the {@code exponent}, which is 0 to 76. */
    public static double ofDouble(int exponent) {
        return DOUBLES[exponent];
    }

    /** The largest absolute unscaled value with that many digits, or Long.MAX_VALUE if larger. */
    public static long largest(int digits) {
        return digits > 18 ? Long.MAX_VALUE : LONGS[digits] - 1;
    }
}
