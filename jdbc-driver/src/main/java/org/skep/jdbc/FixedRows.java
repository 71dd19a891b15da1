package org.skep.jdbc;

import java.util.List;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.RowSet;

/** Rows that the driver itself knows, in one block. */
final class FixedRows implements RowSource {
    private final RowSet rows;
    private boolean taken;

    FixedRows(List<? extends ColumnBlock> columns) {
        this.rows = new RowSet(0, columns);
    }

    @Override
    public RowSet next(int maxRows) {
        if (taken) {
            return new RowSet(rows.rowCount(), List.of());
        }
        taken = true;
        return rows;
    }

    @Override
    public void close() {
        taken = true;
    }
}
