package org.skep.tez.client;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.tez.dag.api.TezConfiguration;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Application masters, kept for the next statement; a statement that finds all at work waits.
 * Guarded by itself.
 */
final class TezSessions implements AutoCloseable {
    private static final long POLL_MILLIS = 50;

    private final TezConfiguration configuration;
    private final int most;
    private final Deque<TezSession> idle = new ArrayDeque<>();
    private int lent;
    private boolean closed;

    /** Sessions of this configuration, {@code most} at a time. */
    TezSessions(TezConfiguration configuration, int most) {
        this.configuration = configuration;
        this.most = most;
    }

    /**
     * A session for one DAG, to be given back.
     *
     * @throws SkepException CANCELLED, or IO_ERROR if it cannot be started
     */
    TezSession take(CancelFlag cancel) {
        TezSession session = awaitTurn(cancel);
        if (session != null) {
            return session;
        }
        boolean started = false;
        try {
            TezSession fresh = TezSession.start(configuration, cancel);
            started = true;
            return fresh;
        } finally {
            if (!started) {
                lose();
            }
        }
    }

    // Null if a new one may be started.
    private synchronized TezSession awaitTurn(CancelFlag cancel) {
        boolean interrupted = false;
        while (!closed && lent >= most) {
            cancel.check();
            try {
                wait(POLL_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (closed) {
            throw new SkepException(ErrorCode.CANCELLED, "Warehouse is closed");
        }
        lent++;
        return idle.poll();
    }

    /** Takes a session back that is ready for the next DAG. */
    void giveBack(TezSession session) {
        synchronized (this) {
            lent--;
            notifyAll();
            if (!closed) {
                idle.push(session);
                return;
            }
        }
        session.close();
    }

    /** Takes back one that must not be used again. */
    void discard(TezSession session) {
        lose();
        session.close();
    }

    private synchronized void lose() {
        lent--;
        notifyAll();
    }

    /** Ends the idle ones; the others end when they are given back. */
    @Override
    public void close() {
        Deque<TezSession> left;
        synchronized (this) {
            closed = true;
            left = new ArrayDeque<>(idle);
            idle.clear();
            notifyAll();
        }
        left.forEach(TezSession::close);
    }
}
