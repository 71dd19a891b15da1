package org.skep.types.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.types.TypeKind;

class NumberTextTest {
    private final Parsed parsed = new Parsed();

    private static byte[] padded(String text) {
        return ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
    }

    private Long cast(String text, TypeKind kind) {
        byte[] bytes = padded(text);
        return IntegerText.parseCast(bytes, 1, bytes.length - 2, IntegerText.greatest(kind), parsed)
                ? parsed.value()
                : null;
    }

    private Long stored(String text, TypeKind kind) {
        byte[] bytes = padded(text);
        return IntegerText.parseStored(
                        bytes, 1, bytes.length - 2, IntegerText.greatest(kind), parsed)
                ? parsed.value()
                : null;
    }

    @Test
    void castsStringsToIntegersAsHiveDoes() {
        assertThat(cast("1.9", TypeKind.INT)).isEqualTo(1);
        assertThat(cast(" 12 ", TypeKind.INT)).isEqualTo(12);
        assertThat(cast("\t-12\n", TypeKind.INT)).isEqualTo(-12);
        assertThat(cast("+7", TypeKind.INT)).isEqualTo(7);
        assertThat(cast(".5", TypeKind.INT)).isZero();
        assertThat(cast("5.", TypeKind.INT)).isEqualTo(5);
        for (String bad :
                new String[] {
                    "",
                    " ",
                    "abc",
                    "12abc",
                    "1e3",
                    "99999999999",
                    "1.x",
                    ".",
                    "-",
                    "+",
                    "1 2",
                    "--1",
                    "1.2.3"
                }) {
            assertThat(cast(bad, TypeKind.INT)).as(bad).isNull();
        }
        assertThat(cast("127", TypeKind.TINYINT)).isEqualTo(127);
        assertThat(cast("128", TypeKind.TINYINT)).isNull();
        assertThat(cast("-128", TypeKind.TINYINT)).isEqualTo(-128);
        assertThat(cast("-129", TypeKind.TINYINT)).isNull();
        assertThat(cast("32767", TypeKind.SMALLINT)).isEqualTo(32767);
        assertThat(cast("-32769", TypeKind.SMALLINT)).isNull();
        assertThat(cast("2147483647", TypeKind.INT)).isEqualTo(2147483647);
        assertThat(cast("2147483648", TypeKind.INT)).isNull();
        assertThat(cast("-2147483648", TypeKind.INT)).isEqualTo(-2147483648);
        assertThat(cast("9223372036854775807", TypeKind.BIGINT)).isEqualTo(Long.MAX_VALUE);
        assertThat(cast("9223372036854775808", TypeKind.BIGINT)).isNull();
        assertThat(cast("-9223372036854775808", TypeKind.BIGINT)).isEqualTo(Long.MIN_VALUE);
        assertThat(cast("-9223372036854775809", TypeKind.BIGINT)).isNull();
        assertThat(cast("-92233720368547758090", TypeKind.BIGINT)).isNull();
        assertThat(cast("000000000000000000000000000012", TypeKind.TINYINT)).isEqualTo(12);
    }

    @Test
    void fieldsOfFilesAreNotTrimmed() {
        assertThat(stored("7", TypeKind.INT)).isEqualTo(7);
        assertThat(stored(" 7 ", TypeKind.INT)).isNull();
        assertThat(stored("7.9", TypeKind.INT)).isEqualTo(7);
    }

    @Test
    void printsIntegers() {
        long seed = System.nanoTime();
        System.out.println("NumberTextTest integers seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            ByteSink out = new ByteSink(1);
            IntegerText.append(value, out);
            assertThat(out.toString()).isEqualTo(Long.toString(value));
            assertThat(stored(out.toString(), TypeKind.BIGINT)).isEqualTo(value);
        }
        for (long value : new long[] {0, -1, 9, 10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE}) {
            ByteSink out = new ByteSink(1);
            IntegerText.append(value, out);
            assertThat(out.toString()).isEqualTo(Long.toString(value));
        }
    }

    @Test
    void readsBooleans() {
        for (String no : new String[] {"", "0", "false", "no", "off", "FALSE", "No", "OFF"}) {
            byte[] bytes = padded(no);
            assertThat(BooleanText.parseCast(bytes, 1, bytes.length - 2)).as(no).isFalse();
        }
        for (String yes : new String[] {"true", "abc", "1", " ", "f", "yes", "false ", "on"}) {
            byte[] bytes = padded(yes);
            assertThat(BooleanText.parseCast(bytes, 1, bytes.length - 2)).as(yes).isTrue();
        }
        byte[] field = "TRUEfalse t0maybe".getBytes(StandardCharsets.UTF_8);
        assertThat(BooleanText.parseStored(field, 0, 4, parsed)).isTrue();
        assertThat(parsed.value()).isEqualTo(1);
        assertThat(BooleanText.parseStored(field, 4, 5, parsed)).isTrue();
        assertThat(parsed.value()).isZero();
        assertThat(BooleanText.parseStored(field, 4, 6, parsed)).isFalse();
        assertThat(BooleanText.parseStored(field, 10, 1, parsed)).isFalse();
        assertThat(BooleanText.parseExtended(field, 10, 1, parsed)).isTrue();
        assertThat(parsed.value()).isEqualTo(1);
        assertThat(BooleanText.parseExtended(field, 11, 1, parsed)).isTrue();
        assertThat(parsed.value()).isZero();
        assertThat(BooleanText.parseExtended(field, 12, 5, parsed)).isFalse();
    }

    private String decimal(String text, int precision, int scale) {
        byte[] bytes = padded(text);
        if (!DecimalText.parse(bytes, 1, bytes.length - 2, precision, scale, parsed)) {
            return null;
        }
        ByteSink out = new ByteSink();
        DecimalText.append(parsed.high(), parsed.value(), scale, out);
        return out.toString();
    }

    @Test
    void readsDecimalsAtAScale() {
        assertThat(decimal("123.456", 10, 0)).isEqualTo("123");
        assertThat(decimal("123.456", 5, 1)).isEqualTo("123.5");
        assertThat(decimal("123456.7", 5, 1)).isNull();
        assertThat(decimal("99999.9", 5, 2)).isNull();
        assertThat(decimal("1.005", 5, 2)).isEqualTo("1.01");
        assertThat(decimal(" 1.1 ", 5, 2)).isEqualTo("1.10");
        assertThat(decimal("-2.5", 10, 0)).isEqualTo("-3");
        assertThat(decimal("9.995", 3, 2)).isNull();
        assertThat(decimal("9.994", 3, 2)).isEqualTo("9.99");
        assertThat(decimal("0.05", 2, 1)).isEqualTo("0.1");
        assertThat(decimal("0.04", 2, 1)).isEqualTo("0.0");
        assertThat(decimal("-0.04", 2, 1)).isEqualTo("0.0");
        assertThat(decimal("0.5", 1, 0)).isEqualTo("1");
        assertThat(decimal("0.005", 1, 0)).isEqualTo("0");
        assertThat(decimal(".5", 3, 2)).isEqualTo("0.50");
        assertThat(decimal("5.", 3, 2)).isEqualTo("5.00");
        assertThat(decimal("1e2", 5, 2)).isEqualTo("100.00");
        assertThat(decimal("1.2345e2", 7, 2)).isEqualTo("123.45");
        assertThat(decimal("12345E-3", 7, 2)).isEqualTo("12.35");
        assertThat(decimal("+000000000000000000000000000000000000000000001", 1, 0)).isEqualTo("1");
        for (String bad :
                new String[] {
                    "", " ", "abc", ".", "-", "1.2.3", "1e", "1e+", "1e100", "1x", "- 1", "NaN"
                }) {
            assertThat(decimal(bad, 10, 2)).as(bad).isNull();
        }
    }

    @Test
    void readsRandomDecimalsAsBigDecimalDoes() {
        long seed = System.nanoTime();
        System.out.println("NumberTextTest decimals seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            BigDecimal value =
                    new BigDecimal(
                            new BigInteger(1 + random.nextInt(126), random), random.nextInt(40));
            if (random.nextBoolean()) {
                value = value.negate();
            }
            int precision = 1 + random.nextInt(38);
            int scale = random.nextInt(precision + 1);
            BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
            String expected =
                    rounded.signum() != 0 && rounded.precision() > precision
                            ? null
                            : rounded.toPlainString();
            assertThat(decimal(value.toPlainString(), precision, scale))
                    .as("%s as decimal(%d,%d)", value.toPlainString(), precision, scale)
                    .isEqualTo(expected);
        }
    }
}
