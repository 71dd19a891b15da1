package org.skep.jdbc;

import java.sql.SQLException;
import org.skep.rpc.HiveService;

/** A way to reach a service: directly in this process, or one day through a socket. Thread-safe. */
interface Transport {
    /** A service of its own for one connection, which closes it. */
    HiveService connect(JdbcUrl url) throws SQLException;
}
