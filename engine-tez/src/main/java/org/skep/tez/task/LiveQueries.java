package org.skep.tez.task;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.skep.base.concurrent.CancelFlag;

/**
 * The queries that this process coordinates, by the names of their DAGs, so that tasks which share
 * the process stop when the query does: in its local mode Tez has no way to be told. On a cluster
 * tasks find nothing here. Safe for use by many threads.
 */
public final class LiveQueries {
    private static final Map<String, CancelFlag> FLAGS = new ConcurrentHashMap<>();

    private LiveQueries() {}

    /** Notes a query. */
    public static void begin(String dag, CancelFlag flag) {
        FLAGS.put(dag, flag);
    }

    /** Forgets it. */
    public static void end(String dag) {
        FLAGS.remove(dag);
    }

    /** The flag of a query, or {@code otherwise} if it is coordinated elsewhere. */
    static CancelFlag flag(String dag, CancelFlag otherwise) {
        return FLAGS.getOrDefault(dag, otherwise);
    }
}
