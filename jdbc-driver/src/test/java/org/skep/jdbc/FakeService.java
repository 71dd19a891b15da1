package org.skep.jdbc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.skep.rpc.OperationState;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.OperationType;
import org.skep.rpc.ProtocolVersion;
import org.skep.rpc.SessionHandle;
import org.skep.rpc.SessionKeys;
import org.skep.rpc.StatementRequest;
import org.skep.rpc.StatusDetail;
import org.skep.rpc.TableName;
import org.skep.rpc.TablesRequest;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.TableSchema;
import org.skep.rpc.schema.TypeId;

/**
 * A service that answers statements with replies set up before. Thread-safe: everything is guarded
 * by the object itself, and calls that are held wait on it.
 */
final class FakeService implements HiveService {
    private final Map<String, Reply> replies = new HashMap<>();
    private final Map<OperationHandle, Operation> operations = new LinkedHashMap<>();
    private final List<String> statements = new ArrayList<>();
    private final List<String> metadataCalls = new ArrayList<>();
    private final List<Long> fetchSizes = new ArrayList<>();
    private final Map<String, String> clientInfo = new HashMap<>();
    private OpenSessionRequest opened;
    private StatementRequest lastRequest;
    private HiveServiceException openFailure;
    private SessionHandle session;
    private boolean holdsSubmission;
    private boolean submissionWaits;
    private int polls;
    private boolean closed;

    private static final class Operation {
        private final Reply reply;
        private final Deque<List<ColumnBlock>> blocks;
        private final Deque<String> logs;
        private OperationState state;
        private long fetched;
        private boolean drained;

        private Operation(Reply reply) {
            this.reply = reply;
            this.blocks = new ArrayDeque<>(reply.blocks());
            this.logs = new ArrayDeque<>(reply.logs());
            this.state =
                    reply.course() == Reply.Course.FINISHES
                            ? reply.failure() == null
                                    ? OperationState.FINISHED
                                    : OperationState.ERROR
                            : OperationState.RUNNING;
        }
    }

    // ---- setting up and looking in ----

    synchronized FakeService on(String sql, Reply reply) {
        replies.put(sql, reply);
        return this;
    }

    synchronized FakeService failsToOpen(HiveServiceException failure) {
        openFailure = failure;
        return this;
    }

    synchronized void holdSubmission() {
        holdsSubmission = true;
    }

    synchronized void letSubmissionGo() {
        holdsSubmission = false;
        notifyAll();
    }

    /** Waits until a statement has been handed in and is held. */
    synchronized void awaitSubmission() throws InterruptedException {
        while (!submissionWaits) {
            wait();
        }
    }

    /** Waits until the status of a running statement has been asked for. */
    synchronized void awaitPoll() throws InterruptedException {
        while (polls == 0) {
            wait();
        }
    }

    synchronized List<String> statements() {
        return List.copyOf(statements);
    }

    synchronized List<String> metadataCalls() {
        return List.copyOf(metadataCalls);
    }

    synchronized List<Long> fetchSizes() {
        return List.copyOf(fetchSizes);
    }

    synchronized OpenSessionRequest opened() {
        return opened;
    }

    synchronized StatementRequest lastRequest() {
        return lastRequest;
    }

    synchronized Map<String, String> clientInfo() {
        return Map.copyOf(clientInfo);
    }

    synchronized int openOperations() {
        return operations.size();
    }

    synchronized boolean hasSession() {
        return session != null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    // ---- the service ----

    @Override
    public synchronized OpenSessionResponse openSession(OpenSessionRequest request)
            throws HiveServiceException {
        if (openFailure != null) {
            throw openFailure;
        }
        opened = request;
        session = new SessionHandle(HandleIdentifier.random());
        return new OpenSessionResponse(
                session, ProtocolVersion.V11, Map.of(SessionKeys.DEFAULT_FETCH_SIZE, "500"));
    }

    private void check(SessionHandle handle) throws HiveServiceException {
        if (!handle.equals(session)) {
            throw HiveServiceException.invalidHandle(handle);
        }
    }

    @Override
    public synchronized void closeSession(SessionHandle handle) throws HiveServiceException {
        check(handle);
        session = null;
        operations.clear();
        notifyAll();
    }

    @Override
    public synchronized void setClientInfo(SessionHandle handle, Map<String, String> properties)
            throws HiveServiceException {
        check(handle);
        clientInfo.clear();
        clientInfo.putAll(properties);
    }

    @Override
    public synchronized InfoValue getInfo(SessionHandle handle, InfoType type)
            throws HiveServiceException {
        check(handle);
        switch (type) {
            case DBMS_NAME:
                return InfoValue.of("Fake Hive");
            case DBMS_VERSION:
                return InfoValue.of("4.7.1-test");
            default:
                throw new HiveServiceException("Info not known: " + type, "HY000", 0);
        }
    }

    @Override
    public synchronized OperationHandle executeStatement(
            SessionHandle handle, StatementRequest request) throws HiveServiceException {
        check(handle);
        statements.add(request.sql());
        lastRequest = request;
        holdWhileSubmissionIsHeld();
        Reply reply = replies.get(request.sql());
        if (reply == null) {
            throw new HiveServiceException("No reply for: " + request.sql(), "42000", 40000);
        }
        return add(OperationType.EXECUTE_STATEMENT, reply);
    }

    private OperationHandle add(OperationType type, Reply reply) {
        OperationHandle handle =
                new OperationHandle(HandleIdentifier.random(), type, reply.schema() != null);
        operations.put(handle, new Operation(reply));
        return handle;
    }

    private void holdWhileSubmissionIsHeld() {
        try {
            while (holdsSubmission) {
                submissionWaits = true;
                notifyAll();
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void holdWhileRunning(OperationHandle handle, Duration wait)
            throws HiveServiceException {
        long end = System.nanoTime() + wait.toNanos();
        long left = wait.toMillis();
        try {
            while (left > 0 && find(handle).state == OperationState.RUNNING) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Operation find(OperationHandle handle) throws HiveServiceException {
        Operation operation = operations.get(handle);
        if (operation == null) {
            throw HiveServiceException.invalidHandle(handle);
        }
        return operation;
    }

    @Override
    public synchronized OperationStatus getOperationStatus(
            OperationHandle handle, Duration wait, StatusDetail detail)
            throws HiveServiceException {
        Operation operation = find(handle);
        Reply reply = operation.reply;
        polls++;
        notifyAll();
        if (operation.state == OperationState.RUNNING && reply.course() == Reply.Course.TIMES_OUT) {
            operation.state = OperationState.TIMED_OUT;
        }
        if (reply.course() == Reply.Course.HANGS) {
            holdWhileRunning(handle, wait);
        }
        OperationStatus.Builder status =
                OperationStatus.builder(operation.state)
                        .hasResultSet(reply.schema() != null)
                        .modifiedRows(reply.modifiedRows())
                        .failure(reply.failure())
                        .progress(detail == StatusDetail.PROGRESS ? reply.progress() : null);
        List<String> warnings = new ArrayList<>(reply.warnings());
        if (operation.drained) {
            warnings.addAll(reply.lateWarnings());
        }
        return status.warnings(warnings).build();
    }

    @Override
    public synchronized TableSchema getResultSetMetadata(OperationHandle handle)
            throws HiveServiceException {
        return find(handle).reply.schema();
    }

    @Override
    public synchronized RowSet fetchResults(
            OperationHandle handle, FetchOrientation orientation, long maxRows, FetchType type)
            throws HiveServiceException {
        Operation operation = find(handle);
        if (type == FetchType.LOG) {
            List<String> lines = new ArrayList<>();
            while (!operation.logs.isEmpty() && lines.size() < 2) {
                lines.add(operation.logs.removeFirst());
            }
            return new RowSet(0, List.of(StringColumn.of(lines)));
        }
        fetchSizes.add(maxRows);
        if (operation.state == OperationState.CANCELED) {
            throw new HiveServiceException("Cancelled", SqlState.CANCELLED, 0);
        }
        if (operation.blocks.isEmpty()) {
            if (operation.reply.fetchFailure() != null) {
                throw operation.reply.fetchFailure();
            }
            operation.drained = true;
            return new RowSet(operation.fetched, List.of());
        }
        RowSet rows = new RowSet(operation.fetched, operation.blocks.removeFirst());
        operation.fetched += rows.rowCount();
        return rows;
    }

    @Override
    public synchronized void cancelOperation(OperationHandle handle) throws HiveServiceException {
        Operation operation = find(handle);
        if (operation.state == OperationState.RUNNING || operation.reply.schema() != null) {
            operation.state = OperationState.CANCELED;
        }
        notifyAll();
    }

    @Override
    public synchronized void closeOperation(OperationHandle handle) throws HiveServiceException {
        find(handle);
        operations.remove(handle);
        notifyAll();
    }

    @Override
    public synchronized String getQueryId(OperationHandle handle) throws HiveServiceException {
        find(handle);
        return "fake_" + statements.size();
    }

    // Every metadata call has one row: its own name.
    private OperationHandle metadata(SessionHandle handle, OperationType type, String call)
            throws HiveServiceException {
        check(handle);
        metadataCalls.add(call);
        return add(type, Reply.column("CALL", TypeId.STRING, StringColumn.of(call)));
    }

    @Override
    public synchronized OperationHandle getTypeInfo(SessionHandle handle)
            throws HiveServiceException {
        return metadata(handle, OperationType.GET_TYPE_INFO, "types");
    }

    @Override
    public synchronized OperationHandle getCatalogs(SessionHandle handle)
            throws HiveServiceException {
        return metadata(handle, OperationType.GET_CATALOGS, "catalogs");
    }

    @Override
    public synchronized OperationHandle getSchemas(
            SessionHandle handle, String catalog, String schemaPattern)
            throws HiveServiceException {
        return metadata(
                handle, OperationType.GET_SCHEMAS, "schemas " + catalog + " " + schemaPattern);
    }

    @Override
    public synchronized OperationHandle getTables(SessionHandle handle, TablesRequest request)
            throws HiveServiceException {
        String call =
                String.join(
                        " ",
                        "tables",
                        request.catalog(),
                        request.schemaPattern(),
                        request.tablePattern(),
                        request.tableTypes().toString());
        return metadata(handle, OperationType.GET_TABLES, call);
    }

    @Override
    public synchronized OperationHandle getTableTypes(SessionHandle handle)
            throws HiveServiceException {
        return metadata(handle, OperationType.GET_TABLE_TYPES, "table types");
    }

    @Override
    public synchronized OperationHandle getColumns(SessionHandle handle, ColumnsRequest request)
            throws HiveServiceException {
        String call =
                String.join(
                        " ",
                        "columns",
                        request.catalog(),
                        request.schemaPattern(),
                        request.tablePattern(),
                        request.columnPattern());
        return metadata(handle, OperationType.GET_COLUMNS, call);
    }

    @Override
    public synchronized OperationHandle getFunctions(
            SessionHandle handle, String catalog, String schemaPattern, String functionPattern)
            throws HiveServiceException {
        return metadata(handle, OperationType.GET_FUNCTIONS, "functions " + functionPattern);
    }

    @Override
    public synchronized OperationHandle getPrimaryKeys(SessionHandle handle, TableName table)
            throws HiveServiceException {
        return metadata(handle, OperationType.UNKNOWN, "primary keys " + table);
    }

    @Override
    public synchronized OperationHandle getCrossReference(
            SessionHandle handle, TableName parent, TableName foreign) throws HiveServiceException {
        return metadata(handle, OperationType.UNKNOWN, "keys " + foreign + " to " + parent);
    }

    @Override
    public synchronized void close() {
        closed = true;
        operations.clear();
        notifyAll();
    }
}
