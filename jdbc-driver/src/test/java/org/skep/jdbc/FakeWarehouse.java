package org.skep.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.schema.TypeDescriptor;
import org.skep.rpc.schema.TypeId;

/** A connection to a fake service, with shortcuts for tests. */
final class FakeWarehouse implements AutoCloseable {
    static final String SQL = "select it";

    private final FakeService service = new FakeService();
    private final Connection connection;

    FakeWarehouse() throws SQLException {
        this("jdbc:skep:/fake");
    }

    FakeWarehouse(String url) throws SQLException {
        connection = new SkepDriver(parsed -> service).connect(url, new Properties());
    }

    FakeService service() {
        return service;
    }

    Connection connection() {
        return connection;
    }

    /** A result of one column, before its first row. */
    ResultSet result(TypeId type, ColumnBlock block) throws SQLException {
        return result(TypeDescriptor.of(type), block);
    }

    ResultSet result(TypeDescriptor type, ColumnBlock block) throws SQLException {
        return query(Reply.column("c", type, block));
    }

    /** A result of one column, at its first row. */
    ResultSet row(TypeId type, ColumnBlock block) throws SQLException {
        ResultSet rows = result(type, block);
        rows.next();
        return rows;
    }

    ResultSet query(Reply reply) throws SQLException {
        return statement(reply).executeQuery(SQL);
    }

    /** A statement whose {@link #SQL} gets that reply. */
    Statement statement(Reply reply) throws SQLException {
        service.on(SQL, reply);
        return connection.createStatement();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
