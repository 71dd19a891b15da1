package org.skep.lsm.filter;

import java.util.List;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/**
 * Decides which cells and rows of a scan are left out. It is asked in this order: {@link
 * #rejectsAllRemaining} before everything, {@link #rejectsRowKey} with the first cell of a row,
 * {@link #decide} for each cell that deletes and the family's versions leave, {@link #transform}
 * for each that is included, then {@link #editRow} and {@link #rejectsRow} for the row, then {@link
 * #reset}. Filters remember what they saw: each scan of a region works on its own {@link #fresh}
 * copy. Confined to one thread.
 */
public abstract class Filter {
    /** What becomes of a cell, and what is read next. */
    public enum Verdict {
        /** The cell is returned. */
        INCLUDE,
        /** The cell is returned, the rest of its column is not. */
        INCLUDE_AND_NEXT_COLUMN,
        /** The cell is returned, the rest of its row in this family is not. */
        INCLUDE_AND_NEXT_ROW,
        /** The cell is left out. */
        SKIP,
        /** The cell and the rest of its column are left out. */
        NEXT_COLUMN,
        /** The cell and the rest of its row in this family are left out. */
        NEXT_ROW,
        /** The cell is left out, and all others before {@link #hint}. */
        SEEK_HINT;

        /** Whether the cell is returned. */
        public boolean includes() {
            return compareTo(INCLUDE_AND_NEXT_ROW) <= 0;
        }

        /**
         * How far the verdict leads: 0 to the next cell, 1 to the next column, 2 to the next row.
         */
        int step() {
            return switch (this) {
                case INCLUDE, SKIP, SEEK_HINT -> 0;
                case INCLUDE_AND_NEXT_COLUMN, NEXT_COLUMN -> 1;
                case INCLUDE_AND_NEXT_ROW, NEXT_ROW -> 2;
            };
        }
    }

    private boolean reversed;

    /** A filter with the same arguments that has seen nothing. */
    public abstract Filter fresh();

    /** Forgets what was seen of a row. */
    public void reset() {}

    /** Whether a row is left out, by its key alone. */
    public boolean rejectsRowKey(CellView first) {
        return rejectsAllRemaining();
    }

    /** Whether the scan is over. */
    public boolean rejectsAllRemaining() {
        return false;
    }

    /** Decides on a cell. */
    public Verdict decide(CellView cell) {
        return Verdict.INCLUDE;
    }

    /** What is returned for an included cell; valid until the next call. */
    public CellView transform(CellView cell) {
        return cell;
    }

    /**
     * Whether {@link #editRow} and {@link #rejectsRow} judge whole rows, so that a row cannot be
     * returned in parts.
     */
    public boolean judgesRow() {
        return false;
    }

    /** Removes cells of a row that is about to be returned. */
    public void editRow(List<Cell> cells) {}

    /** Whether the row whose cells were seen is left out. */
    public boolean rejectsRow() {
        return false;
    }

    /** Where to go on after {@link Verdict#SEEK_HINT}; null to go on with the next cell. */
    public SeekKey hint(CellView cell) {
        return null;
    }

    /**
     * Whether {@link #decide} leaves a mark that {@link #reset} does not wipe out, so that it must
     * be asked also about rows that are skipped.
     */
    public boolean remembersCells() {
        return false;
    }

    /** Tells whether rows come last first; before the first question. */
    public void reversed(boolean value) {
        reversed = value;
    }

    /** Whether rows come last first. */
    protected final boolean reversed() {
        return reversed;
    }
}
