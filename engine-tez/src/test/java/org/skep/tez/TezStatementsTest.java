package org.skep.tez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.engine.Session;
import org.skep.engine.result.StatementResult;

/** Statements on Tez's local mode: results, failures, attempts, cancelling. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class TezStatementsTest {
    @TempDir private static Path directory;
    private static TezFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new TezFixture(directory);
        fixture.onThreads("create table numbers(n int, t string) stored as parquet");
        fixture.onThreads(
                "insert into numbers values (1,'one'),(2,'two'),(3,'three'),(4,null),(5,'five')");
        fixture.onThreads("insert into numbers values (6,'six'),(7,'seven')");
        fixture.onTez("set skep.tez.tasks=2");
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @AfterEach
    void removeFaults() {
        Crash.install(null);
    }

    @Test
    void answersWhatThreadsAnswer() {
        for (String sql :
                List.of(
                        "select n, t from numbers where n > 2 order by n",
                        "select count(*), sum(n), max(t) from numbers",
                        "select length(t) l, count(*) c from numbers group by length(t) order by l",
                        "select a.n, b.t from numbers a join numbers b on a.n = b.n + 1 order by a.n",
                        "select a.n, b.n from numbers a left join numbers b on a.n = b.n * 2 order by a.n",
                        "select a.n, b.n from numbers a full join numbers b on a.n = b.n + 3 order by a.n, b.n",
                        "select n, row_number() over (partition by n % 2 order by n desc) from numbers order by n",
                        "select n from numbers where n > (select avg(n) from numbers) order by n",
                        "select n from numbers union all select -n from numbers order by n",
                        "select n from numbers where n not in (select n * 2 from numbers) order by n",
                        "select n from numbers order by n limit 2",
                        "select 1",
                        "select n from numbers where false",
                        "select sort_array(collect_list(n)), map('a', 1.5) from numbers")) {
            assertThat(fixture.onTez(sql)).as(sql).isEqualTo(fixture.onThreads(sql));
        }
    }

    @Test
    void forcedSpillAnswersTheSame() {
        fixture.onTez("set skep.test.forced-spill=true");
        String sql = "select a.t, b.t from numbers a cross join numbers b order by 1, 2";
        assertThat(fixture.onTez(sql)).isEqualTo(fixture.onThreads(sql)).hasSize(49);
        fixture.onTez("set skep.test.forced-spill=false");
    }

    @Test
    void tellsWhatOperatorsDid() {
        String plan =
                String.join(
                        "\n",
                        fixture.onTez("explain analyze select count(*) from numbers where n > 2"));
        assertThat(plan).contains("rows: 5");
    }

    @Test
    void warnsOfDamage() {
        try (StatementResult result =
                fixture.tez.execute("select cast(t as int) from numbers where t is not null")) {
            while (result.next() != null) {
                // Only the warnings are of interest.
            }
            assertThat(result.warnings()).containsExactly("6 values were turned into NULL");
        }
    }

    @Test
    void failsWithTheCodeAndSentenceOfTheTask() {
        String sql = "select n from numbers where n = (select m.n from numbers m)";
        SkepException onThreads = failure(fixture.local, sql);
        SkepException onTez = failure(fixture.tez, sql);
        assertThat(onTez.code()).isEqualTo(onThreads.code());
        assertThat(onTez).hasMessage(onThreads.getMessage());
        // The session goes on.
        assertThat(fixture.onTez("select max(n) from numbers")).containsExactly("7");
    }

    private static SkepException failure(Session session, String sql) {
        try {
            TezFixture.run(session, sql);
        } catch (SkepException e) {
            return e;
        }
        throw new AssertionError("No failure: " + sql);
    }

    @Test
    void anAttemptThatDiesIsMadeAgainAndNothingIsWrittenTwice() throws IOException {
        fixture.onThreads("create table again(t string) partitioned by (n int) stored as parquet");
        AtomicInteger reached = new AtomicInteger();
        Crash.install(
                point -> {
                    if (point.equals("tez.report") && reached.getAndIncrement() == 0) {
                        throw new SkepException(ErrorCode.IO_ERROR, "The machine is gone");
                    }
                });
        fixture.onTez("insert into again partition(n) select t, n from numbers");
        assertThat(reached.get()).isGreaterThan(1);
        assertThat(fixture.onThreads("select n, t from again order by n"))
                .isEqualTo(fixture.onThreads("select n, t from numbers order by n"));
        assertThat(filesOf("again")).hasSize(7);
    }

    @Test
    void aTaskThatDiesAlwaysFailsTheStatementAndNothingIsWritten() throws IOException {
        fixture.onThreads("create table never(t string, n int) stored as orc");
        fixture.onThreads("insert into never values ('there', 0)");
        AtomicInteger reached = new AtomicInteger();
        Crash.install(
                point -> {
                    if (point.equals("tez.report")) {
                        reached.incrementAndGet();
                        throw new SkepException(ErrorCode.DISK_FULL, "No space left on the moon");
                    }
                });
        assertThatThrownBy(
                        () ->
                                fixture.onTez(
                                        "insert overwrite table never select t, n from numbers"))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL))
                .hasMessage("No space left on the moon");
        assertThat(reached.get()).isGreaterThanOrEqualTo(4);
        assertThat(fixture.onThreads("select t, n from never")).containsExactly("there\t0");
        assertThat(filesOf("never")).hasSize(1);
    }

    @Test
    void anErrorFailsTheStatementAndTheNextOneWorks() {
        for (String place : List.of("tez.schedule", "tez.run")) {
            Crash.install(
                    point -> {
                        if (point.equals(place)) {
                            throw new NoClassDefFoundError("org/example/" + place);
                        }
                    });
            assertThat(failure(fixture.tez, "select count(*) from numbers"))
                    .as(place)
                    .hasMessageStartingWith("Internal error")
                    .returns(ErrorCode.INTERNAL, SkepException::code);
            Crash.install(null);
            assertThat(fixture.onTez("select count(*) from numbers")).containsExactly("7");
        }
    }

    private static List<Path> filesOf(String table) throws IOException {
        try (Stream<Path> tree =
                Files.walk(directory.resolve("data").resolve("warehouse").resolve(table))) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void cancellingEndsTheDag() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        Crash.install(
                point -> {
                    if (point.equals("write.open")) {
                        working.countDown();
                    }
                });
        fixture.onThreads("create table endless(n bigint) stored as parquet");
        Executor thread = work -> NamedThreads.called("canceller").newThread(work).start();
        String cross =
                Stream.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k")
                        .map(name -> "numbers " + name)
                        .reduce((x, y) -> x + " cross join " + y)
                        .orElseThrow();
        CompletableFuture<SkepException> failed =
                CompletableFuture.supplyAsync(
                        () ->
                                failure(
                                        fixture.tez,
                                        "insert into endless select a.n + k.n from " + cross),
                        thread);
        assertThat(working.await(2, TimeUnit.MINUTES)).isTrue();
        fixture.tez.cancel();
        assertThat(failed.get(1, TimeUnit.MINUTES).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(fixture.onThreads("select count(*) from endless")).containsExactly("0");
        assertThat(fixture.onTez("select max(n) from numbers")).containsExactly("7");
    }

    @Test
    void statementsThatRunAtOnceTakeTurns() throws InterruptedException, ExecutionException {
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        Executor thread = work -> NamedThreads.called("client").newThread(work).start();
        List<CompletableFuture<Void>> clients =
                Stream.of(1, 2, 3)
                        .map(
                                number ->
                                        CompletableFuture.runAsync(
                                                () -> ask(number, answers), thread))
                        .toList();
        for (CompletableFuture<Void> client : clients) {
            client.get();
        }
        assertThat(answers).containsExactlyInAnyOrder("29", "30", "31");
    }

    private static void ask(int number, ConcurrentLinkedQueue<String> answers) {
        try (Session session =
                fixture.warehouse.newSession(
                        "tester", "default", Map.of("hive.execution.engine", "tez"))) {
            answers.addAll(
                    TezFixture.run(session, "select sum(n) + %d from numbers".formatted(number)));
        }
    }
}
