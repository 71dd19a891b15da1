package org.skep.lsm.operation;

/** Asks for one row. Confined to one thread until it is handed over. */
public final class Get extends Query<Get> {
    private final byte[] row;
    private boolean existenceOnly;

    /**
     * Asks for all families of a row.
     *
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes
     */
    public Get(byte[] row) {
        this.row = Mutation.checkedRow(row);
    }

    /** Asks the same as another. */
    public Get(Get other) {
        row = other.row;
        existenceOnly = other.existenceOnly;
        copyFrom(other);
    }

    @Override
    Get self() {
        return this;
    }

    /** The row, not to be changed. */
    public byte[] row() {
        return row;
    }

    /** Asks only whether there is a cell: the result has at most the first. */
    public Get existenceOnly() {
        existenceOnly = true;
        return this;
    }

    /** Whether only the existence of a cell is asked for. */
    public boolean isExistenceOnly() {
        return existenceOnly;
    }

    /** The scan that gives the same cells. */
    public Scan toScan() {
        Scan scan = new Scan().startRow(row).stopRow(row, true);
        scan.copyFrom(this);
        return scan;
    }
}
