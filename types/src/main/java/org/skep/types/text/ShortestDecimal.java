package org.skep.types.text;

import java.math.BigInteger;

/**
 * Finds the decimal with the fewest digits that rounds to a given binary floating-point number, and
 * of those the closest, by Giulietti's Schubfach method: the number and the two ends of its
 * rounding interval are scaled by a power of ten that leaves one or two candidates. As {@code
 * Double.toString} has it since JDK 19, a decimal counts as having at least two digits. Stateless.
 */
final class ShortestDecimal {
    private static final int LEAST_POWER = -292;
    private static final int GREATEST_POWER = 324;
    private static final long LOW_63 = Long.MAX_VALUE;

    // 126 bits of each power of ten, rounded up, in two words of 63 bits.
    private static final long[] POWER_HIGH = new long[GREATEST_POWER - LEAST_POWER + 1];
    private static final long[] POWER_LOW = new long[POWER_HIGH.length];

    static {
        for (int power = LEAST_POWER; power <= GREATEST_POWER; power++) {
            int shift = 125 - log2OfPower10(power);
            BigInteger scaled;
            if (power >= 0) {
                BigInteger exact = BigInteger.TEN.pow(power);
                scaled = shift >= 0 ? exact.shiftLeft(shift) : exact.shiftRight(-shift);
            } else {
                scaled = BigInteger.ONE.shiftLeft(shift).divide(BigInteger.TEN.pow(-power));
            }
            BigInteger bits = scaled.add(BigInteger.ONE);
            POWER_HIGH[power - LEAST_POWER] = bits.shiftRight(63).longValue();
            POWER_LOW[power - LEAST_POWER] = bits.longValue() & LOW_63;
        }
    }

    private ShortestDecimal() {}

    /**
     * The power of ten that the digits of {@link #digits} count.
     *
     * @param exponent of the number {@code significand * 2^exponent}
     * @param narrowBelow whether the next number below is only half as far away as the next above
     */
    static int power(int exponent, boolean narrowBelow) {
        // log10(2) and log10(3/4), times 2^41.
        long scaled = exponent * 661_971_961_083L;
        return (int) ((narrowBelow ? scaled - 274_743_187_321L : scaled) >> 41);
    }

    /** The digits; they may end in zeros. */
    static long digits(long significand, int exponent, boolean narrowBelow, int power) {
        int odd = (int) significand & 1;
        int shift = exponent + log2OfPower10(-power) + 2;
        long high = POWER_HIGH[-power - LEAST_POWER];
        long low = POWER_LOW[-power - LEAST_POWER];
        long quadruple = significand << 2;
        long value = scaled(high, low, quadruple << shift);
        long from = scaled(high, low, (quadruple - (narrowBelow ? 1 : 2)) << shift) + odd;
        long to = scaled(high, low, (quadruple + 2) << shift) - odd;

        long below = value >> 2;
        if (below >= 100) {
            long rounder = below / 10 * 10;
            boolean belowFits = from <= rounder << 2;
            boolean aboveFits = (rounder + 10) << 2 <= to;
            if (belowFits != aboveFits) {
                return belowFits ? rounder : rounder + 10;
            }
        }
        boolean belowFits = from <= below << 2;
        boolean aboveFits = (below + 1) << 2 <= to;
        if (belowFits != aboveFits) {
            return belowFits ? below : below + 1;
        }
        long beyondMiddle = value - ((below << 2) + 2);
        return beyondMiddle < 0 || (beyondMiddle == 0 && (below & 1) == 0) ? below : below + 1;
    }

    /** floor(log2(10^power)). */
    private static int log2OfPower10(int power) {
        // log2(10) times 2^38.
        return (int) ((power * 913_124_641_741L) >> 38);
    }

    /** The product over 2^127, its last bit set if anything was cut off. */
    private static long scaled(long high, long low, long factor) {
        long lowPart = Math.multiplyHigh(low, factor);
        long fraction = ((high * factor) >>> 1) + lowPart;
        long whole = Math.multiplyHigh(high, factor) + (fraction >>> 63);
        return whole | (((fraction & LOW_63) + LOW_63) >>> 63);
    }

    /** Prints {@code digits * 10^power} as {@code Double.toString} lays it out. */
    static void append(long digits, int power, ByteSink out) {
        long shortened = digits;
        int exponent = power;
        while (shortened % 10 == 0) {
            shortened /= 10;
            exponent++;
        }
        int count = IntegerText.digitCount(shortened);
        // The value is 0.ddd times ten to this.
        int point = count + exponent;
        if (point > 7 || point < -2) {
            appendScientific(shortened, count, point - 1, out);
        } else if (point <= 0) {
            out.appendAscii("0.");
            out.appendRepeated('0', -point);
            IntegerText.appendDigits(shortened, count, out);
        } else if (count <= point) {
            IntegerText.appendDigits(shortened, count, out);
            out.appendRepeated('0', point - count);
            out.appendAscii(".0");
        } else {
            IntegerText.appendDigits(shortened, count, out);
            insertPoint(out, count - point);
        }
    }

    private static void appendScientific(long digits, int count, int exponent, ByteSink out) {
        IntegerText.appendDigits(digits, count, out);
        if (count > 1) {
            insertPoint(out, count - 1);
        } else {
            out.appendAscii(".0");
        }
        out.append('E');
        IntegerText.append(exponent, out);
    }

    /** Puts a point before the last {@code digitsAfter} bytes. */
    static void insertPoint(ByteSink out, int digitsAfter) {
        out.append('.');
        byte[] data = out.data();
        int end = out.length() - 1;
        System.arraycopy(data, end - digitsAfter, data, end - digitsAfter + 1, digitsAfter);
        data[end - digitsAfter] = '.';
    }
}
