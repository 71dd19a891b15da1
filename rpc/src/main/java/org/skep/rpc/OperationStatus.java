package org.skep.rpc;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A snapshot of an operation. Immutable; made with {@link #builder}. */
public final class OperationStatus {
    /** {@link #modifiedRows} when nobody counted. */
    public static final long ROWS_UNKNOWN = -1;

    private final OperationState state;
    private final boolean hasResultSet;
    private final HiveServiceException failure;
    private final List<String> warnings;
    private final String taskStatus;
    private final long startedMillis;
    private final long completedMillis;
    private final long modifiedRows;
    private final ProgressUpdate progress;

    private OperationStatus(Builder builder) {
        this.state = builder.state;
        this.hasResultSet = builder.hasResultSet;
        this.failure = builder.failure;
        this.warnings = builder.warnings;
        this.taskStatus = builder.taskStatus;
        this.startedMillis = builder.startedMillis;
        this.completedMillis = builder.completedMillis;
        this.modifiedRows = builder.modifiedRows;
        this.progress = builder.progress;
    }

    /** A status with that state and nothing else. */
    public static Builder builder(OperationState state) {
        return new Builder(state);
    }

    /** Where the operation is in its life. */
    public OperationState state() {
        return state;
    }

    /** Whether it has a result; meaningful once it has finished. */
    public boolean hasResultSet() {
        return hasResultSet;
    }

    /** Why it failed; there for ERROR, may be there for CANCELED and TIMED_OUT. */
    public Optional<HiveServiceException> failure() {
        return Optional.ofNullable(failure);
    }

    /** What the user should know though it went well, such as values turned to NULL. */
    public List<String> warnings() {
        return warnings;
    }

    /** The tasks as JSON, empty for none. */
    public String taskStatus() {
        return taskStatus;
    }

    /** When it began, milliseconds since 1970; 0 if it has not. */
    public long startedMillis() {
        return startedMillis;
    }

    /** When it ended, milliseconds since 1970; 0 if it has not. */
    public long completedMillis() {
        return completedMillis;
    }

    /** Rows written, {@link #ROWS_UNKNOWN} if nobody counted or it does not write. */
    public long modifiedRows() {
        return modifiedRows;
    }

    /** Progress, if it was asked for and is known. */
    public Optional<ProgressUpdate> progress() {
        return Optional.ofNullable(progress);
    }

    @Override
    public String toString() {
        return "OperationStatus[" + state + "]";
    }

    /** Collects the parts of a status. Confined to one thread. */
    public static final class Builder {
        private final OperationState state;
        private boolean hasResultSet;
        private HiveServiceException failure;
        private List<String> warnings = List.of();
        private String taskStatus = "";
        private long startedMillis;
        private long completedMillis;
        private long modifiedRows = ROWS_UNKNOWN;
        private ProgressUpdate progress;

        private Builder(OperationState state) {
            this.state = Objects.requireNonNull(state, "state");
        }

        /** Sets whether there is a result. */
        public Builder hasResultSet(boolean value) {
            hasResultSet = value;
            return this;
        }

        /** Sets why it failed; null for no failure. */
        public Builder failure(HiveServiceException value) {
            failure = value;
            return this;
        }

        /** Sets the warnings. */
        public Builder warnings(List<String> value) {
            warnings = List.copyOf(value);
            return this;
        }

        /** Sets the tasks as JSON. */
        public Builder taskStatus(String value) {
            taskStatus = Objects.requireNonNull(value, "taskStatus");
            return this;
        }

        /** Sets when it began and ended, milliseconds since 1970, 0 for not yet. */
        public Builder times(long started, long completed) {
            startedMillis = started;
            completedMillis = completed;
            return this;
        }

        /** Sets the number of rows written. */
        public Builder modifiedRows(long value) {
            modifiedRows = value;
            return this;
        }

        /** Sets the progress; null for none. */
        public Builder progress(ProgressUpdate value) {
            progress = value;
            return this;
        }

        /** The status. */
        public OperationStatus build() {
            return new OperationStatus(this);
        }
    }
}
