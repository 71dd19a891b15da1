package org.skep.rpc.rows;

import java.util.List;

/**
 * Values of DOUBLE and FLOAT; a FLOAT travels as the double that its decimal text denotes.
 * Immutable, see {@link ColumnBlock}.
 */
public final class DoubleColumn extends ColumnBlock {
    private final double[] values;

    /** One row a value; the array belongs to the block from now on. */
    public DoubleColumn(double[] values, NullBitmap nulls) {
        super(values.length, nulls);
        this.values = values;
    }

    /** One row an element, NULL where the element is null. */
    public static DoubleColumn of(List<Double> elements) {
        double[] values = new double[elements.size()];
        for (int row = 0; row < values.length; row++) {
            Double element = elements.get(row);
            values[row] = element == null ? 0.0 : element;
        }
        return new DoubleColumn(values, NullBitmap.ofNullsIn(elements));
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.DOUBLE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.doubles(this);
    }

    /** The value of a row that is not NULL. */
    public double value(int row) {
        return values[row];
    }

    /** All values, fillers where a row is NULL; not to be written. */
    public double[] values() {
        return values;
    }
}
