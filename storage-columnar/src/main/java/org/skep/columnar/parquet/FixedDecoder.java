package org.skep.columnar.parquet;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/**
 * Values of a fixed count of bytes: decimals, binary, and the timestamps of 96 bits. Confined to
 * one thread.
 */
final class FixedDecoder extends ValueDecoder {
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final long NANOS_A_DAY = MICROS_A_DAY * 1_000;
    // the Julian day that began at noon of 1970-01-01
    private static final int EPOCH_JULIAN_DAY = 2_440_588;

    private final FileType type;
    private final PlainNumbers numbers;
    private final DeltaBytes deltas;

    private FixedDecoder(FileType type, PlainNumbers numbers, DeltaBytes deltas) {
        this.type = type;
        this.numbers = numbers;
        this.deltas = deltas;
    }

    static ValueDecoder create(FileType type, Encoding encoding, PageReader page) {
        if (encoding == Encoding.DELTA_BYTE_ARRAY && type.physical() != Type.INT96) {
            PlainNumbers numbers = PlainNumbers.create(Encoding.PLAIN, page, type.width());
            return new FixedDecoder(type, numbers, new DeltaBytes(page));
        }
        if (encoding != Encoding.PLAIN && type.physical() == Type.INT96) {
            return null;
        }
        PlainNumbers numbers = PlainNumbers.create(encoding, page, type.width());
        return numbers == null ? null : new FixedDecoder(type, numbers, null);
    }

    @Override
    void open(byte[] data, int from, int to, int count) {
        if (deltas == null) {
            numbers.open(data, from, to);
            return;
        }
        deltas.open(data, from, to, count, true);
        deltas.requireLength(type.width());
        numbers.open(deltas.data(), 0, deltas.dataLength());
    }

    @Override
    void read(ColumnVector target, int at, int count, boolean share) {
        int start = numbers.take(count);
        byte[] data = numbers.data();
        int width = type.width();
        if (target instanceof DecimalVector decimals) {
            if (width <= 8) {
                narrowDecimals(data, start, width, decimals.low(), at, count);
            } else {
                for (int i = 0; i < count; i++) {
                    wideDecimal(data, start + i * width, width, decimals, at + i);
                }
            }
        } else if (target instanceof LongVector longs) {
            timestamps(data, start, longs, at, count);
        } else if (target instanceof BytesVector bytes) {
            bytes(data, start, width, bytes, at, count, share);
        } else {
            double[] out = ((DoubleVector) target).values();
            for (int i = 0; i < count; i++) {
                int bits = (data[start + 2 * i] & 0xff) | (data[start + 2 * i + 1] & 0xff) << 8;
                out[at + i] = half(bits);
            }
        }
    }

    private static void narrowDecimals(
            byte[] data, int start, int width, long[] out, int at, int count) {
        int shift = 64 - 8 * width;
        for (int i = 0, from = start; i < count; i++, from += width) {
            out[at + i] = (long) ByteOrderReads.LONG_BIG.get(data, from) >> shift;
        }
    }

    /** Sets a decimal from two's complement of any length, highest byte first. */
    static void wideDecimal(byte[] data, int from, int width, DecimalVector out, int row) {
        if (width <= 8) {
            long value = width == 0 ? 0 : data[from];
            for (int i = 1; i < width; i++) {
                value = value << 8 | (data[from + i] & 0xff);
            }
            out.set(row, value);
            return;
        }
        int end = from + width;
        long low = (long) ByteOrderReads.LONG_BIG.get(data, end - 8);
        long high = data[from];
        for (int i = Math.max(from + 1, end - 16); i < end - 8; i++) {
            high = high << 8 | (data[i] & 0xff);
        }
        out.set(row, high, low);
    }

    private static void timestamps(byte[] data, int start, LongVector out, int at, int count) {
        for (int i = 0, from = start; i < count; i++, from += 12) {
            long nanosOfDay = (long) ByteOrderReads.LONG.get(data, from);
            long day = (int) ByteOrderReads.INT.get(data, from + 8) - (long) EPOCH_JULIAN_DAY;
            day += Math.floorDiv(nanosOfDay, NANOS_A_DAY);
            long nanos = Math.floorMod(nanosOfDay, NANOS_A_DAY);
            out.set(at + i, day * MICROS_A_DAY + nanos / 1_000, (int) (nanos % 1_000));
        }
    }

    private static void bytes(
            byte[] data, int start, int width, BytesVector out, int at, int count, boolean share) {
        int from = start;
        if (share) {
            out.share(data);
        } else {
            from = out.reserve(count * width);
            System.arraycopy(data, start, out.data(), from, count * width);
        }
        for (int i = 0; i < count; i++) {
            out.setRun(at + i, from + i * width, width);
        }
    }

    private static float half(int bits) {
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float value;
        if (exponent == 0x1f) {
            value = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            value = fraction * 0x1p-24f;
        } else {
            value = (1 + fraction * 0x1p-10f) * (float) Math.pow(2, exponent - 15);
        }
        return (bits & 0x8000) != 0 ? -value : value;
    }

    @Override
    void skip(int count) {
        numbers.take(count);
    }
}
