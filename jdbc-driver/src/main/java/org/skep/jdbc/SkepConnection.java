package org.skep.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.InfoType;
import org.skep.rpc.OpenSessionRequest;
import org.skep.rpc.OpenSessionResponse;
import org.skep.rpc.ProtocolVersion;
import org.skep.rpc.SessionHandle;
import org.skep.rpc.SessionKeys;

/**
 * A session of a service. Every statement is a transaction of its own: auto-commit is always on.
 *
 * <p>Thread-safe; the session runs one statement at a time.
 */
final class SkepConnection extends JdbcObject implements Connection {
    private static final int DEFAULT_FETCH_SIZE = 1000;

    private final JdbcUrl url;
    private final HiveService service;
    private final SessionHandle session;
    private final int defaultFetchSize;
    private final Set<BasicStatement> statements = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Warnings warnings = new Warnings();
    private final Object lock = new Object();

    // Guarded by lock.
    private final Map<String, String> clientInfo = new HashMap<>();

    private volatile int networkTimeout;

    private SkepConnection(
            JdbcUrl url, HiveService service, SessionHandle session, int defaultFetchSize) {
        this.url = url;
        this.service = service;
        this.session = session;
        this.defaultFetchSize = defaultFetchSize;
    }

    /** Opens a session; the service is closed again if that fails. */
    static SkepConnection open(JdbcUrl url, Transport transport) throws SQLException {
        int wanted = url.fetchSize().orElse(0);
        HiveService service = transport.connect(url);
        try {
            OpenSessionResponse opened =
                    service.openSession(
                            new OpenSessionRequest(
                                    ProtocolVersion.latest(),
                                    url.user(),
                                    url.password(),
                                    sessionConfiguration(url)));
            int fetchSize = wanted > 0 ? wanted : preferredFetchSize(opened);
            return new SkepConnection(url, service, opened.session(), fetchSize);
        } catch (HiveServiceException e) {
            SQLException failure = ServiceFailure.of(e);
            try {
                service.close();
            } catch (HiveServiceException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    private static Map<String, String> sessionConfiguration(JdbcUrl url) {
        Map<String, String> configuration = new HashMap<>();
        url.settings().forEach((k, v) -> configuration.put(SessionKeys.HIVECONF + k, v));
        url.variables().forEach((k, v) -> configuration.put(SessionKeys.HIVEVAR + k, v));
        url.database().ifPresent(name -> configuration.put(SessionKeys.USE_DATABASE, name));
        configuration.put(SessionKeys.ERROR_TEXT, SessionKeys.SHORT_ERRORS);
        return configuration;
    }

    private static int preferredFetchSize(OpenSessionResponse opened) {
        String rows = opened.configuration().get(SessionKeys.DEFAULT_FETCH_SIZE);
        return rows != null && rows.matches("[1-9][0-9]{0,8}")
                ? Integer.parseInt(rows)
                : DEFAULT_FETCH_SIZE;
    }

    SessionHandle session() {
        return session;
    }

    int defaultFetchSize() {
        return defaultFetchSize;
    }

    JdbcUrl url() {
        return url;
    }

    void forget(BasicStatement statement) {
        statements.remove(statement);
    }

    private void checkOpen() throws SQLException {
        if (closed.get()) {
            throw new SQLException("Connection is closed", SqlState.CONNECTION_CLOSED);
        }
    }

    // ---- life ----

    @Override
    public void close() throws SQLException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        SQLException failure = null;
        for (BasicStatement statement : statements) {
            failure = attempt(failure, statement::close);
        }
        failure = attempt(failure, () -> service.closeSession(session));
        failure = attempt(failure, service::close);
        if (failure != null) {
            throw failure;
        }
    }

    private interface Closing {
        void close() throws SQLException, HiveServiceException;
    }

    // The first failure, or the one of this step if there was none before.
    private static SQLException attempt(SQLException before, Closing step) {
        SQLException now;
        try {
            step.close();
            return before;
        } catch (HiveServiceException e) {
            now = ServiceFailure.of(e);
        } catch (SQLException e) {
            now = e;
        }
        if (before == null) {
            return now;
        }
        before.addSuppressed(now);
        return before;
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        if (timeout < 0) {
            throw new SQLException(
                    "Timeout must not be negative: " + timeout, SqlState.INVALID_ARGUMENT);
        }
        if (closed.get()) {
            return false;
        }
        try {
            service.getInfo(session, InfoType.DBMS_NAME);
            return true;
        } catch (HiveServiceException e) {
            return false;
        }
    }

    /** Closes the connection in the executor's thread, cancelling what runs. */
    @Override
    public void abort(Executor executor) throws SQLException {
        if (executor == null) {
            throw new SQLException("Executor must not be null", SqlState.INVALID_ARGUMENT);
        }
        executor.execute(
                () -> {
                    try {
                        close();
                    } catch (SQLException e) {
                        // Whoever aborts has given the connection up: nobody is left to tell.
                        warnings.add("Cannot close: " + e.getMessage());
                    }
                });
    }

    /** Kept for the caller; calls within a process have no network to wait for. */
    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        checkOpen();
        if (milliseconds < 0) {
            throw new SQLException(
                    "Timeout must not be negative: " + milliseconds, SqlState.INVALID_ARGUMENT);
        }
        networkTimeout = milliseconds;
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return networkTimeout;
    }

    // ---- statements ----

    @Override
    public Statement createStatement() throws SQLException {
        checkOpen();
        return register(new BasicStatement(this, service));
    }

    private <T extends BasicStatement> T register(T statement) throws SQLException {
        statements.add(statement);
        if (closed.get()) {
            statement.close();
            checkOpen();
        }
        return statement;
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return createStatement(type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability)
            throws SQLException {
        requireForwardOnly(type, concurrency);
        setHoldability(holdability);
        return createStatement();
    }

    private static void requireForwardOnly(int type, int concurrency) throws SQLException {
        if (type != ResultSet.TYPE_FORWARD_ONLY) {
            throw Unsupported.feature("Another result set type than TYPE_FORWARD_ONLY");
        }
        if (concurrency != ResultSet.CONCUR_READ_ONLY) {
            throw Unsupported.feature("Another concurrency than CONCUR_READ_ONLY");
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw new SQLException("Statement must not be null", SqlState.INVALID_ARGUMENT);
        }
        return register(new BasicPreparedStatement(this, service, sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency)
            throws SQLException {
        requireForwardOnly(type, concurrency);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int type, int concurrency, int holdability) throws SQLException {
        requireForwardOnly(type, concurrency);
        setHoldability(holdability);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys)
            throws SQLException {
        if (autoGeneratedKeys != Statement.NO_GENERATED_KEYS) {
            throw Unsupported.feature("Returning generated keys");
        }
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        throw Unsupported.feature("Returning generated keys");
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames)
            throws SQLException {
        throw Unsupported.feature("Returning generated keys");
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw Unsupported.method("Connection.prepareCall");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency)
            throws SQLException {
        throw Unsupported.method("Connection.prepareCall");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        throw Unsupported.method("Connection.prepareCall");
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return sql;
    }

    // ---- transactions ----

    /** Auto-commit is always on; switching it off leaves a warning. */
    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        checkOpen();
        if (!autoCommit) {
            warnings.add("Auto-commit stays on: every statement is a transaction of its own");
        }
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return true;
    }

    @Override
    public void commit() throws SQLException {
        checkOpen();
        throw new SQLException("Cannot commit: auto-commit is on", SqlState.TRANSACTION_STATE);
    }

    @Override
    public void rollback() throws SQLException {
        checkOpen();
        throw new SQLException("Cannot roll back: auto-commit is on", SqlState.TRANSACTION_STATE);
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw Unsupported.feature("Savepoints");
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        throw Unsupported.feature("Savepoints");
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        throw Unsupported.feature("Savepoints");
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        throw Unsupported.feature("Savepoints");
    }

    /** Any level is taken, for tools that set one at once, and has no effect. */
    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        switch (level) {
            case TRANSACTION_NONE:
            case TRANSACTION_READ_UNCOMMITTED:
            case TRANSACTION_READ_COMMITTED:
            case TRANSACTION_REPEATABLE_READ:
            case TRANSACTION_SERIALIZABLE:
                break;
            default:
                throw new SQLException(
                        "Isolation level not known: " + level, SqlState.INVALID_ARGUMENT);
        }
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return TRANSACTION_NONE;
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        checkOpen();
        if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
            throw Unsupported.feature("Closing results at commit");
        }
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    /** A hint without effect; asking for read-only leaves a warning. */
    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        checkOpen();
        if (readOnly) {
            warnings.add("The connection stays writable");
        }
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return false;
    }

    // ---- names ----

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return new SkepDatabaseMetaData(this, service);
    }

    /** Has no effect: there is one catalogue. */
    @Override
    public void setCatalog(String catalog) throws SQLException {
        checkOpen();
    }

    @Override
    public String getCatalog() throws SQLException {
        checkOpen();
        return "";
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        checkOpen();
        if (schema == null || schema.isEmpty()) {
            throw new SQLException("Database must have a name", SqlState.INVALID_ARGUMENT);
        }
        try (Statement statement = createStatement()) {
            statement.execute("USE " + SqlLiteral.identifier(schema));
        }
    }

    @Override
    public String getSchema() throws SQLException {
        checkOpen();
        try (Statement statement = createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_database()")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    // ---- client info and warnings ----

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        Map<String, String> changed = new HashMap<>();
        synchronized (lock) {
            changed.putAll(clientInfo);
        }
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        replaceClientInfo(changed);
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        Map<String, String> changed = new HashMap<>();
        properties.stringPropertyNames().forEach(k -> changed.put(k, properties.getProperty(k)));
        replaceClientInfo(changed);
    }

    private void replaceClientInfo(Map<String, String> changed) throws SQLClientInfoException {
        try {
            checkOpen();
            service.setClientInfo(session, changed);
        } catch (SQLException | HiveServiceException e) {
            Map<String, ClientInfoStatus> failed = new HashMap<>();
            changed.keySet().forEach(k -> failed.put(k, ClientInfoStatus.REASON_UNKNOWN));
            throw new SQLClientInfoException(e.getMessage(), failed, e);
        }
        synchronized (lock) {
            clientInfo.clear();
            clientInfo.putAll(changed);
        }
    }

    @Override
    public String getClientInfo(String name) throws SQLException {
        checkOpen();
        synchronized (lock) {
            return clientInfo.get(name);
        }
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        checkOpen();
        Properties properties = new Properties();
        synchronized (lock) {
            clientInfo.forEach(properties::setProperty);
        }
        return properties;
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings.first();
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings.clear();
    }

    // ---- what there is no type for ----

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return new HashMap<>();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        checkOpen();
        if (map != null && !map.isEmpty()) {
            throw Unsupported.feature("Mapping of SQL types to classes");
        }
    }

    @Override
    public Clob createClob() throws SQLException {
        throw Unsupported.method("Connection.createClob");
    }

    @Override
    public Blob createBlob() throws SQLException {
        throw Unsupported.method("Connection.createBlob");
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw Unsupported.method("Connection.createNClob");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw Unsupported.method("Connection.createSQLXML");
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        throw Unsupported.method("Connection.createArrayOf");
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        throw Unsupported.method("Connection.createStruct");
    }
}
