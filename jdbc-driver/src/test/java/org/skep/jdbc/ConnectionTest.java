package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.TypeId;

class ConnectionTest {
    private FakeWarehouse warehouse;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        warehouse = new FakeWarehouse();
        connection = warehouse.connection();
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    @Test
    void closingClosesStatementsSessionAndService() throws SQLException {
        Statement statement =
                warehouse.statement(Reply.column("a", TypeId.STRING, StringColumn.of("x")));
        statement.execute(FakeWarehouse.SQL);
        assertThat(connection.isValid(0)).isTrue();
        connection.close();
        connection.close();
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(0)).isFalse();
        assertThat(statement.isClosed()).isTrue();
        assertThat(warehouse.service().hasSession()).isFalse();
        assertThat(warehouse.service().isClosed()).isTrue();
    }

    @Test
    void aClosedConnectionAnswersNothing() throws SQLException {
        connection.close();
        assertThatThrownBy(connection::createStatement)
                .hasMessage("Connection is closed")
                .extracting("SQLState")
                .isEqualTo("08003");
        assertThatThrownBy(() -> connection.prepareStatement("x"))
                .hasMessage("Connection is closed");
        assertThatThrownBy(connection::getMetaData).hasMessage("Connection is closed");
        assertThatThrownBy(connection::getSchema).hasMessage("Connection is closed");
        assertThatThrownBy(connection::getAutoCommit).hasMessage("Connection is closed");
        assertThatThrownBy(() -> connection.setClientInfo("a", "b"))
                .isInstanceOf(SQLClientInfoException.class);
    }

    @Test
    void abortClosesInTheExecutor() throws SQLException {
        assertThatThrownBy(() -> connection.abort(null)).hasMessage("Executor must not be null");
        connection.abort(Runnable::run);
        assertThat(connection.isClosed()).isTrue();
        assertThat(warehouse.service().isClosed()).isTrue();
    }

    @Test
    void theSchemaIsAskedForAndSetInSql() throws SQLException {
        warehouse
                .service()
                .on("USE `a``b`", Reply.none())
                .on(
                        "SELECT current_database()",
                        Reply.column("_c0", TypeId.STRING, StringColumn.of("a`b")));
        connection.setSchema("a`b");
        assertThat(connection.getSchema()).isEqualTo("a`b");
        assertThat(warehouse.service().openOperations()).isZero();
        assertThatThrownBy(() -> connection.setSchema("")).hasMessage("Database must have a name");
        connection.setCatalog("ignored");
        assertThat(connection.getCatalog()).isEmpty();
    }

    @Test
    void everyStatementIsATransaction() throws SQLException {
        assertThat(connection.getAutoCommit()).isTrue();
        connection.setAutoCommit(true);
        assertThat((Throwable) connection.getWarnings()).isNull();
        connection.setAutoCommit(false);
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat((Throwable) connection.getWarnings())
                .hasMessage("Auto-commit stays on: every statement is a transaction of its own");
        connection.setReadOnly(true);
        assertThat(connection.isReadOnly()).isFalse();
        assertThat((Throwable) connection.getWarnings().getNextWarning())
                .hasMessage("The connection stays writable");
        connection.clearWarnings();
        assertThat((Throwable) connection.getWarnings()).isNull();
        assertThatThrownBy(connection::commit).hasMessage("Cannot commit: auto-commit is on");
        assertThatThrownBy(connection::rollback).hasMessage("Cannot roll back: auto-commit is on");
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_NONE);
        assertThatThrownBy(() -> connection.setTransactionIsolation(99))
                .hasMessage("Isolation level not known: 99");
    }

    @Test
    void clientInfoReachesTheService() throws SQLException {
        connection.setClientInfo("ApplicationName", "tests");
        assertThat(warehouse.service().clientInfo()).isEqualTo(Map.of("ApplicationName", "tests"));
        assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("tests");
        Properties properties = new Properties();
        properties.setProperty("ClientUser", "ann");
        connection.setClientInfo(properties);
        assertThat(connection.getClientInfo()).isEqualTo(properties);
        connection.setClientInfo("ClientUser", null);
        assertThat(warehouse.service().clientInfo()).isEmpty();
    }

    @Test
    void networkTimeoutsAreKept() throws SQLException {
        assertThat(connection.getNetworkTimeout()).isZero();
        connection.setNetworkTimeout(Runnable::run, 5000);
        assertThat(connection.getNetworkTimeout()).isEqualTo(5000);
        assertThatThrownBy(() -> connection.setNetworkTimeout(Runnable::run, -1))
                .hasMessage("Timeout must not be negative: -1");
        assertThatThrownBy(() -> connection.isValid(-1))
                .hasMessage("Timeout must not be negative: -1");
    }

    @Test
    void onlyForwardReadOnlyStatementsAreMade() throws SQLException {
        Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
        PreparedStatement prepared =
                connection.prepareStatement(
                        "x",
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY,
                        ResultSet.HOLD_CURSORS_OVER_COMMIT);
        assertThat(prepared.getConnection()).isSameAs(connection);
        assertThatThrownBy(
                        () ->
                                connection.createStatement(
                                        ResultSet.TYPE_SCROLL_INSENSITIVE,
                                        ResultSet.CONCUR_READ_ONLY))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(
                        () ->
                                connection.createStatement(
                                        ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection.prepareStatement("x", new String[] {"id"}))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void optionalPartsAreRefused() throws SQLException {
        assertThatThrownBy(() -> connection.prepareCall("x"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessage("Method not supported: Connection.prepareCall");
        assertThatThrownBy(connection::setSavepoint)
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(connection::createBlob)
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection.setTypeMap(Map.of("a", String.class)))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThat(connection.getTypeMap()).isEmpty();
        assertThat(connection.nativeSQL("select {d '2020-01-01'}"))
                .isEqualTo("select {d '2020-01-01'}");
        assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
    }
}
