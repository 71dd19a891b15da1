package org.skep.shell.prompt;

import java.util.List;
import java.util.Set;
import org.skep.parser.ScriptStatement;

/** What the prompt needs of a session. {@link #cancel} may come from any thread. */
public interface PromptSession {
    /** Runs statements, printing what they give, until one fails. */
    void run(List<ScriptStatement> statements);

    /** Runs a file of statements until one fails. */
    void runFile(String path);

    /** Asks the running statement to stop. */
    void cancel();

    /** Databases whose names begin with {@code prefix}. */
    List<String> databases(String prefix);

    /** Tables of a database, empty for the current one, whose names begin with {@code prefix}. */
    List<String> tables(String database, String prefix);

    /**
     * Columns whose names begin with {@code prefix}, of those tables whose names are among {@code
     * words}; if there is none, of all tables of the current database.
     */
    List<String> columns(Set<String> words, String prefix);

    /** What stands before a statement that is typed. */
    String prompt();

    /** Tells people something beside results. */
    void tell(String text);
}
