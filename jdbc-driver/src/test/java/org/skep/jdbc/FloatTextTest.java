package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatTextTest {
    @Test
    void printsAsNewJdksDo() {
        assertThat(FloatText.of(1.5)).isEqualTo("1.5");
        assertThat(FloatText.of(0.0)).isEqualTo("0.0");
        assertThat(FloatText.of(-0.0)).isEqualTo("-0.0");
        assertThat(FloatText.of(1.0E7)).isEqualTo("1.0E7");
        assertThat(FloatText.of(Float.MIN_NORMAL)).isEqualTo("1.1754944E-38");
        assertThat(FloatText.of(Float.MIN_VALUE)).isEqualTo("1.4E-45");
        assertThat(FloatText.of(Float.MAX_VALUE)).isEqualTo("3.4028235E38");
        assertThat(FloatText.of(0.1f)).isEqualTo("0.1");
        assertThat(FloatText.of(Double.parseDouble("2.0E23"))).isEqualTo("2.0E23");
        assertThat(FloatText.of(9999999.0)).isEqualTo("9999999.0");
        assertThat(FloatText.of(Double.NaN)).isEqualTo("NaN");
        assertThat(FloatText.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
        assertThat(FloatText.of(1e300)).isEqualTo("1.0E300");
    }

    @Test
    void everyFloatKeepsItsValueAndIsNoLongerThanTheJdksText() {
        long seed = System.nanoTime();
        System.out.println("FloatTextTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isNaN(value) || Float.isInfinite(value)) {
                continue;
            }
            String jdk = Float.toString(value);
            String ours = FloatText.of(Double.parseDouble(jdk));
            assertThat(Float.parseFloat(ours)).as(jdk).isEqualTo(value);
            assertThat(ours.length()).as(jdk).isLessThanOrEqualTo(jdk.length());
        }
    }
}
