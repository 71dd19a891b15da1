package org.skep.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An {@link OverwritingProcess} and what it printed. Confined to one thread. */
final class Child {
    private static final int END_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;
    private final StringBuilder other = new StringBuilder();
    private int acknowledged;
    private String last = "";
    private boolean ready;

    /**
     * Starts one.
     *
     * @param disk see {@link OverwritingProcess#main}
     */
    Child(Path path, int statements, String disk, String crashPoint) throws IOException {
        process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OverwritingProcess.class.getName(),
                                path.toString(),
                                Integer.toString(statements),
                                disk,
                                crashPoint)
                        .redirectErrorStream(true)
                        .start();
        output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    // Whether there was a line.
    private boolean read() throws IOException {
        String line = output.readLine();
        if (line == null) {
            return false;
        }
        if (line.matches("[0-9]+")) {
            acknowledged = Integer.parseInt(line);
            last = line;
        } else if (line.startsWith(OverwritingProcess.POINT)) {
            last = line.substring(OverwritingProcess.POINT.length());
        } else if (line.equals("ready")) {
            ready = true;
            last = line;
        } else {
            other.append(line).append('\n');
        }
        return true;
    }

    void awaitReady() throws IOException {
        while (!ready) {
            if (!read()) {
                throw new AssertionError("The process ended: " + other);
            }
        }
    }

    void awaitStatements(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int before = acknowledged;
            while (acknowledged == before) {
                if (!read()) {
                    throw new AssertionError("The process ended: " + other);
                }
            }
        }
    }

    /** Waits until it has reached so many crash points and ends of statements. */
    void awaitSteps(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (!read()) {
                throw new AssertionError("The process ended: " + other);
            }
        }
    }

    /** Kills it after a while, unless it ended before. */
    void kill(int delayMillis) throws IOException, InterruptedException {
        assertThat(process.waitFor(delayMillis, TimeUnit.MILLISECONDS))
                .as(other.toString())
                .isFalse();
        // By its handle, since the process itself would close its output, too.
        assertThat(process.toHandle().destroyForcibly()).isTrue();
        end();
    }

    /** Waits for its end and returns what it returned. */
    int end() throws IOException, InterruptedException {
        while (read()) {
            // The fields say what was in the line.
        }
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** The number of the last statement that it acknowledged; 0 for none. */
    int acknowledged() {
        return acknowledged;
    }

    /** Whether it had begun a statement when it ended. */
    boolean interrupted() {
        return ready && (last.startsWith("publish.") || last.startsWith("catalogue."));
    }

    /** The last crash point that it reached. */
    String last() {
        return last;
    }

    /** What it printed that it should not have. */
    String complaints() {
        return other.toString();
    }
}
