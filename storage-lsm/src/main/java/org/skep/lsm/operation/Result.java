package org.skep.lsm.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skep.lsm.cell.Cell;

/**
 * The cells that a get found, or a scan in one row (or in a part of it), in the order of cells.
 * Immutable.
 *
 * @param cells perhaps none
 * @param partial whether more cells of the same row follow in the next result
 */
public record Result(List<Cell> cells, boolean partial) {
    /** No cells. */
    public static final Result EMPTY = new Result(List.of(), false);

    public Result {
        cells = List.copyOf(cells);
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** The row; empty bytes if nothing was found. */
    public byte[] row() {
        return cells.isEmpty() ? new byte[0] : cells.get(0).row();
    }

    /** The newest value of a column that is in this result. */
    public Optional<byte[]> value(byte[] family, byte[] qualifier) {
        return cells.stream()
                .filter(
                        cell ->
                                Arrays.equals(cell.family(), family)
                                        && Arrays.equals(cell.qualifier(), qualifier))
                .findFirst()
                .map(Cell::value);
    }
}
