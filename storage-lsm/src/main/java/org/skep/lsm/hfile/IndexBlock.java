package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
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

    private final ByteBuffer buffer;
    private final int startsAt;
    private final int entriesAt;
    private final int count;
    // The blocks below that were read and are kept; null in the lowest level.
    private final AtomicReferenceArray<IndexBlock> children;

    /** A block whose content begins at {@code base}. */
    IndexBlock(ByteBuffer buffer, int base, boolean lowest) {
        this.buffer = buffer;
        count = buffer.getInt(base);
        if (count < 0 || count > buffer.capacity() / KEY_AT) {
            throw new IndexOutOfBoundsException("%d index entries".formatted(count));
        }
        startsAt = base + Integer.BYTES;
        entriesAt = startsAt + Integer.BYTES * (count + 1);
        children = lowest ? null : new AtomicReferenceArray<>(count);
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
        starts.putInt(entries.length());
        starts.put(entries.array(), 0, entries.length());
        return new IndexBlock(ByteBuffer.wrap(starts.toBytes()), 0, lowest);
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
        return Bytes.copy(buffer, at, entryAt(i + 1) - at);
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
        int low = 0;
        int high = count - 1;
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
