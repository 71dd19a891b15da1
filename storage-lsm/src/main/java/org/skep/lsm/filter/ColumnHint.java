package org.skep.lsm.filter;

import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** A place at a column in the row of a cell. Confined to one thread. */
final class ColumnHint {
    private final SeekKey key = SeekKey.firstOfRow(new byte[] {0});

    SeekKey at(CellView cell, byte[] qualifier) {
        key.moveToColumn(cell, qualifier);
        return key;
    }

    SeekKey at(CellView cell, long timestamp) {
        key.moveToTimestamp(cell, timestamp);
        return key;
    }
}
