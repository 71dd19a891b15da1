package org.skep.lsm.memstore;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;

/**
 * The newest cells of a column family: a skip list in direct memory. Cells are added without locks
 * and read without locks, by many threads at once; no object is made for a cell. Reference-counted:
 * who reads it {@link #tryRetain retains} it, and the memory goes back when the last one {@link
 * #release}s it.
 *
 * <p>A node is {@code 2 * long row prefix | long sequence id | byte height | byte dead | short row
 * length | int cell | int oldest | int next[height]}. The prefix, the first 16 bytes of the row
 * padded with zeros, decides most comparisons. Cells, with tags, lie in memory of their own: so the
 * nodes that a search passes lie close together, and most of them in the processor's caches. The
 * oldest is another version of the same column, further behind, or nowhere: by it a reader passes
 * many versions at once.
 */
public final class MemStore {
    static final CellLayout LAYOUT = new CellLayout(true, false);

    private static final int PREFIX_AT = 0;
    private static final int PREFIX = 2 * Long.BYTES;
    private static final int SEQUENCE_AT = PREFIX;
    private static final int HEIGHT_AT = 24;
    private static final int DEAD_AT = 25;
    private static final int ROW_AT = 26;
    private static final int CELL_AT = 28;
    private static final int OLDEST_AT = 32;
    private static final int NEXT_AT = 36;
    static final int MAX_HEIGHT = 12;

    // So many cells of a row, and so many bytes, get their memory together.
    static final int TOGETHER = 32;
    private static final int MOST_BYTES_TOGETHER = 16 << 10;

    private final Arena arena; // of nodes
    private final Arena cells;
    private final int head;
    private final AtomicInteger references = new AtomicInteger(1);
    private volatile int height = 1;
    private volatile boolean tagged;

    /** An empty memstore, held by the caller. */
    public MemStore(ChunkPool pool) {
        arena = new Arena(pool);
        cells = new Arena(pool);
        head = arena.allocate(NEXT_AT + Integer.BYTES * MAX_HEIGHT);
        ByteBuffer buffer = arena.buffer(head);
        int at = Arena.offset(head);
        for (int level = 0; level < MAX_HEIGHT; level++) {
            Arena.setPlain(buffer, at + NEXT_AT + Integer.BYTES * level, Arena.NOWHERE);
        }
    }

    /** Bytes of all cells, without what it takes to find them. */
    public long bytes() {
        return cells.bytes();
    }

    /** Bytes of memory that it holds, those that are still free included. */
    public long held() {
        return arena.held() + cells.held();
    }

    /** Whether nothing was added yet. */
    public boolean isEmpty() {
        return next(head, 0) == Arena.NOWHERE;
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
            arena.free();
            cells.free();
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
        int content = cells.allocate(length);
        ByteBuffer buffer = cells.buffer(content);
        int start = Arena.offset(content);
        buffer.put(start, cell.array(), cell.offset(), length);
        buffer.putLong(start + CellLayout.LENGTHS + cell.keyLength() - 9, timestamp);
        noteTags(buffer, start, length);
        return link(content, sequence, randomHeight(sequence), hint);
    }

    /**
     * Adds cells of one row that are written together, as {@link #add(Cell, long, long,
     * Neighbours)} does one by one: their memory lies together, and the levels that lead to the row
     * have few nodes of it, so that both are passed quickly.
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
        int last = to - 1 - from;
        int at = from;
        while (at < to) {
            int end = at;
            int bytes = 0;
            int nodes = 0;
            do {
                int levels = levels(end - from, last, sequence);
                hint.levels[end - at] = levels;
                nodes += nodeBytes(levels);
                bytes += rounded(list[end].length());
                end++;
            } while (end < to
                    && end - at < TOGETHER
                    && bytes + list[end].length() <= MOST_BYTES_TOGETHER);
            int content = cells.allocate(bytes);
            int node = arena.allocate(nodes, end - at > 1 ? ChunkPool.LINE : Long.BYTES);
            addTogether(list, at, end, content, node, stamp, sequence, hint, places);
            at = end;
        }
    }

    private void addTogether(
            Cell[] list,
            int from,
            int to,
            int firstContent,
            int firstNode,
            long stamp,
            long sequence,
            Neighbours hint,
            int[] places) {
        int content = firstContent;
        int node = firstNode;
        boolean ascending = true;
        ByteBuffer buffer = cells.buffer(content);
        for (int i = from; i < to; i++) {
            Cell cell = list[i];
            int length = cell.length();
            int start = Arena.offset(content);
            buffer.put(start, cell.array(), cell.offset(), length);
            if (cell.timestamp() == Cell.LATEST) {
                buffer.putLong(start + CellLayout.LENGTHS + cell.keyLength() - 9, stamp);
            }
            noteTags(buffer, start, length);
            int levels = hint.levels[i - from];
            begin(node, content, sequence, levels);
            ascending &= i == from || list[i - 1].isOfEarlierColumn(cell);
            places[i] = node;
            content = Arena.behind(content, rounded(length));
            node = Arena.behind(node, nodeBytes(levels));
        }
        int searched = search(places[from], most(hint.levels, to - from), hint);
        if (ascending
                && !isFollowedByRow(places[from], hint.behind[0])
                && linkRun(places, from, to, searched, hint)) {
            return;
        }
        link(places[from], searched, hint);
        for (int i = from + 1; i < to; i++) {
            link(places[i], hint);
        }
    }

    private static int most(int[] values, int count) {
        int most = 0;
        for (int i = 0; i < count; i++) {
            most = Math.max(most, values[i]);
        }
        return most;
    }

    // Of cells of a row that are added together the first, the last and a few between them have
    // more than one level: who looks for another row passes these alone. How many levels is left
    // to chance for each of them, since a column may have any number of versions.
    private int levels(int index, int last, long sequence) {
        if (last == 0) {
            return randomHeight(sequence);
        }
        long seed = sequence + index * 0xd1342543de82ef95L;
        boolean raised = index == 0 || index == last || mix(seed) >>> (Long.SIZE - 3) == 0;
        return raised ? Math.min(MAX_HEIGHT, 1 + randomHeight(seed)) : 1;
    }

    private void noteTags(ByteBuffer cell, int start, int length) {
        int untagged = CellLayout.LENGTHS + cell.getInt(start) + cell.getInt(start + 4) + 2;
        if (length > untagged && !tagged) {
            tagged = true;
        }
    }

    private static int nodeBytes(int levels) {
        return rounded(NEXT_AT + Integer.BYTES * levels);
    }

    private static int rounded(int bytes) {
        return Arena.rounded(bytes);
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
        int content = cells.allocate(length);
        ByteBuffer buffer = cells.buffer(content);
        int start = Arena.offset(content);
        buffer.put(start, from, offset, length);
        noteTags(buffer, start, length);
        link(content, sequence, randomHeight(sequence + offset), hint);
        return offset + length;
    }

    /** Hides a cell for ever: its write failed. To be called before its sequence id is complete. */
    public void kill(int place) {
        arena.buffer(place).put(Arena.offset(place) + DEAD_AT, (byte) 1);
    }

    /**
     * A reader of the cells with sequence ids up to {@code readPoint}. The caller must hold the
     * memstore for as long as it uses the source; closing the source does not release it.
     */
    public CellSource source(long readPoint) {
        return new MemStoreSource(this, readPoint);
    }

    private static long mix(long seed) {
        long bits = seed * 0x9e3779b97f4a7c15L;
        bits ^= bits >>> 32;
        bits *= 0xd6e8feb86659fd93L;
        return bits ^ bits >>> 32;
    }

    // One level in four is kept, by a mix of bits that differ from cell to cell.
    private int randomHeight(long seed) {
        long bits = mix(seed + cells.bytes());
        return Math.min(MAX_HEIGHT, 1 + Long.numberOfTrailingZeros(bits | 1L << 62) / 2);
    }

    private int link(int content, long sequence, int levels, Neighbours hint) {
        int place = arena.allocate(NEXT_AT + Integer.BYTES * levels);
        begin(place, content, sequence, levels);
        link(place, hint);
        return place;
    }

    // Makes a node for a cell, which nothing leads to yet and which leads nowhere.
    private void begin(int place, int content, long sequence, int levels) {
        ByteBuffer buffer = cells.buffer(content);
        int key = Arena.offset(content) + CellLayout.LENGTHS;
        int row = buffer.getShort(key);
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        node.putLong(at + PREFIX_AT, Bytes.prefix(buffer, key + 2, row));
        node.putLong(
                at + PREFIX_AT + Long.BYTES,
                Bytes.prefix(buffer, key + 2 + Long.BYTES, row - Long.BYTES));
        node.putLong(at + SEQUENCE_AT, sequence);
        node.put(at + HEIGHT_AT, (byte) levels);
        node.put(at + DEAD_AT, (byte) 0);
        node.putShort(at + ROW_AT, (short) row);
        node.putInt(at + CELL_AT, content);
        node.putInt(at + OLDEST_AT, Arena.NOWHERE);
        leadNowhere(place, levels);
    }

    // Who comes to a node on a level that is linked may ask where the ones above lead.
    private void leadNowhere(int place, int levels) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place) + NEXT_AT;
        for (int level = 0; level < levels; level++) {
            Arena.setPlain(node, at + Integer.BYTES * level, Arena.NOWHERE);
        }
    }

    private void link(int place, Neighbours hint) {
        link(place, search(place, heightOf(place), hint), hint);
    }

    // Finds between which nodes a new one belongs on each level; returns the highest level that
    // was looked at: above it the hint says where to begin.
    private int search(int place, int levels, Neighbours hint) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int content = node.getInt(at + CELL_AT);
        ByteBuffer buffer = cells.buffer(content);
        int start = Arena.offset(content);
        int key = start + CellLayout.LENGTHS;
        int keyLength = buffer.getInt(start);
        long prefix = node.getLong(at + PREFIX_AT);
        long prefix2 = node.getLong(at + PREFIX_AT + Long.BYTES);
        long sequence = node.getLong(at + SEQUENCE_AT);
        int top = height;
        while (levels > top) {
            synchronized (this) {
                height = Math.max(height, levels);
            }
            top = height;
        }
        int[] before = hint.before;
        int[] behind = hint.behind;
        int level = top;
        int last = head;
        // Of a node that was found to be behind the key nothing is asked again.
        int greater = Arena.NOWHERE;
        if (hint.last != Arena.NOWHERE
                && isOfRow(hint.last, prefix, prefix2, buffer, key)
                && compare(hint.last, buffer, key, keyLength, prefix, prefix2, sequence) < 0) {
            if (levels == 1) {
                jump(hint, buffer, key, keyLength, prefix, prefix2, sequence);
            }
            level = 0;
            while (level < top
                    && behind[level] != Arena.NOWHERE
                    && compare(behind[level], buffer, key, keyLength, prefix, prefix2, sequence)
                            < 0) {
                level++;
            }
            if (level < top) {
                last = before[level];
                greater = behind[level];
                level++;
            }
        }
        if (level == top) {
            hint.clear(head, top);
        }
        int searched = level - 1;
        while (--level >= 0) {
            int next = next(last, level);
            while (next != greater
                    && next != Arena.NOWHERE
                    && compare(next, buffer, key, keyLength, prefix, prefix2, sequence) < 0) {
                last = next;
                next = next(last, level);
            }
            greater = next;
            before[level] = last;
            behind[level] = next;
        }
        return searched;
    }

    // Puts a node into its place on all its levels.
    private void link(int place, int searched, Neighbours hint) {
        int levels = heightOf(place);
        for (int level = 0; level < levels; level++) {
            linkOn(level, place, level <= searched, hint);
        }
        hint.last = place;
    }

    private void linkOn(int level, int place, boolean searched, Neighbours hint) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int content = node.getInt(at + CELL_AT);
        ByteBuffer buffer = cells.buffer(content);
        int start = Arena.offset(content);
        int key = start + CellLayout.LENGTHS;
        int keyLength = buffer.getInt(start);
        long prefix = node.getLong(at + PREFIX_AT);
        long prefix2 = node.getLong(at + PREFIX_AT + Long.BYTES);
        long sequence = node.getLong(at + SEQUENCE_AT);
        int previous = hint.before[level];
        while (true) {
            int next = next(previous, level);
            Arena.setPlain(node, at + NEXT_AT + Integer.BYTES * level, next);
            if (level == 0) {
                node.putInt(at + OLDEST_AT, oldest(next, buffer, key, keyLength, prefix));
            }
            // The node may have got a neighbour since it was looked for.
            if ((!searched || next != hint.behind[level])
                    && next != Arena.NOWHERE
                    && compare(next, buffer, key, keyLength, prefix, prefix2, sequence) < 0) {
                previous =
                        lastBefore(
                                previous, level, buffer, key, keyLength, prefix, prefix2, sequence);
                continue;
            }
            if (compareAndSetNext(previous, level, next, place)) {
                hint.before[level] = place;
                hint.behind[level] = next;
                return;
            }
        }
    }

    private boolean compareAndSetNext(int previous, int level, int expected, int place) {
        return Arena.compareAndSet(
                arena.buffer(previous),
                Arena.offset(previous) + NEXT_AT + Integer.BYTES * level,
                expected,
                place);
    }

    // Puts the nodes of a row's later and later columns, behind which there is no cell of the row,
    // into their place all at once; false, with nothing done, if there came a neighbour meanwhile.
    private boolean linkRun(int[] places, int from, int to, int searched, Neighbours hint) {
        int levels = most(hint.levels, to - from);
        if (searched < levels - 1) {
            return false;
        }
        int[] firsts = hint.firsts;
        int[] lasts = hint.lasts;
        for (int level = 0; level < levels; level++) {
            int next = hint.behind[level];
            lasts[level] = Arena.NOWHERE;
            for (int i = to - 1; i >= from; i--) {
                if (hint.levels[i - from] > level) {
                    int place = places[i];
                    Arena.setPlain(
                            arena.buffer(place),
                            Arena.offset(place) + NEXT_AT + Integer.BYTES * level,
                            next);
                    next = place;
                    lasts[level] = lasts[level] == Arena.NOWHERE ? place : lasts[level];
                }
            }
            firsts[level] = next;
        }
        if (!compareAndSetNext(hint.before[0], 0, hint.behind[0], firsts[0])) {
            for (int i = from; i < to; i++) {
                leadNowhere(places[i], hint.levels[i - from]);
            }
            return false;
        }
        hint.before[0] = lasts[0];
        for (int level = 1; level < levels; level++) {
            if (compareAndSetNext(hint.before[level], level, hint.behind[level], firsts[level])) {
                hint.before[level] = lasts[level];
                continue;
            }
            for (int i = from; i < to; i++) {
                if (hint.levels[i - from] > level) {
                    linkOn(level, places[i], false, hint);
                }
            }
        }
        hint.last = lasts[0];
        return true;
    }

    // Whether the node behind one, or NOWHERE, is of the same row.
    private boolean isFollowedByRow(int place, int behind) {
        if (behind == Arena.NOWHERE) {
            return false;
        }
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int content = node.getInt(at + CELL_AT);
        ByteBuffer buffer = cells.buffer(content);
        int key = Arena.offset(content) + CellLayout.LENGTHS;
        if (!isOfRow(
                behind,
                node.getLong(at + PREFIX_AT),
                node.getLong(at + PREFIX_AT + Long.BYTES),
                buffer,
                key)) {
            return false;
        }
        int row = buffer.getShort(key);
        int other = arena.buffer(behind).getInt(Arena.offset(behind) + CELL_AT);
        return row <= PREFIX
                || Bytes.equal(
                        buffer,
                        key + 2 + PREFIX,
                        row - PREFIX,
                        cells.buffer(other),
                        Arena.offset(other) + CellLayout.LENGTHS + 2 + PREFIX,
                        row - PREFIX);
    }

    // Passes by the older versions of the column of the last node, if the key comes behind them.
    private void jump(
            Neighbours hint,
            ByteBuffer b,
            int bKey,
            int bKeyLength,
            long bPrefix,
            long bPrefix2,
            long bSequence) {
        int oldest = arena.buffer(hint.last).getInt(Arena.offset(hint.last) + OLDEST_AT);
        if (oldest != Arena.NOWHERE
                && compare(oldest, b, bKey, bKeyLength, bPrefix, bPrefix2, bSequence) < 0) {
            hint.before[0] = oldest;
            hint.behind[0] = next(oldest, 0);
        }
    }

    // Whether a node is of a key's row, as far as its prefix tells.
    private boolean isOfRow(int place, long prefix, long prefix2, ByteBuffer b, int bKey) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        return node.getLong(at + PREFIX_AT) == prefix
                && node.getLong(at + PREFIX_AT + Long.BYTES) == prefix2
                && node.getShort(at + ROW_AT) == b.getShort(bKey);
    }

    // The oldest known version of a column if a node is one of its versions.
    private int oldest(int place, ByteBuffer b, int bKey, int bKeyLength, long bPrefix) {
        if (place == Arena.NOWHERE) {
            return Arena.NOWHERE;
        }
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        if (node.getLong(at + PREFIX_AT) != bPrefix) {
            return Arena.NOWHERE;
        }
        int content = node.getInt(at + CELL_AT);
        ByteBuffer a = cells.buffer(content);
        int cell = Arena.offset(content);
        if (a.getInt(cell) != bKeyLength
                || !Bytes.equal(
                        a,
                        cell + CellLayout.LENGTHS,
                        bKeyLength - Long.BYTES - 1,
                        b,
                        bKey,
                        bKeyLength - Long.BYTES - 1)) {
            return Arena.NOWHERE;
        }
        int older = node.getInt(at + OLDEST_AT);
        return older == Arena.NOWHERE ? place : older;
    }

    // From a node that is before the key: the last one on this level that is.
    private int lastBefore(
            int from,
            int level,
            ByteBuffer buffer,
            int key,
            int keyLength,
            long prefix,
            long prefix2,
            long sequence) {
        int node = from;
        int next = next(node, level);
        while (next != Arena.NOWHERE
                && compare(next, buffer, key, keyLength, prefix, prefix2, sequence) < 0) {
            node = next;
            next = next(node, level);
        }
        return node;
    }

    int next(int place, int level) {
        return Arena.getAcquire(
                arena.buffer(place), Arena.offset(place) + NEXT_AT + Integer.BYTES * level);
    }

    int first() {
        return next(head, 0);
    }

    /** The first node at or behind a key that is no cell: NOWHERE if there is none. */
    int firstFrom(CellView key) {
        return next(lastBefore(key), 0);
    }

    /** The first node at or behind a key from a node on that is before it. */
    int firstFrom(int from, CellView key) {
        int place = from;
        int oldest = arena.buffer(from).getInt(Arena.offset(from) + OLDEST_AT);
        if (oldest != Arena.NOWHERE && isBefore(oldest, key)) {
            place = oldest;
        }
        int level = heightOf(place) - 1;
        int next = next(place, level);
        // Up as long as that goes on before the key: few steps if the key is near.
        while (next != Arena.NOWHERE && isBefore(next, key)) {
            place = next;
            level = heightOf(place) - 1;
            next = next(place, level);
        }
        return next(lastBefore(place, level, next, key), 0);
    }

    private int heightOf(int place) {
        return arena.buffer(place).get(Arena.offset(place) + HEIGHT_AT);
    }

    /** The last node before a key, or the head. */
    int lastBefore(CellView key) {
        return lastBefore(head, height, Arena.NOWHERE, key);
    }

    // From a node that is before the key, on the levels below one.
    private int lastBefore(int from, int levels, int behind, CellView key) {
        ByteBuffer buffer = key.buffer();
        int row = key.rowLength();
        long prefix = Bytes.prefix(buffer, key.rowOffset(), row);
        long prefix2 = Bytes.prefix(buffer, key.rowOffset() + Long.BYTES, row - Long.BYTES);
        int keyOffset = key.keyOffset();
        int keyLength = key.keyLength();
        long sequence = key.sequence();
        int node = from;
        int greater = behind;
        for (int level = levels - 1; level >= 0; level--) {
            int next = next(node, level);
            while (next != greater
                    && next != Arena.NOWHERE
                    && compare(next, buffer, keyOffset, keyLength, prefix, prefix2, sequence) < 0) {
                node = next;
                next = next(node, level);
            }
            greater = next;
        }
        return node;
    }

    /** The last node, or the head. */
    int last() {
        int node = head;
        for (int level = height - 1; level >= 0; level--) {
            for (int next = next(node, level); next != Arena.NOWHERE; next = next(node, level)) {
                node = next;
            }
        }
        return node;
    }

    boolean isHead(int place) {
        return place == head;
    }

    /** Whether a node comes before a key. */
    boolean isBefore(int place, CellView key) {
        ByteBuffer buffer = key.buffer();
        return compare(
                        place,
                        buffer,
                        key.keyOffset(),
                        key.keyLength(),
                        Bytes.prefix(buffer, key.rowOffset(), key.rowLength()),
                        Bytes.prefix(
                                buffer, key.rowOffset() + Long.BYTES, key.rowLength() - Long.BYTES),
                        key.sequence())
                < 0;
    }

    boolean isVisible(int place, long readPoint) {
        ByteBuffer buffer = arena.buffer(place);
        int at = Arena.offset(place);
        return buffer.getLong(at + SEQUENCE_AT) <= readPoint && buffer.get(at + DEAD_AT) == 0;
    }

    // Moves a view from its node to one behind if that is a put of a later column of its row.
    boolean showLaterColumn(int place, int behind, CellView cell) {
        ByteBuffer node = arena.buffer(behind);
        int at = Arena.offset(behind);
        ByteBuffer before = arena.buffer(place);
        int atBefore = Arena.offset(place);
        int row = cell.rowLength();
        if (node.getLong(at + PREFIX_AT) != before.getLong(atBefore + PREFIX_AT)
                || node.getLong(at + PREFIX_AT + Long.BYTES)
                        != before.getLong(atBefore + PREFIX_AT + Long.BYTES)
                || node.getShort(at + ROW_AT) != row) {
            return false;
        }
        int content = node.getInt(at + CELL_AT);
        ByteBuffer from = cells.buffer(content);
        int start = Arena.offset(content);
        int key = start + CellLayout.LENGTHS;
        int keyLength = from.getInt(start);
        int valueLength = from.getInt(start + Integer.BYTES);
        int value = key + keyLength;
        int qualifier = key + 2 + row + 1 + cell.familyLength();
        int length = value - Long.BYTES - 1 - qualifier;
        if ((from.get(value - 1) & 0xff) != CellType.PUT.code()
                || length <= 0
                || from.getShort(value + valueLength) != 0
                || (row > PREFIX
                        && !Bytes.equal(
                                from,
                                key + 2 + PREFIX,
                                row - PREFIX,
                                cell.buffer(),
                                cell.rowOffset() + PREFIX,
                                row - PREFIX))
                || Bytes.equal(
                        from,
                        qualifier,
                        length,
                        cell.buffer(),
                        cell.qualifierOffset(),
                        cell.qualifierLength())) {
            return false;
        }
        cell.moveInRow(from, start, keyLength, valueLength, node.getLong(at + SEQUENCE_AT));
        return true;
    }

    // Whether a node is a put of a cell's column, without tags, that is older by its timestamp.
    boolean isOlderPut(int place, CellView cell) {
        if (!isOfColumn(place, cell)) {
            return false;
        }
        int content = arena.buffer(place).getInt(Arena.offset(place) + CELL_AT);
        ByteBuffer from = cells.buffer(content);
        int start = Arena.offset(content);
        int value = start + CellLayout.LENGTHS + from.getInt(start);
        return (from.get(value - 1) & 0xff) == CellType.PUT.code()
                && from.getLong(value - 9) < cell.timestamp()
                && from.getShort(value + from.getInt(start + Integer.BYTES)) == 0;
    }

    // The first node behind one of a cell's column that is of another column.
    int behindColumn(int place, CellView cell) {
        int at = place;
        do {
            int oldest = arena.buffer(at).getInt(Arena.offset(at) + OLDEST_AT);
            at = next(oldest == Arena.NOWHERE ? at : oldest, 0);
        } while (at != Arena.NOWHERE && isOfColumn(at, cell));
        return at;
    }

    private boolean isOfColumn(int place, CellView cell) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int content = node.getInt(at + CELL_AT);
        ByteBuffer from = cells.buffer(content);
        int start = Arena.offset(content);
        int column = cell.keyLength() - Long.BYTES - 1;
        return node.getShort(at + ROW_AT) == cell.rowLength()
                && from.getInt(start) == cell.keyLength()
                && Bytes.equal(
                        from,
                        start + CellLayout.LENGTHS,
                        column,
                        cell.buffer(),
                        cell.keyOffset(),
                        column);
    }

    void show(int place, CellView view) {
        ByteBuffer buffer = arena.buffer(place);
        int at = Arena.offset(place);
        int content = buffer.getInt(at + CELL_AT);
        view.read(cells.buffer(content), Arena.offset(content), LAYOUT);
        view.sequence(buffer.getLong(at + SEQUENCE_AT));
    }

    // Compares a node with a key: short rowLength | row | byte familyLength | family | qualifier |
    // long timestamp | byte type.
    private int compare(
            int place,
            ByteBuffer b,
            int bKey,
            int bKeyLength,
            long bPrefix,
            long bPrefix2,
            long bSequence) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int order = Long.compareUnsigned(node.getLong(at + PREFIX_AT), bPrefix);
        if (order != 0) {
            return order;
        }
        order = Long.compareUnsigned(node.getLong(at + PREFIX_AT + Long.BYTES), bPrefix2);
        if (order != 0) {
            return order;
        }
        int aRow = node.getShort(at + ROW_AT);
        int bRow = b.getShort(bKey);
        if (aRow <= PREFIX || bRow <= PREFIX) {
            // The shorter one is a beginning of the other.
            if (aRow != bRow) {
                return aRow - bRow;
            }
            if (bKeyLength == bRow + CellLayout.KEY_OVERHEAD && b.get(bKey + 2 + bRow) == 0) {
                // The key stands before or behind all cells of the row.
                return b.get(bKey + bKeyLength - 1) == 0 ? -1 : 1;
            }
        }
        int content = node.getInt(at + CELL_AT);
        return compareBehindPrefix(
                cells.buffer(content),
                Arena.offset(content),
                node.getLong(at + SEQUENCE_AT),
                b,
                bKey,
                bKeyLength,
                bSequence);
    }

    private static int compareBehindPrefix(
            ByteBuffer a,
            int cell,
            long aSequence,
            ByteBuffer b,
            int bKey,
            int bKeyLength,
            long bSequence) {
        int aKey = cell + CellLayout.LENGTHS;
        int aRow = a.getShort(aKey);
        int bRow = b.getShort(bKey);
        int same = aRow >= PREFIX && bRow >= PREFIX ? PREFIX : 0;
        int order = Bytes.compare(a, aKey + 2 + same, aRow - same, b, bKey + 2 + same, bRow - same);
        if (order != 0) {
            return order;
        }
        return compareInRow(
                a,
                aKey + 2 + aRow,
                aKey + a.getInt(cell),
                aSequence,
                b,
                bKey + 2 + bRow,
                bKey + bKeyLength,
                bSequence);
    }

    private static int compareInRow(
            ByteBuffer a,
            int aFamily,
            int aEnd,
            long aSequence,
            ByteBuffer b,
            int bFamily,
            int bEnd,
            long bSequence) {
        int aLength = a.get(aFamily);
        int bLength = b.get(bFamily);
        int bType = b.get(bEnd - 1) & 0xff;
        int bQualifier = bEnd - 9 - bFamily - 1 - bLength;
        if (bType == 0 && bLength == 0 && bQualifier == 0) {
            return -1; // the key stands behind all cells of the row
        }
        int order = Bytes.compare(a, aFamily + 1, aLength, b, bFamily + 1, bLength);
        if (order != 0) {
            return order;
        }
        order =
                Bytes.compare(
                        a,
                        aFamily + 1 + aLength,
                        aEnd - 9 - aFamily - 1 - aLength,
                        b,
                        bFamily + 1 + bLength,
                        bQualifier);
        if (order != 0) {
            return order;
        }
        order = Long.compare(b.getLong(bEnd - 9), a.getLong(aEnd - 9));
        if (order != 0) {
            return order;
        }
        order = bType - (a.get(aEnd - 1) & 0xff);
        return order != 0 ? order : Long.compare(bSequence, aSequence);
    }
}
