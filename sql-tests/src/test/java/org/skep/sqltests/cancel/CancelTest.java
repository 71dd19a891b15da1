package org.skep.sqltests.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.time.Clock;

/** Statements that would run for hours end soon after they are cancelled, whatever they do. */
class CancelTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration WORKED = Duration.ofMillis(300);

    // 27 thousand million rows.
    private static final String MANY =
            " from (select posexplode(split(space(3000), ' ')) as (a, u)) x"
                    + " cross join (select posexplode(split(space(3000), ' ')) as (b, v)) y"
                    + " cross join (select posexplode(split(space(3000), ' ')) as (c, w)) z ";
    private static final Map<String, String> STATEMENTS =
            Map.of(
                    "joins", "select count(*)" + MANY + "where a + b + c < 0",
                    "streams", "select a, b, c" + MANY,
                    "groups", "select a * 3000 + b, count(*)" + MANY + "group by a * 3000 + b",
                    "sorts", "select a, b, c" + MANY + "order by pmod(hash(a, b, c), 1000003)",
                    "windows", "select sum(c) over (partition by a order by b)" + MANY,
                    "expressions",
                            "select max(regexp_replace(md5(concat(a, b)), '[a-f]+', ''))" + MANY,
                    "writes", "create table t stored as parquet as select a, b, c" + MANY);

    @TempDir Path directory;
    // Keeps the directory open between statements.
    private Connection keeper;

    @BeforeEach
    void open() throws SQLException {
        keeper = connect();
    }

    @AfterEach
    void close() throws SQLException {
        keeper.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:skep:" + directory);
    }

    @TestFactory
    Stream<DynamicTest> endsSoonAfterItWasCancelled() {
        return STATEMENTS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                        entry ->
                                dynamicTest(
                                        entry.getKey(),
                                        () -> cancel(entry.getKey(), entry.getValue())));
    }

    private void cancel(String name, String sql) throws Exception {
        ExecutorService background = NamedThreads.pool("cancel-test", 1);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Duration before = worked();
            Future<String> end = background.submit(() -> run(statement, sql));
            while (worked().minus(before).compareTo(WORKED) < 0 && !end.isDone()) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(end.isDone() ? end.get() : "running").isEqualTo("running");
            long began = Clock.SYSTEM.nanoTime();
            statement.cancel();
            assertThat(end.get(60, TimeUnit.SECONDS)).startsWith("57014");
            Duration took = Duration.ofNanos(Clock.SYSTEM.nanoTime() - began);
            System.out.printf("CancelTest: %s ended after %d ms%n", name, took.toMillis());
            assertThat(took).isLessThan(SOON);
            try (ResultSet next = statement.executeQuery("select 1")) {
                assertThat(next.next()).isTrue();
            }
        } finally {
            background.shutdown();
        }
    }

    /** How the statement ends: SQLSTATE and message. */
    private static String run(Statement statement, String sql) {
        try {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        rows.getString(1);
                    }
                }
            }
            return "00000";
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    /** CPU time of all threads that run tasks. */
    private static Duration worked() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("task-")) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return Duration.ofNanos(nanos);
    }
}
