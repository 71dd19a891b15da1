package org.skep.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.skep.parser.ScriptStatement;
import org.skep.parser.StatementSplitter;
import org.skep.shell.StatementRunner.Outcome;

/** Runs the statements of scripts until one fails. Confined to one thread. */
final class ScriptRunner {
    /** The variable that holds the directory of the script that runs. */
    static final String DIRECTORY_VARIABLE = "script_dir";

    private static final int PIECE = 1 << 15;

    private final StatementRunner runner;
    private final InputStream standardInput;
    private final Messages messages;

    ScriptRunner(StatementRunner runner, InputStream standardInput, Messages messages) {
        this.runner = runner;
        this.standardInput = standardInput;
        this.messages = messages;
    }

    Outcome run(ScriptSource source) {
        if (source instanceof ScriptSource.Text text) {
            return runAll(StatementSplitter.split(text.sql()));
        }
        if (source instanceof ScriptSource.File file) {
            return runFile(file.path());
        }
        return runStream("standard input", standardInput);
    }

    private Outcome runFile(String name) {
        Path path = Path.of(name).toAbsolutePath().normalize();
        // A process substitution is no regular file, so this goes through the plain stream.
        try (InputStream stream = Files.newInputStream(path)) {
            Path directory = path.getParent() == null ? path : path.getParent();
            runner.runSilently(
                    "set hivevar:%s=%s".formatted(DIRECTORY_VARIABLE, inLiteral(directory)));
            return runStream(name, stream);
        } catch (NoSuchFileException e) {
            messages.error("File not found: " + name);
            return Outcome.FAILED;
        } catch (IOException e) {
            messages.error("Cannot read file: " + name + " (" + reason(e) + ")");
            return Outcome.FAILED;
        }
    }

    // The variable is for use inside quotes.
    private static String inLiteral(Path directory) {
        return directory.toString().replace("\\", "\\\\").replace("'", "\\'").replace("\"", "\\\"");
    }

    private Outcome runStream(String name, InputStream stream) {
        StatementSplitter splitter = new StatementSplitter();
        Reader reader =
                new InputStreamReader(
                        stream,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
        char[] piece = new char[PIECE];
        try {
            for (int read = reader.read(piece); read >= 0; read = reader.read(piece)) {
                Outcome outcome = runAll(splitter.append(new String(piece, 0, read)));
                if (outcome != Outcome.DONE) {
                    return outcome;
                }
            }
        } catch (CharacterCodingException e) {
            messages.error("Script is not UTF-8: " + name);
            return Outcome.FAILED;
        } catch (IOException e) {
            messages.error("Cannot read file: " + name + " (" + reason(e) + ")");
            return Outcome.FAILED;
        }
        Optional<ScriptStatement> rest = splitter.finish();
        return rest.isPresent() ? runner.run(rest.get()) : Outcome.DONE;
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : message;
    }

    private Outcome runAll(List<ScriptStatement> statements) {
        for (ScriptStatement statement : statements) {
            Outcome outcome = runner.run(statement);
            if (outcome != Outcome.DONE) {
                return outcome;
            }
        }
        return Outcome.DONE;
    }
}
