package org.skep.shell.prompt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.skep.parser.StatementSplitter;

/** Reads statements from somebody at a terminal until the end. Confined to one thread. */
public final class Prompt {
    // What is open, and blanks up to the width of the prompt.
    private static final String NEXT = "%M%P > ";

    private final PromptSession session;
    private final Optional<Path> history;

    /** A prompt; {@code history} is the file that remembers lines, empty for none. */
    public Prompt(PromptSession session, Optional<Path> history) {
        this.session = session;
        this.history = history;
    }

    /**
     * Reads and runs until the user leaves.
     *
     * @throws IOException if there is no terminal
     */
    public void run() throws IOException {
        try (Terminal terminal =
                TerminalBuilder.builder()
                        .name("skep")
                        .system(true)
                        .systemOutput(SystemOutput.SysErrOrSysOut)
                        .dumb(true)
                        .build()) {
            LineReader reader = reader(terminal);
            session.tell("Type help for help, quit to leave; statements end with a semicolon.");
            while (true) {
                try {
                    if (!take(reader.readLine(session.prompt()), terminal)) {
                        return;
                    }
                } catch (UserInterruptException e) {
                    // Ctrl-C gives up what was typed.
                } catch (EndOfFileException e) {
                    return;
                }
            }
        }
    }

    private LineReader reader(Terminal terminal) {
        LineReaderBuilder builder =
                LineReaderBuilder.builder()
                        .appName("skep")
                        .terminal(terminal)
                        .parser(new LineParser())
                        .completer(new NameCompleter(session))
                        .variable(LineReader.SECONDARY_PROMPT_PATTERN, NEXT)
                        .variable(LineReader.HISTORY_SIZE, 10_000)
                        .variable(LineReader.HISTORY_FILE_SIZE, 10_000)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.CASE_INSENSITIVE, true)
                        .option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return builder.build();
    }

    private boolean take(String text, Terminal terminal) {
        if (text.isBlank()) {
            return true;
        }
        Optional<PromptCommand> command = PromptCommand.of(text);
        if (command.isEmpty()) {
            cancellable(terminal, () -> session.run(StatementSplitter.split(text)));
            return true;
        }
        switch (command.get().kind()) {
            case QUIT -> {
                return false;
            }
            case HELP -> session.tell(PromptCommand.HELP);
            case SOURCE -> cancellable(terminal, () -> session.runFile(command.get().argument()));
            case UNKNOWN ->
                    session.tell("Command not found: " + command.get().argument() + ", try help");
        }
        return true;
    }

    private void cancellable(Terminal terminal, Runnable work) {
        SignalHandler before = terminal.handle(Signal.INT, signal -> session.cancel());
        try {
            work.run();
        } finally {
            terminal.handle(Signal.INT, before);
        }
    }
}
