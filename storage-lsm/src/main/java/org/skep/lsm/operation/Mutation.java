package org.skep.lsm.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.schema.Durability;

/**
 * A change of one row, atomic over all families. Confined to one thread until it is handed over;
 * not to be changed then.
 *
 * @param <M> the kind itself, for chained calls
 */
public abstract class Mutation<M extends Mutation<M>> {
    /** No time to live of the mutation's own. */
    public static final long NO_TTL = Long.MAX_VALUE;

    private final byte[] row;
    private final List<Cell> cells = new ArrayList<>(4);
    private Durability durability = Durability.USE_DEFAULT;
    private long ttlMillis = NO_TTL;

    /**
     * @throws IllegalArgumentException if the row is empty or longer than 32,767 bytes
     */
    Mutation(byte[] row) {
        this.row = checkedRow(row);
    }

    /** A copy of a row. */
    static byte[] checkedRow(byte[] row) {
        if (row.length == 0) {
            throw new IllegalArgumentException("Row length is 0");
        }
        if (row.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Row length %d is > %d".formatted(row.length, Short.MAX_VALUE));
        }
        return row.clone();
    }

    /** A timestamp that a reader can ask for. */
    static long checkedTimestamp(long timestamp) {
        if (timestamp < 0) {
            throw new IllegalArgumentException("Timestamp cannot be negative: " + timestamp);
        }
        return timestamp;
    }

    abstract M self();

    final void add(Cell cell) {
        cells.add(cell);
    }

    final void removeFamily(byte[] family) {
        cells.removeIf(cell -> Arrays.equals(cell.family(), family));
    }

    /** The row, not to be changed. */
    public final byte[] row() {
        return row;
    }

    /**
     * The cells in the order in which they were added; the timestamp {@link Cell#LATEST} stands for
     * the time of the store.
     */
    public final List<Cell> cells() {
        return Collections.unmodifiableList(cells);
    }

    /** Sets what the acknowledged mutation survives. */
    public final M durability(Durability value) {
        durability = value;
        return self();
    }

    /** What the acknowledged mutation survives. */
    public final Durability durability() {
        return durability;
    }

    /** Sets how long the cells live after their timestamps, in milliseconds. */
    public final M ttl(long millis) {
        if (millis < 1) {
            throw new IllegalArgumentException("TTL must be positive: " + millis);
        }
        ttlMillis = millis;
        return self();
    }

    /** How long the cells live after their timestamps, or {@link #NO_TTL}. */
    public final long ttlMillis() {
        return ttlMillis;
    }
}
