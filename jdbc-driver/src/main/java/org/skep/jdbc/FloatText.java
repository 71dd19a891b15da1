package org.skep.jdbc;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The text of a FLOAT: the fewest digits, at least two, that denote it, in the form of {@link
 * Float#toString} of JDK 19 and newer, whichever JDK runs. FLOATs arrive as doubles.
 */
final class FloatText {
    // The longest text with few enough digits that it can only be the shortest one.
    private static final int SURELY_SHORT = 9;
    private static final int MOST_DIGITS = 9;
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_BELOW = 1e7;

    private FloatText() {}

    static String of(double value) {
        String text = Double.toString(value);
        float single = (float) value;
        if (text.length() <= SURELY_SHORT || Float.isNaN(single) || Float.isInfinite(single)) {
            return text;
        }
        BigDecimal exact = new BigDecimal(single);
        for (int digits = 2; digits <= MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.floatValue() == single) {
                return format(rounded);
            }
        }
        return text;
    }

    private static String format(BigDecimal value) {
        BigDecimal magnitude = value.abs();
        double size = magnitude.doubleValue();
        String sign = value.signum() < 0 ? "-" : "";
        if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
            BigDecimal stripped = magnitude.stripTrailingZeros();
            return sign + stripped.setScale(Math.max(1, stripped.scale())).toPlainString();
        }
        BigDecimal stripped = magnitude.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        int exponent = digits.length() - 1 - stripped.scale();
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        return sign + digits.charAt(0) + "." + fraction + "E" + exponent;
    }
}
