package org.skep.lsm.memstore;

import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/** Reads a memstore up to a read point. Confined to one thread. */
final class MemStoreSource implements CellSource {
    private final MemStore store;
    private final Nodes nodes;
    private final long readPoint;
    private final NodeKey sought = new NodeKey();
    private final CellView view = new CellView();
    private int place = Arena.NOWHERE;

    MemStoreSource(MemStore store, Nodes nodes, long readPoint) {
        this.store = store;
        this.nodes = nodes;
        this.readPoint = readPoint;
    }

    @Override
    public boolean seek(SeekKey key) {
        return stop(store.firstFrom(sought.set(key.view())));
    }

    @Override
    public boolean advance(SeekKey key) {
        if (place == Arena.NOWHERE || nodes.compare(place, sought.set(key.view())) >= 0) {
            return stop(place);
        }
        return stop(store.firstFrom(place, sought));
    }

    @Override
    public boolean next() {
        return stop(nodes.next(place, 0));
    }

    @Override
    public boolean nextColumn(long limit) {
        int next = place == Arena.NOWHERE ? Arena.NOWHERE : nodes.next(place, 0);
        if (next == Arena.NOWHERE
                || !nodes.isVisible(next, Math.min(limit, readPoint))
                || !nodes.showLaterColumn(place, next, view)) {
            return false;
        }
        place = next;
        return true;
    }

    @Override
    public boolean nextNewestColumn(long limit) {
        if (nextColumn(limit)) {
            return true;
        }
        if (place == Arena.NOWHERE
                || view.type() != CellType.PUT.code()
                || view.qualifierLength() == 0
                || view.sequence() > limit) {
            return false;
        }
        int next = nodes.next(place, 0);
        while (next != Arena.NOWHERE && !nodes.isVisible(next, readPoint)) {
            next = nodes.next(next, 0);
        }
        if (next == Arena.NOWHERE
                || !nodes.isVisible(next, limit)
                || !nodes.isOlderPut(next, view)) {
            return false;
        }
        int column = nodes.behindColumn(next, view);
        if (column == Arena.NOWHERE
                || !nodes.isVisible(column, Math.min(limit, readPoint))
                || !nodes.showLaterColumn(place, column, view)) {
            return false;
        }
        place = column;
        return true;
    }

    // Moves to the first visible node from here on.
    private boolean stop(int from) {
        int at = from;
        while (at != Arena.NOWHERE && !nodes.isVisible(at, readPoint)) {
            at = nodes.next(at, 0);
        }
        place = at;
        if (at == Arena.NOWHERE) {
            return false;
        }
        nodes.show(at, view);
        return true;
    }

    @Override
    public boolean seekToPreviousRow(byte[] row) {
        byte[] bound = row;
        while (true) {
            int before =
                    bound.length == 0
                            ? store.last()
                            : store.lastBefore(sought.set(SeekKey.firstOfRow(bound).view()));
            if (store.isHead(before)) {
                place = Arena.NOWHERE;
                return false;
            }
            nodes.show(before, view);
            byte[] found = view.row();
            // The row may have no visible cell; then the one before it is tried.
            if (seek(SeekKey.firstOfRow(found)) && view.hasRow(found)) {
                return true;
            }
            bound = found;
        }
    }

    @Override
    public CellView cell() {
        return view;
    }

    @Override
    public void close() {
        place = Arena.NOWHERE;
    }
}
