package org.skep.rpc.rows;

import java.util.List;

/** Values of TINYINT. Immutable, see {@link ColumnBlock}. */
public final class ByteColumn extends ColumnBlock {
    private final byte[] values;

    /** One row a value; the array belongs to the block from now on. */
    public ByteColumn(byte[] values, NullBitmap nulls) {
        super(values.length, nulls);
        this.values = values;
    }

    /** One row an element, NULL where the element is null. */
    public static ByteColumn of(List<Byte> elements) {
        byte[] values = new byte[elements.size()];
        for (int row = 0; row < values.length; row++) {
            Byte element = elements.get(row);
            values[row] = element == null ? (byte) 0 : element;
        }
        return new ByteColumn(values, NullBitmap.ofNullsIn(elements));
    }

    @Override
    public ColumnKind kind() {
        return ColumnKind.BYTE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.bytes(this);
    }

    /** The value of a row that is not NULL. */
    public byte value(int row) {
        return values[row];
    }

    /** All values, fillers where a row is NULL; not to be written. */
    public byte[] values() {
        return values;
    }
}
