package org.skep.lsm.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.skep.lsm.cell.Cell;

/**
 * Mutations of one row that are applied together and seen together. Deletes among them hide puts
 * among them whose timestamps they cover, whatever their order. Confined to one thread until it is
 * handed over.
 */
public final class RowMutations {
    private final byte[] row;
    private final List<Mutation<?>> mutations = new ArrayList<>();

    /**
     * Begins with no mutations.
     *
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes
     */
    public RowMutations(byte[] row) {
        this.row = Mutation.checkedRow(row);
    }

    /**
     * Adds a mutation.
     *
     * @throws IllegalArgumentException if it is of another row
     */
    public RowMutations add(Mutation<?> mutation) {
        if (!Arrays.equals(mutation.row(), row)) {
            throw new IllegalArgumentException(
                    "Mutation must be of the same row: "
                            + Cell.printable(mutation.row())
                            + " instead of "
                            + Cell.printable(row));
        }
        mutations.add(mutation);
        return this;
    }

    /** The row, not to be changed. */
    public byte[] row() {
        return row;
    }

    /** The mutations in the order in which they were added. */
    public List<Mutation<?>> mutations() {
        return Collections.unmodifiableList(mutations);
    }
}
