package org.skep.lsm.hfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Collects keys in chunks of a bloom filter of 1 % false positives. A chunk that is full waits for
 * the next end of a block to be written. Confined to one thread.
 */
final class BloomWriter {
    /** A part of the filter that is ready to be written. */
    static final class Chunk {
        private final byte[] firstKey;
        private final byte[] bits;

        Chunk(byte[] firstKey, byte[] bits) {
            this.firstKey = firstKey;
            this.bits = bits;
        }

        byte[] bits() {
            return bits;
        }
    }

    private final int chunkBytes;
    private final int hashes;
    private final int maxKeys;
    private final Deque<Chunk> ready = new ArrayDeque<>();
    private byte[] bits;
    private byte[] firstKey;
    private int keys;
    private byte[] lastKey = new byte[64];
    private int lastLength = -1;
    private long totalBytes;
    private long totalKeys;
    private long totalMaxKeys;
    // Where each chunk was written.
    private final List<byte[]> chunkKeys = new ArrayList<>();
    private final List<Long> chunkOffsets = new ArrayList<>();
    private final List<Integer> chunkSizes = new ArrayList<>();

    /**
     * @param rate the rate of false positives
     */
    BloomWriter(int chunkBytes, double rate) {
        this.chunkBytes = chunkBytes;
        long size = chunkBytes * 8L;
        double ln2 = Math.log(2);
        int ideal = (int) Math.floor(size * (ln2 * ln2 / -Math.log(rate)));
        long wholeBitsPerKey = size / ideal;
        hashes = (int) Math.ceil(ln2 * wholeBitsPerKey);
        maxKeys =
                (int)
                        Math.floor(
                                -1.0
                                        * size
                                        / hashes
                                        * Math.log(1 - Math.exp(Math.log(rate) / hashes)));
    }

    int hashes() {
        return hashes;
    }

    int maxKeysPerChunk() {
        return maxKeys;
    }

    /** Adds a key, which must not be less than the one before; nothing happens if it is equal. */
    void add(byte[] source, int offset, int length) {
        if (Arrays.equals(source, offset, offset + length, lastKey, 0, Math.max(0, lastLength))
                && lastLength >= 0) {
            return;
        }
        if (length > lastKey.length) {
            lastKey = new byte[2 * length];
        }
        System.arraycopy(source, offset, lastKey, 0, length);
        lastLength = length;
        if (bits != null && keys >= maxKeys) {
            endChunk();
        }
        if (bits == null) {
            bits = new byte[chunkBytes];
            firstKey = Arrays.copyOf(lastKey, length);
            keys = 0;
        }
        keys++;
        int first = Murmur2.hash(source, offset, length, 0);
        int second = Murmur2.hash(source, offset, length, first);
        int size = chunkBytes * 8;
        boolean power = (size & (size - 1)) == 0;
        for (int i = 0; i < hashes; i++) {
            int hash = first + i * second;
            int bit = power ? Math.abs(hash) & (size - 1) : Math.abs(hash % size);
            bits[bit >> 3] |= (byte) (1 << (bit & 7));
        }
    }

    private void endChunk() {
        int bytes = chunkBytes;
        int max = maxKeys;
        while ((bytes & 1) == 0 && max > 2 * keys) {
            bytes >>= 1;
            max >>= 1;
        }
        byte[] folded = bytes == chunkBytes ? bits : new byte[bytes];
        if (bytes < chunkBytes) {
            for (int i = 0; i < chunkBytes; i++) {
                folded[i & (bytes - 1)] |= bits[i];
            }
        }
        ready.add(new Chunk(firstKey, folded));
        totalBytes += bytes;
        totalKeys += keys;
        totalMaxKeys += max;
        bits = null;
    }

    /** Makes the last chunk ready. */
    void finish() {
        if (bits != null) {
            endChunk();
        }
    }

    /** The next chunk to be written, null if none is ready. */
    Chunk poll() {
        return ready.poll();
    }

    /** Remembers where a chunk was written. */
    void written(Chunk chunk, long offset, int size) {
        chunkKeys.add(chunk.firstKey);
        chunkOffsets.add(offset);
        chunkSizes.add(size);
    }

    boolean empty() {
        return totalKeys == 0 && bits == null;
    }

    byte[] lastKey() {
        return Arrays.copyOf(lastKey, lastLength);
    }

    /** The content of the block that describes the filter. */
    byte[] meta(String comparator) {
        ByteSink sink = new ByteSink();
        sink.putInt(BloomFilter.VERSION);
        sink.putLong(totalBytes);
        sink.putInt(hashes);
        sink.putInt(BloomFilter.MURMUR2);
        sink.putLong(totalKeys);
        sink.putLong(totalMaxKeys);
        sink.putInt(chunkKeys.size());
        sink.putLengthAndBytes(comparator.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        for (int i = 0; i < chunkKeys.size(); i++) {
            sink.putLong(chunkOffsets.get(i));
            sink.putInt(chunkSizes.get(i));
            sink.putLengthAndBytes(chunkKeys.get(i));
        }
        return sink.toBytes();
    }
}
