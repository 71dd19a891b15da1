package org.skep.columnar.parquet;

import org.apache.parquet.format.Encoding;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;

/** BOOLEAN, as bits or as runs of bits. Confined to one thread. */
final class BooleanDecoder extends ValueDecoder {
    private final PageReader page;
    private final RleReader runs;
    private byte[] data;
    private long bit;
    private long endBit;

    private BooleanDecoder(PageReader page, RleReader runs) {
        this.page = page;
        this.runs = runs;
    }

    static ValueDecoder create(Encoding encoding, PageReader page) {
        return switch (encoding) {
            case PLAIN -> new BooleanDecoder(page, null);
            case RLE -> new BooleanDecoder(page, new RleReader(page));
            default -> null;
        };
    }

    @Override
    void open(byte[] buffer, int from, int to, int count) {
        if (runs == null) {
            data = buffer;
            bit = 8L * from;
            endBit = 8L * to;
            return;
        }
        if (to - from < 4) {
            throw page.corrupt("booleans of %d bytes".formatted(to - from));
        }
        int length = (int) ByteOrderReads.INT.get(buffer, from);
        if (length < 0 || length > to - from - 4) {
            throw page.corrupt(
                    "booleans of %d bytes, %d are left".formatted(length, to - from - 4));
        }
        runs.open(buffer, from + 4, from + 4 + length, 1);
    }

    @Override
    void read(ColumnVector target, int at, int count, boolean share) {
        boolean[] out = ((BooleanVector) target).values();
        if (runs != null) {
            runs.readNulls(out, at, count);
            for (int i = at; i < at + count; i++) {
                out[i] = !out[i];
            }
            return;
        }
        check(count);
        for (int i = 0; i < count; i++) {
            out[at + i] = ((data[(int) (bit >>> 3)] >>> (bit & 7)) & 1) != 0;
            bit++;
        }
    }

    private void check(int count) {
        if (count > endBit - bit) {
            throw page.corrupt("%d booleans, %d bits are left".formatted(count, endBit - bit));
        }
    }

    @Override
    void skip(int count) {
        if (runs != null) {
            runs.skip(count);
        } else {
            check(count);
            bit += count;
        }
    }
}
