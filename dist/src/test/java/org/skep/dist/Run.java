package org.skep.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process under test and what it prints. Confined to one thread. */
final class Run implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Path errors;

    private Run(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static Run start(Path directory, List<String> command) throws IOException {
        Path errors = Files.createTempFile(directory, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.directory(directory.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SKEP_JAVA_OPTS", "-Xmx512m");
        builder.redirectError(errors.toFile());
        return new Run(builder.start(), errors);
    }

    void type(String text) throws IOException {
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(text);
        input.flush();
    }

    /** The next line of standard output, null at its end. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Everything left of standard output. */
    String rest() throws IOException {
        StringBuilder all = new StringBuilder();
        InputStreamReader reader =
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            all.append((char) c);
        }
        return all.toString();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    long pid() {
        return process.pid();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Process does not end");
        }
        return process.exitValue();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
