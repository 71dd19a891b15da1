package org.skep.rpc.rows;

import java.util.List;

/** Values of BIGINT. Immutable, see {@link ColumnBlock}. */
public final class LongColumn extends ColumnBlock {
    private final long[] values;

    /** One row a value; the array belongs to the block from now on. */
    public LongColumn(long[] values, NullBitmap nulls) {
        super(values.length, nulls);
        this.values = values;
    }

    /** One row an element, NULL where the element is null. */
    public static LongColumn of(List<Long> elements) {
        long[] values = new long[elements.size()];
        for (int row = 0; row < values.length; row++) {
            Long element = elements.get(row);
            values[row] = element == null ? 0L : element;
        }
        return new LongColumn(values, NullBitmap.ofNullsIn(elements));
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.LONG;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.longs(this);
    }

    /** The value of a row that is not NULL. */
    public long value(int row) {
        return values[row];
    }

    /** All values, fillers where a row is NULL; not to be written. */
    public long[] values() {
        return values;
    }
}
