package org.skep.engine.session;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.dag.DagEngine;
import org.skep.executor.dag.DagRunner;

/**
 * What runs queries other than the threads of this process: found on the class path, opened when a
 * statement first asks for it and kept until the warehouse is closed. Guarded by itself.
 */
public final class Engines implements AutoCloseable {
    // Those whose name must not silently mean threads: who asks for one wants a cluster.
    private static final String TEZ = "tez";

    private final Map<String, String> settings;
    private final Map<String, DagEngine.OpenRunner> open = new HashMap<>();
    private boolean closed;

    /** Engines that are opened with the settings of a warehouse. */
    public Engines(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * The runner of an engine; empty for the threads of this process, which all names mean that
     * nothing on the class path answers to.
     *
     * @throws SkepException NOT_SUPPORTED for tez if it is not on the class path; whatever opening
     *     fails with
     */
    public synchronized Optional<DagRunner> runner(String name) {
        String engine = name.trim().toLowerCase(Locale.ROOT);
        DagEngine.OpenRunner runner = open.get(engine);
        if (runner == null) {
            Optional<DagEngine> found = find(engine);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (closed) {
                throw new SkepException(ErrorCode.CANCELLED, "Warehouse is closed");
            }
            runner = found.get().open(settings);
            open.put(engine, runner);
        }
        return Optional.of(runner);
    }

    private static Optional<DagEngine> find(String name) {
        if (name.equals("mr") || name.equals("local")) {
            return Optional.empty();
        }
        for (DagEngine engine :
                ServiceLoader.load(DagEngine.class, Engines.class.getClassLoader())) {
            if (engine.name().equals(name)) {
                return Optional.of(engine);
            }
        }
        if (name.equals(TEZ)) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Execution engine is not on the class path (hive.execution.engine=local does without): "
                            + name);
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(DagEngine.OpenRunner::close);
        open.clear();
    }
}
