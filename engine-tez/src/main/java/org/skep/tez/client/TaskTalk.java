package org.skep.tez.client;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/**
 * Drops the lines that Tez's local mode prints at the beginning and end of each task and DAG, which
 * would stand among the rows of a result. All else passes. Safe for use by many threads.
 */
final class TaskTalk extends PrintStream {
    private static final Pattern TALK =
            Pattern.compile(
                    "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d "
                            + "(Starting to run new task attempt|Completed running task attempt|Running Dag|Completed Dag): ");

    private TaskTalk(PrintStream out) {
        super(out, true, Charset.defaultCharset());
    }

    /** Puts the filter before the process's streams, once. */
    static synchronized void drop() {
        if (!(System.out instanceof TaskTalk)) {
            System.setOut(new TaskTalk(System.out));
        }
        if (!(System.err instanceof TaskTalk)) {
            System.setErr(new TaskTalk(System.err));
        }
    }

    @Override
    public void println(String line) {
        if (line == null || !TALK.matcher(line).find()) {
            super.println(line);
        }
    }
}
