package org.skep.lsm.filter;

import java.util.Collection;
import java.util.TreeSet;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps versions with certain timestamps. */
public final class TimestampsFilter extends Filter implements HintingFilter {
    private final TreeSet<Long> timestamps;
    private final boolean seeks;
    private final ColumnHint hint = new ColumnHint();

    private TimestampsFilter(Collection<Long> timestamps, boolean seeks) {
        this.timestamps = new TreeSet<>(timestamps);
        this.seeks = seeks;
    }

    /** Keeps versions with these timestamps. */
    public TimestampsFilter(Collection<Long> timestamps) {
        this(timestamps, false);
    }

    /**
     * Keeps versions with these timestamps and passes by the others with seeks, which may also pass
     * by markers; for columns of very many versions.
     */
    public static TimestampsFilter seeking(Collection<Long> timestamps) {
        return new TimestampsFilter(timestamps, true);
    }

    @Override
    public TimestampsFilter fresh() {
        return new TimestampsFilter(timestamps, seeks);
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public Verdict decide(CellView cell) {
        if (timestamps.contains(cell.timestamp())) {
            return Verdict.INCLUDE;
        }
        if (timestamps.isEmpty() || cell.timestamp() < timestamps.first()) {
            return Verdict.NEXT_COLUMN;
        }
        return seeks ? Verdict.SEEK_HINT : Verdict.SKIP;
    }

    @Override
    public SeekKey hint(CellView cell) {
        Long next = timestamps.lower(cell.timestamp());
        return next == null ? null : hint.at(cell, next);
    }
}
