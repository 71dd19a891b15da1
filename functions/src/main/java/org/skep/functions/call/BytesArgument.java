package org.skep.functions.call;

import java.nio.charset.StandardCharsets;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;

/** Reads a flat or constant vector of texts or bytes by row. Confined to one thread. */
public final class BytesArgument {
    private final byte[] data;
    private final int[] starts;
    private final int[] lengths;
    private final boolean[] nulls;
    private final int mask;

    private BytesArgument(BytesVector vector, int mask) {
        data = vector.data();
        starts = vector.starts();
        lengths = vector.lengths();
        nulls = vector.nulls();
        this.mask = mask;
    }

    /** A reader of an argument as kernels get it. */
    public static BytesArgument of(ColumnVector vector) {
        if (vector instanceof ConstantVector constant) {
            return new BytesArgument((BytesVector) constant.value(), 0);
        }
        return new BytesArgument((BytesVector) vector, -1);
    }

    /** Whether the value is the same in all rows. */
    public boolean isConstant() {
        return mask == 0;
    }

    /** The buffer of all values. */
    public byte[] data() {
        return data;
    }

    /** Where the value of a row begins. */
    public int start(int row) {
        return starts[row & mask];
    }

    /** How many bytes the value of a row has. */
    public int length(int row) {
        return lengths[row & mask];
    }

    /** Whether the value of a row is NULL. */
    public boolean isNull(int row) {
        return nulls != null && nulls[row & mask];
    }

    /** The value of a row as a string. */
    public String text(int row) {
        return new String(data, start(row), length(row), StandardCharsets.UTF_8);
    }
}
