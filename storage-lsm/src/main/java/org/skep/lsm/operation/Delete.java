package org.skep.lsm.operation;

import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;

/**
 * Hides cells of a row. With no parts it hides the whole row: every family up to its timestamp.
 * Deletes hide by timestamp, not by the order of writing, unless the family has
 * NEW_VERSION_BEHAVIOR. Parts throw IllegalArgumentException if their timestamp is negative or the
 * family's name longer than 127 bytes. Confined to one thread.
 */
public final class Delete extends Mutation<Delete> {
    private static final byte[] EMPTY = {};

    private final long timestamp;

    /**
     * Begins with no parts, at the store's time.
     *
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes
     */
    public Delete(byte[] row) {
        this(row, Cell.LATEST);
    }

    /**
     * Begins with no parts; {@code timestamp} is that of the whole row's delete, and of the parts
     * that have none of their own.
     *
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes, or the
     *     timestamp negative
     */
    public Delete(byte[] row, long timestamp) {
        super(row);
        this.timestamp = checkedTimestamp(timestamp);
    }

    @Override
    Delete self() {
        return this;
    }

    /** The timestamp of a delete of the whole row. */
    public long timestamp() {
        return timestamp;
    }

    /** Whether the whole row is meant. */
    public boolean wholeRow() {
        return cells().isEmpty();
    }

    private Delete add(byte[] family, byte[] qualifier, long at, CellType type) {
        add(Cell.of(row(), family, qualifier, checkedTimestamp(at), type, EMPTY));
        return this;
    }

    /**
     * Hides the version of a column with the delete's timestamp; without one the newest, which the
     * store looks up.
     */
    public Delete addColumn(byte[] family, byte[] qualifier) {
        return add(family, qualifier, timestamp, CellType.DELETE);
    }

    /** Hides the version of a column with exactly this timestamp. */
    public Delete addColumn(byte[] family, byte[] qualifier, long at) {
        return add(family, qualifier, at, CellType.DELETE);
    }

    /** Hides all versions of a column up to the delete's timestamp, or to the store's time. */
    public Delete addColumns(byte[] family, byte[] qualifier) {
        return add(family, qualifier, timestamp, CellType.DELETE_COLUMN);
    }

    /** Hides all versions of a column up to this timestamp. */
    public Delete addColumns(byte[] family, byte[] qualifier, long at) {
        return add(family, qualifier, at, CellType.DELETE_COLUMN);
    }

    /**
     * Hides all columns of a family up to the delete's timestamp, or to the store's time; replaces
     * other parts of the family.
     */
    public Delete addFamily(byte[] family) {
        return addFamily(family, timestamp);
    }

    /** Hides all columns of a family up to this timestamp; replaces other parts of the family. */
    public Delete addFamily(byte[] family, long at) {
        removeFamily(family);
        return add(family, EMPTY, at, CellType.DELETE_FAMILY);
    }

    /** Hides the versions of all columns of a family with exactly this timestamp. */
    public Delete addFamilyVersion(byte[] family, long at) {
        return add(family, EMPTY, at, CellType.DELETE_FAMILY_VERSION);
    }
}
