package org.skep.lsm.operation;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;

/** Adds to eight-byte big-endian numbers of a row; to one at least. Confined to one thread. */
public final class Increment extends Mutation<Increment> {
    /**
     * Begins with no columns.
     *
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes
     */
    public Increment(byte[] row) {
        super(row);
    }

    @Override
    Increment self() {
        return this;
    }

    /**
     * Adds to the newest value of a column; one that is not there counts as 0. Wraps around.
     *
     * @throws IllegalArgumentException if the family's name is longer than 127 bytes
     */
    public Increment add(byte[] family, byte[] qualifier, long amount) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(amount).array();
        add(Cell.of(row(), family, qualifier, Cell.LATEST, CellType.PUT, bytes));
        return this;
    }
}
