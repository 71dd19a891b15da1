package org.skep.lsm.operation;

import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;

/** Gives columns of a row values; at least one. Confined to one thread. */
public final class Put extends Mutation<Put> {
    /**
     * Begins with no columns.
     *
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes
     */
    public Put(byte[] row) {
        super(row);
    }

    @Override
    Put self() {
        return this;
    }

    /**
     * Gives a column a value at the store's time.
     *
     * @throws IllegalArgumentException if the family's name is longer than 127 bytes
     */
    public Put add(byte[] family, byte[] qualifier, byte[] value) {
        return add(family, qualifier, Cell.LATEST, value);
    }

    /**
     * Gives a column a value at {@code timestamp}, in milliseconds.
     *
     * @throws IllegalArgumentException if the timestamp is negative, or the family's name longer
     *     than 127 bytes
     */
    public Put add(byte[] family, byte[] qualifier, long timestamp, byte[] value) {
        add(Cell.of(row(), family, qualifier, checkedTimestamp(timestamp), CellType.PUT, value));
        return this;
    }

    /**
     * Adds a finished cell of this row, with its tags.
     *
     * @throws IllegalArgumentException if it is of another row or no put, or its timestamp is
     *     negative
     */
    public Put addCell(Cell cell) {
        if (cell.type() != CellType.PUT || !java.util.Arrays.equals(cell.row(), row())) {
            throw new IllegalArgumentException("Cell must be a put of the same row: " + cell);
        }
        checkedTimestamp(cell.timestamp());
        add(cell);
        return this;
    }
}
