package org.skep.lsm.memstore;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;

/**
 * The cells of a memstore and the nodes that lead to them, in direct memory. Read and changed by
 * many threads at once; what is read of a node that a thread came to by {@link #next} is complete.
 *
 * <p>Cells of a row that are added together are a run: they lie behind one another, and their nodes
 * lie behind one another after a header that tells what they have in common: {@code 2 * long row
 * prefix | long sequence id | byte height | byte flags | short row length | int last}. The prefix,
 * the first 16 bytes of the row padded with zeros, decides most comparisons. The last is the node
 * of the run behind which no other one of it is; nowhere if it is not known, or as long as not all
 * are linked.
 *
 * <p>A node is {@code int distance from the header | int cell | int oldest | int next}; the first
 * one of a run goes on with the next one on each level of its height. The oldest is another version
 * of the same column, further behind, or nowhere: by it a reader passes many versions at once.
 * Cells, with tags, lie in memory of their own: so the nodes that a search passes lie close
 * together.
 */
final class Nodes {
    static final CellLayout LAYOUT = new CellLayout(true, false);
    static final int MAX_HEIGHT = 12;

    private static final int PREFIX_AT = 0;
    private static final int PREFIX = NodeKey.PREFIX;
    private static final int SEQUENCE_AT = PREFIX;
    private static final int HEIGHT_AT = 24;
    private static final int FLAGS_AT = 25;
    private static final int ROW_AT = 26;
    private static final int LAST_AT = 28;
    private static final int HEADER = 32;

    private static final int DISTANCE_AT = 0;
    private static final int CELL_AT = 4;
    private static final int OLDEST_AT = 8;
    private static final int NEXT_AT = 12;
    private static final int NODE = 16;

    private static final byte DEAD = 1;
    // The run has puts of later and later columns, all with a name and without tags.
    private static final byte PLAIN = 2;

    private final Arena arena;
    private final Arena cells;

    Nodes(ChunkPool pool) {
        arena = new Arena(pool);
        cells = new Arena(pool);
    }

    /** Bytes of all nodes. */
    long bytes() {
        return arena.bytes();
    }

    /** Bytes of all cells. */
    long cellBytes() {
        return cells.bytes();
    }

    long held() {
        return arena.held() + cells.held();
    }

    void free() {
        arena.free();
        cells.free();
    }

    /** A node of all levels that has no cell and comes before all others. */
    int head() {
        return allocate(1, MAX_HEIGHT);
    }

    /** Makes the nodes of a run, which have no cells yet and lead nowhere; returns the first. */
    int allocate(int count, int height) {
        int upper = Arena.rounded(Integer.BYTES * (height - 1));
        int header =
                arena.allocate(
                        HEADER + upper + NODE * count, count > 1 ? ChunkPool.LINE : Long.BYTES);
        int first = Arena.behind(header, HEADER);
        ByteBuffer buffer = arena.buffer(header);
        int at = Arena.offset(header);
        buffer.put(at + HEIGHT_AT, (byte) height);
        buffer.put(at + FLAGS_AT, (byte) 0);
        Arena.setPlain(buffer, at + LAST_AT, Arena.NOWHERE);
        for (int level = 1; level < height; level++) {
            Arena.setPlain(buffer, at + HEADER + NEXT_AT + Integer.BYTES * level, Arena.NOWHERE);
        }
        int distance = HEADER;
        for (int i = 0; i < count; i++) {
            buffer.putInt(at + distance + DISTANCE_AT, distance);
            buffer.putInt(at + distance + OLDEST_AT, Arena.NOWHERE);
            Arena.setPlain(buffer, at + distance + NEXT_AT, Arena.NOWHERE);
            distance += NODE + (i == 0 ? upper : 0);
        }
        return first;
    }

    /** The node of a run with a number, counted from 0. */
    static int ofRun(int first, int height, int number) {
        return number == 0
                ? first
                : Arena.behind(first, NODE * number + Arena.rounded(Integer.BYTES * (height - 1)));
    }

    /** Finds room for cells that lie behind one another. */
    int allocateCells(int bytes) {
        return cells.allocate(bytes);
    }

    /** Where cells are written to, at {@link Arena#offset}. */
    ByteBuffer cellBuffer(int content) {
        return cells.buffer(content);
    }

    /** Says which cell a node leads to. */
    void lead(int place, int content) {
        arena.buffer(place).putInt(Arena.offset(place) + CELL_AT, content);
    }

    /** Says what the nodes of a run have in common. Its first one must have its cell. */
    void describe(int first, long sequence, boolean plain) {
        int content = contentOf(first);
        ByteBuffer cell = cells.buffer(content);
        int key = Arena.offset(content) + CellLayout.LENGTHS;
        int row = cell.getShort(key);
        ByteBuffer buffer = arena.buffer(first);
        int header = Arena.offset(first) - HEADER;
        buffer.putLong(header + PREFIX_AT, Bytes.prefix(cell, key + 2, row));
        buffer.putLong(
                header + PREFIX_AT + Long.BYTES,
                Bytes.prefix(cell, key + 2 + Long.BYTES, row - Long.BYTES));
        buffer.putLong(header + SEQUENCE_AT, sequence);
        buffer.putShort(header + ROW_AT, (short) row);
        if (plain) {
            buffer.put(header + FLAGS_AT, PLAIN);
        }
    }

    private static int headerAt(ByteBuffer node, int at) {
        return at - node.getInt(at + DISTANCE_AT);
    }

    private int contentOf(int place) {
        return arena.buffer(place).getInt(Arena.offset(place) + CELL_AT);
    }

    int height(int place) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int distance = node.getInt(at + DISTANCE_AT);
        return distance == HEADER ? node.get(at - HEADER + HEIGHT_AT) : 1;
    }

    /** Hides the cells of a node's run. */
    void kill(int place) {
        ByteBuffer node = arena.buffer(place);
        int flags = headerAt(node, Arena.offset(place)) + FLAGS_AT;
        node.put(flags, (byte) (node.get(flags) | DEAD));
    }

    boolean isVisible(int place, long readPoint) {
        ByteBuffer node = arena.buffer(place);
        int header = headerAt(node, Arena.offset(place));
        return node.getLong(header + SEQUENCE_AT) <= readPoint
                && (node.get(header + FLAGS_AT) & DEAD) == 0;
    }

    /** The next node on a level. */
    int next(int place, int level) {
        return Arena.getAcquire(
                arena.buffer(place), Arena.offset(place) + NEXT_AT + Integer.BYTES * level);
    }

    /** Says where a node leads that nothing leads to yet. */
    void setNext(int place, int level, int next) {
        Arena.setPlain(
                arena.buffer(place), Arena.offset(place) + NEXT_AT + Integer.BYTES * level, next);
    }

    /** Has a node lead to another one instead of the one that is expected. */
    boolean compareAndSetNext(int previous, int level, int expected, int place) {
        return Arena.compareAndSet(
                arena.buffer(previous),
                Arena.offset(previous) + NEXT_AT + Integer.BYTES * level,
                expected,
                place);
    }

    /**
     * Says which node is the last of a run, or that this is not known. All nodes of the run must be
     * linked, or be linked at once.
     */
    void setLast(int first, int last) {
        Arena.setRelease(arena.buffer(first), Arena.offset(first) - HEADER + LAST_AT, last);
    }

    /**
     * From a node that comes before a key: the last one of its run or the oldest version of its
     * column, if that comes before the key too, else the node.
     */
    int pass(int place, NodeKey key) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int last = Arena.getAcquire(node, headerAt(node, at) + LAST_AT);
        if (last != Arena.NOWHERE && last != place && compare(last, key) < 0) {
            return last;
        }
        int oldest = node.getInt(at + OLDEST_AT);
        return oldest != Arena.NOWHERE && compare(oldest, key) < 0 ? oldest : place;
    }

    int oldest(int place) {
        return arena.buffer(place).getInt(Arena.offset(place) + OLDEST_AT);
    }

    /** Says which is the oldest version known of a node's column, which nothing leads to yet. */
    void setOldest(int place, int oldest) {
        arena.buffer(place).putInt(Arena.offset(place) + OLDEST_AT, oldest);
    }

    /** The oldest version known of a key's column if a node is one of its versions. */
    int oldestOf(int place, NodeKey key) {
        if (place == Arena.NOWHERE) {
            return Arena.NOWHERE;
        }
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        if (node.getLong(headerAt(node, at) + PREFIX_AT) != key.prefix) {
            return Arena.NOWHERE;
        }
        int content = node.getInt(at + CELL_AT);
        ByteBuffer cell = cells.buffer(content);
        int start = Arena.offset(content);
        int column = key.length - Long.BYTES - 1;
        if (cell.getInt(start) != key.length
                || !Bytes.equal(
                        cell, start + CellLayout.LENGTHS, column, key.buffer, key.at, column)) {
            return Arena.NOWHERE;
        }
        int older = node.getInt(at + OLDEST_AT);
        return older == Arena.NOWHERE ? place : older;
    }

    /** Takes the key of a node's cell. */
    void keyOf(int place, NodeKey key) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int header = headerAt(node, at);
        int content = node.getInt(at + CELL_AT);
        key.buffer = cells.buffer(content);
        int start = Arena.offset(content);
        key.at = start + CellLayout.LENGTHS;
        key.length = key.buffer.getInt(start);
        key.row = node.getShort(header + ROW_AT);
        key.prefix = node.getLong(header + PREFIX_AT);
        key.prefix2 = node.getLong(header + PREFIX_AT + Long.BYTES);
        key.sequence = node.getLong(header + SEQUENCE_AT);
    }

    long prefix(int place) {
        ByteBuffer node = arena.buffer(place);
        return node.getLong(headerAt(node, Arena.offset(place)) + PREFIX_AT);
    }

    long secondPrefix(int place) {
        ByteBuffer node = arena.buffer(place);
        return node.getLong(headerAt(node, Arena.offset(place)) + PREFIX_AT + Long.BYTES);
    }

    /** Whether a node is of a key's row. */
    boolean isOfRow(int place, NodeKey key) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int header = headerAt(node, at);
        if (node.getLong(header + PREFIX_AT) != key.prefix
                || node.getLong(header + PREFIX_AT + Long.BYTES) != key.prefix2
                || node.getShort(header + ROW_AT) != key.row) {
            return false;
        }
        if (key.row <= PREFIX) {
            return true;
        }
        int content = node.getInt(at + CELL_AT);
        return Bytes.equal(
                cells.buffer(content),
                Arena.offset(content) + CellLayout.LENGTHS + 2 + PREFIX,
                key.row - PREFIX,
                key.buffer,
                key.at + 2 + PREFIX,
                key.row - PREFIX);
    }

    void show(int place, CellView view) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int content = node.getInt(at + CELL_AT);
        view.read(cells.buffer(content), Arena.offset(content), LAYOUT);
        view.sequence(node.getLong(headerAt(node, at) + SEQUENCE_AT));
    }

    /** Moves a view from its node to one behind if that is a put of a later column of its row. */
    boolean showLaterColumn(int place, int behind, CellView cell) {
        ByteBuffer node = arena.buffer(behind);
        int at = Arena.offset(behind);
        int header = headerAt(node, at);
        ByteBuffer before = arena.buffer(place);
        int atBefore = Arena.offset(place);
        int headerBefore = headerAt(before, atBefore);
        int content = node.getInt(at + CELL_AT);
        ByteBuffer from = cells.buffer(content);
        int start = Arena.offset(content);
        int keyLength = from.getInt(start);
        int valueLength = from.getInt(start + Integer.BYTES);
        boolean sameRun =
                behind - ((at - header) >>> 3) == place - ((atBefore - headerBefore) >>> 3);
        if (!(sameRun && (node.get(header + FLAGS_AT) & PLAIN) != 0)
                && !(isOfSameRow(node, header, before, headerBefore, content, cell)
                        && isPlainPut(from, start, keyLength, valueLength, cell))) {
            return false;
        }
        cell.moveInRow(from, start, keyLength, valueLength, node.getLong(header + SEQUENCE_AT));
        return true;
    }

    private boolean isOfSameRow(
            ByteBuffer node,
            int header,
            ByteBuffer before,
            int headerBefore,
            int content,
            CellView cell) {
        int row = cell.rowLength();
        return node.getLong(header + PREFIX_AT) == before.getLong(headerBefore + PREFIX_AT)
                && node.getLong(header + PREFIX_AT + Long.BYTES)
                        == before.getLong(headerBefore + PREFIX_AT + Long.BYTES)
                && node.getShort(header + ROW_AT) == row
                && (row <= PREFIX
                        || Bytes.equal(
                                cells.buffer(content),
                                Arena.offset(content) + CellLayout.LENGTHS + 2 + PREFIX,
                                row - PREFIX,
                                cell.buffer(),
                                cell.rowOffset() + PREFIX,
                                row - PREFIX));
    }

    // Whether what lies there is a put of another column than a cell of its row, without tags.
    private static boolean isPlainPut(
            ByteBuffer from, int start, int keyLength, int valueLength, CellView cell) {
        int key = start + CellLayout.LENGTHS;
        int value = key + keyLength;
        int qualifier = key + 2 + cell.rowLength() + 1 + cell.familyLength();
        int length = value - Long.BYTES - 1 - qualifier;
        return (from.get(value - 1) & 0xff) == CellType.PUT.code()
                && length > 0
                && from.getShort(value + valueLength) == 0
                && !Bytes.equal(
                        from,
                        qualifier,
                        length,
                        cell.buffer(),
                        cell.qualifierOffset(),
                        cell.qualifierLength());
    }

    /** Whether a node is a put of a cell's column, without tags, that is older by its timestamp. */
    boolean isOlderPut(int place, CellView cell) {
        if (!isOfColumn(place, cell)) {
            return false;
        }
        int content = contentOf(place);
        ByteBuffer from = cells.buffer(content);
        int start = Arena.offset(content);
        int value = start + CellLayout.LENGTHS + from.getInt(start);
        return (from.get(value - 1) & 0xff) == CellType.PUT.code()
                && from.getLong(value - 9) < cell.timestamp()
                && from.getShort(value + from.getInt(start + Integer.BYTES)) == 0;
    }

    /** The first node behind one of a cell's column that is of another column. */
    int behindColumn(int place, CellView cell) {
        int at = place;
        do {
            int oldest = oldest(at);
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
        return node.getShort(headerAt(node, at) + ROW_AT) == cell.rowLength()
                && from.getInt(start) == cell.keyLength()
                && Bytes.equal(
                        from,
                        start + CellLayout.LENGTHS,
                        column,
                        cell.buffer(),
                        cell.keyOffset(),
                        column);
    }

    /** The order of a node's cell and a key. */
    int compare(int place, NodeKey key) {
        ByteBuffer node = arena.buffer(place);
        int at = Arena.offset(place);
        int header = headerAt(node, at);
        int order = Long.compareUnsigned(node.getLong(header + PREFIX_AT), key.prefix);
        if (order != 0) {
            return order;
        }
        order = Long.compareUnsigned(node.getLong(header + PREFIX_AT + Long.BYTES), key.prefix2);
        if (order != 0) {
            return order;
        }
        int row = node.getShort(header + ROW_AT);
        if (row <= PREFIX || key.row <= PREFIX) {
            // The shorter one is a beginning of the other.
            if (row != key.row) {
                return row - key.row;
            }
            if (key.length == key.row + CellLayout.KEY_OVERHEAD
                    && key.buffer.get(key.at + 2 + key.row) == 0) {
                // The key stands before or behind all cells of the row.
                return key.buffer.get(key.at + key.length - 1) == 0 ? -1 : 1;
            }
        }
        int content = node.getInt(at + CELL_AT);
        return compareBehindPrefix(
                cells.buffer(content),
                Arena.offset(content),
                node.getLong(header + SEQUENCE_AT),
                key);
    }

    private static int compareBehindPrefix(ByteBuffer a, int cell, long sequence, NodeKey key) {
        int aKey = cell + CellLayout.LENGTHS;
        int aRow = a.getShort(aKey);
        int same = aRow >= PREFIX && key.row >= PREFIX ? PREFIX : 0;
        int order =
                Bytes.compare(
                        a,
                        aKey + 2 + same,
                        aRow - same,
                        key.buffer,
                        key.at + 2 + same,
                        key.row - same);
        return order != 0
                ? order
                : compareInRow(a, aKey + 2 + aRow, aKey + a.getInt(cell), sequence, key);
    }

    private static int compareInRow(
            ByteBuffer a, int aFamily, int aEnd, long sequence, NodeKey key) {
        ByteBuffer b = key.buffer;
        int bFamily = key.at + 2 + key.row;
        int bEnd = key.at + key.length;
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
        return order != 0 ? order : Long.compare(key.sequence, sequence);
    }
}
