package org.skep.jdbc;

import java.sql.SQLException;
import org.skep.rpc.rows.RowSet;

/** Where a result set gets its rows. Confined to the thread of the result set. */
interface RowSource {
    /** At most {@code maxRows} further rows; none when the result has ended. */
    RowSet next(int maxRows) throws SQLException;

    /** Lets go of the rows; called once. */
    void close() throws SQLException;
}
