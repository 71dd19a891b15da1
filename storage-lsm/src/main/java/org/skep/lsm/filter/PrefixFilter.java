package org.skep.lsm.filter;

import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps rows whose keys begin with a prefix, and ends the scan behind them. */
public final class PrefixFilter extends Filter implements HintingFilter {
    private final byte[] prefix;
    private boolean passed;
    private boolean rejected = true;
    private boolean before;

    /** Keeps rows with this prefix. */
    public PrefixFilter(byte[] prefix) {
        this.prefix = prefix.clone();
    }

    @Override
    public PrefixFilter fresh() {
        return new PrefixFilter(prefix);
    }

    @Override
    public void reset() {
        rejected = true;
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        if (passed) {
            return true;
        }
        int order =
                Bytes.compare(
                        prefix,
                        0,
                        prefix.length,
                        first.buffer(),
                        first.rowOffset(),
                        Math.min(prefix.length, first.rowLength()));
        rejected = order != 0;
        before = reversed() ? order < 0 : order > 0;
        passed = rejected && !before;
        return passed;
    }

    @Override
    public boolean rejectsAllRemaining() {
        return passed;
    }

    @Override
    public Verdict decide(CellView cell) {
        if (before) {
            return Verdict.SEEK_HINT;
        }
        return rejected ? Verdict.NEXT_ROW : Verdict.INCLUDE;
    }

    @Override
    public boolean rejectsRow() {
        return rejected;
    }

    @Override
    public SeekKey hint(CellView cell) {
        return SeekKey.firstOfRow(reversed() ? Bytes.afterPrefix(prefix) : prefix);
    }
}
