package org.skep.executor.dag;

import java.util.Map;

/**
 * A way to run queries outside the threads of this process, found by {@code ServiceLoader}. An
 * implementation has a constructor without arguments, which does nothing. Safe for use by many
 * threads.
 */
public interface DagEngine {
    /** The value of {@code hive.execution.engine} that asks for it, in lower case. */
    String name();

    /**
     * Connects to what runs the tasks.
     *
     * @param settings what the process was told, by name
     * @return a runner, closed by whoever asked
     */
    OpenRunner open(Map<String, String> settings);

    /** A runner that holds on to something. */
    interface OpenRunner extends DagRunner, AutoCloseable {
        /** Ends what still runs and lets go. */
        @Override
        void close();
    }
}
