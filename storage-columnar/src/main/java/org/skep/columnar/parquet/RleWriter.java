package org.skep.columnar.parquet;

/**
 * Encodes the hybrid of repeated and bit-packed numbers that {@link RleReader} decodes. Stateless.
 */
final class RleWriter {
    private static final int GROUP = 8;

    private RleWriter() {}

    /** Bits that numbers up to {@code most} need. */
    static int bits(int most) {
        return 32 - Integer.numberOfLeadingZeros(most);
    }

    /** Appends the first {@code count} numbers of {@code width} bits each. */
    static void write(int[] values, int count, int width, ByteSink out) {
        int literalsFrom = 0;
        int at = 0;
        while (at < count) {
            int runEnd = at + 1;
            while (runEnd < count && values[runEnd] == values[at]) {
                runEnd++;
            }
            // Bit-packed runs are whole groups, so a repeated run may have to lend them some
            // values.
            int lent = (GROUP - (at - literalsFrom) % GROUP) % GROUP;
            if (runEnd - at - lent >= GROUP) {
                writePacked(values, literalsFrom, at + lent, width, out);
                writeRepeated(values[at], runEnd - at - lent, width, out);
                literalsFrom = runEnd;
            }
            at = runEnd;
        }
        writePacked(values, literalsFrom, count, width, out);
    }

    private static void writeRepeated(int value, int count, int width, ByteSink out) {
        out.writeVarint(count << 1);
        for (int bit = 0; bit < width; bit += 8) {
            out.write(value >>> bit);
        }
    }

    private static void writePacked(int[] values, int from, int to, int width, ByteSink out) {
        if (from == to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        out.writeVarint(groups << 1 | 1);
        int at = out.reserve(groups * width);
        byte[] data = out.data();
        long pending = 0;
        int pendingBits = 0;
        for (int i = from; i < from + groups * GROUP; i++) {
            long value = i < to ? values[i] : 0;
            pending |= value << pendingBits;
            pendingBits += width;
            while (pendingBits >= 8) {
                data[at++] = (byte) pending;
                pending >>>= 8;
                pendingBits -= 8;
            }
        }
    }
}
