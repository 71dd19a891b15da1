package org.skep.lsm.filter;

import java.util.Collection;
import java.util.TreeSet;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Keeps columns whose qualifiers begin with one of several prefixes. */
public final class MultipleColumnPrefixFilter extends Filter implements HintingFilter {
    private final byte[][] prefixes; // sorted, each once
    private final ColumnHint hint = new ColumnHint();
    private byte[] next;

    /** Keeps columns with any of these prefixes, or all columns if there are none. */
    public MultipleColumnPrefixFilter(Collection<byte[]> prefixes) {
        TreeSet<byte[]> sorted = new TreeSet<>(Bytes::compare);
        for (byte[] prefix : prefixes) {
            sorted.add(prefix.clone());
        }
        this.prefixes = sorted.toArray(byte[][]::new);
    }

    private MultipleColumnPrefixFilter(byte[][] prefixes) {
        this.prefixes = prefixes;
    }

    @Override
    public MultipleColumnPrefixFilter fresh() {
        return new MultipleColumnPrefixFilter(prefixes);
    }

    @Override
    public boolean rejectsRowKey(CellView first) {
        return false;
    }

    @Override
    public Verdict decide(CellView cell) {
        if (prefixes.length == 0) {
            return Verdict.INCLUDE;
        }
        int behind = firstBehind(cell);
        if (behind > 0 && begins(cell, prefixes[behind - 1])) {
            return Verdict.INCLUDE;
        }
        if (behind == prefixes.length) {
            next = null;
            return Verdict.NEXT_ROW;
        }
        next = prefixes[behind];
        return Verdict.SEEK_HINT;
    }

    /** The number of the first prefix that comes behind the cell's qualifier. */
    private int firstBehind(CellView cell) {
        int from = 0;
        int to = prefixes.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            byte[] prefix = prefixes[middle];
            int order =
                    Bytes.compare(
                            prefix,
                            0,
                            prefix.length,
                            cell.buffer(),
                            cell.qualifierOffset(),
                            cell.qualifierLength());
            if (order <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static boolean begins(CellView cell, byte[] prefix) {
        return cell.qualifierLength() >= prefix.length
                && Bytes.equal(
                        prefix,
                        0,
                        prefix.length,
                        cell.buffer(),
                        cell.qualifierOffset(),
                        prefix.length);
    }

    @Override
    public SeekKey hint(CellView cell) {
        return hint.at(cell, next);
    }
}
