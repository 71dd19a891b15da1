package org.skep.rpc.rows;

import java.util.List;

/** Values of BOOLEAN; the filler of NULL rows is true. Immutable, see {@link ColumnBlock}. */
public final class BooleanColumn extends ColumnBlock {
    private final boolean[] values;

    /** One row a value; the array belongs to the block from now on. */
    public BooleanColumn(boolean[] values, NullBitmap nulls) {
        super(values.length, nulls);
        this.values = values;
    }

    /** One row an element, NULL where the element is null. */
    public static BooleanColumn of(List<Boolean> elements) {
        boolean[] values = new boolean[elements.size()];
        for (int row = 0; row < values.length; row++) {
            Boolean element = elements.get(row);
            values[row] = element == null ? true : element;
        }
        return new BooleanColumn(values, NullBitmap.ofNullsIn(elements));
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.booleans(this);
    }

    /** The value of a row that is not NULL. */
    public boolean value(int row) {
        return values[row];
    }

    /** All values, fillers where a row is NULL; not to be written. */
    public boolean[] values() {
        return values;
    }
}
