package org.skep.lsm.memstore;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;

/**
 * The newest cells of a column family: a skip list in direct memory. Cells are added without locks
 * and read without locks, by many threads at once; no object is made for a cell. Reference-counted:
 * who reads it {@link #tryRetain retains} it, and the memory goes back when the last one {@link
 * #release}s it.
 */
public final class MemStore {
    // So many cells of a row, and so many bytes, get their memory together.
    static final int TOGETHER = 32;
    private static final int MOST_BYTES_TOGETHER = 16 << 10;

    // So many steps are tried before a search.
    private static final int NEAR = 8;

    // A guide is made when nodes take so many bytes, and again when they are half as many more.
    private static final int FIRST_GUIDE = 64 << 10;

    private final Nodes nodes;
    private final int head;
    private final AtomicInteger references = new AtomicInteger(1);
    private final AtomicBoolean guiding = new AtomicBoolean();
    private volatile int height = 1;
    private volatile boolean tagged;
    private volatile Guide guide;
    private volatile long guideAt = FIRST_GUIDE;

    /** An empty memstore, held by the caller. */
    public MemStore(ChunkPool pool) {
        nodes = new Nodes(pool);
        head = nodes.head();
    }

    /** Bytes of all cells, without what it takes to find them. */
    public long bytes() {
        return nodes.cellBytes();
    }

    /** Bytes of memory that it holds, those that are still free included. */
    public long held() {
        return nodes.held();
    }

    /** Whether nothing was added yet. */
    public boolean isEmpty() {
        return nodes.next(head, 0) == Arena.NOWHERE;
    }

    /** Whether a cell with tags was added. */
    public boolean hasTags() {
        return tagged;
    }

    /** Keeps the memory; false if it is gone already. */
    public boolean tryRetain() {
        int count = references.get();
        while (count > 0) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    /** Lets go. */
    public void release() {
        int left = references.decrementAndGet();
        if (left == 0) {
            nodes.free();
        } else if (left < 0) {
            throw new IllegalStateException("Memstore released once too often");
        }
    }

    /** Adds a cell without a hint. */
    public int add(Cell cell, long timestamp, long sequence) {
        return add(cell, timestamp, sequence, new Neighbours());
    }

    /**
     * Adds a cell, in front of one that is equal in all parts.
     *
     * @param timestamp replaces that of the cell
     * @param hint where the cell before was put, and then where this one was
     * @return where it is, for {@link #kill}
     */
    public int add(Cell cell, long timestamp, long sequence, Neighbours hint) {
        int length = cell.length();
        int content = nodes.allocateCells(length);
        ByteBuffer buffer = nodes.cellBuffer(content);
        int start = Arena.offset(content);
        buffer.put(start, cell.array(), cell.offset(), length);
        buffer.putLong(start + CellLayout.LENGTHS + cell.keyLength() - 9, timestamp);
        return addAlone(content, length, sequence, sequence, hint);
    }

    /**
     * Adds the cell that lies at {@code offset} of a buffer in the layout with tags and without
     * sequence id; returns the offset behind it.
     *
     * @param hint where the cell before was put, and then where this one was
     */
    public int add(ByteBuffer from, int offset, long sequence, Neighbours hint) {
        int length = CellLayout.LENGTHS + from.getInt(offset) + from.getInt(offset + 4);
        length += 2 + (from.getShort(offset + length) & 0xffff);
        int content = nodes.allocateCells(length);
        nodes.cellBuffer(content).put(Arena.offset(content), from, offset, length);
        addAlone(content, length, sequence, sequence + offset, hint);
        return offset + length;
    }

    private int addAlone(int content, int length, long sequence, long seed, Neighbours hint) {
        noteTags(nodes.cellBuffer(content), Arena.offset(content), length);
        int place = nodes.allocate(1, randomHeight(seed));
        nodes.lead(place, content);
        nodes.describe(place, sequence, false);
        link(place, hint);
        renewGuide();
        return place;
    }

    /**
     * Adds cells of one row that are written together, as {@link #add(Cell, long, long,
     * Neighbours)} does one by one: their memory lies together, and only the first of them has more
     * than one level, so that the row is passed quickly.
     *
     * @param list where the cells are
     * @param from the first of them
     * @param to behind the last one
     * @param stamp the timestamp of cells that have none
     * @param places is told where each cell is, at the same index; stays 0 for those not added if
     *     memory ends on the way
     */
    public void add(
            Cell[] list,
            int from,
            int to,
            long stamp,
            long sequence,
            Neighbours hint,
            int[] places) {
        int at = from;
        while (at < to) {
            int end = at;
            int bytes = 0;
            do {
                bytes += Arena.rounded(list[end].length());
                end++;
            } while (end < to
                    && end - at < TOGETHER
                    && bytes + list[end].length() <= MOST_BYTES_TOGETHER);
            addRun(list, at, end, nodes.allocateCells(bytes), stamp, sequence, hint, places);
            at = end;
        }
        renewGuide();
    }

    private void addRun(
            Cell[] list,
            int from,
            int to,
            int firstContent,
            long stamp,
            long sequence,
            Neighbours hint,
            int[] places) {
        int count = to - from;
        // The rows have a level of their own, but for rows of one cell.
        long seed = sequence + from * 0xd1342543de82ef95L;
        int levels =
                count == 1
                        ? randomHeight(seed)
                        : Math.min(Nodes.MAX_HEIGHT, 1 + randomHeight(seed));
        int first = nodes.allocate(count, levels);
        int content = firstContent;
        boolean ascending = true;
        boolean plain = true;
        ByteBuffer buffer = nodes.cellBuffer(content);
        for (int i = 0; i < count; i++) {
            Cell cell = list[from + i];
            int length = cell.length();
            int start = Arena.offset(content);
            buffer.put(start, cell.array(), cell.offset(), length);
            if (cell.timestamp() == Cell.LATEST) {
                buffer.putLong(start + CellLayout.LENGTHS + cell.keyLength() - 9, stamp);
            }
            noteTags(buffer, start, length);
            int place = Nodes.ofRun(first, levels, i);
            nodes.lead(place, content);
            places[from + i] = place;
            plain &= isPlainPut(cell);
            ascending &= i == 0 || list[from + i - 1].isOfEarlierColumn(cell);
            content = Arena.behind(content, Arena.rounded(length));
        }
        nodes.describe(first, sequence, plain && ascending);
        int searched = search(first, levels, hint);
        if (ascending
                && !(hint.behind[0] != Arena.NOWHERE && nodes.isOfRow(hint.behind[0], hint.key))
                && linkRun(first, count, levels, searched, hint)) {
            return;
        }
        link(first, levels, searched, hint);
        for (int i = from + 1; i < to; i++) {
            if (!ascending || !linkNear(places[i], places[i - 1], hint)) {
                link(places[i], hint);
            }
        }
        if (ascending) {
            nodes.setLast(first, places[to - 1]);
        }
    }

    // Whether it is a put of a column with a name, without tags.
    private static boolean isPlainPut(Cell cell) {
        int end = cell.valueOffset() + cell.valueLength() + 2;
        return cell.type() == CellType.PUT
                && cell.qualifierLength() > 0
                && cell.offset() + cell.length() == end;
    }

    private void noteTags(ByteBuffer cell, int start, int length) {
        int untagged = CellLayout.LENGTHS + cell.getInt(start) + cell.getInt(start + 4) + 2;
        if (length > untagged && !tagged) {
            tagged = true;
        }
    }

    /**
     * Hides a cell for ever, and those of its row that were added together with it: their write
     * failed. To be called before its sequence id is complete.
     */
    public void kill(int place) {
        nodes.kill(place);
    }

    /**
     * A reader of the cells with sequence ids up to {@code readPoint}. The caller must hold the
     * memstore for as long as it uses the source; closing the source does not release it.
     */
    public CellSource source(long readPoint) {
        return new MemStoreSource(this, nodes, readPoint);
    }

    // One level in four is kept, by a mix of bits that differ from cell to cell.
    private int randomHeight(long seed) {
        long bits = (seed + nodes.cellBytes()) * 0x9e3779b97f4a7c15L;
        bits ^= bits >>> 32;
        bits *= 0xd6e8feb86659fd93L;
        bits ^= bits >>> 32;
        return Math.min(Nodes.MAX_HEIGHT, 1 + Long.numberOfTrailingZeros(bits | 1L << 62) / 2);
    }

    // One of the threads that add goes through an upper level now and then; the others go on.
    private void renewGuide() {
        long bytes = nodes.bytes();
        if (bytes < guideAt || !guiding.compareAndSet(false, true)) {
            return;
        }
        try {
            if (bytes >= guideAt) {
                guide = Guide.of(nodes, head, guide);
                guideAt = bytes + bytes / 2;
            }
        } finally {
            guiding.set(false);
        }
    }

    /** How many levels the nodes have that searches begin at; 0 as long as they are few. */
    int guideLevels() {
        Guide shown = guide;
        return shown == null ? 0 : shown.levels();
    }

    private void link(int place, Neighbours hint) {
        int levels = nodes.height(place);
        link(place, levels, search(place, levels, hint), hint);
    }

    // Finds between which nodes a new one belongs on each level; returns the highest level that
    // was looked at: above it the hint says where to begin.
    private int search(int place, int levels, Neighbours hint) {
        NodeKey key = hint.key;
        nodes.keyOf(place, key);
        int top = height;
        while (levels > top) {
            synchronized (this) {
                height = Math.max(height, levels);
            }
            top = height;
        }
        if (hint.last != Arena.NOWHERE
                && levels <= hint.known
                && nodes.isOfRow(hint.last, key)
                && nodes.compare(hint.last, key) < 0) {
            if (levels == 1) {
                jump(hint);
            }
            int most = Math.min(top, hint.known);
            int level = 0;
            while (level < most
                    && hint.behind[level] != Arena.NOWHERE
                    && nodes.compare(hint.behind[level], key) < 0) {
                level++;
            }
            if (level < most) {
                descend(
                        hint.before[level],
                        level,
                        hint.behind[level],
                        key,
                        Integer.MAX_VALUE,
                        hint);
                return level;
            }
        }
        Guide shown = guide;
        if (shown != null && levels <= shown.levels()) {
            int from = shown.before(key);
            int level = shown.levels() - 1;
            if (from != Arena.NOWHERE
                    && descend(from, level, Arena.NOWHERE, key, Guide.MOST_STEPS, hint)
                            != Arena.NOWHERE) {
                hint.known = shown.levels();
                return level;
            }
        }
        hint.clear(head, top);
        descend(head, top - 1, Arena.NOWHERE, key, Integer.MAX_VALUE, hint);
        return top - 1;
    }

    // Goes from a node that is before a key to the last one that is: along a level, then along the
    // one below. NOWHERE if that takes too many steps.
    private int descend(
            int from, int top, int behind, NodeKey key, int mostSteps, Neighbours hint) {
        int node = from;
        int steps = mostSteps;
        // Of a node that was found to be behind the key nothing is asked again.
        int greater = behind;
        for (int level = top; level >= 0; level--) {
            if (level == 0) {
                node = nodes.pass(node, key);
            }
            int next = nodes.next(node, level);
            while (next != greater && next != Arena.NOWHERE && nodes.compare(next, key) < 0) {
                if (--steps < 0) {
                    return Arena.NOWHERE;
                }
                node = level == 0 ? nodes.pass(next, key) : next;
                next = nodes.next(node, level);
            }
            greater = next;
            if (hint != null) {
                hint.before[level] = node;
                hint.behind[level] = next;
            }
        }
        return node;
    }

    // Puts a node into its place on all its levels.
    private void link(int place, int levels, int searched, Neighbours hint) {
        for (int level = 0; level < levels; level++) {
            linkOn(level, place, level <= searched, hint);
        }
        hint.last = place;
    }

    private void linkOn(int level, int place, boolean searched, Neighbours hint) {
        NodeKey key = hint.key;
        int previous = hint.before[level];
        while (true) {
            int next = nodes.next(previous, level);
            nodes.setNext(place, level, next);
            if (level == 0) {
                nodes.setOldest(place, nodes.oldestOf(next, key));
            }
            // The node may have got a neighbour since it was looked for.
            if ((!searched || next != hint.behind[level])
                    && next != Arena.NOWHERE
                    && nodes.compare(next, key) < 0) {
                previous = next;
                continue;
            }
            if (nodes.compareAndSetNext(previous, level, next, place)) {
                hint.before[level] = place;
                hint.behind[level] = next;
                return;
            }
        }
    }

    // Puts the nodes of a run of later and later columns, behind which there is no cell of the row,
    // into their place all at once; false, with nothing done, if there came a neighbour meanwhile.
    private boolean linkRun(int first, int count, int levels, int searched, Neighbours hint) {
        int last = Nodes.ofRun(first, levels, count - 1);
        for (int i = 0; i < count - 1; i++) {
            nodes.setNext(Nodes.ofRun(first, levels, i), 0, Nodes.ofRun(first, levels, i + 1));
        }
        nodes.setNext(last, 0, hint.behind[0]);
        nodes.setLast(first, last);
        if (!nodes.compareAndSetNext(hint.before[0], 0, hint.behind[0], first)) {
            nodes.setLast(first, Arena.NOWHERE);
            for (int i = 0; i < count; i++) {
                nodes.setNext(Nodes.ofRun(first, levels, i), 0, Arena.NOWHERE);
            }
            return false;
        }
        hint.before[0] = last;
        for (int level = 1; level < levels; level++) {
            linkOn(level, first, level <= searched, hint);
        }
        hint.last = last;
        return true;
    }

    // Puts a node behind one of an earlier column, which is likely to be followed by older versions
    // of that column and then by those of this one; false, with nothing done, if that is far.
    private boolean linkNear(int place, int earlier, Neighbours hint) {
        NodeKey key = hint.key;
        nodes.keyOf(place, key);
        int oldest = nodes.oldest(earlier);
        int previous = oldest == Arena.NOWHERE ? earlier : oldest;
        for (int steps = 0; steps < NEAR; steps++) {
            int next = nodes.next(previous, 0);
            if (next != Arena.NOWHERE && nodes.compare(next, key) < 0) {
                previous = next;
                continue;
            }
            nodes.setNext(place, 0, next);
            nodes.setOldest(place, nodes.oldestOf(next, key));
            if (nodes.compareAndSetNext(previous, 0, next, place)) {
                hint.before[0] = place;
                hint.behind[0] = next;
                hint.last = place;
                return true;
            }
        }
        nodes.setNext(place, 0, Arena.NOWHERE);
        return false;
    }

    // Passes by the older versions of the column of the last node, if the key comes behind them.
    private void jump(Neighbours hint) {
        int oldest = nodes.oldest(hint.last);
        if (oldest != Arena.NOWHERE && nodes.compare(oldest, hint.key) < 0) {
            hint.before[0] = oldest;
            hint.behind[0] = nodes.next(oldest, 0);
        }
    }

    /** The first node at or behind a key: NOWHERE if there is none. */
    int firstFrom(NodeKey key) {
        return nodes.next(lastBefore(key), 0);
    }

    /** The first node at or behind a key from a node on that is before it. */
    int firstFrom(int from, NodeKey key) {
        int place = nodes.pass(from, key);
        int level = nodes.height(place) - 1;
        int next = nodes.next(place, level);
        // Up as long as that goes on before the key: few steps if the key is near.
        while (next != Arena.NOWHERE && nodes.compare(next, key) < 0) {
            level = nodes.height(next) - 1;
            place = level == 0 ? nodes.pass(next, key) : next;
            next = nodes.next(place, level);
        }
        return nodes.next(descend(place, level - 1, next, key, Integer.MAX_VALUE, null), 0);
    }

    /** The last node before a key, or the head. */
    int lastBefore(NodeKey key) {
        Guide shown = guide;
        if (shown != null) {
            int from = shown.before(key);
            int found =
                    from == Arena.NOWHERE
                            ? Arena.NOWHERE
                            : descend(
                                    from,
                                    shown.levels() - 1,
                                    Arena.NOWHERE,
                                    key,
                                    Guide.MOST_STEPS,
                                    null);
            if (found != Arena.NOWHERE) {
                return found;
            }
        }
        return descend(head, height - 1, Arena.NOWHERE, key, Integer.MAX_VALUE, null);
    }

    /** The last node, or the head. */
    int last() {
        int node = head;
        for (int level = height - 1; level >= 0; level--) {
            for (int next = nodes.next(node, level);
                    next != Arena.NOWHERE;
                    next = nodes.next(node, level)) {
                node = next;
            }
        }
        return node;
    }

    boolean isHead(int place) {
        return place == head;
    }
}
