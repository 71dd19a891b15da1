package org.skep.rpc;

import java.time.Duration;
import java.util.Map;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.schema.TableSchema;

/**
 * The calls of TCLIService. One service serves many sessions; a session runs operations (statements
 * and metadata calls); an operation may have a result that is fetched block by block.
 *
 * <p>Every call fails with {@link HiveServiceException}. A handle that is unknown or closed gives
 * {@link StatusCode#INVALID_HANDLE}. Names and patterns may be null, meaning "any"; patterns use
 * {@code %} and {@code _} with {@code \} as escape. Results of metadata calls have the columns that
 * {@link java.sql.DatabaseMetaData} prescribes, in that order; these calls return when their result
 * can be fetched.
 *
 * <p>Thread-safe. Sessions are independent of each other. Within one session one statement runs at
 * a time, but {@link #cancelOperation}, {@link #closeOperation}, {@link #closeSession}, {@link
 * #getOperationStatus} and fetching of logs may be called at any time from any thread.
 */
public interface HiveService extends AutoCloseable {
    /** Opens a session. */
    OpenSessionResponse openSession(OpenSessionRequest request) throws HiveServiceException;

    /** Ends a session; its operations are cancelled and closed. */
    void closeSession(SessionHandle session) throws HiveServiceException;

    /** Tells the service about the client, such as its application name. */
    void setClientInfo(SessionHandle session, Map<String, String> properties)
            throws HiveServiceException;

    /** One fact about the service; an unknown one is an error. */
    InfoValue getInfo(SessionHandle session, InfoType type) throws HiveServiceException;

    /**
     * Starts a statement. An asynchronous one returns at once and reports a failure of any kind
     * through {@link #getOperationStatus}, though compile errors may be thrown here already; a
     * synchronous one returns when it has finished, or throws.
     */
    OperationHandle executeStatement(SessionHandle session, StatementRequest request)
            throws HiveServiceException;

    /** The types of the dialect, as {@link java.sql.DatabaseMetaData#getTypeInfo} lists them. */
    OperationHandle getTypeInfo(SessionHandle session) throws HiveServiceException;

    /** Column TABLE_CAT. */
    OperationHandle getCatalogs(SessionHandle session) throws HiveServiceException;

    /** Columns TABLE_SCHEM, TABLE_CATALOG. */
    OperationHandle getSchemas(SessionHandle session, String catalog, String schemaPattern)
            throws HiveServiceException;

    /** Tables and views, as {@link java.sql.DatabaseMetaData#getTables} lists them. */
    OperationHandle getTables(SessionHandle session, TablesRequest request)
            throws HiveServiceException;

    /** Column TABLE_TYPE. */
    OperationHandle getTableTypes(SessionHandle session) throws HiveServiceException;

    /** Columns of tables, as {@link java.sql.DatabaseMetaData#getColumns} lists them. */
    OperationHandle getColumns(SessionHandle session, ColumnsRequest request)
            throws HiveServiceException;

    /** Functions, as {@link java.sql.DatabaseMetaData#getFunctions} lists them. */
    OperationHandle getFunctions(
            SessionHandle session, String catalog, String schemaPattern, String functionPattern)
            throws HiveServiceException;

    /** Primary key columns, as {@link java.sql.DatabaseMetaData#getPrimaryKeys} lists them. */
    OperationHandle getPrimaryKeys(SessionHandle session, TableName table)
            throws HiveServiceException;

    /**
     * Foreign keys from {@code foreign} to {@code parent}, as {@link
     * java.sql.DatabaseMetaData#getCrossReference} lists them; either may be {@link TableName#ANY}.
     */
    OperationHandle getCrossReference(SessionHandle session, TableName parent, TableName foreign)
            throws HiveServiceException;

    /**
     * The state of an operation. If it has not ended, the call is held until it has or until {@code
     * wait} is over, whichever comes first; the service may return earlier.
     */
    OperationStatus getOperationStatus(
            OperationHandle operation, Duration wait, StatusDetail detail)
            throws HiveServiceException;

    /** The columns of the operation's result; an error if it has none. */
    TableSchema getResultSetMetadata(OperationHandle operation) throws HiveServiceException;

    /**
     * The next block of at most {@code maxRows} rows; one without rows says that the result has
     * ended, and so do all further calls. {@link FetchType#LOG} gives log lines in one string
     * column; without rows it only says that there are none now.
     */
    RowSet fetchResults(
            OperationHandle operation, FetchOrientation orientation, long maxRows, FetchType type)
            throws HiveServiceException;

    /** Asks a running operation to stop; returns at once. Has no effect on one that has ended. */
    void cancelOperation(OperationHandle operation) throws HiveServiceException;

    /** Forgets an operation and frees what it holds; a running one is cancelled first. */
    void closeOperation(OperationHandle operation) throws HiveServiceException;

    /** The name of the query that an operation runs, as it appears in logs. */
    String getQueryId(OperationHandle operation) throws HiveServiceException;

    /** A token with which {@code renewer} may act for {@code owner}. Optional. */
    default String getDelegationToken(SessionHandle session, String owner, String renewer)
            throws HiveServiceException {
        throw HiveServiceException.notSupported("Delegation by token");
    }

    /** Makes a token invalid. Optional. */
    default void cancelDelegationToken(SessionHandle session, String token)
            throws HiveServiceException {
        throw HiveServiceException.notSupported("Delegation by token");
    }

    /** Prolongs a token. Optional. */
    default void renewDelegationToken(SessionHandle session, String token)
            throws HiveServiceException {
        throw HiveServiceException.notSupported("Delegation by token");
    }

    /** Writes data to a table or a path. Optional; no known client asks for it. */
    default OperationHandle uploadData(SessionHandle session, UploadRequest request)
            throws HiveServiceException {
        throw HiveServiceException.notSupported("Upload of data");
    }

    /** Reads data of a table or a query in some format. Optional; no known client asks for it. */
    default OperationHandle downloadData(SessionHandle session, DownloadRequest request)
            throws HiveServiceException {
        throw HiveServiceException.notSupported("Download of data");
    }

    /**
     * Lets go of the service. What that means is the maker's choice: a connection closes its
     * socket, an embedded service gives back its share of the warehouse and closes the sessions
     * that were opened through it. Calling it again has no effect.
     */
    @Override
    void close() throws HiveServiceException;
}
