package org.skep.lsm.read;

import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/**
 * All cells of a store that are visible at a read point, in the order of a scan: rows forward or
 * backward, within a row always forward. Confined to one thread.
 */
interface Candidates extends AutoCloseable {
    /** The current cell; null at the end. */
    CellView cell();

    /** Moves to the next cell; false at the end. */
    boolean next();

    /** Whether all cells of the current row that are still to come are in one source. */
    default boolean isAlone() {
        return false;
    }

    /**
     * Whether the current row can be read column by column, of each column the newest version
     * alone: it is in one source, or its next cells in all sources are visible puts without tags
     * and not of the column without a name. Any other move ends that again.
     */
    default boolean join() {
        return false;
    }

    /**
     * Like {@link org.skep.lsm.cell.CellSource#nextColumn} with the read point of the scan; to be
     * called only in a row of which {@link #isAlone} or {@link #join} said so.
     */
    default ColumnStep nextColumn() {
        return ColumnStep.STAYED;
    }

    /**
     * Moves to the first cell that is not before {@code key} in the order of the scan; {@code key}
     * is behind the current cell. False at the end.
     */
    boolean advance(SeekKey key);

    /** Moves behind the row of the current cell; false at the end. */
    boolean nextRow();

    @Override
    void close();
}
