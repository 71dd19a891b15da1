package org.skep.lsm.store;

import java.util.Optional;
import org.skep.base.error.SkepException;
import org.skep.lsm.operation.Result;

/** What came of one action of a batch. Immutable. */
public final class Outcome {
    static final Outcome DONE = new Outcome(Result.EMPTY, null);

    private final Result result;
    private final SkepException failure;

    Outcome(Result result, SkepException failure) {
        this.result = result;
        this.failure = failure;
    }

    static Outcome failed(SkepException failure) {
        return new Outcome(Result.EMPTY, failure);
    }

    /** Whether it was done. */
    public boolean done() {
        return failure == null;
    }

    /** What an append or an increment gave; empty for others. */
    public Result result() {
        return result;
    }

    /** Why it was not done. */
    public Optional<SkepException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Returns if it was done.
     *
     * @throws SkepException why it was not
     */
    public void check() {
        if (failure != null) {
            throw failure;
        }
    }
}
