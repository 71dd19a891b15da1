package org.skep.lsm.filter;

import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellView;

/**
 * A range of rows. Immutable.
 *
 * @param start empty for no bound; not to be changed
 * @param stop empty for no bound; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RowRange(byte[] start, boolean startIncluded, byte[] stop, boolean stopIncluded) {
    public RowRange {
        int order = Bytes.compare(start, stop);
        if (stop.length > 0 && (order > 0 || (order == 0 && !(startIncluded && stopIncluded)))) {
            throw new IllegalArgumentException(
                    "Row range is empty: %s to %s"
                            .formatted(
                                    java.util.HexFormat.of().formatHex(start),
                                    java.util.HexFormat.of().formatHex(stop)));
        }
    }

    /** The rows that begin with a prefix. */
    public static RowRange ofPrefix(byte[] prefix) {
        return new RowRange(prefix, true, Bytes.afterPrefix(prefix), false);
    }

    boolean beginsAfter(CellView cell) {
        int order = CellOrder.compareRows(start, cell);
        return order > 0 || (order == 0 && !startIncluded);
    }

    boolean endsBefore(CellView cell) {
        if (stop.length == 0) {
            return false;
        }
        int order = CellOrder.compareRows(stop, cell);
        return order < 0 || (order == 0 && !stopIncluded);
    }
}
