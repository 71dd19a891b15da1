package org.skep.lsm.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void comparesRunsOfAnyLengthAsUnsignedBytes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200_000; round++) {
            byte[] a = new byte[random.nextInt(30)];
            random.nextBytes(a);
            // Mostly two that have a beginning in common, or differ in one byte.
            byte[] b = Arrays.copyOf(a, random.nextInt(4) == 0 ? random.nextInt(30) : a.length);
            if (b.length > 0 && random.nextInt(4) > 0) {
                b[random.nextInt(b.length)] = (byte) random.nextInt(256);
            }
            int expected = Integer.signum(Arrays.compareUnsigned(a, b));
            int shift = random.nextInt(5);
            ByteBuffer left = buffer(a, shift, random.nextBoolean());
            ByteBuffer right = buffer(b, 3, random.nextBoolean());
            assertThat(signum(Bytes.compare(left, shift, a.length, right, 3, b.length)))
                    .isEqualTo(expected);
            assertThat(signum(Bytes.compare(a, 0, a.length, right, 3, b.length)))
                    .isEqualTo(expected);
            assertThat(Bytes.equal(left, shift, a.length, right, 3, b.length))
                    .isEqualTo(expected == 0);
            assertThat(Bytes.equal(a, 0, a.length, right, 3, b.length)).isEqualTo(expected == 0);
        }
    }

    private static int signum(int order) {
        return Integer.signum(order);
    }

    private static ByteBuffer buffer(byte[] content, int offset, boolean direct) {
        int size = offset + content.length;
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        return buffer.put(offset, content);
    }
}
