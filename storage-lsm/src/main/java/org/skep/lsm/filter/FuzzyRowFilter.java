package org.skep.lsm.filter;

import java.util.Arrays;
import java.util.List;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/**
 * Keeps rows that have certain bytes at certain places, and goes from one to the next by seeks. A
 * row that is shorter than a pattern needs to match only as far as it goes.
 */
public final class FuzzyRowFilter extends Filter implements HintingFilter {
    /**
     * A pattern. Immutable.
     *
     * @param bytes what rows must have, not to be changed
     * @param mask for each byte 0 if it must be so, and 1 if it may be any; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Pattern(byte[] bytes, byte[] mask) {
        public Pattern {
            if (bytes.length != mask.length) {
                throw new IllegalArgumentException(
                        "Fuzzy pair lengths do not match: %d, %d"
                                .formatted(bytes.length, mask.length));
            }
        }

        /** The first place at which a row differs; -1 if it matches. */
        private int difference(CellView cell) {
            int length = Math.min(bytes.length, cell.rowLength());
            for (int i = 0; i < length; i++) {
                if (mask[i] == 0 && bytes[i] != cell.buffer().get(cell.rowOffset() + i)) {
                    return i;
                }
            }
            return -1;
        }

        /** The least row behind that of a cell that may match; null if there is none. */
        private byte[] after(CellView cell, int difference) {
            byte[] row = cell.row();
            if ((row[difference] & 0xff) < (bytes[difference] & 0xff)) {
                byte[] next = Arrays.copyOf(row, difference + 1);
                next[difference] = bytes[difference];
                return next;
            }
            for (int i = difference - 1; i >= 0; i--) {
                if (mask[i] != 0 && row[i] != (byte) 0xff) {
                    byte[] next = Arrays.copyOf(row, i + 1);
                    next[i]++;
                    return next;
                }
            }
            return null;
        }
    }

    private final List<Pattern> patterns;
    private boolean done;
    private boolean rejected;

    /** Keeps rows that match any of these. */
    public FuzzyRowFilter(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    @Override
    public FuzzyRowFilter fresh() {
        return new FuzzyRowFilter(patterns);
    }

    @Override
    public void reset() {
        rejected = false;
    }

    @Override
    public boolean rejectsAllRemaining() {
        return done;
    }

    @Override
    public Verdict decide(CellView cell) {
        for (Pattern pattern : patterns) {
            if (pattern.difference(cell) < 0) {
                return Verdict.INCLUDE;
            }
        }
        rejected = true;
        return reversed() ? Verdict.NEXT_ROW : Verdict.SEEK_HINT;
    }

    @Override
    public boolean rejectsRow() {
        return rejected;
    }

    @Override
    public SeekKey hint(CellView cell) {
        byte[] least = null;
        for (Pattern pattern : patterns) {
            int difference = pattern.difference(cell);
            if (difference < 0) {
                return null;
            }
            byte[] next = pattern.after(cell, difference);
            if (next != null && (least == null || Bytes.compare(next, least) < 0)) {
                least = next;
            }
        }
        done = least == null;
        return done ? null : SeekKey.firstOfRow(least);
    }
}
