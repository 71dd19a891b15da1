package org.skep.rpc.rows;

import java.util.List;

/** Values of INT. Immutable, see {@link ColumnBlock}. */
public final class IntColumn extends ColumnBlock {
    private final int[] values;

    /** One row a value; the array belongs to the block from now on. */
    public IntColumn(int[] values, NullBitmap nulls) {
        super(values.length, nulls);
        this.values = values;
    }

    /** One row an element, NULL where the element is null. */
    public static IntColumn of(List<Integer> elements) {
        int[] values = new int[elements.size()];
        for (int row = 0; row < values.length; row++) {
            Integer element = elements.get(row);
            values[row] = element == null ? 0 : element;
        }
        return new IntColumn(values, NullBitmap.ofNullsIn(elements));
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.INT;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.ints(this);
    }

    /** The value of a row that is not NULL. */
    public int value(int row) {
        return values[row];
    }

    /** All values, fillers where a row is NULL; not to be written. */
    public int[] values() {
        return values;
    }
}
