package org.skep.lsm.hfile;

import org.skep.lsm.schema.ColumnFamily;

/**
 * How a file is written and what is known of it beforehand. Immutable.
 *
 * @param family gives bloom filter, compression, block size and encoding; only NONE and
 *     ROW_INDEX_V1 are written
 * @param maxSequence the greatest sequence id of the edits that the file holds, or stands for
 * @param major whether the file is the outcome of a major compaction
 * @param sequences whether every cell keeps its sequence id; without, they are all 0 when read
 * @param tags whether cells may have tags; without, a cell with tags is refused
 * @param createdMillis milliseconds since 1970
 * @param indexBlockSize bytes of an index block at which it is cut
 * @param bloomChunkSize bytes of a chunk of the bloom filter
 */
public record HFileOptions(
        ColumnFamily family,
        long maxSequence,
        boolean major,
        boolean sequences,
        boolean tags,
        long createdMillis,
        int indexBlockSize,
        int bloomChunkSize) {
    /** HBase's size of index blocks and of bloom chunks, in bytes. */
    public static final int DEFAULT_CHUNK = 128 << 10;

    public HFileOptions {
        if (indexBlockSize < 64 || bloomChunkSize < 64) {
            throw new IllegalArgumentException(
                    "Chunks must have 64 bytes: %d, %d".formatted(indexBlockSize, bloomChunkSize));
        }
    }

    /** A flushed file: sequence ids and tags are kept. */
    public static HFileOptions of(ColumnFamily family, long maxSequence, long createdMillis) {
        return new HFileOptions(
                family,
                maxSequence,
                false,
                true,
                true,
                createdMillis,
                DEFAULT_CHUNK,
                DEFAULT_CHUNK);
    }

    /** The same as the outcome of a major compaction. */
    public HFileOptions asMajor() {
        return new HFileOptions(
                family,
                maxSequence,
                true,
                sequences,
                tags,
                createdMillis,
                indexBlockSize,
                bloomChunkSize);
    }

    /** The same without sequence ids. */
    public HFileOptions withoutSequences() {
        return new HFileOptions(
                family,
                maxSequence,
                major,
                false,
                tags,
                createdMillis,
                indexBlockSize,
                bloomChunkSize);
    }

    /** The same for cells that have no tags: two bytes less for each. */
    public HFileOptions withoutTags() {
        return new HFileOptions(
                family,
                maxSequence,
                major,
                sequences,
                false,
                createdMillis,
                indexBlockSize,
                bloomChunkSize);
    }

    /** The same with other sizes of index blocks and bloom chunks, in bytes. */
    public HFileOptions withChunks(int index, int bloom) {
        return new HFileOptions(
                family, maxSequence, major, sequences, tags, createdMillis, index, bloom);
    }
}
