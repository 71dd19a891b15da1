package org.skep.server.rows;

import java.util.Arrays;
import org.skep.rpc.rows.BooleanColumn;
import org.skep.rpc.rows.ByteColumn;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.DoubleColumn;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.rows.LongColumn;
import org.skep.rpc.rows.NullBitmap;
import org.skep.rpc.rows.ShortColumn;
import org.skep.types.TypeKind;
import org.skep.types.text.ByteSink;
import org.skep.types.text.DoubleText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/**
 * Collects booleans, integers and floating-point numbers, each in the eight bytes of a {@code long}
 * until the block is built. Confined to one thread.
 */
final class NumberBlockBuilder implements BlockBuilder {
    // Whole numbers below it have the same text as FLOAT and as DOUBLE.
    private static final double EXACT = 1 << 24;

    private final TypeKind kind;
    private final ByteSink text = new ByteSink(32);
    private long[] values = new long[256];
    private boolean[] nulls = new boolean[256];
    private int rows;

    NumberBlockBuilder(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public void append(ColumnVector flat, int[] positions, int count) {
        if (rows + count > values.length) {
            int larger = Math.max(rows + count, values.length * 2);
            values = Arrays.copyOf(values, larger);
            nulls = Arrays.copyOf(nulls, larger);
        }
        for (int i = 0; i < count; i++) {
            if (positions[i] < 0) {
                nulls[rows + i] = true;
            } else {
                values[rows + i] = bits(flat, positions[i]);
            }
        }
        rows += count;
    }

    private long bits(ColumnVector flat, int position) {
        if (flat instanceof LongVector longs) {
            return longs.values()[position];
        }
        if (flat instanceof BooleanVector booleans) {
            return booleans.values()[position] ? 1 : 0;
        }
        double value = ((DoubleVector) flat).values()[position];
        return Double.doubleToRawLongBits(kind == TypeKind.FLOAT ? asPrinted(value) : value);
    }

    // A FLOAT travels as the double nearest to its shortest text, so that 0.1 stays 0.1.
    private double asPrinted(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            return value;
        }
        text.reset();
        DoubleText.append((float) value, text);
        return Double.parseDouble(text.toString());
    }

    @Override
    public long bytes() {
        return 8L * rows;
    }

    @Override
    public ColumnBlock build() {
        NullBitmap missing = NullBitmap.of(Arrays.copyOf(nulls, rows));
        return switch (kind) {
            case BOOLEAN -> new BooleanColumn(booleans(), missing);
            case TINYINT -> new ByteColumn(bytesOfRows(), missing);
            case SMALLINT -> new ShortColumn(shorts(), missing);
            case INT -> new IntColumn(ints(), missing);
            case BIGINT -> new LongColumn(Arrays.copyOf(values, rows), missing);
            case FLOAT, DOUBLE -> new DoubleColumn(doubles(), missing);
            default -> throw new IllegalStateException("Type is no number: " + kind);
        };
    }

    private boolean[] booleans() {
        boolean[] result = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = values[i] != 0;
        }
        return result;
    }

    private byte[] bytesOfRows() {
        byte[] result = new byte[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }

    private short[] shorts() {
        short[] result = new short[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = (short) values[i];
        }
        return result;
    }

    private int[] ints() {
        int[] result = new int[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = (int) values[i];
        }
        return result;
    }

    private double[] doubles() {
        double[] result = new double[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = Double.longBitsToDouble(values[i]);
        }
        return result;
    }
}
