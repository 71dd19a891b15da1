package org.skep.rpc;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** How far a query is: a small table for people and one fraction for bars. Immutable. */
public final class ProgressUpdate {
    private final List<String> headers;
    private final List<List<String>> rows;
    private final double fraction;
    private final JobStatus status;
    private final String footer;
    private final long startTimeMillis;

    /**
     * Progress.
     *
     * @param rows one for each stage, as wide as {@code headers}
     * @param fraction from 0 to 1
     * @param startTimeMillis when the query began, milliseconds since 1970
     */
    public ProgressUpdate(
            List<String> headers,
            List<List<String>> rows,
            double fraction,
            JobStatus status,
            String footer,
            long startTimeMillis) {
        this.headers = List.copyOf(headers);
        this.rows = rows.stream().map(List::copyOf).collect(Collectors.toUnmodifiableList());
        this.fraction = fraction;
        this.status = Objects.requireNonNull(status, "status");
        this.footer = Objects.requireNonNull(footer, "footer");
        this.startTimeMillis = startTimeMillis;
    }

    /** Nothing is known. */
    public static ProgressUpdate notAvailable() {
        return new ProgressUpdate(List.of(), List.of(), 0, JobStatus.NOT_AVAILABLE, "", 0);
    }

    /** Titles of the table's columns. */
    public List<String> headers() {
        return headers;
    }

    /** The table. */
    public List<List<String>> rows() {
        return rows;
    }

    /** From 0 to 1. */
    public double fraction() {
        return fraction;
    }

    /** Whether it still runs. */
    public JobStatus status() {
        return status;
    }

    /** A line below the table. */
    public String footer() {
        return footer;
    }

    /** When the query began, milliseconds since 1970. */
    public long startTimeMillis() {
        return startTimeMillis;
    }

    /** Whether a query still runs. */
    public enum JobStatus {
        // On the wire: never renumber.
        IN_PROGRESS(0),
        COMPLETE(1),
        NOT_AVAILABLE(2);

        private final int wireValue;

        JobStatus(int wireValue) {
            this.wireValue = wireValue;
        }

        /** The number on the wire. */
        public int wireValue() {
            return wireValue;
        }
    }
}
