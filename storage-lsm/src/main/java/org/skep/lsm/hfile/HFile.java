package org.skep.lsm.hfile;

import java.util.Arrays;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.schema.BloomType;

/**
 * An open store file, or a range of its rows. Its index, its filters and what it says of itself are
 * in memory, counted in the cache's pool; its blocks are read as they are needed, and every block
 * read from disk is checked. Safe for use by many threads.
 *
 * <p>Whoever opens a file holds it once. {@link #retain} and {@link #release} count its holders;
 * sources hold it until they are closed. The handles that {@link #rows} and {@link #withSequence}
 * give share the count: they are other views of the same open file.
 */
public final class HFile {
    private static final byte[] ANY = {};

    private final OpenFile file;
    private final byte[] startRow;
    private final byte[] stopRow;
    private final long sequence;

    private HFile(OpenFile file, byte[] startRow, byte[] stopRow, long sequence) {
        this.file = file;
        this.startRow = startRow;
        this.stopRow = stopRow;
        this.sequence = sequence;
    }

    /**
     * Opens a file of ours or of HBase's.
     *
     * @throws SkepException CORRUPT_FILE naming file and offset, NOT_SUPPORTED for what HBase can
     *     write and we cannot read, MEMORY_LIMIT if there is no room for its index
     */
    public static HFile open(FileSystem files, String path, BlockCache cache) {
        return open(files, path, cache, ChecksumRule.EQUAL);
    }

    /** The same with a rule that tests may plant. */
    static HFile open(FileSystem files, String path, BlockCache cache, ChecksumRule rule) {
        return new HFile(OpenFile.open(files, path, cache, rule), ANY, ANY, -1);
    }

    /**
     * The part of this file from row {@code start} up to but without {@code stop}; an empty row is
     * no bound. Shares the holders of this handle.
     */
    public HFile rows(byte[] start, byte[] stop) {
        byte[] from = Bytes.compare(start, startRow) > 0 ? start.clone() : startRow;
        boolean sooner =
                stop.length > 0 && (stopRow.length == 0 || Bytes.compare(stop, stopRow) < 0);
        return new HFile(file, from, sooner ? stop.clone() : stopRow, sequence);
    }

    /**
     * This file with one sequence id for all its cells, as bulk-loaded files have. Shares the
     * holders of this handle.
     */
    public HFile withSequence(long id) {
        return new HFile(file, startRow, stopRow, id);
    }

    /** What is known of the whole file, even if this is a part of it. */
    public HFileMetadata metadata() {
        return file.metadata();
    }

    /** Where the file was opened. */
    public String path() {
        return file.path();
    }

    /** The sequence id that this file's edits go up to: the one given to it, or its own. */
    public long maxSequence() {
        return sequence >= 0 ? sequence : file.metadata().maxSequence();
    }

    /** Whether only a range of the file's rows is seen through this handle. */
    public boolean partial() {
        return startRow.length > 0 || stopRow.length > 0;
    }

    /** A value of the file info, such as one given to {@link HFileWriter#info}. */
    public Optional<byte[]> info(String name) {
        byte[] value = file.info().bytes(name);
        return value == null ? Optional.empty() : Optional.of(value.clone());
    }

    /** What the file's filter is made of. */
    public BloomType bloomType() {
        return file.bloomType();
    }

    /**
     * Takes one more hold.
     *
     * @throws IllegalStateException if nobody holds the file any more
     */
    public void retain() {
        file.retain();
    }

    /** Gives one hold back; the last one closes the file. */
    public void release() {
        file.release();
    }

    /** A new source of the cells; it holds the file until it is closed. */
    public CellSource source(ReadMode mode) {
        file.retain();
        DataBlocks blocks = null;
        try {
            blocks =
                    switch (mode) {
                        case RANDOM -> file.cachedBlocks(true);
                        case UNCACHED -> file.cachedBlocks(false);
                        case STREAM -> new StreamedBlocks(file, true);
                    };
            return new HFileSource(file, blocks, startRow, stopRow, sequence);
        } finally {
            if (blocks == null) {
                file.release();
            }
        }
    }

    /** Whether rows from {@code start} up to but without {@code stop}, empty for no bound, are. */
    public boolean mayContainRows(byte[] start, byte[] stop) {
        HFileMetadata metadata = file.metadata();
        if (metadata.empty()) {
            return false;
        }
        boolean behind =
                Bytes.compare(start, metadata.lastRow()) > 0
                        || (stopRow.length > 0 && Bytes.compare(start, stopRow) >= 0);
        boolean before =
                stop.length > 0
                        && (Bytes.compare(stop, metadata.firstRow()) <= 0
                                || Bytes.compare(stop, startRow) <= 0);
        return !behind && !before;
    }

    private boolean inRange(byte[] row) {
        HFileMetadata metadata = file.metadata();
        return !metadata.empty()
                && Bytes.compare(row, metadata.firstRow()) >= 0
                && Bytes.compare(row, metadata.lastRow()) <= 0
                && Bytes.compare(row, startRow) >= 0
                && (stopRow.length == 0 || Bytes.compare(row, stopRow) < 0);
    }

    /** Whether there may be cells of a row: false is certain. */
    public boolean mayContainRow(byte[] row) {
        BloomFilter bloom = file.bloom();
        return inRange(row) && (bloom == null || bloom.mayContain(row));
    }

    /**
     * Whether there may be cells of a column of a row, markers that delete the family not counted:
     * false is certain.
     */
    public boolean mayContain(byte[] row, byte[] qualifier) {
        BloomFilter bloom = file.bloom();
        return inRange(row) && (bloom == null || bloom.mayContain(row, qualifier));
    }

    /** Whether there may be markers that delete the family in a row: false is certain. */
    public boolean mayContainDeleteFamily(byte[] row) {
        if (file.metadata().deleteFamilies() == 0) {
            return false;
        }
        BloomFilter bloom = file.deleteFamilyBloom();
        return inRange(row) && (bloom == null || bloom.mayContain(row));
    }

    /**
     * The first row of the block in the middle of the file, a good place to split it; none if the
     * file is empty, or partial, or all in its first row.
     */
    public Optional<byte[]> midRow() {
        HFileMetadata metadata = file.metadata();
        if (metadata.empty() || partial()) {
            return Optional.empty();
        }
        byte[] row = new FileCheck(file).midRow();
        return Arrays.equals(row, metadata.firstRow()) ? Optional.empty() : Optional.of(row);
    }

    /**
     * Reads and checks everything: checksums, order, counts, index and filters.
     *
     * @throws SkepException CORRUPT_FILE naming file and offset
     */
    public void verify() {
        try {
            new FileCheck(file).run();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "Store file %s is damaged: %s".formatted(path(), e.getMessage()),
                    e);
        }
    }

    @Override
    public String toString() {
        return path();
    }
}
