package org.skep.tez.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.Path;
import org.apache.tez.dag.api.DAG;
import org.apache.tez.dag.api.TezConfiguration;
import org.apache.tez.dag.api.client.DAGClient;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;
import org.skep.base.io.InstalledFileSystems;
import org.skep.executor.dag.DagEngine;
import org.skep.executor.dag.DagRun;
import org.skep.executor.dag.TaskCounts;
import org.skep.executor.task.Services;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.StageGraph;
import org.skep.tez.files.HadoopFileSystems;
import org.skep.tez.task.TaskFiles;

/** Runs queries as DAGs of Tez, in sessions that stay for the next. Safe for many threads. */
public final class TezRunner implements DagEngine.OpenRunner {
    private static final String TASKS = "skep.tez.tasks";
    private static final int CLUSTER_TASKS = 16;
    private static final int CLUSTER_SESSIONS = 4;

    private final TezConfiguration configuration;
    private final boolean local;
    private final LocalMode localMode;
    private final TezSessions sessions;
    private final FileSystems fileSystems = new InstalledFileSystems();
    private final AtomicLong numbers = new AtomicLong();

    private TezRunner(TezConfiguration configuration, LocalMode localMode) {
        this.configuration = configuration;
        this.localMode = localMode;
        local = localMode != null;
        sessions = new TezSessions(configuration, local ? 1 : CLUSTER_SESSIONS);
    }

    /**
     * A runner for the cluster that is configured, or for this process.
     *
     * @throws SkepException INVALID_OPTION, IO_ERROR
     */
    public static TezRunner open(Map<String, String> settings) {
        ClusterSetup setup = ClusterSetup.find(settings);
        QuietLogs.quieten();
        TezConfiguration configuration = new TezConfiguration(setup.configuration());
        LocalMode localMode = null;
        if (setup.local()) {
            localMode = LocalMode.prepare(configuration);
        } else {
            TaskLibrary.ship(configuration);
        }
        HadoopFileSystems.configure(configuration);
        return new TezRunner(configuration, localMode);
    }

    @Override
    public DagRun run(
            StageGraph graph,
            QueryContext context,
            Map<Integer, List<ScanSplit>> splits,
            Services services) {
        TaskCounts counts = new TaskCounts(graph, splits, mostTasks(context));
        String name = context.queryId() + "-" + numbers.incrementAndGet();
        String directory = directory(context, name);
        FileSystem fileSystem = fileSystems.of(directory);
        for (int stage = 0; stage < graph.stages().size(); stage++) {
            fileSystem.createDirectories(TaskFiles.directory(directory, stage));
        }
        boolean submitted = false;
        try {
            DAG dag =
                    new QueryDag(graph, context, splits, counts, directory, configuration)
                            .draw(name);
            TezQuery query = new TezQuery(name, graph, counts, fileSystem, directory);
            TezRun run = submit(dag, query, services);
            submitted = true;
            return run;
        } finally {
            if (!submitted) {
                fileSystem.deleteTree(directory);
            }
        }
    }

    private TezRun submit(DAG dag, TezQuery query, Services services) {
        // A session that was idle too long has ended; the fresh one after it has not.
        for (int left = CLUSTER_SESSIONS + 1; left > 0; left--) {
            TezSession session = sessions.take(services.cancelFlag());
            DAGClient client = null;
            try {
                client = session.submit(dag);
            } finally {
                if (client == null) {
                    sessions.discard(session);
                }
            }
            if (client != null) {
                return new TezRun(query, sessions, session, client, services.cancelFlag());
            }
        }
        throw new SkepException(
                ErrorCode.IO_ERROR, "Cannot submit to Tez: application masters end at once");
    }

    private int mostTasks(QueryContext context) {
        long wanted = 0;
        try {
            wanted = Long.parseLong(context.settings().getOrDefault(TASKS, "0").trim());
        } catch (NumberFormatException e) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    TASKS + " must be a number: " + context.settings().get(TASKS),
                    e);
        }
        if (wanted > 0) {
            return (int) Math.min(wanted, Short.MAX_VALUE);
        }
        return local ? Runtime.getRuntime().availableProcessors() : CLUSTER_TASKS;
    }

    private String directory(QueryContext context, String name) {
        if (local) {
            return context.spillDirectory() + "/tez-" + name;
        }
        Path staging =
                new Path(
                        configuration.get(
                                TezConfiguration.TEZ_AM_STAGING_DIR,
                                TezConfiguration.TEZ_AM_STAGING_DIR_DEFAULT));
        try {
            return staging.getFileSystem(configuration)
                    .makeQualified(new Path(staging, "skep-" + name))
                    .toString();
        } catch (IOException e) {
            throw TezSession.unreachable("reach the staging directory of", e);
        }
    }

    @Override
    public void close() {
        sessions.close();
        if (localMode != null) {
            localMode.close();
        }
    }
}
