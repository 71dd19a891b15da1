package org.skep.columnar.parquet;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;

/** INT32 and INT64: integers, dates, decimals and timestamps. Confined to one thread. */
final class LongDecoder extends ValueDecoder {
    private final LongSource source;
    private final FileType type;

    private LongDecoder(LongSource source, FileType type) {
        this.source = source;
        this.type = type;
    }

    static ValueDecoder create(FileType type, Encoding encoding, PageReader page) {
        if (encoding == Encoding.DELTA_BINARY_PACKED) {
            return new LongDecoder(new DeltaLongs(page, type.physical() == Type.INT32), type);
        }
        boolean narrow = type.physical() == Type.INT32;
        PlainNumbers numbers = PlainNumbers.create(encoding, page, narrow ? 4 : 8);
        if (numbers == null) {
            return null;
        }
        return new LongDecoder(narrow ? new Narrow(numbers) : new Wide(numbers), type);
    }

    @Override
    void open(byte[] data, int from, int to, int count) {
        source.open(data, from, to);
    }

    @Override
    void read(ColumnVector target, int at, int count, boolean share) {
        if (target instanceof DecimalVector decimals) {
            source.read(decimals.low(), at, count);
            return;
        }
        LongVector longs = (LongVector) target;
        source.read(longs.values(), at, count);
        if (type.unsigned() && type.physical() == Type.INT32) {
            long[] values = longs.values();
            for (int i = at; i < at + count; i++) {
                values[i] &= 0xffffffffL;
            }
        } else if (type.unit() == 1_000) {
            long[] values = longs.values();
            for (int i = at; i < at + count; i++) {
                values[i] *= 1_000;
            }
        } else if (type.unit() == 1_000_000_000) {
            long[] values = longs.values();
            for (int i = at; i < at + count; i++) {
                long nanos = values[i];
                longs.set(i, Math.floorDiv(nanos, 1_000L), (int) Math.floorMod(nanos, 1_000L));
            }
        }
    }

    @Override
    void skip(int count) {
        source.skip(count);
    }

    private record Narrow(PlainNumbers numbers) implements LongSource {
        @Override
        public void open(byte[] data, int from, int to) {
            numbers.open(data, from, to);
        }

        @Override
        public void read(long[] out, int at, int count) {
            int start = numbers.take(count);
            byte[] data = numbers.data();
            for (int i = 0; i < count; i++) {
                out[at + i] = (int) ByteOrderReads.INT.get(data, start + 4 * i);
            }
        }

        @Override
        public void skip(int count) {
            numbers.take(count);
        }
    }

    private record Wide(PlainNumbers numbers) implements LongSource {
        @Override
        public void open(byte[] data, int from, int to) {
            numbers.open(data, from, to);
        }

        @Override
        public void read(long[] out, int at, int count) {
            int start = numbers.take(count);
            byte[] data = numbers.data();
            for (int i = 0; i < count; i++) {
                out[at + i] = (long) ByteOrderReads.LONG.get(data, start + 8 * i);
            }
        }

        @Override
        public void skip(int count) {
            numbers.take(count);
        }
    }
}
