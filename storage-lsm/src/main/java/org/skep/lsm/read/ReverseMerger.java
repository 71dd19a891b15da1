package org.skep.lsm.read;

import java.util.List;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/**
 * Merges sources row by row, the greatest row first and within a row in the order of cells. Each
 * source stands at its own greatest row that is not done yet; those at the current row take part.
 */
final class ReverseMerger implements Candidates {
    private static final byte[] END = {};

    private final CellSource[] sources;
    private final CellView[] views;
    private final long readPoint;
    // Whether a source stands at a cell at all, and whether in the current row.
    private final boolean[] there;
    private final boolean[] inRow;
    private byte[] row;
    private int current = -1;

    ReverseMerger(List<? extends CellSource> sources, long readPoint) {
        this.sources = sources.toArray(new CellSource[0]);
        int count = this.sources.length;
        views = new CellView[count];
        there = new boolean[count];
        inRow = new boolean[count];
        this.readPoint = readPoint;
    }

    /** Moves to the last row, or the last that is not behind {@code start}. */
    boolean start(byte[] start, boolean inclusive) {
        byte[] bound = start;
        if (start.length > 0 && inclusive) {
            bound = Bytes.afterRow(start);
        }
        for (int i = 0; i < sources.length; i++) {
            toPreviousRow(i, bound.length == 0 ? END : bound);
        }
        return chooseRow();
    }

    private void toPreviousRow(int index, byte[] bound) {
        CellSource source = sources[index];
        byte[] before = bound;
        while (source.seekToPreviousRow(before)) {
            CellView view = source.cell();
            byte[] found = view.row();
            if (skipInvisible(index, true) && view.hasRow(found)) {
                views[index] = view;
                there[index] = true;
                return;
            }
            before = found;
        }
        there[index] = false;
    }

    private boolean skipInvisible(int index, boolean found) {
        CellSource source = sources[index];
        boolean at = found;
        while (at && source.cell().sequence() > readPoint) {
            at = source.next();
        }
        return at;
    }

    private boolean chooseRow() {
        int greatest = -1;
        for (int i = 0; i < sources.length; i++) {
            if (there[i]
                    && (greatest < 0 || CellOrder.compareRows(views[i], views[greatest]) > 0)) {
                greatest = i;
            }
        }
        if (greatest < 0) {
            current = -1;
            row = null;
            return false;
        }
        row = views[greatest].row();
        for (int i = 0; i < sources.length; i++) {
            inRow[i] = there[i] && views[i].hasRow(row);
        }
        return chooseCell();
    }

    private boolean chooseCell() {
        int least = -1;
        for (int i = 0; i < sources.length; i++) {
            if (inRow[i] && (least < 0 || CellOrder.compareKeys(views[i], views[least]) < 0)) {
                least = i;
            }
        }
        current = least;
        return least >= 0;
    }

    /** Goes on after the current source was moved forward. */
    private boolean moved(int index, boolean found) {
        if (!skipInvisible(index, found) || !views[index].hasRow(row)) {
            inRow[index] = false;
            toPreviousRow(index, row);
        }
        return chooseCell() || chooseRow();
    }

    @Override
    public CellView cell() {
        return current < 0 ? null : views[current];
    }

    @Override
    public boolean next() {
        return moved(current, sources[current].next());
    }

    @Override
    public boolean advance(SeekKey key) {
        if (key.view().hasRow(row)) {
            boolean more = true;
            while (more
                    && views[current].hasRow(key.view().row())
                    && CellOrder.compareKeys(views[current], key.view()) < 0) {
                more = moved(current, sources[current].advance(key));
            }
            return more;
        }
        byte[] target = key.view().row();
        for (int i = 0; i < sources.length; i++) {
            if (!there[i] || CellOrder.compareRows(target, views[i]) > 0) {
                continue;
            }
            boolean found = skipInvisible(i, sources[i].seek(key));
            views[i] = sources[i].cell();
            if (!found || !views[i].hasRow(target)) {
                toPreviousRow(i, target);
            }
        }
        return chooseRow();
    }

    @Override
    public boolean nextRow() {
        byte[] left = row;
        for (int i = 0; i < sources.length; i++) {
            if (inRow[i]) {
                toPreviousRow(i, left);
            }
        }
        return chooseRow();
    }

    @Override
    public void close() {
        for (CellSource source : sources) {
            source.close();
        }
    }
}
