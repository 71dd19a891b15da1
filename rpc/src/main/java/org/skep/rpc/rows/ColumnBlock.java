package org.skep.rpc.rows;

import java.util.Objects;

/**
 * The values of one column for some rows. NULL rows hold fillers that mean nothing. Immutable by
 * agreement: a block owns the arrays given to it, and nobody writes them afterwards, so blocks may
 * be shared between threads.
 */
public abstract class ColumnBlock {
    private final int rowCount;
    private final NullBitmap nulls;

    ColumnBlock(int rowCount, NullBitmap nulls) {
        this.rowCount = rowCount;
        this.nulls = Objects.requireNonNull(nulls, "nulls");
    }

    /** How the values are kept. */
    public abstract ColumnKind kind();

    /** The visitor's answer for this kind of block. */
    public abstract <R> R accept(Visitor<R> visitor);

    /** The number of rows. */
    public final int rowCount() {
        return rowCount;
    }

    /** Which rows are NULL. */
    public final NullBitmap nulls() {
        return nulls;
    }

    /** Whether the row, counted from 0, is NULL. */
    public final boolean isNull(int row) {
        return nulls.isNull(row);
    }

    @Override
    public String toString() {
        return kind() + " x " + rowCount;
    }

    /** One method a kind of block. */
    public interface Visitor<R> {
        R booleans(BooleanColumn column);

        R bytes(ByteColumn column);

        R shorts(ShortColumn column);

        R ints(IntColumn column);

        R longs(LongColumn column);

        R doubles(DoubleColumn column);

        R strings(StringColumn column);

        R binaries(BinaryColumn column);
    }
}
