package org.skep.lsm.filter;

import java.util.Arrays;
import java.util.Collection;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps versions with certain timestamps. */
public final class TimestampsFilter extends Filter implements HintingFilter {
    private final long[] timestamps; // ascending
    private final boolean seeks;
    private final ColumnHint hint = new ColumnHint();

    private TimestampsFilter(long[] timestamps, boolean seeks) {
        this.timestamps = timestamps;
        this.seeks = seeks;
    }

    /** Keeps versions with these timestamps. */
    public TimestampsFilter(Collection<Long> timestamps) {
        this(sorted(timestamps), false);
    }

    /**
     * Keeps versions with these timestamps and passes by the others with seeks, which may also pass
     * by markers; for columns of very many versions.
     */
    public static TimestampsFilter seeking(Collection<Long> timestamps) {
        return new TimestampsFilter(sorted(timestamps), true);
    }

    private static long[] sorted(Collection<Long> timestamps) {
        return timestamps.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
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
        int place = Arrays.binarySearch(timestamps, cell.timestamp());
        if (place >= 0) {
            return Verdict.INCLUDE;
        }
        if (place == -1) {
            return Verdict.NEXT_COLUMN;
        }
        return seeks ? Verdict.SEEK_HINT : Verdict.SKIP;
    }

    @Override
    public SeekKey hint(CellView cell) {
        int place = Arrays.binarySearch(timestamps, cell.timestamp());
        int lower = (place < 0 ? -place - 1 : place) - 1;
        return lower < 0 ? null : hint.at(cell, timestamps[lower]);
    }
}
