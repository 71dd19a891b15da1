package org.skep.base.concurrent;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Tells a running statement to stop. Work is cancelled by this flag and never by {@code
 * Thread.interrupt}, which closes shared file channels. Safe for use by many threads.
 */
public final class CancelFlag {
    private volatile boolean cancelled;

    /** Asks for the work to stop; it stops at its next check. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether {@link #cancel} was called. */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Stops the caller if the flag is up.
     *
     * @throws SkepException CANCELLED
     */
    public void check() {
        if (cancelled) {
            throw new SkepException(ErrorCode.CANCELLED, "Statement cancelled");
        }
    }
}
