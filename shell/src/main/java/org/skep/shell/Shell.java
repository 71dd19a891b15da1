package org.skep.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.skep.base.concurrent.NamedThreads;
import org.skep.shell.StatementRunner.Outcome;
import org.skep.shell.print.Output;
import org.skep.shell.print.OutputException;
import org.skep.shell.print.ResultFormat;
import org.skep.shell.prompt.Prompt;

/** One run of the command over given streams. Confined to one thread. */
final class Shell {
    private static final long LONGEST_FAREWELL_SECONDS = 10;

    private final InputStream input;
    private final OutputStream output;
    private final PrintStream errors;
    private final Terminals terminals;

    Shell(InputStream input, OutputStream output, PrintStream errors, Terminals terminals) {
        this.input = input;
        this.output = output;
        this.errors = errors;
        this.terminals = terminals;
    }

    ExitCode run(String... arguments) {
        ShellOptions options;
        try {
            options = ShellOptions.parse(arguments);
        } catch (UsageException e) {
            return usage(e.getMessage());
        }
        Output out = new Output(output);
        Messages messages = new Messages(errors, options.quiet());
        try {
            return switch (options.request()) {
                case HELP -> tell(out, ShellOptions.HELP);
                case VERSION -> tell(out, "Skep " + version() + "\n");
                case RUN -> connectAndRun(options, out, messages);
            };
        } catch (OutputException e) {
            if (e.readerIsGone()) {
                return ExitCode.OK;
            }
            messages.error("Cannot write results: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private ExitCode usage(String message) {
        errors.println("skep: " + message);
        errors.println("Try: skep --help");
        return ExitCode.USAGE;
    }

    private static ExitCode tell(Output out, String text) {
        out.print(text);
        out.flush();
        return ExitCode.OK;
    }

    private static String version() {
        String version = Shell.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private ExitCode connectAndRun(ShellOptions options, Output out, Messages messages) {
        String url;
        Path data;
        try {
            data = Path.of(options.data()).toAbsolutePath().normalize();
            url = options.url().isPresent() ? options.url().get() : url(data);
        } catch (InvalidPathException e) {
            return usage("Data directory is not valid: " + options.data());
        } catch (UsageException e) {
            return usage(e.getMessage());
        }
        LogFile.install(data);
        CountDownLatch done = new CountDownLatch(1);
        try (Connection connection = DriverManager.getConnection(url, properties(options))) {
            ResultFormat format =
                    options.format()
                            .orElse(terminals.output() ? ResultFormat.TABLE : ResultFormat.TSV);
            StatementRunner runner = new StatementRunner(connection, format, out, messages);
            cancelAtSignal(runner, done);
            return run(options, runner, messages);
        } catch (SQLException e) {
            messages.error(e.getMessage());
            return ExitCode.FAILED;
        } finally {
            done.countDown();
        }
    }

    private static String url(Path data) throws UsageException {
        String path = data.toString();
        for (char c : new char[] {';', '?', '#'}) {
            if (path.indexOf(c) >= 0) {
                throw new UsageException("Data directory must not contain ; ? or #: " + path);
            }
        }
        return "jdbc:skep:" + path;
    }

    private static Properties properties(ShellOptions options) {
        Properties properties = new Properties();
        options.settings().forEach((name, value) -> properties.put("hiveconf:" + name, value));
        options.variables().forEach((name, value) -> properties.put("hivevar:" + name, value));
        options.database().ifPresent(name -> properties.put("database", name));
        return properties;
    }

    private ExitCode run(ShellOptions options, StatementRunner runner, Messages messages) {
        List<ScriptSource> sources = new ArrayList<>(options.sources());
        boolean interactive = sources.isEmpty() && terminals.input();
        if (sources.isEmpty() && !interactive) {
            sources.add(new ScriptSource.StandardInput());
        }
        if (interactive) {
            return prompt(runner, messages);
        }
        ScriptRunner scripts = new ScriptRunner(runner, input, messages);
        for (ScriptSource source : sources) {
            Outcome outcome = scripts.run(source);
            if (outcome != Outcome.DONE) {
                return outcome == Outcome.CANCELLED ? ExitCode.CANCELLED : ExitCode.FAILED;
            }
        }
        return ExitCode.OK;
    }

    private static ExitCode prompt(StatementRunner runner, Messages messages) {
        String home = System.getProperty("user.home", "");
        Optional<Path> history =
                home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".skep_history"));
        try {
            new Prompt(new RunnerSession(runner, messages), history).run();
            return ExitCode.OK;
        } catch (IOException e) {
            messages.error("Cannot use the terminal: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    // Ctrl-C and a termination signal begin the end of the process. The running statement is
    // stopped first, and the process then waits until the connection is closed.
    private static void cancelAtSignal(StatementRunner runner, CountDownLatch done) {
        Runnable farewell =
                () -> {
                    runner.cancel();
                    awaitFarewell(done);
                };
        Runtime.getRuntime().addShutdownHook(NamedThreads.called("at-signal").newThread(farewell));
    }

    private static void awaitFarewell(CountDownLatch done) {
        try {
            done.await(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
