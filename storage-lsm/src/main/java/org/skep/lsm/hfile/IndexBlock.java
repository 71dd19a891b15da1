package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.skep.lsm.cache.CachedBlock;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.VLong;

/**
 * One block of an index in memory, searched where it lies: {@code int n | int start[0..n] |
 * entries}, an entry {@code long offset | int size | key}. Safe for use by many threads. Damaged
 * content makes its methods fail with an IndexOutOfBoundsException.
 */
final class IndexBlock {
    private static final int KEY_AT = Long.BYTES + Integer.BYTES;

    /** What follows the entries of a root above others: where the file's middle is. */
    static final int MIDDLE_BYTES = Long.BYTES + 2 * Integer.BYTES;

    private final ByteBuffer buffer;
    private final int startsAt;
    private final int entriesAt;
    private final int count;
    // The blocks below that were read and are kept; null in the lowest level.
    private final AtomicReferenceArray<IndexBlock> children;
    // In a kept block of the lowest level: what the entries lead to, as far as it is cached.
    private final AtomicReferenceArray<CachedBlock> shortcuts;
    // The bytes that all rows begin with, and the eight behind them as numbers in the same order;
    // null if the block is not kept.
    private final byte[] prefix;
    private final long[] heads;

    /** A block whose content begins at {@code base}. */
    static IndexBlock of(ByteBuffer buffer, int base, boolean lowest) {
        return new IndexBlock(buffer, base, lowest, false);
    }

    /** The same for a block that is to be searched often. */
    static IndexBlock kept(ByteBuffer buffer, boolean lowest) {
        return new IndexBlock(buffer, 0, lowest, true);
    }

    private IndexBlock(ByteBuffer buffer, int base, boolean lowest, boolean prepare) {
        this.buffer = buffer;
        count = buffer.getInt(base);
        if (count < 0 || count > buffer.capacity() / KEY_AT) {
            throw new IndexOutOfBoundsException("%d index entries".formatted(count));
        }
        startsAt = base + Integer.BYTES;
        entriesAt = startsAt + Integer.BYTES * (count + 1);
        children = lowest ? null : new AtomicReferenceArray<>(count);
        shortcuts = lowest && prepare ? new AtomicReferenceArray<>(count) : null;
        prefix = prepare && count > 0 ? commonPrefix() : null;
        heads = prefix == null ? null : new long[count];
        for (int i = 0; prefix != null && i < count; i++) {
            int at = entryAt(i) + KEY_AT;
            heads[i] = head(buffer, at + 2, buffer.getShort(at), prefix.length);
        }
    }

    private byte[] commonPrefix() {
        byte[] first = row(key(0));
        byte[] last = row(key(count - 1));
        int length = Arrays.mismatch(first, last);
        return length < 0 ? first : Arrays.copyOf(first, length);
    }

    // Eight bytes of a row, less with zeros behind, as a number whose order is theirs.
    private static long head(ByteBuffer from, int rowAt, int rowLength, int skip) {
        int left = rowLength - skip;
        if (left >= Long.BYTES) {
            return from.getLong(rowAt + skip) ^ Long.MIN_VALUE;
        }
        long head = 0;
        for (int i = 0; i < left; i++) {
            head |= (from.get(rowAt + skip + i) & 0xffL) << (56 - 8 * i);
        }
        return head ^ Long.MIN_VALUE;
    }

    /** Brings a root block into the form of the others. */
    static IndexBlock ofRoot(byte[] content, int count, boolean lowest) {
        ByteBuffer from = ByteBuffer.wrap(content);
        if (count > content.length / KEY_AT) {
            throw new IndexOutOfBoundsException("%d root entries".formatted(count));
        }
        ByteSink starts = new ByteSink();
        ByteSink entries = new ByteSink();
        starts.putInt(count);
        int at = 0;
        for (int i = 0; i < count; i++) {
            starts.putInt(entries.length());
            entries.put(content, at, KEY_AT);
            at += KEY_AT;
            int length = Math.toIntExact(VLong.read(from, at));
            at += VLong.sizeFrom(content[at]);
            entries.put(content, at, length);
            at += length;
        }
        int behind = lowest ? 0 : MIDDLE_BYTES;
        if (count > 0 && content.length - at != behind) {
            throw new IndexOutOfBoundsException(
                    "%d bytes behind %d root entries".formatted(content.length - at, count));
        }
        starts.putInt(entries.length());
        starts.put(entries.array(), 0, entries.length());
        return kept(ByteBuffer.wrap(starts.toBytes()), lowest);
    }

    /** The row of a key as it stands in an index. */
    static byte[] row(byte[] key) {
        int length = (key[0] & 0xff) << 8 | (key[1] & 0xff);
        return Arrays.copyOfRange(key, 2, 2 + length);
    }

    int count() {
        return count;
    }

    /** Bytes that the block takes. */
    int bytes() {
        return buffer.capacity();
    }

    private int entryAt(int i) {
        return entriesAt + buffer.getInt(startsAt + Integer.BYTES * i);
    }

    long offset(int i) {
        return buffer.getLong(entryAt(i));
    }

    int size(int i) {
        return buffer.getInt(entryAt(i) + Long.BYTES);
    }

    byte[] key(int i) {
        int at = entryAt(i) + KEY_AT;
        int length = entryAt(i + 1) - at;
        if (at < 0 || length < 0 || length > buffer.capacity() - at) {
            throw new IndexOutOfBoundsException("index key of %d bytes".formatted(length));
        }
        return Bytes.copy(buffer, at, length);
    }

    /** Shortcuts to the blocks below, null if there are none. */
    AtomicReferenceArray<CachedBlock> shortcuts() {
        return shortcuts;
    }

    /** The kept block below entry {@code i}, null if it was not read yet. */
    IndexBlock child(int i) {
        return children.get(i);
    }

    /** Keeps a block below unless there is one; returns the one that is kept. */
    IndexBlock keep(int i, IndexBlock child) {
        return children.compareAndSet(i, null, child) ? child : children.get(i);
    }

    /** The last entry whose key is not greater than that of a cell; -1 if all are. */
    int find(CellView key) {
        if (heads == null) {
            return find(key, 0, count - 1);
        }
        int rowLength = key.rowLength();
        int common = Math.min(prefix.length, rowLength);
        int order = Bytes.compare(prefix, 0, common, key.buffer(), key.rowOffset(), common);
        if (order != 0) {
            return order < 0 ? count - 1 : -1;
        }
        if (rowLength < prefix.length) {
            return -1;
        }
        long head = head(key.buffer(), key.rowOffset(), rowLength, prefix.length);
        int low = 0;
        int high = count;
        // Behind the last that is less.
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (heads[middle] < head) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == count || heads[low] > head ? low - 1 : find(key, low, lastWith(head, low));
    }

    private int lastWith(long head, int from) {
        int low = from;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (heads[middle] <= head) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    // The last entry from first to last that is not greater than a key; first - 1 if all are.
    private int find(CellView key, int first, int last) {
        int low = first;
        int high = last;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Compares the key of an entry with that of a cell, in the order of cells. */
    int compare(int i, CellView key) {
        int at = entryAt(i) + KEY_AT;
        int end = entryAt(i + 1);
        int rowLength = buffer.getShort(at);
        int order =
                Bytes.compare(
                        buffer, at + 2, rowLength, key.buffer(), key.rowOffset(), key.rowLength());
        return order != 0 ? order : compareWithinRow(at + 2 + rowLength, end, key);
    }

    private int compareWithinRow(int familyAt, int end, CellView key) {
        if (key.type() == 0 && key.familyLength() == 0 && key.qualifierLength() == 0) {
            // Behind everything in its row.
            return -1;
        }
        int familyLength = buffer.get(familyAt);
        int order =
                Bytes.compare(
                        buffer,
                        familyAt + 1,
                        familyLength,
                        key.buffer(),
                        key.familyOffset(),
                        key.familyLength());
        if (order != 0) {
            return order;
        }
        int qualifierAt = familyAt + 1 + familyLength;
        int stampAt = end - Long.BYTES - 1;
        order =
                Bytes.compare(
                        buffer,
                        qualifierAt,
                        stampAt - qualifierAt,
                        key.buffer(),
                        key.qualifierOffset(),
                        key.qualifierLength());
        if (order != 0) {
            return order;
        }
        order = Long.compare(key.timestamp(), buffer.getLong(stampAt));
        return order != 0 ? order : key.type() - (buffer.get(end - 1) & 0xff);
    }
}
