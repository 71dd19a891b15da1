package org.skep.engine.result;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.skep.types.vector.ColumnBatch;

/**
 * What a statement gave: rows that stream, or a count of rows written, or nothing. Must be closed.
 * Confined to one thread at a time.
 */
public final class StatementResult implements AutoCloseable {
    /** The update count of a statement that wrote no rows. */
    public static final long NO_COUNT = -1;

    private final String queryId;
    private final List<ResultColumn> columns;
    private final BatchStream stream;
    private final long updateCount;
    private final ZoneId zone;
    private final Supplier<List<String>> warnings;

    private StatementResult(
            String queryId,
            List<ResultColumn> columns,
            BatchStream stream,
            long updateCount,
            ZoneId zone,
            Supplier<List<String>> warnings) {
        this.queryId = queryId;
        this.columns = List.copyOf(columns);
        this.stream = stream;
        this.updateCount = updateCount;
        this.zone = zone;
        this.warnings = warnings;
    }

    /** A result with rows. */
    public static StatementResult rows(
            String queryId,
            List<ResultColumn> columns,
            BatchStream stream,
            ZoneId zone,
            Supplier<List<String>> warnings) {
        return new StatementResult(queryId, columns, stream, NO_COUNT, zone, warnings);
    }

    /** A result without rows; {@code updateCount} is {@link #NO_COUNT} if nothing was written. */
    public static StatementResult done(
            String queryId, long updateCount, ZoneId zone, Supplier<List<String>> warnings) {
        return new StatementResult(queryId, List.of(), null, updateCount, zone, warnings);
    }

    /** The statement's id, unique in the warehouse. */
    public String queryId() {
        return queryId;
    }

    /** Whether there are rows to read, be they none. */
    public boolean hasRows() {
        return stream != null;
    }

    /** The columns of the rows. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** How many rows were written, or {@link #NO_COUNT}. */
    public long updateCount() {
        return updateCount;
    }

    /** The session's time zone when the statement began, in which instants are printed. */
    public ZoneId zone() {
        return zone;
    }

    /**
     * The next batch of rows, valid until the next call, or null at the end.
     *
     * @throws org.skep.base.error.SkepException if the statement fails or is cancelled
     */
    public ColumnBatch next() {
        return stream == null ? null : stream.next();
    }

    /** The rows one by one; either this or {@link #next} is used, not both. */
    public RowCursor rows() {
        return new RowCursor(this);
    }

    /**
     * What the user should know, such as values that became NULL; complete once all rows were read.
     */
    public List<String> warnings() {
        return warnings.get();
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }
}
