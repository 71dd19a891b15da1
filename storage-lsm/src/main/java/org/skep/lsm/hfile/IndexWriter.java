package org.skep.lsm.hfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds the index over the data blocks: leaf blocks between the data, and at the end as many
 * levels above them as keep the root small. Confined to one thread.
 */
final class IndexWriter {
    /** Writes a block of the index; answers where it went. */
    interface BlockSink {
        /** Writes a block and returns its offset; {@link #lastSize} is its size then. */
        long write(BlockType type, byte[] content, int length);

        int lastSize();
    }

    private static final int MIN_ENTRIES = 16;
    private static final int MAX_LEVELS = 16;

    /** One block of the index while it grows. */
    private static final class Level {
        private final ByteSink keys = new ByteSink();
        private int[] keyEnds = new int[64];
        private long[] offsets = new long[64];
        private int[] sizes = new int[64];
        // Data blocks below this entry and those before it.
        private final List<Long> blocksUpTo = new ArrayList<>();
        private int count;
        private int rootBytes;

        void add(byte[] key, int from, int length, long offset, int size) {
            if (count == offsets.length) {
                keyEnds = Arrays.copyOf(keyEnds, 2 * count);
                offsets = Arrays.copyOf(offsets, 2 * count);
                sizes = Arrays.copyOf(sizes, 2 * count);
            }
            keys.put(key, from, length);
            keyEnds[count] = keys.length();
            offsets[count] = offset;
            sizes[count] = size;
            count++;
            rootBytes += Long.BYTES + Integer.BYTES + vintSize(length) + length;
        }

        private static int vintSize(int value) {
            return org.skep.lsm.cell.VLong.size(value);
        }

        int keyStart(int i) {
            return i == 0 ? 0 : keyEnds[i - 1];
        }

        int nonRootBytes() {
            return Integer.BYTES * (count + 2)
                    + (Long.BYTES + Integer.BYTES) * count
                    + keys.length();
        }

        void writeNonRoot(ByteSink sink) {
            sink.putInt(count);
            for (int i = 0; i <= count; i++) {
                sink.putInt((Long.BYTES + Integer.BYTES) * i + keyStart(i));
            }
            for (int i = 0; i < count; i++) {
                sink.putLong(offsets[i]);
                sink.putInt(sizes[i]);
                sink.put(keys.array(), keyStart(i), keyEnds[i] - keyStart(i));
            }
        }

        void writeRoot(ByteSink sink) {
            for (int i = 0; i < count; i++) {
                sink.putLong(offsets[i]);
                sink.putInt(sizes[i]);
                int length = keyEnds[i] - keyStart(i);
                sink.putVLong(length);
                sink.put(keys.array(), keyStart(i), length);
            }
        }

        void clear() {
            keys.length(0);
            blocksUpTo.clear();
            count = 0;
            rootBytes = 0;
        }
    }

    private final int maxBytes;
    private final BlockSink out;
    private final Level leaf = new Level();
    private Level root = new Level();
    private final ByteSink content = new ByteSink();
    private long blocks;
    private int levels = 1;
    private long bytes;
    private byte[] firstKey;

    IndexWriter(int maxBytes, BlockSink out) {
        this.maxBytes = maxBytes;
        this.out = out;
    }

    /** Takes a data block; perhaps writes a leaf behind it. */
    void add(byte[] key, int length, long offset, int size) {
        if (firstKey == null) {
            firstKey = Arrays.copyOf(key, length);
        }
        leaf.add(key, 0, length, offset, size);
        blocks++;
        if (leaf.nonRootBytes() >= maxBytes) {
            writeLeaf();
        }
    }

    private void writeLeaf() {
        content.length(0);
        leaf.writeNonRoot(content);
        write(BlockType.LEAF_INDEX, leaf, root);
        root.blocksUpTo.add(blocks);
        leaf.clear();
    }

    private void write(BlockType type, Level block, Level above) {
        long offset = out.write(type, content.array(), content.length());
        bytes += content.length();
        above.add(block.keys.array(), 0, block.keyEnds[0], offset, out.lastSize());
    }

    /** Writes the last leaf and the levels between; to be called behind the last data block. */
    void finishLeaves() {
        if (root.count > 0 && leaf.count > 0) {
            writeLeaf();
        }
    }

    /** Writes the levels between leaves and root, and returns the content of the root block. */
    byte[] finish() {
        ByteSink sink = new ByteSink();
        if (root.count == 0) {
            leaf.writeRoot(sink);
            root = leaf;
            bytes += sink.length();
            return sink.toBytes();
        }
        levels = 2;
        byte[] middle = middle();
        while (root.rootBytes > maxBytes && root.count > MIN_ENTRIES && levels < MAX_LEVELS) {
            root = writeLevel(root);
            levels++;
        }
        root.writeRoot(sink);
        sink.put(middle, 0, middle.length);
        bytes += sink.length();
        return sink.toBytes();
    }

    // Where the data block in the middle is: its leaf, and its place in the leaf.
    private byte[] middle() {
        long block = (blocks - 1) / 2;
        int entry = 0;
        while (root.blocksUpTo.get(entry) <= block) {
            entry++;
        }
        long before = entry == 0 ? 0 : root.blocksUpTo.get(entry - 1);
        ByteSink sink = new ByteSink();
        sink.putLong(root.offsets[entry]);
        sink.putInt(root.sizes[entry]);
        sink.putInt((int) (block - before));
        return sink.toBytes();
    }

    private Level writeLevel(Level below) {
        Level above = new Level();
        Level block = new Level();
        for (int i = 0; i < below.count; i++) {
            int start = below.keyStart(i);
            block.add(
                    below.keys.array(),
                    start,
                    below.keyEnds[i] - start,
                    below.offsets[i],
                    below.sizes[i]);
            if (block.count >= MIN_ENTRIES && block.nonRootBytes() >= maxBytes) {
                writeIntermediate(block, above);
            }
        }
        if (block.count > 0) {
            writeIntermediate(block, above);
        }
        return above;
    }

    private void writeIntermediate(Level block, Level above) {
        content.length(0);
        block.writeNonRoot(content);
        write(BlockType.INTERMEDIATE_INDEX, block, above);
        block.clear();
    }

    int levels() {
        return levels;
    }

    int rootEntries() {
        return root.count;
    }

    long bytes() {
        return bytes;
    }

    /** The key of the first data block, null if there is none. */
    byte[] firstKey() {
        return firstKey;
    }
}
