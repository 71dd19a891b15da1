package org.skep.shell.prompt;

import java.util.List;
import org.skep.parser.ScriptStatement;

/** What the prompt needs of a session. {@link #cancel} may come from any thread. */
public interface PromptSession {
    /** Runs statements, printing what they give, until one fails. */
    void run(List<ScriptStatement> statements);

    /** Runs a file of statements until one fails. */
    void runFile(String path);

    /** Asks the running statement to stop. */
    void cancel();

    /** Names of tables and columns that begin with {@code prefix}, for completion. */
    List<String> names(String prefix);

    /** What stands before a statement that is typed. */
    String prompt();

    /** Tells people something beside results. */
    void tell(String text);
}
