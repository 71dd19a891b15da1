package org.skep.lsm.read;

import java.util.Arrays;
import java.util.List;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

/**
 * Merges the cells of several sources into one stream. Sources are given newest first; of cells
 * with equal keys that of the newer source comes first, whatever their sequence ids say, since a
 * compacted file has none. Cells newer than the read point are left out. Confined to one thread.
 */
public final class MergingSource implements CellSource, Candidates {
    // So many cells are passed one by one before a source is asked to search.
    private static final int NEAR = 1;

    private final CellSource[] sources;
    private final CellView[] views;
    // The first 16 bytes of the row of each source's current cell, padded with zeros.
    private final long[] prefixes;
    private final long readPoint;
    private final long quickPoint;
    private final boolean newestOnly;
    // The sources that have a current cell, but for the one that is current itself.
    private final int[] heap;
    private int size;
    private int current = -1;
    // The sources whose current cells are plain puts of one row, while that row is read column by
    // column; the current one is among them, and the heap has the others. None otherwise.
    private final int[] members;
    private int memberCount;
    // Whether a row was begun so and another move ended it.
    private boolean parted;
    // Whether a member stands at a version of the current cell's column, in their order.
    private final boolean[] atColumn;
    private final Qualifier column = new Qualifier();
    private final SeekKey rowEnd = SeekKey.lastOfRow(new byte[] {0});

    /** Takes over the sources and closes them in the end. */
    public MergingSource(List<? extends CellSource> sources, long readPoint) {
        this(sources, readPoint, readPoint, false);
    }

    /**
     * The same.
     *
     * @param quickPoint {@link #nextColumn} leaves it to others to move to newer cells
     * @param newestOnly whether {@link #nextColumn} passes older versions of the current column
     */
    MergingSource(
            List<? extends CellSource> sources,
            long readPoint,
            long quickPoint,
            boolean newestOnly) {
        this.sources = sources.toArray(new CellSource[0]);
        views = new CellView[this.sources.length];
        prefixes = new long[2 * this.sources.length];
        heap = new int[this.sources.length];
        members = new int[this.sources.length];
        atColumn = new boolean[this.sources.length];
        this.readPoint = readPoint;
        this.quickPoint = quickPoint;
        this.newestOnly = newestOnly;
    }

    private boolean visible(int index, boolean found) {
        CellSource source = sources[index];
        boolean there = found;
        if (there) {
            CellView view = source.cell();
            views[index] = view;
            while (view.sequence() > readPoint) {
                if (!source.next()) {
                    return false;
                }
            }
            if (sources.length > 1) {
                int row = view.rowOffset();
                int length = view.rowLength();
                prefixes[2 * index] = Bytes.prefix(view.buffer(), row, length);
                prefixes[2 * index + 1] =
                        Bytes.prefix(view.buffer(), row + Long.BYTES, length - Long.BYTES);
            }
        }
        return there;
    }

    private boolean before(int a, int b) {
        int order = Long.compareUnsigned(prefixes[2 * a], prefixes[2 * b]);
        if (order == 0) {
            order = Long.compareUnsigned(prefixes[2 * a + 1], prefixes[2 * b + 1]);
        }
        if (order == 0) {
            order = CellOrder.compareKeys(views[a], views[b]);
        }
        return order != 0 ? order < 0 : a < b;
    }

    @Override
    public boolean seek(SeekKey key) {
        size = 0;
        memberCount = 0;
        current = -1;
        for (int i = 0; i < sources.length; i++) {
            if (visible(i, sources[i].seek(key))) {
                push(i);
            }
        }
        return pop();
    }

    private void push(int index) {
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(index, heap[parent])) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = index;
    }

    private boolean pop() {
        if (size == 0) {
            current = -1;
            return false;
        }
        current = heap[0];
        size--;
        if (size > 0) {
            sink(heap[size]);
        }
        return true;
    }

    /** Puts a source in the place of the heap's first, and then where it belongs. */
    private void sink(int index) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], index)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = index;
    }

    private boolean moved(boolean there) {
        int index = current;
        if (!visible(index, there)) {
            return pop();
        }
        if (size > 0 && before(heap[0], index)) {
            current = heap[0];
            sink(index);
        }
        return true;
    }

    @Override
    public boolean advance(SeekKey key) {
        part();
        boolean there = current >= 0;
        int steps = NEAR;
        while (there && CellOrder.compareKeys(views[current], key.view()) < 0) {
            there = moved(steps-- > 0 ? sources[current].next() : sources[current].advance(key));
        }
        return there;
    }

    @Override
    public boolean next() {
        part();
        return moved(sources[current].next());
    }

    @Override
    public boolean isAlone() {
        return size == 0 || CellOrder.compareRows(views[heap[0]], views[current]) > 0;
    }

    @Override
    public boolean join() {
        part();
        parted = false;
        CellView cell = views[current];
        if (size == 0 || !cell.sameRow(views[heap[0]])) {
            return true;
        }
        if (!isPlain(cell)) {
            return false;
        }
        members[memberCount++] = current;
        while (size > 0 && cell.sameRow(views[heap[0]])) {
            if (!isPlain(views[heap[0]])) {
                part();
                return false;
            }
            members[memberCount++] = heap[0];
            if (--size > 0) {
                sink(heap[size]);
            }
        }
        for (int i = 0; i < memberCount; i++) {
            atColumn[i] = views[members[i]].sameQualifier(cell);
        }
        return true;
    }

    private boolean isPlain(CellView cell) {
        return cell.type() == CellType.PUT.code()
                && cell.qualifierLength() > 0
                && cell.tagsLength() == 0
                && cell.sequence() <= quickPoint;
    }

    // Makes the members sources like the others again. The current one comes before them.
    private void part() {
        parted |= memberCount > 0;
        while (memberCount > 0) {
            int index = members[--memberCount];
            if (index != current) {
                push(index);
            }
        }
    }

    @Override
    public ColumnStep nextColumn() {
        if (parted || hasTwin() || !nextColumnOf(current)) {
            part();
            return ColumnStep.STAYED;
        }
        if (memberCount == 0) {
            return ColumnStep.MOVED;
        }
        // What the others have of the column, be it puts or markers, comes behind a second version.
        boolean plain = true;
        for (int i = memberCount - 1; i >= 0; i--) {
            int index = members[i];
            if (atColumn[i] && index != current && !nextColumnOf(index)) {
                plain &= leaveColumn(i);
            }
        }
        chooseColumn();
        if (plain) {
            return ColumnStep.MOVED;
        }
        part();
        push(current);
        pop();
        return ColumnStep.LEFT;
    }

    private boolean nextColumnOf(int index) {
        return newestOnly
                ? sources[index].nextNewestColumn(quickPoint)
                : sources[index].nextColumn(quickPoint);
    }

    // Whether another member has the version of the current cell too: then it is no second version.
    private boolean hasTwin() {
        for (int i = 0; i < memberCount; i++) {
            int index = members[i];
            if (atColumn[i]
                    && index != current
                    && views[index].timestamp() == views[current].timestamp()) {
                return true;
            }
        }
        return false;
    }

    // Moves a member behind its column, or out of the row; false if it comes to what is not plain.
    private boolean leaveColumn(int member) {
        int index = members[member];
        CellView view = views[index];
        column.set(view);
        boolean there;
        do {
            there = visible(index, sources[index].next());
        } while (there && view.sameRow(views[current]) && column.is(view));
        if (there && view.sameRow(views[current])) {
            return isPlain(view);
        }
        memberCount--;
        members[member] = members[memberCount];
        atColumn[member] = atColumn[memberCount];
        if (there) {
            push(index);
        }
        return true;
    }

    // Makes the member current that has the newest version of the first column.
    private void chooseColumn() {
        int best = 0;
        atColumn[0] = true;
        for (int i = 1; i < memberCount; i++) {
            CellView cell = views[members[i]];
            CellView first = views[members[best]];
            int order = CellOrder.compareColumns(cell, first);
            atColumn[i] = order <= 0;
            if (order < 0) {
                Arrays.fill(atColumn, 0, i, false);
                best = i;
            } else if (order == 0
                    && (cell.timestamp() > first.timestamp()
                            || (cell.timestamp() == first.timestamp()
                                    && members[i] < members[best]))) {
                best = i;
            }
        }
        current = members[best];
    }

    @Override
    public boolean nextRow() {
        rowEnd.moveToLastOfRow(views[current]);
        return advance(rowEnd);
    }

    @Override
    public boolean seekToPreviousRow(byte[] row) {
        byte[] bound = row;
        while (true) {
            byte[] greatest = null;
            for (CellSource source : sources) {
                if (source.seekToPreviousRow(bound)
                        && (greatest == null
                                || CellOrder.compareRows(greatest, source.cell()) < 0)) {
                    greatest = source.cell().row();
                }
            }
            if (greatest == null) {
                size = 0;
                current = -1;
                return false;
            }
            if (seek(SeekKey.firstOfRow(greatest)) && cell().hasRow(greatest)) {
                return true;
            }
            // The row holds nothing but cells that are too new.
            bound = greatest;
        }
    }

    @Override
    public CellView cell() {
        return current < 0 ? null : views[current];
    }

    @Override
    public void close() {
        for (CellSource source : sources) {
            source.close();
        }
    }
}
