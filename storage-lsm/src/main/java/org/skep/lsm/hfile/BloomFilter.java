package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.skep.lsm.cache.CachedBlock;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.VLong;

/**
 * A bloom filter in chunks, each for a range of keys. A chunk is read when it is first asked, and
 * kept as long as the file is open. Safe for use by many threads.
 */
final class BloomFilter {
    // Stored in files: never change.
    static final int VERSION = 3;
    static final int MURMUR2 = 1;

    private final OpenFile file;
    private final boolean rowColumn;
    private final int hashes;
    private final byte[][] firstKeys;
    private final long[] offsets;
    private final int[] sizes;
    private final AtomicReferenceArray<ByteBuffer> chunks;

    private BloomFilter(OpenFile file, boolean rowColumn, int hashes, int count) {
        this.file = file;
        this.rowColumn = rowColumn;
        this.hashes = hashes;
        firstKeys = new byte[count][];
        offsets = new long[count];
        sizes = new int[count];
        chunks = new AtomicReferenceArray<>(count);
    }

    /**
     * Reads the content of a block that describes a filter; null if it is of a kind that is not
     * known, which answers nothing.
     */
    static BloomFilter read(OpenFile file, byte[] content, boolean rowColumn) {
        ByteBuffer from = ByteBuffer.wrap(content);
        int version = from.getInt();
        from.getLong();
        int hashes = from.getInt();
        int kind = from.getInt();
        from.getLong();
        from.getLong();
        int count = from.getInt();
        if (version != VERSION || kind != MURMUR2) {
            return null;
        }
        if (count < 0 || count > content.length || hashes < 1) {
            throw new IndexOutOfBoundsException("%d bloom chunks".formatted(count));
        }
        new String(bytes(from), StandardCharsets.US_ASCII);
        BloomFilter filter = new BloomFilter(file, rowColumn, hashes, count);
        for (int i = 0; i < count; i++) {
            filter.offsets[i] = from.getLong();
            filter.sizes[i] = from.getInt();
            filter.firstKeys[i] = bytes(from);
        }
        return filter;
    }

    private static byte[] bytes(ByteBuffer from) {
        int at = from.position();
        int length = Math.toIntExact(VLong.read(from, at));
        int begin = at + VLong.sizeFrom(from.get(at));
        byte[] bytes = new byte[length];
        from.get(begin, bytes);
        from.position(begin + length);
        return bytes;
    }

    /** Writes what is hashed for a column: the key before all its cells, without family. */
    static void rowColumnKey(
            byte[] row,
            int rowOffset,
            int rowLength,
            byte[] qualifier,
            int qualifierOffset,
            int qualifierLength,
            byte[] target) {
        target[0] = (byte) (rowLength >> 8);
        target[1] = (byte) rowLength;
        System.arraycopy(row, rowOffset, target, 2, rowLength);
        int at = 2 + rowLength;
        target[at++] = 0;
        System.arraycopy(qualifier, qualifierOffset, target, at, qualifierLength);
        at += qualifierLength;
        target[at++] = 0x7f;
        Arrays.fill(target, at, at + 7, (byte) -1);
        target[at + 7] = (byte) CellType.MAXIMUM.code();
    }

    boolean mayContain(byte[] row) {
        return rowColumn || mayContainKey(row, row, null);
    }

    boolean mayContain(byte[] row, byte[] qualifier) {
        if (!rowColumn) {
            return mayContainKey(row, row, null);
        }
        byte[] key = new byte[row.length + qualifier.length + CellLayout.KEY_OVERHEAD];
        rowColumnKey(row, 0, row.length, qualifier, 0, qualifier.length, key);
        return mayContainKey(key, row, qualifier);
    }

    private boolean mayContainKey(byte[] key, byte[] row, byte[] qualifier) {
        int low = 0;
        int high = firstKeys.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (compare(firstKeys[middle], row, qualifier) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return false;
        }
        ByteBuffer bits = chunks.get(high);
        if (bits == null) {
            bits = file.keepBlock(offsets[high], sizes[high], BlockType.BLOOM_CHUNK);
            if (bits == null) {
                return mayContainUnkept(high, key);
            }
            if (!chunks.compareAndSet(high, null, bits)) {
                file.unkeep(bits);
                bits = chunks.get(high);
            }
        }
        return contains(bits, 0, bits.capacity(), key);
    }

    private boolean mayContainUnkept(int chunk, byte[] key) {
        CachedBlock block = file.block(offsets[chunk], sizes[chunk], true);
        try {
            return contains(
                    block.buffer(),
                    BlockFormat.HEADER,
                    BlockFormat.rawSize(block.buffer(), 0),
                    key);
        } finally {
            block.release();
        }
    }

    private boolean contains(ByteBuffer bits, int at, int bytes, byte[] key) {
        if (bytes <= 0) {
            throw file.corrupt(0, "bloom filter has an empty chunk");
        }
        int first = Murmur2.hash(key, 0, key.length, 0);
        int second = Murmur2.hash(key, 0, key.length, first);
        int size = bytes * 8;
        boolean power = (size & (size - 1)) == 0;
        for (int i = 0; i < hashes; i++) {
            int hash = first + i * second;
            int bit = power ? Math.abs(hash) & (size - 1) : Math.abs(hash % size);
            if ((bits.get(at + (bit >> 3)) & (1 << (bit & 7))) == 0) {
                return false;
            }
        }
        return true;
    }

    // In a filter of rows a chunk's first key is a row, else a cell's key.
    private static int compare(byte[] firstKey, byte[] row, byte[] qualifier) {
        if (qualifier == null) {
            return Arrays.compareUnsigned(firstKey, row);
        }
        int rowLength = (firstKey[0] & 0xff) << 8 | (firstKey[1] & 0xff);
        int order = Arrays.compareUnsigned(firstKey, 2, 2 + rowLength, row, 0, row.length);
        if (order != 0) {
            return order;
        }
        int familyAt = 2 + rowLength;
        return Arrays.compareUnsigned(
                firstKey,
                familyAt + 1 + firstKey[familyAt],
                firstKey.length - 9,
                qualifier,
                0,
                qualifier.length);
    }
}
