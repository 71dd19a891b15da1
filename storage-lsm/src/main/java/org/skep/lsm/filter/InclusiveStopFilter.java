package org.skep.lsm.filter;

import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellView;

/** Ends the scan behind a row. */
public final class InclusiveStopFilter extends Filter {
    private final byte[] last;
    private boolean done;

    /** Ends the scan behind this row. */
    public InclusiveStopFilter(byte[] last) {
        this.last = last.clone();
    }

    @Override
    public InclusiveStopFilter fresh() {
        return new InclusiveStopFilter(last);
    }

    @Override
    public boolean rejectsAllRemaining() {
        return done;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        if (!done) {
            int order = CellOrder.compareRows(last, first);
            done = reversed() ? order > 0 : order < 0;
        }
        return done;
    }

    @Override
    public Verdict decide(CellView cell) {
        return done ? Verdict.NEXT_ROW : Verdict.INCLUDE;
    }
}
