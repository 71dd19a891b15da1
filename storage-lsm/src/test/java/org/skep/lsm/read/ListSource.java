package org.skep.lsm.read;

import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Cells in memory. Confined to one thread. */
public final class ListSource implements CellSource {
    private final List<CellView> cells;
    private final CellView view = new CellView();
    private int at = -1;
    private boolean closed;
    private Random refusals;

    /** Takes cells in any order. */
    public ListSource(Collection<Cell> cells) {
        this.cells = cells.stream().map(Cell::view).sorted(CellOrder::compare).toList();
    }

    /** Moves to later columns at once where it can, but for some times by chance. */
    ListSource quick(Random random) {
        refusals = random;
        return this;
    }

    @Override
    public boolean nextColumn(long readPoint) {
        if (refusals == null || at + 1 >= cells.size() || refusals.nextInt(20) == 0) {
            return false;
        }
        return isPlain(cells.get(at + 1), readPoint)
                && isOfLaterColumn(cells.get(at + 1))
                && next();
    }

    private static boolean isPlain(CellView cell, long readPoint) {
        return cell.type() == CellType.PUT.code()
                && cell.tagsLength() == 0
                && cell.sequence() <= readPoint;
    }

    private boolean isOfLaterColumn(CellView cell) {
        return cell.sameRow(view) && CellOrder.compareColumns(cell, view) > 0;
    }

    @Override
    public boolean nextNewestColumn(long readPoint) {
        int next = at + 1;
        if (refusals == null || next >= cells.size() || !isPlain(cells.get(next), readPoint)) {
            return false;
        }
        CellView second = cells.get(next);
        if (view.type() == CellType.PUT.code()
                && view.qualifierLength() > 0
                && view.sequence() <= readPoint
                && second.sameRow(view)
                && second.sameQualifier(view)
                && second.timestamp() < view.timestamp()) {
            while (next < cells.size()
                    && cells.get(next).sameRow(view)
                    && cells.get(next).sameQualifier(view)) {
                next++;
            }
        }
        if (next == cells.size()
                || !isPlain(cells.get(next), readPoint)
                || !isOfLaterColumn(cells.get(next))
                || refusals.nextInt(20) == 0) {
            return false;
        }
        at = next;
        return show();
    }

    private boolean show() {
        if (at < cells.size()) {
            view.set(cells.get(at));
            return true;
        }
        return false;
    }

    @Override
    public boolean seek(SeekKey key) {
        at = 0;
        return advance(key);
    }

    @Override
    public boolean advance(SeekKey key) {
        while (at < cells.size() && CellOrder.compareKeys(cells.get(at), key.view()) < 0) {
            at++;
        }
        return show();
    }

    @Override
    public boolean next() {
        at++;
        return show();
    }

    @Override
    public boolean seekToPreviousRow(byte[] row) {
        int last = cells.size() - 1;
        while (last >= 0 && row.length > 0 && CellOrder.compareRows(row, cells.get(last)) <= 0) {
            last--;
        }
        while (last > 0 && cells.get(last).sameRow(cells.get(last - 1))) {
            last--;
        }
        at = Math.max(last, 0);
        return last >= 0 && show();
    }

    @Override
    public CellView cell() {
        return view;
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
