package org.skep.lsm.operation;

import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;

/** Appends bytes to values of a row. Confined to one thread. */
public final class Append extends Mutation<Append> {
    /** Begins with no columns. */
    public Append(byte[] row) {
        super(row);
    }

    @Override
    Append self() {
        return this;
    }

    /** Appends to the newest value of a column, or makes it. */
    public Append add(byte[] family, byte[] qualifier, byte[] value) {
        add(Cell.of(row(), family, qualifier, Cell.LATEST, CellType.PUT, value));
        return this;
    }
}
