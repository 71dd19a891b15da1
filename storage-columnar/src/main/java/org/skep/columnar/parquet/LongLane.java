package org.skep.columnar.parquet;

import java.util.Arrays;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/** Values that fit in 64 bits: integers, dates, floating-point numbers, short decimals. */
final class LongLane extends ValueLane {
    /** How a value is written. */
    enum Shape {
        INT32,
        INT64,
        FLOAT,
        DOUBLE,
        /** Two's complement, highest byte first. */
        FIXED
    }

    private static final int FIRST_TABLE = 1 << 10;

    private final Shape shape;
    private final int width;
    private long[] scratch = new long[0];

    private long[] entries;
    private int size;
    // index of the entry plus one, 0 for none
    private int[] table;

    private boolean seen;
    private long least;
    private long most;
    private double leastReal;
    private double mostReal;
    private long nans;

    /** A lane; {@code width} is the bytes of a value. */
    LongLane(Shape shape, int width) {
        this.shape = shape;
        this.width = width;
        reset();
    }

    @Override
    boolean hasDictionary() {
        return true;
    }

    private void load(ColumnVector vector, int[] positions, int count) {
        if (scratch.length < count) {
            scratch = new long[count];
        }
        if (vector instanceof DoubleVector doubles) {
            double[] values = doubles.values();
            for (int i = 0; i < count; i++) {
                double value = values[positions[i]];
                scratch[i] =
                        shape == Shape.FLOAT
                                ? Float.floatToRawIntBits((float) value)
                                : Double.doubleToRawLongBits(value);
            }
            return;
        }
        long[] values =
                vector instanceof DecimalVector decimals
                        ? decimals.low()
                        : ((LongVector) vector).values();
        for (int i = 0; i < count; i++) {
            scratch[i] = values[positions[i]];
        }
    }

    @Override
    void look(ColumnVector flat, int[] positions, int count, int[] ids, int at) {
        load(flat, positions, count);
        for (int i = 0; i < count; i++) {
            ids[at + i] = index(scratch[i]);
        }
        if (isReal()) {
            // entries are bounded once, but every NaN counts
            for (int i = 0; i < count; i++) {
                nans += Double.isNaN(real(scratch[i])) ? 1 : 0;
            }
        }
    }

    private int index(long value) {
        int mask = table.length - 1;
        int slot = hash(value) & mask;
        while (true) {
            int found = table[slot] - 1;
            if (found < 0) {
                return add(value, slot);
            }
            if (entries[found] == value) {
                return found;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static int hash(long value) {
        long mixed = value * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32);
    }

    private int add(long value, int slot) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size] = value;
        table[slot] = ++size;
        bound(value);
        if (2 * size > table.length) {
            int[] larger = new int[4 * table.length];
            int mask = larger.length - 1;
            for (int i = 0; i < size; i++) {
                int free = hash(entries[i]) & mask;
                while (larger[free] != 0) {
                    free = (free + 1) & mask;
                }
                larger[free] = i + 1;
            }
            table = larger;
        }
        return size - 1;
    }

    private boolean isReal() {
        return shape == Shape.FLOAT || shape == Shape.DOUBLE;
    }

    private double real(long bits) {
        return shape == Shape.FLOAT
                ? Float.intBitsToFloat((int) bits)
                : Double.longBitsToDouble(bits);
    }

    private void bound(long value) {
        if (isReal()) {
            double real = real(value);
            if (!Double.isNaN(real)) {
                leastReal = Math.min(leastReal, real);
                mostReal = Math.max(mostReal, real);
                seen = true;
            }
            return;
        }
        seen = true;
        least = Math.min(least, value);
        most = Math.max(most, value);
    }

    @Override
    void plain(ColumnVector flat, int[] positions, int count, ByteSink out) {
        load(flat, positions, count);
        for (int i = 0; i < count; i++) {
            bound(scratch[i]);
        }
        if (isReal()) {
            for (int i = 0; i < count; i++) {
                nans += Double.isNaN(real(scratch[i])) ? 1 : 0;
            }
        }
        write(scratch, count, out);
    }

    @Override
    void plain(int[] ids, int count, ByteSink out) {
        if (scratch.length < count) {
            scratch = new long[count];
        }
        for (int i = 0; i < count; i++) {
            scratch[i] = entries[ids[i]];
        }
        write(scratch, count, out);
    }

    private void write(long[] values, int count, ByteSink out) {
        int at = out.reserve(Math.multiplyExact(count, width));
        byte[] data = out.data();
        switch (shape) {
            case INT32, FLOAT -> {
                for (int i = 0; i < count; i++) {
                    ByteOrderReads.INT.set(data, at + 4 * i, (int) values[i]);
                }
            }
            case INT64, DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    ByteOrderReads.LONG.set(data, at + 8 * i, values[i]);
                }
            }
            case FIXED -> {
                for (int i = 0; i < count; i++) {
                    big(values[i], width, data, at + i * width);
                }
            }
        }
    }

    private static void big(long value, int width, byte[] data, int at) {
        long rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            data[i] = (byte) rest;
            rest >>= 8;
        }
    }

    @Override
    int dictionarySize() {
        return size;
    }

    @Override
    int dictionaryBytes() {
        return size * width;
    }

    @Override
    void dictionary(ByteSink out) {
        write(entries, size, out);
    }

    @Override
    long plainBytes(int[] ids, int count) {
        return (long) count * width;
    }

    @Override
    byte[] min() {
        // Zeros have two forms, so the lower one stands for both, and above the higher.
        return seen ? bytes(least, leastReal == 0 ? -0.0 : leastReal) : null;
    }

    @Override
    byte[] max() {
        return seen ? bytes(most, mostReal == 0 ? 0.0 : mostReal) : null;
    }

    private byte[] bytes(long whole, double real) {
        ByteSink out = new ByteSink(8);
        long value =
                switch (shape) {
                    case FLOAT -> Float.floatToRawIntBits((float) real);
                    case DOUBLE -> Double.doubleToRawLongBits(real);
                    case INT32, INT64, FIXED -> whole;
                };
        write(new long[] {value}, 1, out);
        return out.toArray();
    }

    @Override
    long nanCount() {
        return isReal() ? nans : -1;
    }

    @Override
    long retainedBytes() {
        return 8L * entries.length + 4L * table.length + 8L * scratch.length;
    }

    @Override
    void reset() {
        size = 0;
        entries = new long[FIRST_TABLE / 2];
        table = new int[FIRST_TABLE];
        seen = false;
        least = Long.MAX_VALUE;
        most = Long.MIN_VALUE;
        leastReal = Double.POSITIVE_INFINITY;
        mostReal = Double.NEGATIVE_INFINITY;
        nans = 0;
    }
}
