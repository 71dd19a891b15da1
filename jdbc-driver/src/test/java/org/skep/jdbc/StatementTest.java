package org.skep.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.rpc.HiveServiceException;
import org.skep.rpc.ProgressUpdate;
import org.skep.rpc.StatementRequest;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.schema.TypeId;

@Timeout(30)
class StatementTest {
    private static final String SQL = FakeWarehouse.SQL;

    private FakeWarehouse warehouse;
    private ExecutorService other;

    @BeforeEach
    void open() throws SQLException {
        warehouse = new FakeWarehouse();
        other = Executors.newSingleThreadExecutor();
    }

    @AfterEach
    void close() throws SQLException {
        other.shutdownNow();
        warehouse.close();
    }

    private static Reply one() {
        return Reply.column("n", TypeId.INT, IntColumn.of(List.of(1)));
    }

    private static SQLException failureOf(Future<?> future) throws Exception {
        try {
            future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (SQLException) e.getCause();
        }
        throw new AssertionError("The statement did not fail");
    }

    @Test
    void aQueryHasAResultAndNoCount() throws SQLException {
        Statement statement = warehouse.statement(one());
        assertThat(statement.execute(SQL)).isTrue();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        ResultSet rows = statement.getResultSet();
        assertThat(rows.next()).isTrue();
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(rows.isClosed()).isTrue();
        assertThat(statement.getResultSet()).isNull();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        assertThat(warehouse.service().lastRequest().mode())
                .isEqualTo(StatementRequest.ExecutionMode.ASYNCHRONOUS);
    }

    @Test
    void anInsertHasACount() throws SQLException {
        Statement statement = warehouse.statement(Reply.none().modifiedRows(3_000_000_000L));
        assertThat(statement.execute(SQL)).isFalse();
        assertThat(statement.getLargeUpdateCount()).isEqualTo(3_000_000_000L);
        assertThat(statement.getUpdateCount()).isEqualTo(Integer.MAX_VALUE);
        assertThat(statement.getResultSet()).isNull();
        assertThat(statement.executeUpdate(SQL)).isEqualTo(Integer.MAX_VALUE);
        assertThat(statement.unwrap(SkepStatement.class).modifiedRows()).hasValue(3_000_000_000L);
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
    }

    @Test
    void whatNobodyCountsHasTheCountZero() throws SQLException {
        Statement statement = warehouse.statement(Reply.none());
        assertThat(statement.executeUpdate(SQL)).isZero();
        assertThat(statement.unwrap(SkepStatement.class).modifiedRows()).isEmpty();
    }

    @Test
    void theKindOfStatementMustFitTheCall() throws SQLException {
        Statement statement = warehouse.statement(Reply.none());
        assertThatThrownBy(() -> statement.executeQuery(SQL))
                .hasMessage("Statement returns no result");
        Statement query = warehouse.statement(one());
        assertThatThrownBy(() -> query.executeUpdate(SQL)).hasMessage("Statement returns a result");
        assertThatThrownBy(() -> query.execute(null)).hasMessage("Statement must not be null");
    }

    @Test
    void aFailedStatementTellsWhatTheServiceSays() throws SQLException {
        HiveServiceException failure =
                new HiveServiceException("line 1:14 Table not found: x", "42S02", 10001).at(1, 14);
        Statement statement = warehouse.statement(Reply.failing(failure));
        assertThatThrownBy(() -> statement.execute(SQL))
                .isInstanceOf(SQLSyntaxErrorException.class)
                .hasMessage("line 1:14 Table not found: x")
                .satisfies(
                        e -> {
                            SQLException exception = (SQLException) e;
                            assertThat(exception.getSQLState()).isEqualTo("42S02");
                            assertThat(exception.getErrorCode()).isEqualTo(10001);
                            ErrorLocation place = ErrorLocation.of(exception).orElseThrow();
                            assertThat(place.line()).isEqualTo(1);
                            assertThat(place.column()).isEqualTo(14);
                        });
        assertThat(ErrorLocation.of(new SQLException("elsewhere"))).isEmpty();
        warehouse.service().on("next", one());
        assertThat(statement.executeQuery("next").next()).isTrue();
    }

    @Test
    void aStatementThatIsRefusedAtOnceLeavesNothingOpen() throws SQLException {
        Statement statement = warehouse.connection().createStatement();
        assertThatThrownBy(() -> statement.execute("unheard of"))
                .isInstanceOf(SQLSyntaxErrorException.class)
                .hasMessage("No reply for: unheard of");
        assertThat(warehouse.service().openOperations()).isZero();
        statement.cancel();
    }

    @Test
    void theNextStatementClosesTheResultOfTheLast() throws SQLException {
        Statement statement = warehouse.statement(one());
        ResultSet first = statement.executeQuery(SQL);
        ResultSet second = statement.executeQuery(SQL);
        assertThat(first.isClosed()).isTrue();
        assertThat(second.next()).isTrue();
        assertThat(warehouse.service().openOperations()).isEqualTo(1);
    }

    @Test
    void cancelFromAnotherThreadEndsARunningStatement() throws Exception {
        Statement statement = warehouse.statement(Reply.none().course(Reply.Course.HANGS));
        Future<Boolean> running = other.submit(() -> statement.execute(SQL));
        warehouse.service().awaitPoll();
        statement.cancel();
        SQLException failure = failureOf(running);
        assertThat((Throwable) failure).hasMessage("Query was cancelled");
        assertThat(failure.getSQLState()).isEqualTo("HY008");
        warehouse.service().on("next", one());
        assertThat(statement.executeQuery("next").next()).isTrue();
    }

    @Test
    void cancelReachesAStatementWhoseHandleIsNotKnownYet() throws Exception {
        Statement statement = warehouse.statement(Reply.none().course(Reply.Course.HANGS));
        warehouse.service().holdSubmission();
        Future<Boolean> running = other.submit(() -> statement.execute(SQL));
        warehouse.service().awaitSubmission();
        statement.cancel();
        warehouse.service().letSubmissionGo();
        assertThat((Throwable) failureOf(running)).hasMessage("Query was cancelled");
    }

    @Test
    void cancelWhileRowsAreReadEndsTheResult() throws SQLException {
        Statement statement = warehouse.statement(one().block(IntColumn.of(List.of(2))));
        ResultSet rows = statement.executeQuery(SQL);
        assertThat(rows.next()).isTrue();
        statement.cancel();
        assertThatThrownBy(rows::next).hasMessage("Query was cancelled");
    }

    @Test
    void cancelWithoutAQueryHasNoEffect() throws SQLException {
        Statement statement = warehouse.statement(one());
        statement.cancel();
        assertThat(statement.executeQuery(SQL).next()).isTrue();
    }

    @Test
    void closingFromAnotherThreadEndsARunningStatement() throws Exception {
        Statement statement = warehouse.statement(Reply.none().course(Reply.Course.HANGS));
        Future<Boolean> running = other.submit(() -> statement.execute(SQL));
        warehouse.service().awaitPoll();
        statement.close();
        assertThat((Throwable) failureOf(running))
                .hasMessage("Statement was closed while its query ran");
        assertThat(warehouse.service().openOperations()).isZero();
    }

    @Test
    void closingTheConnectionEndsARunningStatement() throws Exception {
        Statement statement = warehouse.statement(Reply.none().course(Reply.Course.HANGS));
        Future<Boolean> running = other.submit(() -> statement.execute(SQL));
        warehouse.service().awaitPoll();
        warehouse.connection().close();
        assertThat((Throwable) failureOf(running))
                .hasMessage("Statement was closed while its query ran");
        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void theDriverStopsAStatementWhoseTimeIsOver() throws SQLException {
        for (Reply.Course course :
                List.of(Reply.Course.HANGS, Reply.Course.HANGS_WITHOUT_LONG_POLL)) {
            Statement statement = warehouse.statement(Reply.none().course(course));
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute(SQL))
                    .isInstanceOf(SQLTimeoutException.class)
                    .hasMessage("Query timed out after 1 s")
                    .extracting("SQLState")
                    .isEqualTo("HYT00");
            assertThat(warehouse.service().lastRequest().timeout())
                    .isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void theServiceStopsAStatementWhoseTimeIsOver() throws SQLException {
        Statement statement = warehouse.statement(Reply.none().course(Reply.Course.TIMES_OUT));
        assertThatThrownBy(() -> statement.execute(SQL))
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessage("Query timed out");
        assertThatThrownBy(() -> statement.setQueryTimeout(-1))
                .hasMessage("Query timeout must not be negative: -1");
    }

    @Test
    void warningsOfTheStatementAreChained() throws SQLException {
        Statement statement =
                warehouse.statement(
                        one().warnings("2 values became NULL", "1 was cut")
                                .lateWarnings("and 7 more"));
        ResultSet rows = statement.executeQuery(SQL);
        SQLWarning first = statement.getWarnings();
        assertThat((Throwable) first).hasMessage("2 values became NULL");
        assertThat(first.getSQLState()).isEqualTo("01000");
        SkepStatement extended = statement.unwrap(SkepStatement.class);
        assertThat(extended.warnings()).containsExactly("2 values became NULL", "1 was cut");
        while (rows.next()) {
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
        assertThat(extended.warnings())
                .containsExactly("2 values became NULL", "1 was cut", "and 7 more");
        statement.clearWarnings();
        assertThat((Throwable) statement.getWarnings()).isNull();
        warehouse.service().on(SQL, one());
        statement.execute(SQL);
        assertThat(extended.warnings()).isEmpty();
    }

    @Test
    void logsProgressAndIdentifierAreThereForShells() throws SQLException {
        ProgressUpdate progress =
                new ProgressUpdate(
                        List.of("VERTEX", "DONE"),
                        List.of(List.of("Map 1", "3")),
                        0.75,
                        ProgressUpdate.JobStatus.IN_PROGRESS,
                        "VERTICES 1",
                        1);
        Statement statement =
                warehouse.statement(one().logs("first", "second", "third").progress(progress));
        SkepStatement extended = statement.unwrap(SkepStatement.class);
        assertThat(extended.queryId()).isEmpty();
        assertThat(extended.progress()).isEmpty();
        assertThat(extended.takeLogs()).isEmpty();
        ResultSet rows = statement.executeQuery(SQL);
        assertThat(extended.queryId()).contains("fake_1");
        assertThat(extended.takeLogs()).containsExactly("first", "second", "third");
        assertThat(extended.takeLogs()).isEmpty();
        QueryProgress seen = extended.progress().orElseThrow();
        assertThat(seen.headers()).containsExactly("VERTEX", "DONE");
        assertThat(seen.rows()).containsExactly(List.of("Map 1", "3"));
        assertThat(seen.fraction()).isEqualTo(0.75);
        assertThat(seen.footer()).isEqualTo("VERTICES 1");
        rows.close();
        assertThat(extended.queryId()).contains("fake_1");
        assertThat(extended.progress()).isEmpty();
    }

    @Test
    void aBatchCountsEachStatement() throws SQLException {
        warehouse.service().on("a", Reply.none().modifiedRows(2)).on("b", Reply.none());
        Statement statement = warehouse.connection().createStatement();
        statement.addBatch("a");
        statement.addBatch("b");
        assertThat(statement.executeBatch()).containsExactly(2, Statement.SUCCESS_NO_INFO);
        assertThat(statement.executeBatch()).isEmpty();
        statement.addBatch("a");
        statement.clearBatch();
        assertThat(statement.executeLargeBatch()).isEmpty();
    }

    @Test
    void aBatchStopsAtItsFirstFailure() throws SQLException {
        warehouse
                .service()
                .on("a", Reply.none().modifiedRows(2))
                .on("b", Reply.failing(new HiveServiceException("No", "42000", 7)))
                .on("c", Reply.none());
        Statement statement = warehouse.connection().createStatement();
        statement.addBatch("a");
        statement.addBatch("b");
        statement.addBatch("c");
        assertThatThrownBy(statement::executeBatch)
                .isInstanceOf(BatchUpdateException.class)
                .hasMessage("No")
                .satisfies(
                        e ->
                                assertThat(((BatchUpdateException) e).getUpdateCounts())
                                        .containsExactly(2));
        assertThat(warehouse.service().statements()).containsExactly("a", "b");
    }

    @Test
    void aStatementMayCloseWithItsResult() throws SQLException {
        Statement statement = warehouse.statement(one());
        statement.closeOnCompletion();
        assertThat(statement.isCloseOnCompletion()).isTrue();
        statement.executeQuery(SQL).close();
        assertThat(statement.isClosed()).isTrue();
        assertThat(warehouse.service().openOperations()).isZero();
    }

    @Test
    void aClosedStatementAnswersNothing() throws SQLException {
        Statement statement = warehouse.statement(one());
        ResultSet rows = statement.executeQuery(SQL);
        statement.close();
        statement.close();
        assertThat(rows.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThatThrownBy(() -> statement.execute(SQL)).hasMessage("Statement is closed");
        assertThatThrownBy(statement::cancel).hasMessage("Statement is closed");
        assertThatThrownBy(statement::getResultSet).hasMessage("Statement is closed");
        assertThatThrownBy(() -> statement.setMaxRows(1)).hasMessage("Statement is closed");
        assertThatThrownBy(statement::getWarnings).hasMessage("Statement is closed");
    }

    @Test
    void optionalPartsAreRefused() throws SQLException {
        Statement statement = warehouse.statement(one());
        assertThat(statement.execute(SQL, Statement.NO_GENERATED_KEYS)).isTrue();
        assertThatThrownBy(() -> statement.execute(SQL, Statement.RETURN_GENERATED_KEYS))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessage("Returning generated keys is not supported");
        assertThatThrownBy(() -> statement.executeUpdate(SQL, new int[] {1}))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> statement.setCursorName("c"))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> statement.setMaxFieldSize(10))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> statement.getMoreResults(Statement.KEEP_CURRENT_RESULT))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThat(statement.getGeneratedKeys().next()).isFalse();
        assertThat(statement.getMaxFieldSize()).isZero();
        assertThatThrownBy(() -> statement.unwrap(String.class))
                .hasMessage("Cannot unwrap to java.lang.String");
        assertThat(statement.isWrapperFor(SkepStatement.class)).isTrue();
        assertThat(statement.isWrapperFor(Connection.class)).isFalse();
    }

    @Test
    void quotesAsHiveReadsIt() throws SQLException {
        Statement statement = warehouse.connection().createStatement();
        assertThat(statement.enquoteLiteral("it's")).isEqualTo("'it\\'s'");
        assertThat(statement.enquoteIdentifier("plain_1", false)).isEqualTo("plain_1");
        assertThat(statement.enquoteIdentifier("plain", true)).isEqualTo("`plain`");
        assertThat(statement.enquoteIdentifier("a`b c", false)).isEqualTo("`a``b c`");
    }
}
