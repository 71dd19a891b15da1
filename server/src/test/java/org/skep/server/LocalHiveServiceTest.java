package org.skep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.rpc.ColumnsRequest;
import org.skep.rpc.FetchOrientation;
import org.skep.rpc.FetchType;
import org.skep.rpc.HiveService;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.InfoType;
import org.skep.rpc.OpenSessionRequest;
import org.skep.rpc.OperationHandle;
import org.skep.rpc.OperationState;
import org.skep.rpc.OperationStatus;
import org.skep.rpc.ProtocolVersion;
import org.skep.rpc.SessionHandle;
import org.skep.rpc.SessionKeys;
import org.skep.rpc.StatementRequest;
import org.skep.rpc.StatementRequest.ExecutionMode;
import org.skep.rpc.StatusCode;
import org.skep.rpc.StatusDetail;
import org.skep.rpc.TablesRequest;
import org.skep.rpc.rows.BinaryColumn;
import org.skep.rpc.rows.BooleanColumn;
import org.skep.rpc.rows.ByteColumn;
import org.skep.rpc.rows.ColumnBlock;
import org.skep.rpc.rows.DoubleColumn;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.rows.LongColumn;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.rows.ShortColumn;
import org.skep.rpc.rows.StringColumn;
import org.skep.rpc.schema.TableSchema;
import org.skep.rpc.schema.TypeId;

/** The calls of the service, over a warehouse in a temporary directory. */
final class LocalHiveServiceTest {
    private static final String ENDLESS =
            "select count(*) from (select explode(split(space(3000), ' ')) a) x,"
                    + " (select explode(split(space(3000), ' ')) b) y,"
                    + " (select explode(split(space(3000), ' ')) c) z where concat(a, b, c) <> 'q'";

    @TempDir private Path directory;

    private HiveService service;
    private SessionHandle session;

    @BeforeEach
    void open() throws HiveServiceException {
        service = new EmbeddedProvider().open(directory.resolve("w").toString(), new Properties());
        session = session(Map.of());
    }

    @AfterEach
    void close() throws HiveServiceException {
        service.close();
    }

    private SessionHandle session(Map<String, String> configuration) throws HiveServiceException {
        return service.openSession(
                        new OpenSessionRequest(ProtocolVersion.V8, "ann", "", configuration))
                .session();
    }

    private SessionHandle briefSession() throws HiveServiceException {
        return session(Map.of(SessionKeys.ERROR_TEXT, SessionKeys.SHORT_ERRORS));
    }

    private OperationHandle run(String sql) throws HiveServiceException {
        return run(session, sql);
    }

    private OperationHandle run(SessionHandle in, String sql) throws HiveServiceException {
        return service.executeStatement(
                in, new StatementRequest(sql, Map.of(), ExecutionMode.SYNCHRONOUS, Duration.ZERO));
    }

    private OperationStatus end(OperationHandle operation) throws HiveServiceException {
        while (true) {
            OperationStatus status =
                    service.getOperationStatus(
                            operation, Duration.ofSeconds(5), StatusDetail.STATE);
            if (status.state().isTerminal()) {
                return status;
            }
        }
    }

    private RowSet fetch(OperationHandle operation, int rows) throws HiveServiceException {
        return service.fetchResults(operation, FetchOrientation.NEXT, rows, FetchType.RESULTS);
    }

    private List<List<String>> rows(OperationHandle operation) throws HiveServiceException {
        List<List<String>> all = new ArrayList<>();
        for (RowSet rows = fetch(operation, 2); !rows.isEmpty(); rows = fetch(operation, 2)) {
            for (int row = 0; row < rows.rowCount(); row++) {
                List<String> values = new ArrayList<>();
                for (ColumnBlock column : rows.columns()) {
                    values.add(column.isNull(row) ? null : column.accept(new Text(row)));
                }
                all.add(values);
            }
        }
        service.closeOperation(operation);
        return all;
    }

    private record Text(int row) implements ColumnBlock.Visitor<String> {
        @Override
        public String booleans(BooleanColumn column) {
            return String.valueOf(column.value(row));
        }

        @Override
        public String bytes(ByteColumn column) {
            return String.valueOf(column.value(row));
        }

        @Override
        public String shorts(ShortColumn column) {
            return String.valueOf(column.value(row));
        }

        @Override
        public String ints(IntColumn column) {
            return String.valueOf(column.value(row));
        }

        @Override
        public String longs(LongColumn column) {
            return String.valueOf(column.value(row));
        }

        @Override
        public String doubles(DoubleColumn column) {
            return String.valueOf(column.value(row));
        }

        @Override
        public String strings(StringColumn column) {
            return column.value(row);
        }

        @Override
        public String binaries(BinaryColumn column) {
            return Arrays.toString(column.copy(row));
        }
    }

    @Test
    void sendsEveryTypeInItsKindOfColumn() throws HiveServiceException {
        OperationHandle operation =
                run(
                        "select true, cast(1 as tinyint), cast(2 as smallint), 3, 4L,"
                                + " cast(0.1 as float), 0.5D, cast(1.5 as decimal(5,2)), 's',"
                                + " cast('c' as char(3)), cast('v' as varchar(3)),"
                                + " cast('b' as binary), date '2024-02-29',"
                                + " timestamp '2024-02-29 01:02:03.5', array(1, null),"
                                + " named_struct('f', 'x'), map('k', 1.50), null");
        TableSchema schema = service.getResultSetMetadata(operation);
        assertThat(schema.columns().stream().map(c -> c.type().id()))
                .containsExactly(
                        TypeId.BOOLEAN,
                        TypeId.TINYINT,
                        TypeId.SMALLINT,
                        TypeId.INT,
                        TypeId.BIGINT,
                        TypeId.FLOAT,
                        TypeId.DOUBLE,
                        TypeId.DECIMAL,
                        TypeId.STRING,
                        TypeId.CHAR,
                        TypeId.VARCHAR,
                        TypeId.BINARY,
                        TypeId.DATE,
                        TypeId.TIMESTAMP,
                        TypeId.ARRAY,
                        TypeId.STRUCT,
                        TypeId.MAP,
                        TypeId.VOID);
        assertThat(schema.column(7).type().text()).isEqualTo("decimal(5,2)");
        assertThat(schema.column(9).type().length()).isEqualTo(3);
        assertThat(schema.column(14).type().text()).isEqualTo("array<int>");
        assertThat(rows(operation).get(0))
                .containsExactly(
                        "true",
                        "1",
                        "2",
                        "3",
                        "4",
                        "0.1",
                        "0.5",
                        "1.50",
                        "s",
                        "c  ",
                        "v",
                        "[98]",
                        "2024-02-29",
                        "2024-02-29 01:02:03.5",
                        "[1,null]",
                        "{\"f\":\"x\"}",
                        "{\"k\":1.5}",
                        null);
    }

    @Test
    void namesColumnsWithTheirTableUnlessTold() throws HiveServiceException {
        run("create table t (a int)");
        assertThat(service.getResultSetMetadata(run("select * from t")).column(0).name())
                .isEqualTo("t.a");
        run("set hive.resultset.use.unique.column.names=false");
        assertThat(service.getResultSetMetadata(run("select * from t")).column(0).name())
                .isEqualTo("a");
    }

    @Test
    void fetchesInSizesAskedForAndEndsWithNoRows() throws HiveServiceException {
        OperationHandle operation = run("select explode(array(1, 2, 3, 4, 5))");
        assertThat(
                        service.fetchResults(
                                        operation, FetchOrientation.FIRST, 2, FetchType.RESULTS)
                                .rowCount())
                .isEqualTo(2);
        RowSet second = fetch(operation, 2);
        assertThat(second.startRow()).isEqualTo(2);
        assertThat(fetch(operation, 100).rowCount()).isEqualTo(1);
        assertThat(fetch(operation, 100).isEmpty()).isTrue();
        assertThat(fetch(operation, 100).isEmpty()).isTrue();
        assertThatThrownBy(
                        () ->
                                service.fetchResults(
                                        operation, FetchOrientation.FIRST, 2, FetchType.RESULTS))
                .isInstanceOf(HiveServiceException.class)
                .hasMessageContaining("not supported");
        assertThatThrownBy(() -> fetch(operation, 0)).isInstanceOf(HiveServiceException.class);
        assertThat(
                        service.fetchResults(operation, FetchOrientation.NEXT, 9, FetchType.LOG)
                                .isEmpty())
                .isTrue();
    }

    @Test
    void countsWrittenRows() throws HiveServiceException {
        run("create table t (a int)");
        OperationStatus status = end(run("insert into t values (1), (2)"));
        assertThat(status.state()).isEqualTo(OperationState.FINISHED);
        assertThat(status.hasResultSet()).isFalse();
        assertThat(status.modifiedRows()).isEqualTo(2);
        assertThat(rows(run("select a from t order by a"))).hasSize(2);
    }

    @Test
    void tellsFailuresInHivesWords() {
        assertThatThrownBy(() -> run("select * from nosuch"))
                .isInstanceOfSatisfying(
                        HiveServiceException.class,
                        e -> {
                            assertThat(e)
                                    .hasMessage(
                                            "Error while compiling statement: FAILED:"
                                                    + " SemanticException [Error 10001]: Line 1:14"
                                                    + " Table not found 'nosuch'");
                            assertThat(e.sqlState()).isEqualTo("42S02");
                            assertThat(e.vendorCode()).isEqualTo(10001);
                            assertThat(e.line()).isEqualTo(1);
                            assertThat(e.column()).isEqualTo(14);
                        });
    }

    @Test
    void tellsFailuresBrieflyWhenAsked() throws HiveServiceException {
        SessionHandle brief = briefSession();
        OperationHandle operation =
                service.executeStatement(
                        brief, StatementRequest.asynchronous("select 1\n  , nosuch(2)"));
        OperationStatus status = end(operation);
        assertThat(status.state()).isEqualTo(OperationState.ERROR);
        HiveServiceException failure = status.failure().orElseThrow();
        assertThat(failure).hasMessageStartingWith("line 2:4 Function not found: nosuch");
        assertThat(failure.line()).isEqualTo(2);
        assertThatThrownBy(() -> fetch(operation, 1)).isSameAs(failure);
        assertThat(rows(run(brief, "select 1"))).hasSize(1);
    }

    @Test
    void cancelsARunningStatement() throws HiveServiceException {
        OperationHandle operation =
                service.executeStatement(session, StatementRequest.asynchronous(ENDLESS));
        OperationStatus status =
                service.getOperationStatus(operation, Duration.ofMillis(50), StatusDetail.PROGRESS);
        // It is finished as soon as its rows can be asked for; its work goes on.
        assertThat(status.state())
                .isIn(OperationState.PENDING, OperationState.RUNNING, OperationState.FINISHED);
        assertThat(status.progress().orElseThrow().rows().get(0).get(0))
                .isIn("PENDING", "COMPILING", "RUNNING");
        service.cancelOperation(operation);
        if (end(operation).state() == OperationState.FINISHED) {
            assertThatThrownBy(() -> fetch(operation, 1))
                    .isInstanceOfSatisfying(
                            HiveServiceException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("57014"));
        }
        assertThat(end(operation).state()).isEqualTo(OperationState.CANCELED);
        assertThat(rows(run("select 1"))).hasSize(1);
    }

    @Test
    void stopsAStatementThatRunsOutOfTime() throws HiveServiceException {
        OperationHandle operation =
                service.executeStatement(
                        session,
                        new StatementRequest(
                                ENDLESS,
                                Map.of(),
                                ExecutionMode.ASYNCHRONOUS,
                                Duration.ofMillis(200)));
        if (end(operation).state() == OperationState.FINISHED) {
            assertThatThrownBy(() -> fetch(operation, 1)).isInstanceOf(HiveServiceException.class);
        }
        assertThat(end(operation).state()).isEqualTo(OperationState.TIMED_OUT);
    }

    @Test
    void closingAnOperationStopsItAndForgetsIt() throws HiveServiceException {
        OperationHandle operation =
                service.executeStatement(session, StatementRequest.asynchronous(ENDLESS));
        service.closeOperation(operation);
        assertThatThrownBy(() -> service.getQueryId(operation))
                .isInstanceOfSatisfying(
                        HiveServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(StatusCode.INVALID_HANDLE));
    }

    @Test
    void closingASessionClosesItsOperations() throws HiveServiceException {
        OperationHandle operation = run("select 1");
        service.closeSession(session);
        assertThatThrownBy(() -> fetch(operation, 1)).isInstanceOf(HiveServiceException.class);
        assertThatThrownBy(() -> run("select 1")).isInstanceOf(HiveServiceException.class);
    }

    @Test
    void settingsOfAStatementHoldForItAlone() throws HiveServiceException {
        run("create table t (a int)");
        OperationHandle operation =
                service.executeStatement(
                        session,
                        new StatementRequest(
                                "select * from t",
                                Map.of("hive.resultset.use.unique.column.names", "false"),
                                ExecutionMode.SYNCHRONOUS,
                                Duration.ZERO));
        assertThat(service.getResultSetMetadata(operation).column(0).name()).isEqualTo("a");
        assertThat(service.getResultSetMetadata(run("select * from t")).column(0).name())
                .isEqualTo("t.a");
    }

    @Test
    void beginsWithSettingsVariablesAndDatabase() throws HiveServiceException {
        run("create database d");
        Map<String, String> configuration = new HashMap<>();
        configuration.put(SessionKeys.USE_DATABASE, "D");
        configuration.put(SessionKeys.HIVEVAR + "x", "7");
        configuration.put(SessionKeys.HIVECONF + "hive.resultset.use.unique.column.names", "false");
        SessionHandle other = session(configuration);
        assertThat(rows(run(other, "select current_database(), ${hivevar:x}")))
                .containsExactly(List.of("d", "7"));
        assertThatThrownBy(() -> session(Map.of(SessionKeys.USE_DATABASE, "nosuch")))
                .isInstanceOf(HiveServiceException.class)
                .hasMessageContaining("nosuch");
    }

    @Test
    void listsTablesAndColumnsByPattern() throws HiveServiceException {
        run("create table goods_1 (id int comment 'key', price decimal(7,2), name varchar(20))");
        run("create table goodsx (tags array<string>)");
        run("create view v as select 1 as one");
        assertThat(
                        rows(
                                service.getTables(
                                        session,
                                        new TablesRequest(null, "default", "goods\\_%", null))))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row.subList(0, 4))
                                        .containsExactly("", "default", "goods_1", "TABLE"));
        assertThat(
                        rows(
                                service.getTables(
                                        session, new TablesRequest("", "%", "%", List.of("VIEW")))))
                .singleElement()
                .satisfies(row -> assertThat(row.get(2)).isEqualTo("v"));
        assertThat(rows(service.getTables(session, new TablesRequest("other", "%", "%", null))))
                .isEmpty();
        List<List<String>> columns =
                rows(service.getColumns(session, new ColumnsRequest(null, "def%", "goods%", "%")));
        assertThat(columns.stream().map(row -> row.get(3)))
                .containsExactly("id", "price", "name", "tags");
        assertThat(columns.get(0).subList(4, 12))
                .containsExactly("4", "INT", "10", null, "0", "10", "1", "key");
        assertThat(columns.get(1).subList(4, 10))
                .containsExactly("3", "DECIMAL", "7", null, "2", "10");
        assertThat(columns.get(2).get(6)).isEqualTo("20");
        assertThat(columns.get(3).get(5)).isEqualTo("array<string>");
        assertThat(columns.get(2).get(16)).isEqualTo("3");
    }

    @Test
    void listsDatabasesTypesAndFunctions() throws HiveServiceException {
        run("create database other");
        assertThat(rows(service.getSchemas(session, null, null)).stream().map(row -> row.get(0)))
                .containsExactly("default", "other");
        assertThat(rows(service.getTypeInfo(session))).hasSize(22);
        assertThat(rows(service.getCatalogs(session))).isEmpty();
        assertThat(rows(service.getTableTypes(session))).hasSize(3);
        assertThat(rows(service.getFunctions(session, null, null, "conca%")).get(0).get(2))
                .isEqualTo("concat");
        assertThat(service.getInfo(session, InfoType.DBMS_NAME).text()).isEqualTo("Apache Hive");
        assertThat(service.getInfo(session, InfoType.USER_NAME).text()).isEqualTo("ann");
    }

    @Test
    void servicesOnOneDirectoryShareItsWarehouse() throws HiveServiceException {
        run("create table t (a int)");
        HiveService second =
                new EmbeddedProvider()
                        .open(directory.resolve("x/../w").toString(), new Properties());
        service.close();
        service.close();
        assertThatThrownBy(() -> run("select 1")).isInstanceOf(HiveServiceException.class);
        service = second;
        session = session(Map.of());
        assertThat(rows(run("show tables"))).containsExactly(List.of("t"));
    }

    @Test
    void refusesADirectoryThatIsNoWarehouse() throws Exception {
        Files.writeString(directory.resolve("precious.txt"), "mine");
        assertThatThrownBy(
                        () -> new EmbeddedProvider().open(directory.toString(), new Properties()))
                .isInstanceOf(HiveServiceException.class)
                .hasMessageContaining("must be empty");
    }
}
