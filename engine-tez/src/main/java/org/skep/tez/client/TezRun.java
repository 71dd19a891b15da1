package org.skep.tez.client;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.tez.dag.api.TezException;
import org.apache.tez.dag.api.client.DAGClient;
import org.apache.tez.dag.api.client.DAGStatus;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.dag.DagRun;
import org.skep.executor.task.OperatorStatistics;
import org.skep.functions.api.EvalContext;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageOutput;
import org.skep.plan.stage.TaskReport;
import org.skep.storage.WrittenFile;
import org.skep.tez.task.LiveQueries;
import org.skep.tez.task.ResultFile;
import org.skep.tez.task.TaskFailure;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;

/**
 * A query that runs on Tez. Its rows can be had once its DAG has succeeded, when the session is
 * already free for the next. Confined to one thread at a time.
 */
final class TezRun implements DagRun {
    private static final Logger LOGGER = Logger.getLogger(TezRun.class.getName());
    private static final long POLL_MILLIS = 100;
    private static final int MOST_POLLS_AFTER_KILL = 300;

    private final TezQuery query;
    private final TezSessions sessions;
    private final CancelFlag cancel;
    private final CancelFlag stop = new CancelFlag();
    private final DAGClient client;
    private final Map<Integer, List<WrittenFile>> written = new TreeMap<>();
    private final List<OperatorStatistics> statistics = new ArrayList<>();
    private final Map<EvalContext.Damage, Long> damage = new EnumMap<>(EvalContext.Damage.class);
    private final Deque<TezQuery.Accepted> results = new ArrayDeque<>();
    private TezSession session;
    private ResultFile current;
    private SkepException failure;
    private boolean succeeded;
    private boolean closed;

    /** A query whose DAG was submitted to {@code session}, which is given back at its end. */
    TezRun(
            TezQuery query,
            TezSessions sessions,
            TezSession session,
            DAGClient client,
            CancelFlag cancel) {
        this.query = query;
        this.sessions = sessions;
        this.session = session;
        this.client = client;
        this.cancel = cancel;
        LiveQueries.begin(query.dag(), stop);
    }

    @Override
    public List<DataType> types() {
        return query.types();
    }

    @Override
    public ColumnBatch next() {
        if (!succeeded) {
            awaitSuccess();
        }
        while (true) {
            if (current == null) {
                if (results.isEmpty()) {
                    return null;
                }
                current =
                        new ResultFile(query.fileSystem(), results.remove().files(), query.types());
            }
            cancel.check();
            ColumnBatch batch = current.next();
            if (batch != null) {
                return batch;
            }
            current.close();
            current = null;
        }
    }

    private void awaitSuccess() {
        if (failure != null) {
            throw failure;
        }
        try {
            DAGStatus status = awaitEnd();
            if (status.getState() != DAGStatus.State.SUCCEEDED) {
                throw failureOf(status);
            }
            collect();
            succeeded = true;
        } catch (SkepException e) {
            failure = e;
            throw e;
        } finally {
            release();
        }
    }

    private DAGStatus awaitEnd() {
        int pollsLeft = MOST_POLLS_AFTER_KILL;
        boolean killed = false;
        while (true) {
            try {
                DAGStatus status = client.getDAGStatus(null, POLL_MILLIS);
                if (status.isCompleted()) {
                    if (killed) {
                        cancel.check();
                    }
                    return status;
                }
                if (cancel.isCancelled() && !killed) {
                    killed = true;
                    stop.cancel();
                    client.tryKillDAG();
                }
            } catch (TezException | IOException e) {
                discard();
                throw TezSession.unreachable("follow the query on", e);
            }
            if (killed && pollsLeft-- == 0) {
                discard();
                cancel.check();
            }
        }
    }

    private static SkepException failureOf(DAGStatus status) {
        String text = String.join("\n", status.getDiagnostics());
        Optional<SkepException> known = TaskFailure.find(text);
        if (known.isPresent()) {
            return known.get();
        }
        LOGGER.log(Level.FINE, "Tez says: {0}", text);
        return new SkepException(
                ErrorCode.IO_ERROR,
                "Tez ended the query as %s: %s"
                        .formatted(
                                status.getState(), text.lines().findFirst().orElse("no reason")));
    }

    private void collect() {
        List<Stage> stages = query.graph().stages();
        for (int i = 0; i < stages.size(); i++) {
            List<TezQuery.Accepted> accepted = query.accepted(i);
            Map<Integer, OperatorStatistics> byIndex = new TreeMap<>();
            for (TezQuery.Accepted each : accepted) {
                collect(stages.get(i).name(), each.report(), byIndex);
            }
            statistics.addAll(byIndex.values());
            if (stages.get(i).output() instanceof StageOutput.Result) {
                results.addAll(accepted);
            }
        }
    }

    private void collect(
            String stage, TaskReport report, Map<Integer, OperatorStatistics> byIndex) {
        for (TaskReport.Written file : report.files()) {
            written.computeIfAbsent(file.target(), key -> new ArrayList<>()).add(file.file());
        }
        report.damage()
                .forEach(
                        (kind, count) ->
                                damage.merge(EvalContext.Damage.valueOf(kind), count, Long::sum));
        for (TaskReport.Operator operator : report.operators()) {
            byIndex.computeIfAbsent(
                            operator.index(),
                            index -> new OperatorStatistics(stage, index, operator.name()))
                    .add(operator);
        }
    }

    private void release() {
        LiveQueries.end(query.dag());
        if (session != null) {
            sessions.giveBack(session);
            session = null;
        }
        closeClient();
    }

    private void discard() {
        if (session != null) {
            sessions.discard(session);
            session = null;
        }
    }

    private void closeClient() {
        try {
            client.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Cannot close a connection to Tez", e);
        }
    }

    @Override
    public Map<Integer, List<WrittenFile>> writtenFiles() {
        Map<Integer, List<WrittenFile>> copy = new TreeMap<>();
        written.forEach((target, files) -> copy.put(target, List.copyOf(files)));
        return copy;
    }

    @Override
    public List<OperatorStatistics> statistics() {
        return List.copyOf(statistics);
    }

    @Override
    public Map<EvalContext.Damage, Long> damage() {
        return Map.copyOf(damage);
    }

    @Override
    public int tasksOf(String stage) {
        return query.counts().of(stage);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (current != null) {
            current.close();
        }
        if (session != null) {
            kill();
        }
        query.deleteFiles();
    }

    private void kill() {
        stop.cancel();
        try {
            client.tryKillDAG();
            int pollsLeft = MOST_POLLS_AFTER_KILL;
            while (!client.getDAGStatus(null, POLL_MILLIS).isCompleted()) {
                if (pollsLeft-- == 0) {
                    discard();
                    break;
                }
            }
        } catch (TezException | IOException e) {
            LOGGER.log(Level.FINE, "Cannot end a query on Tez", e);
            discard();
        }
        release();
    }
}
