package org.skep.tez.client;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.tez.client.TezClient;
import org.apache.tez.dag.api.DAG;
import org.apache.tez.dag.api.SessionNotRunning;
import org.apache.tez.dag.api.TezConfiguration;
import org.apache.tez.dag.api.TezException;
import org.apache.tez.dag.api.client.DAGClient;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * An application master of Tez that waits for DAGs and runs one at a time. Used by one thread at a
 * time.
 */
final class TezSession implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(TezSession.class.getName());
    private static final long POLL_MILLIS = 200;

    private final TezClient client;

    private TezSession(TezClient client) {
        this.client = client;
    }

    /**
     * Starts an application master and waits for it.
     *
     * @throws SkepException CANCELLED, or IO_ERROR if it cannot be started
     */
    static TezSession start(TezConfiguration configuration, CancelFlag cancel) {
        TezClient client = TezClient.create("skep", configuration, true);
        TezSession session = new TezSession(client);
        try {
            client.start();
            while (!client.waitTillReady(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                cancel.check();
            }
            return session;
        } catch (TezException | IOException e) {
            session.close();
            throw unreachable("start", e);
        } catch (InterruptedException e) {
            session.close();
            Thread.currentThread().interrupt();
            throw new SkepException(ErrorCode.CANCELLED, "Interrupted while Tez starts", e);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** A failure of the cluster rather than of the query. */
    static SkepException unreachable(String verb, Exception cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new SkepException(
                ErrorCode.IO_ERROR, "Cannot %s Tez: %s".formatted(verb, reason), cause);
    }

    /**
     * Submits a DAG.
     *
     * @return what tells of its state, or null if the application master has ended meanwhile
     */
    DAGClient submit(DAG dag) {
        try {
            return client.submitDAG(dag);
        } catch (SessionNotRunning e) {
            LOGGER.log(Level.FINE, "Application master has ended", e);
            return null;
        } catch (TezException | IOException e) {
            throw unreachable("submit to", e);
        }
    }

    /** Ends the application master. */
    @Override
    public void close() {
        try {
            client.stop();
        } catch (TezException | IOException e) {
            LOGGER.log(Level.WARNING, "Application master may go on: {0}", e.getMessage());
        }
    }
}
