package org.skep.types.vector;

import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.UnionType;

/**
 * The values of one column for the rows of a batch. Confined to one thread. A vector that came with
 * a batch is valid until the next batch is pulled: who keeps rows copies them.
 *
 * <p>Flat vectors hold a value for each position; {@link ConstantVector} holds one value for all,
 * {@link DictionaryVector} an index into another vector for each. Positions whose value is NULL
 * hold anything in the value arrays.
 */
public abstract sealed class ColumnVector
        permits BooleanVector,
                LongVector,
                DoubleVector,
                DecimalVector,
                BytesVector,
                RunsVector,
                StructVector,
                UnionVector,
                VoidVector,
                ConstantVector,
                DictionaryVector {
    private final DataType type;
    private boolean[] nulls;

    ColumnVector(DataType type) {
        this.type = type;
    }

    /** A new flat vector with room for {@code capacity} values, none NULL. */
    public static ColumnVector create(DataType type, int capacity) {
        return switch (type.kind()) {
            case VOID -> new VoidVector(capacity);
            case BOOLEAN -> new BooleanVector(capacity);
            case TINYINT,
                    SMALLINT,
                    INT,
                    BIGINT,
                    DATE,
                    TIMESTAMP,
                    TIMESTAMP_LOCAL_TZ,
                    INTERVAL_YEAR_MONTH,
                    INTERVAL_DAY_TIME ->
                    new LongVector(type, capacity);
            case FLOAT, DOUBLE -> new DoubleVector(type, capacity);
            case DECIMAL -> new DecimalVector(type, capacity);
            case STRING, VARCHAR, CHAR, BINARY -> new BytesVector(type, capacity);
            case ARRAY -> new ListVector((ListType) type, capacity);
            case MAP -> new MapVector((MapType) type, capacity);
            case STRUCT -> new StructVector((StructType) type, capacity);
            case UNION -> new UnionVector((UnionType) type, capacity);
        };
    }

    /** The type of the values. */
    public final DataType type() {
        return type;
    }

    /** How many positions there is room for. */
    public abstract int capacity();

    /** Makes room for {@code capacity} positions, keeping what is there. */
    public final void ensureCapacity(int capacity) {
        grow(capacity);
        if (nulls != null && nulls.length < capacity) {
            nulls = java.util.Arrays.copyOf(nulls, capacity());
        }
    }

    /** Grows the value arrays. */
    abstract void grow(int capacity);

    /**
     * Forgets all values and NULLs, keeping the arrays for reuse where they are this vector's own.
     */
    public void reset() {
        nulls = null;
    }

    /**
     * Which positions are NULL, or null if none is. Constant and dictionary vectors answer by
     * {@link #isNull}.
     */
    public final boolean[] nulls() {
        return nulls;
    }

    /** Replaces the NULL flags; null for none. The array must reach as far as the values. */
    public final void setNulls(boolean[] flags) {
        nulls = flags;
    }

    /** Whether the value at {@code row} is NULL. */
    public boolean isNull(int row) {
        return nulls != null && nulls[row];
    }

    /** Whether some value may be NULL. */
    public boolean mayHaveNulls() {
        return nulls != null;
    }

    /** Makes the value at {@code row} NULL. */
    public void setNull(int row) {
        if (nulls == null) {
            nulls = new boolean[capacity()];
        }
        nulls[row] = true;
    }

    /** Makes the value at {@code row} not NULL. */
    public final void clearNull(int row) {
        if (nulls != null) {
            nulls[row] = false;
        }
    }

    /**
     * Copies values of {@code source}, of the same type and any encoding, to the positions {@code
     * at}, {@code at + 1}, … of this flat vector, growing it. This is how rows are gathered,
     * appended and flattened.
     *
     * @param positions the positions in {@code source}; a negative one yields NULL; null stands for
     *     0, 1, 2, …
     * @param from where in {@code positions} to begin (with null: the first position)
     * @param count how many to copy
     */
    public final void copyFrom(ColumnVector source, int[] positions, int from, int count, int at) {
        ensureCapacity(at + count);
        if (source instanceof DictionaryVector dictionary) {
            copyFrom(
                    dictionary.values(),
                    dictionary.translate(positions, from, count),
                    0,
                    count,
                    at);
            return;
        }
        if (source instanceof ConstantVector constant) {
            int[] zeros = new int[count];
            if (positions != null) {
                for (int i = 0; i < count; i++) {
                    zeros[i] = positions[from + i] < 0 ? -1 : 0;
                }
            }
            copyFrom(constant.value(), zeros, 0, count, at);
            return;
        }
        copyNulls(source, positions, from, count, at);
        if (source instanceof VoidVector && !(this instanceof VoidVector)) {
            return;
        }
        copyValues(source, positions, from, count, at);
    }

    /**
     * Appends one value of {@code source} at position {@code at}. For rare paths; loops use {@link
     * #copyFrom}.
     */
    public final void copyOne(ColumnVector source, int position, int at) {
        copyFrom(source, null, position, 1, at);
    }

    /**
     * Copies the values (not the NULL flags) from a flat source of the same kind; NULL sources may
     * be skipped.
     */
    abstract void copyValues(ColumnVector source, int[] positions, int from, int count, int at);

    /** Bytes on the heap that this vector keeps alive, about. */
    public abstract long retainedBytes();

    final long nullBytes() {
        return nulls == null ? 0 : nulls.length;
    }

    private void copyNulls(ColumnVector source, int[] positions, int from, int count, int at) {
        boolean[] theirs = source.nulls();
        if (source instanceof VoidVector) {
            for (int i = 0; i < count; i++) {
                setNull(at + i);
            }
            return;
        }
        if (nulls != null) {
            java.util.Arrays.fill(nulls, at, at + count, false);
        }
        if (positions == null) {
            if (theirs != null) {
                for (int i = 0; i < count; i++) {
                    if (theirs[from + i]) {
                        setNull(at + i);
                    }
                }
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int position = positions[from + i];
            if (position < 0 || (theirs != null && theirs[position])) {
                setNull(at + i);
            }
        }
    }

    /** The next size of a growing array that must hold {@code needed}. */
    static int grownCapacity(int now, int needed) {
        return Math.max(needed, Math.max(16, now + (now >> 1)));
    }
}
