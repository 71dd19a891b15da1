package org.skep.types.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DoubleTextTest {
    private final Parsed parsed = new Parsed();

    private static String print(float value) {
        ByteSink out = new ByteSink();
        DoubleText.append(value, out);
        return out.toString();
    }

    private static String print(double value) {
        ByteSink out = new ByteSink();
        DoubleText.append(value, out);
        return out.toString();
    }

    private Double parse(String text) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        return DoubleText.parse(bytes, 1, bytes.length - 2, parsed) ? parsed.number() : null;
    }

    private Double parseFloat(String text) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        return DoubleText.parseFloat(bytes, 1, bytes.length - 2, parsed) ? parsed.number() : null;
    }

    @Test
    void printsFloatsInShortestForm() {
        assertThat(print(Float.parseFloat("1.29384371E9"))).isEqualTo("1.2938437E9");
        assertThat(print(3.4028235E38f)).isEqualTo("3.4028235E38");
        assertThat(print(1.4E-45f)).isEqualTo("1.4E-45");
        assertThat(print(0.1f)).isEqualTo("0.1");
        assertThat(print(16777216.0f)).isEqualTo("1.6777216E7");
        assertThat(print(1.0E7f)).isEqualTo("1.0E7");
        assertThat(print(9999999f)).isEqualTo("9999999.0");
        assertThat(print(1.0E-3f)).isEqualTo("0.001");
        assertThat(print(Float.MIN_NORMAL)).isEqualTo("1.1754944E-38");
        assertThat(print(Float.MIN_VALUE)).isEqualTo("1.4E-45");
        assertThat(print(2 * Float.MIN_VALUE)).isEqualTo("2.8E-45");
        assertThat(print(1.0E10f)).isEqualTo("1.0E10");
        assertThat(print(Float.parseFloat("8.41E21"))).isEqualTo("8.41E21");
        assertThat(print(Float.parseFloat("3.3554448E7"))).isEqualTo("3.355445E7");
        assertThat(print(-0.0f)).isEqualTo("-0.0");
        assertThat(print(Float.NaN)).isEqualTo("NaN");
        assertThat(print(Float.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    }

    @Test
    void printsDoublesInShortestForm() {
        assertThat(print(1e10)).isEqualTo("1.0E10");
        assertThat(print(123456789.0)).isEqualTo("1.23456789E8");
        assertThat(print(1e-5)).isEqualTo("1.0E-5");
        assertThat(print(0.1 + 0.2)).isEqualTo("0.30000000000000004");
        assertThat(print((double) 0.1f)).isEqualTo("0.10000000149011612");
        assertThat(print(0.001)).isEqualTo("0.001");
        assertThat(print(100.0)).isEqualTo("100.0");
        assertThat(print(1234567.125)).isEqualTo("1234567.125");
        assertThat(print(Double.parseDouble("2e23"))).isEqualTo("2.0E23");
        assertThat(print(Double.MIN_VALUE)).isEqualTo("4.9E-324");
        assertThat(print(2 * Double.MIN_VALUE)).isEqualTo("9.9E-324");
        assertThat(print(Double.MAX_VALUE)).isEqualTo("1.7976931348623157E308");
        assertThat(print(Double.MIN_NORMAL)).isEqualTo("2.2250738585072014E-308");
        assertThat(print(12.666666666666666)).isEqualTo("12.666666666666666");
        assertThat(print(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    }

    @Test
    void noShorterDecimalReadsBackAsTheSameFloat() {
        long seed = System.nanoTime();
        System.out.println("DoubleTextTest floats seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt() & 0x7fffffff);
            if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
                continue;
            }
            BigDecimal exact = new BigDecimal(value);
            String expected = null;
            for (int digits = 2; expected == null; digits++) {
                expected = nearestThatReadsBack(exact, digits, value);
            }
            assertThat(new BigDecimal(print(value))).isEqualByComparingTo(expected);
        }
    }

    private static String nearestThatReadsBack(BigDecimal exact, int digits, float value) {
        BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        if (Float.parseFloat(nearest.toString()) == value) {
            return nearest.toString();
        }
        // Next to a power of two the interval is lopsided: only the decimal above may be inside.
        BigDecimal above = exact.round(new MathContext(digits, RoundingMode.CEILING));
        return Float.parseFloat(above.toString()) == value ? above.toString() : null;
    }

    @Test
    void noShorterDecimalReadsBackAsTheSameDouble() {
        long seed = System.nanoTime();
        System.out.println("DoubleTextTest doubles seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            double value =
                    switch (i % 4) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> random.nextInt(100_000_000) / 100.0;
                        case 2 -> random.nextGaussian() * 1000;
                        default -> Math.scalb(1.0, random.nextInt(2000) - 1000);
                    };
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                continue;
            }
            String text = print(value);
            assertThat(Double.parseDouble(text)).isEqualTo(value);
            String jdk = Double.toString(value);
            assertThat(text.length()).isLessThanOrEqualTo(jdk.length());
            if (Runtime.version().feature() >= 19) {
                assertThat(text).isEqualTo(jdk);
            } else if (text.length() == jdk.length() && !text.equals(jdk)) {
                BigDecimal exact = new BigDecimal(value);
                assertThat(new BigDecimal(text).subtract(exact).abs())
                        .isLessThanOrEqualTo(new BigDecimal(jdk).subtract(exact).abs());
            }
        }
    }

    @Test
    void readsNumbersAsTheJdkDoes() {
        String[] texts = {
            "1",
            "-1",
            "+1",
            "1.5",
            ".5",
            "5.",
            ".",
            "",
            " ",
            " 1.5 ",
            "\t1.5\n",
            "1e3",
            "1E+3",
            "1e-3",
            "1e",
            "1e+",
            "e3",
            "1.5.2",
            "NaN",
            "Infinity",
            "-Infinity",
            "nan",
            "inf",
            "1d",
            "1f",
            "0x1p3",
            "1 2",
            "123456789012345678901234567890",
            "9007199254740993",
            "1e22",
            "1e23",
            "1e-400",
            "1e400",
            "-0",
            "0.1",
            "3.14",
            "99999.9",
            "abc",
            "12abc",
            "1é",
            "é",
            "00012.500",
            "1e0000000001",
            "1e00022",
            "--1"
        };
        for (String text : texts) {
            Double expected;
            Double expectedFloat;
            try {
                expected = Double.parseDouble(text);
                expectedFloat = (double) Float.parseFloat(text);
            } catch (NumberFormatException e) {
                expected = null;
                expectedFloat = null;
            }
            assertThat(parse(text)).as(text).isEqualTo(expected);
            assertThat(parseFloat(text)).as(text).isEqualTo(expectedFloat);
        }
    }

    @Test
    void readsRandomNumbersAsTheJdkDoes() {
        long seed = System.nanoTime();
        System.out.println("DoubleTextTest parse seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long digits = random.nextLong() >>> random.nextInt(64);
            String text = BigDecimal.valueOf(digits, random.nextInt(40) - 10).toString();
            assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
            assertThat(parseFloat(text)).isEqualTo((double) Float.parseFloat(text));
        }
        // Half way between two floats, and next to it.
        for (String text :
                new String[] {
                    "16777217",
                    "16777217.0000001",
                    "16777216.9999999",
                    "33554434",
                    "1.00000005960464477539062"
                }) {
            assertThat(parseFloat(text)).as(text).isEqualTo((double) Float.parseFloat(text));
        }
    }
}
