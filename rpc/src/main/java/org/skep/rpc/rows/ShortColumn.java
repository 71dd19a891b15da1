package org.skep.rpc.rows;

import java.util.List;

/** Values of SMALLINT. Immutable, see {@link ColumnBlock}. */
public final class ShortColumn extends ColumnBlock {
    private final short[] values;

    /** One row a value; the array belongs to the block from now on. */
    public ShortColumn(short[] values, NullBitmap nulls) {
        super(values.length, nulls);
        this.values = values;
    }

    /** One row an element, NULL where the element is null. */
    public static ShortColumn of(List<Short> elements) {
        short[] values = new short[elements.size()];
        for (int row = 0; row < values.length; row++) {
            Short element = elements.get(row);
            values[row] = element == null ? (short) 0 : element;
        }
        return new ShortColumn(values, NullBitmap.ofNullsIn(elements));
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.SHORT;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.shorts(this);
    }

    /** The value of a row that is not NULL. */
    public short value(int row) {
        return values[row];
    }

    /** All values, fillers where a row is NULL; not to be written. */
    public short[] values() {
        return values;
    }
}
