package org.skep.columnar.parquet;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;

/** FLOAT and DOUBLE. Confined to one thread. */
final class DoubleDecoder extends ValueDecoder {
    private final PlainNumbers numbers;
    private final boolean narrow;

    private DoubleDecoder(PlainNumbers numbers, boolean narrow) {
        this.numbers = numbers;
        this.narrow = narrow;
    }

    static ValueDecoder create(FileType type, Encoding encoding, PageReader page) {
        boolean narrow = type.physical() == Type.FLOAT;
        PlainNumbers numbers = PlainNumbers.create(encoding, page, narrow ? 4 : 8);
        return numbers == null ? null : new DoubleDecoder(numbers, narrow);
    }

    @Override
    void open(byte[] data, int from, int to, int count) {
        numbers.open(data, from, to);
    }

    @Override
    void read(ColumnVector target, int at, int count, boolean share) {
        double[] out = ((DoubleVector) target).values();
        int start = numbers.take(count);
        byte[] data = numbers.data();
        if (narrow) {
            for (int i = 0; i < count; i++) {
                out[at + i] =
                        Float.intBitsToFloat((int) ByteOrderReads.INT.get(data, start + 4 * i));
            }
        } else {
            for (int i = 0; i < count; i++) {
                out[at + i] =
                        Double.longBitsToDouble(
                                (long) ByteOrderReads.LONG.get(data, start + 8 * i));
            }
        }
    }

    @Override
    void skip(int count) {
        numbers.take(count);
    }
}
