package org.skep.lsm.operation;

import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;

/** Appends bytes to values of a row; to one at least. Confined to one thread. */
public final class Append extends Mutation<Append> {
    /**
     * Begins with no columns.
     *
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes
     */
    public Append(byte[] row) {
        super(row);
    }

    @Override
    Append self() {
        return this;
    }

    /**
     * Appends to the newest value of a column, or makes it.
     *
     * @throws IllegalArgumentException if the family's name is longer than 127 bytes
     */
    public Append add(byte[] family, byte[] qualifier, byte[] value) {
        add(Cell.of(row(), family, qualifier, Cell.LATEST, CellType.PUT, value));
        return this;
    }
}
