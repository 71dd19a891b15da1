package org.skep.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;
import org.skep.parser.ScriptStatement;
import org.skep.shell.FakeDriver.Answer;
import org.skep.shell.print.Output;
import org.skep.shell.print.ResultFormat;

/** The command as a whole: streams, order of statements and exit codes. */
final class ShellTest {
    @TempDir private Path directory;

    private final FakeDriver driver = new FakeDriver();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private String input = "";
    private Terminals terminals = new Terminals(false, false);

    @BeforeEach
    void register() throws SQLException {
        DriverManager.registerDriver(driver);
        driver.answers.put(
                "select 1", Answer.rows(List.of("n"), List.of(List.of("1"), Arrays.asList("x"))));
        driver.answers.put(
                "select nulls",
                Answer.rows(List.of("a", "b"), List.of(Arrays.asList(null, "b\tc"))));
        driver.answers.put("bad", Answer.failure("Table not found: nosuch"));
    }

    @AfterEach
    void deregister() throws SQLException {
        DriverManager.deregisterDriver(driver);
    }

    private ExitCode run(String... arguments) {
        return run(output, arguments);
    }

    private ExitCode run(OutputStream results, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--url", FakeDriver.URL));
        all.add("--data=" + directory);
        all.addAll(List.of(arguments));
        Shell shell =
                new Shell(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        results,
                        new PrintStream(errors, true, StandardCharsets.UTF_8),
                        terminals);
        return shell.run(all.toArray(String[]::new));
    }

    private String out() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsResultsAloneToStandardOutput() {
        assertThat(run("-e", "use x; select 1;select nulls")).isEqualTo(ExitCode.OK);
        assertThat(out()).isEqualTo("1\nx\nNULL\tb\tc\n");
        assertThat(err()).containsPattern("OK \\(\\d+\\.\\d\\d s\\)\n2 rows \\(.*\n1 row \\(");
        assertThat(driver.closed).isTrue();
    }

    @Test
    void printsATableOnATerminal() {
        terminals = new Terminals(false, true);
        run("-e", "select 1");
        assertThat(out())
                .isEqualTo(
                        """
                        +---+
                        | n |
                        +---+
                        | 1 |
                        | x |
                        +---+
                        """);
    }

    @Test
    void stopsAtTheFirstFailure() {
        assertThat(run("-e", "use a; bad; select 1", "-e", "select 1")).isEqualTo(ExitCode.FAILED);
        assertThat(driver.statements).containsExactly("use a", "bad");
        assertThat(out()).isEmpty();
        assertThat(err()).contains("Table not found: nosuch").doesNotContain("SQLException");
        assertThat(driver.closed).isTrue();
    }

    @Test
    void keepsTheOrderOfOptions() throws IOException {
        Path script = Files.writeString(directory.resolve("s.sql"), "-- comment\nfirst;\nsecond");
        assertThat(run("-e", "zero", "-f", script.toString(), "-e", "third"))
                .isEqualTo(ExitCode.OK);
        assertThat(driver.statements)
                .containsExactly(
                        "zero",
                        "set hivevar:script_dir=" + directory.toAbsolutePath(),
                        "first",
                        "second",
                        "third");
    }

    @Test
    void readsStandardInputThatIsNoTerminal() {
        input = "select 1;\nuse ü";
        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(driver.statements).containsExactly("select 1", "use ü");
    }

    @Test
    void quietLeavesOutCountsButNotErrors() {
        run("--quiet", "-e", "use x; bad");
        assertThat(err()).isEqualTo("Table not found: nosuch\n");
    }

    @Test
    void tellsWarnings() {
        driver.warning = "2 values became NULL";
        assertThat(run("-e", "insert x")).isEqualTo(ExitCode.OK);
        assertThat(err()).contains("Warning: 2 values became NULL").contains("2 rows written");
    }

    @Test
    void printsAHeaderWhenTheSettingAsksForIt() {
        run("-e", "set hive.cli.print.header=true; select 1");
        assertThat(out()).isEqualTo("n\n1\nx\n");
    }

    @Test
    void showsTheDatabaseInThePromptWhenTheSettingAsksForIt() throws SQLException {
        Messages messages =
                new Messages(new PrintStream(errors, true, StandardCharsets.UTF_8), true);
        StatementRunner runner =
                new StatementRunner(
                        driver.connect(FakeDriver.URL, new Properties()),
                        ResultFormat.TSV,
                        new Output(output),
                        messages);
        RunnerSession session = new RunnerSession(runner, messages);
        assertThat(session.prompt()).isEqualTo("skep> ");
        session.run(List.of(new ScriptStatement("set hive.cli.print.current.db=true", 1)));
        assertThat(session.prompt()).isEqualTo("skep (sales)> ");
    }

    @Test
    void handsSettingsAndVariablesToTheSession() {
        run("--hiveconf", "a.b=c=d", "--hivevar", "day=1", "--database", "db", "-e", "x");
        assertThat(driver.properties)
                .containsEntry("hiveconf:a.b", "c=d")
                .containsEntry("hivevar:day", "1")
                .containsEntry("database", "db");
    }

    @Test
    void refusesWhatItDoesNotUnderstandWithoutConnecting() {
        assertThat(run("--nosuch")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).startsWith("skep: Unknown option: --nosuch\n");
        assertThat(run("select 1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("-e")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--format", "xml", "-e", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--quiet=yes")).isEqualTo(ExitCode.USAGE);
        assertThat(driver.properties).isNull();
    }

    @Test
    void helpAndVersionNeedNoWarehouse() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(out()).startsWith("Usage: skep [options]").contains("--data DIR");
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out()).contains("Skep ");
        assertThat(driver.properties).isNull();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void tellsWhyItCannotConnect() {
        assertThat(run("--url", FakeDriver.URL + "refused", "-e", "x")).isEqualTo(ExitCode.FAILED);
        assertThat(err()).isEqualTo("Data directory is in use: process 42\n");
    }

    @Test
    void refusesADirectoryThatAUrlCannotHold() {
        Shell shell =
                new Shell(
                        new ByteArrayInputStream(new byte[0]),
                        output,
                        new PrintStream(errors, true, StandardCharsets.UTF_8),
                        terminals);
        assertThat(shell.run("--data", directory + "/a;b", "-e", "x")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsWhyAScriptCannotBeRead() throws IOException {
        assertThat(run("-f", directory.resolve("nosuch.sql").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err()).startsWith("File not found: ");
        errors.reset();
        assertThat(run("-f", directory.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err()).startsWith("Cannot read file: ");
        errors.reset();
        Path latin = Files.write(directory.resolve("latin.sql"), new byte[] {'a', (byte) 0xe4});
        assertThat(run("-f", latin.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err()).startsWith("Script is not UTF-8: ");
    }

    @Test
    void endsQuietlyWhenNobodyReads() {
        assertThat(run(new FailingStream("Broken pipe"), "-e", "select 1")).isEqualTo(ExitCode.OK);
        assertThat(err()).isEmpty();
        assertThat(driver.closed).isTrue();
    }

    @Test
    void tellsWhenResultsCannotBeWritten() {
        assertThat(run(new FailingStream("No space left on device"), "-e", "select 1"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err()).isEqualTo("Cannot write results: No space left on device\n");
    }

    @Test
    void cancelsTheRunningStatement() throws Exception {
        StatementRunner runner =
                new StatementRunner(
                        driver.connect(FakeDriver.URL, new Properties()),
                        ResultFormat.TSV,
                        new Output(output),
                        new Messages(new PrintStream(errors, true, StandardCharsets.UTF_8), false));
        Thread canceller =
                NamedThreads.called("canceller")
                        .newThread(
                                () -> {
                                    try {
                                        driver.hanging.await();
                                        runner.cancel();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        canceller.start();
        assertThat(runner.run(new ScriptStatement("hang", 1)))
                .isEqualTo(StatementRunner.Outcome.CANCELLED);
        assertThat(err()).startsWith("Cancelled (");
        assertThat(runner.run(new ScriptStatement("select 1", 1)))
                .isEqualTo(StatementRunner.Outcome.DONE);
    }

    /** Fails as the system does. */
    private static final class FailingStream extends OutputStream {
        private final String reason;

        private FailingStream(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(reason);
        }
    }
}
