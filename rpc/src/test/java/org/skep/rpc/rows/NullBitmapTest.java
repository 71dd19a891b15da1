package org.skep.rpc.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NullBitmapTest {
    @Test
    void theWireFormHasTheLeastSignificantBitFirst() {
        boolean[] nulls = new boolean[12];
        nulls[0] = true;
        nulls[9] = true;
        NullBitmap bitmap = NullBitmap.of(nulls);
        assertThat(bitmap.toBytes()).containsExactly(0b0000_0001, 0b0000_0010);
        assertThat(NullBitmap.ofBytes(new byte[] {1, 2, 0, 0})).isEqualTo(bitmap);
        assertThat(NullBitmap.ofBytes(new byte[] {1, 2, 0, 0})).hasSameHashCodeAs(bitmap);
        assertThat(bitmap).hasToString("NullBitmap[0, 9]");
    }

    @Test
    void missingBytesMeanNoNull() {
        NullBitmap bitmap = NullBitmap.ofBytes(new byte[] {(byte) 0x80});
        assertThat(bitmap.isNull(7)).isTrue();
        assertThat(bitmap.isNull(8)).isFalse();
        assertThat(bitmap.isNull(1_000_000)).isFalse();
        assertThat(NullBitmap.none().isNull(0)).isFalse();
        assertThat(NullBitmap.of((boolean[]) null)).isSameAs(NullBitmap.none());
        assertThat(NullBitmap.of(new boolean[70])).isEqualTo(NullBitmap.none());
    }

    @Test
    void allMeansAll() {
        for (int rows : new int[] {0, 1, 7, 8, 9, 64, 65}) {
            NullBitmap bitmap = NullBitmap.all(rows);
            for (int row = 0; row < rows; row++) {
                assertThat(bitmap.isNull(row)).isTrue();
            }
            assertThat(bitmap.isNull(rows)).isFalse();
            assertThat(bitmap.hasNulls()).isEqualTo(rows > 0);
        }
    }

    @Test
    void nullsInACollectionAreNulls() {
        NullBitmap bitmap = NullBitmap.ofNullsIn(Arrays.asList("a", null, "b"));
        assertThat(bitmap.isNull(0)).isFalse();
        assertThat(bitmap.isNull(1)).isTrue();
        assertThat(bitmap.isNull(2)).isFalse();
    }

    @Test
    void agreesWithABitSet() {
        long seed = System.nanoTime();
        System.out.println("NullBitmapTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            boolean[] nulls = new boolean[random.nextInt(200)];
            BitSet set = new BitSet();
            for (int row = 0; row < nulls.length; row++) {
                nulls[row] = random.nextInt(4) == 0;
                set.set(row, nulls[row]);
            }
            NullBitmap bitmap = NullBitmap.of(nulls);
            assertThat(bitmap.toBytes()).isEqualTo(set.toByteArray());
            assertThat(bitmap).isEqualTo(NullBitmap.of(set));
            assertThat(bitmap.hasNulls()).isEqualTo(!set.isEmpty());
            for (int row = 0; row < nulls.length; row++) {
                assertThat(bitmap.isNull(row)).isEqualTo(nulls[row]);
            }
        }
    }
}
