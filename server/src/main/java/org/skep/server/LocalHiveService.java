package org.skep.server;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;
import org.skep.engine.Session;
import org.skep.engine.StatementRun;
import org.skep.engine.Warehouse;
import org.skep.rpc.ColumnsRequest;
import org.skep.rpc.FetchOrientation;
import org.skep.rpc.FetchType;
import org.skep.rpc.HandleIdentifier;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.InfoType;
import org.skep.rpc.InfoValue;
import org.skep.rpc.OpenSessionRequest;
import org.skep.rpc.OpenSessionResponse;
import org.skep.rpc.OperationHandle;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.OperationType;
import org.skep.rpc.ProtocolVersion;
import org.skep.rpc.SessionHandle;
import org.skep.rpc.SessionKeys;
import org.skep.rpc.StatementRequest;
import org.skep.rpc.StatusDetail;
import org.skep.rpc.TableName;
import org.skep.rpc.TablesRequest;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.schema.TableSchema;
import org.skep.server.metadata.MetadataTable;
import org.skep.server.metadata.MetadataTables;

/** The calls of a service over a warehouse in this process. Safe for use by many threads. */
public final class LocalHiveService implements HiveService {
    private static final String VERSION = "4.0.0";
    private static final int LONGEST_NAME = 128;
    private static final String DEFAULT_DATABASE = "default";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Warehouse warehouse;
    private final Runnable afterClose;
    private final Clock clock;
    private final ConcurrentMap<HandleIdentifier, ServiceSession> sessions =
            new ConcurrentHashMap<>();
    private final ConcurrentMap<HandleIdentifier, OpenOperation> operations =
            new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private record OpenOperation(ServiceSession session, Operation operation) {}

    /**
     * A service.
     *
     * @param afterClose what {@link #close} does at its end, once: gives the warehouse back
     */
    public LocalHiveService(Warehouse warehouse, Runnable afterClose, Clock clock) {
        this.warehouse = warehouse;
        this.afterClose = afterClose;
        this.clock = clock;
    }

    @Override
    public OpenSessionResponse openSession(OpenSessionRequest request) throws HiveServiceException {
        if (closed.get()) {
            throw new HiveServiceException("Service is closed", "08003", 0);
        }
        Map<String, String> configuration = request.configuration();
        boolean brief = SessionKeys.SHORT_ERRORS.equals(configuration.get(SessionKeys.ERROR_TEXT));
        String user =
                request.user().isEmpty() ? System.getProperty("user.name", "") : request.user();
        Session session;
        try {
            session =
                    warehouse.newSession(
                            user,
                            configuration.getOrDefault(SessionKeys.USE_DATABASE, DEFAULT_DATABASE),
                            overrides(configuration));
        } catch (SkepException e) {
            throw ErrorWording.plain(e);
        }
        SessionHandle handle = new SessionHandle(HandleIdentifier.random());
        sessions.put(
                handle.identifier(),
                new ServiceSession(
                        handle, session, brief ? ErrorWording.SHORT : ErrorWording.HIVE));
        Map<String, String> answer =
                session.setting(SessionKeys.DEFAULT_FETCH_SIZE)
                        .map(rows -> Map.of(SessionKeys.DEFAULT_FETCH_SIZE, rows))
                        .orElse(Map.of());
        return new OpenSessionResponse(
                handle, ProtocolVersion.latest().agreedWith(request.clientProtocol()), answer);
    }

    private static Map<String, String> overrides(Map<String, String> configuration) {
        Map<String, String> overrides = new TreeMap<>();
        configuration.forEach(
                (key, value) -> {
                    if (key.startsWith(SessionKeys.HIVECONF)) {
                        overrides.put(key.substring(SessionKeys.HIVECONF.length()), value);
                    } else if (key.startsWith(SessionKeys.HIVEVAR)) {
                        String name = key.substring(SessionKeys.HIVEVAR.length());
                        overrides.put("hivevar:" + name, value);
                    }
                });
        return overrides;
    }

    @Override
    public void closeSession(SessionHandle session) throws HiveServiceException {
        close(session(session));
    }

    private void close(ServiceSession session) {
        sessions.remove(session.handle().identifier());
        for (Operation operation : session.operations()) {
            operations.remove(operation.handle().identifier());
        }
        session.close();
    }

    @Override
    public void setClientInfo(SessionHandle session, Map<String, String> properties)
            throws HiveServiceException {
        session(session);
    }

    @Override
    public InfoValue getInfo(SessionHandle session, InfoType type) throws HiveServiceException {
        ServiceSession open = session(session);
        return switch (type) {
            case SERVER_NAME, DATA_SOURCE_NAME -> InfoValue.of("Skep");
            case DBMS_NAME -> InfoValue.of("Apache Hive");
            case DBMS_VERSION -> InfoValue.of(VERSION);
            case SEARCH_PATTERN_ESCAPE -> InfoValue.of("\\");
            case IDENTIFIER_QUOTE_CHARACTER -> InfoValue.of("`");
            // Names are stored in lower case and compared without regard to case.
            case IDENTIFIER_CASE -> InfoValue.of(2);
            case MAX_COLUMN_NAME_LENGTH,
                    MAX_SCHEMA_NAME_LENGTH,
                    MAX_TABLE_NAME_LENGTH,
                    MAX_IDENTIFIER_LENGTH ->
                    InfoValue.of(LONGEST_NAME);
            case MAX_CATALOG_NAME_LENGTH -> InfoValue.of(0);
            case TRANSACTION_CAPABLE -> InfoValue.of(0);
            case USER_NAME -> InfoValue.of(open.engineSession().user());
            case ODBC_KEYWORDS -> InfoValue.of("");
        };
    }

    @Override
    public OperationHandle executeStatement(SessionHandle session, StatementRequest request)
            throws HiveServiceException {
        ServiceSession open = session(session);
        StatementRun run = open.begin(request);
        OperationHandle handle =
                new OperationHandle(
                        HandleIdentifier.random(), OperationType.EXECUTE_STATEMENT, true);
        StatementOperation operation =
                new StatementOperation(handle, run, open.wording(), request.timeout(), clock);
        register(open, operation);
        switch (request.mode()) {
            case ASYNCHRONOUS -> operation.start();
            case SYNCHRONOUS -> {
                operation.execute();
                HiveServiceException failure = operation.failure();
                if (failure != null) {
                    closeOperation(handle);
                    throw failure;
                }
                return new OperationHandle(
                        handle.identifier(), handle.type(), operation.hasResult());
            }
        }
        return handle;
    }

    private void register(ServiceSession session, Operation operation) throws HiveServiceException {
        session.operations().add(operation);
        operations.put(operation.handle().identifier(), new OpenOperation(session, operation));
        // The session may have been closed meanwhile, and then nobody else ends the operation.
        if (!sessions.containsKey(session.handle().identifier())) {
            operations.remove(operation.handle().identifier());
            operation.close();
            throw HiveServiceException.invalidHandle(session.handle());
        }
    }

    @Override
    public OperationHandle getTypeInfo(SessionHandle session) throws HiveServiceException {
        return answer(session, OperationType.GET_TYPE_INFO, tables -> MetadataTables.types());
    }

    @Override
    public OperationHandle getCatalogs(SessionHandle session) throws HiveServiceException {
        return answer(session, OperationType.GET_CATALOGS, tables -> MetadataTables.catalogs());
    }

    @Override
    public OperationHandle getSchemas(SessionHandle session, String catalog, String schemaPattern)
            throws HiveServiceException {
        return answer(
                session,
                OperationType.GET_SCHEMAS,
                tables -> tables.schemas(catalog, schemaPattern));
    }

    @Override
    public OperationHandle getTables(SessionHandle session, TablesRequest request)
            throws HiveServiceException {
        return answer(session, OperationType.GET_TABLES, tables -> tables.tables(request));
    }

    @Override
    public OperationHandle getTableTypes(SessionHandle session) throws HiveServiceException {
        return answer(
                session, OperationType.GET_TABLE_TYPES, tables -> MetadataTables.tableTypes());
    }

    @Override
    public OperationHandle getColumns(SessionHandle session, ColumnsRequest request)
            throws HiveServiceException {
        return answer(session, OperationType.GET_COLUMNS, tables -> tables.columns(request));
    }

    @Override
    public OperationHandle getFunctions(
            SessionHandle session, String catalog, String schemaPattern, String functionPattern)
            throws HiveServiceException {
        return answer(
                session,
                OperationType.GET_FUNCTIONS,
                tables -> tables.functions(catalog, functionPattern));
    }

    @Override
    public OperationHandle getPrimaryKeys(SessionHandle session, TableName table)
            throws HiveServiceException {
        return answer(session, OperationType.UNKNOWN, tables -> MetadataTables.primaryKeys());
    }

    @Override
    public OperationHandle getCrossReference(
            SessionHandle session, TableName parent, TableName foreign)
            throws HiveServiceException {
        return answer(session, OperationType.UNKNOWN, tables -> MetadataTables.crossReference());
    }

    private OperationHandle answer(
            SessionHandle session,
            OperationType type,
            Function<MetadataTables, MetadataTable> question)
            throws HiveServiceException {
        ServiceSession open = session(session);
        MetadataTable table;
        try {
            table = question.apply(new MetadataTables(open.engineSession().metadata()));
        } catch (SkepException e) {
            throw ErrorWording.plain(e);
        }
        OperationHandle handle = new OperationHandle(HandleIdentifier.random(), type, true);
        register(open, new MetadataOperation(handle, table, clock.now().toEpochMilli()));
        return handle;
    }

    @Override
    public OperationStatus getOperationStatus(
            OperationHandle operation, Duration wait, StatusDetail detail)
            throws HiveServiceException {
        Duration held = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return operation(operation).operation().status(held, detail);
    }

    @Override
    public TableSchema getResultSetMetadata(OperationHandle operation) throws HiveServiceException {
        return operation(operation).operation().schema();
    }

    @Override
    public RowSet fetchResults(
            OperationHandle operation, FetchOrientation orientation, long maxRows, FetchType type)
            throws HiveServiceException {
        if (maxRows <= 0) {
            throw new HiveServiceException(
                    "Rows to fetch must be more than 0: " + maxRows, "HY024", 0);
        }
        return operation(operation).operation().fetch(orientation, maxRows, type);
    }

    @Override
    public void cancelOperation(OperationHandle operation) throws HiveServiceException {
        operation(operation).operation().cancel();
    }

    @Override
    public void closeOperation(OperationHandle operation) throws HiveServiceException {
        OpenOperation open = operation(operation);
        operations.remove(operation.identifier());
        open.session().operations().remove(open.operation());
        open.operation().close();
    }

    @Override
    public String getQueryId(OperationHandle operation) throws HiveServiceException {
        return operation(operation).operation().queryId();
    }

    private ServiceSession session(SessionHandle handle) throws HiveServiceException {
        ServiceSession session = sessions.get(handle.identifier());
        if (session == null) {
            throw HiveServiceException.invalidHandle(handle);
        }
        return session;
    }

    private OpenOperation operation(OperationHandle handle) throws HiveServiceException {
        OpenOperation operation = operations.get(handle.identifier());
        if (operation == null) {
            throw HiveServiceException.invalidHandle(handle);
        }
        return operation;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            sessions.values().forEach(this::close);
            afterClose.run();
        }
    }
}
