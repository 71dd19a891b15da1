package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;
import org.skep.base.io.OutputFile;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.VLong;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;

/**
 * Writes a store file from cells in their order. {@link #finish} ends and syncs it; to sync its
 * directory and to rename it is the caller's part, and to delete it when it was not finished.
 * Confined to one thread.
 */
public final class HFileWriter implements AutoCloseable {
    private static final int WRITE_SIZE = 256 << 10;
    private static final double ERROR_RATE = 0.01f;
    private static final String KEY_COMPARATOR = "org.apache.hadoop.hbase.KeyValue$KVComparator";
    private static final int CELL_VERSION = 1;
    private static final int ENCODING_ID = 2;

    private final HFileOptions options;
    private final OutputFile output;
    private final Codec codec;
    private final boolean rowIndex;
    private final CellLayout layout;
    private final int blockSize;
    private final BlockFormat format = new BlockFormat();

    // Blocks that wait to be written together.
    private final ByteSink pending = new ByteSink();
    private long written;
    private final Map<BlockType, Long> previousOfType = new EnumMap<>(BlockType.class);
    private int lastSize;

    // The data block that grows. Its cells begin at `cellsAt`.
    private final ByteSink block = new ByteSink();
    private final int cellsAt;
    private int blockCells;
    private int[] rowStarts = new int[256];
    private int blockRows;

    // The cell before, in the growing block or, after the block's end, in `kept`.
    private final CellView last = new CellView();
    private boolean hasLast;
    private byte[] kept = new byte[256];
    private byte[] firstKeyOfBlock = new byte[256];
    private int firstKeyLength;

    private final IndexWriter index;
    private final BloomWriter rowBloom;
    private final BloomWriter deleteFamilyBloom;
    private final boolean rowCol;
    private byte[] bloomKey = new byte[256];

    private long firstDataOffset = -1;
    private long lastDataOffset = -1;
    private long entries;
    private long rows;
    private long columns;
    private long deletes;
    private long deleteFamilies;
    private long keyBytes;
    private long valueBytes;
    private long rawBytes;
    private int maxTags;
    private long maxCellSequence;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = -1;
    private long earliestPut = Long.MAX_VALUE;
    private final FileInfo info = new FileInfo();
    private boolean finished;

    private HFileWriter(OutputFile output, HFileOptions options) {
        this.options = options;
        this.output = output;
        ColumnFamily family = options.family();
        codec = Codec.of(family.compression(), output.path());
        rowIndex = family.encoding() == BlockEncoding.ROW_INDEX_V1;
        layout = new CellLayout(options.tags(), options.sequences());
        blockSize = family.blockSize();
        cellsAt = rowIndex ? ENCODING_ID : 0;
        index = new IndexWriter(options.indexBlockSize(), new IndexBlocks());
        rowCol = family.bloomType() == BloomType.ROWCOL;
        rowBloom =
                switch (family.bloomType()) {
                    case NONE -> null;
                    case ROW -> new BloomWriter(options.bloomChunkSize(), ERROR_RATE);
                    // A look-up asks for the row as well, so each may fail half as often.
                    case ROWCOL ->
                            new BloomWriter(
                                    options.bloomChunkSize(), 1 - Math.sqrt(1 - ERROR_RATE));
                };
        deleteFamilyBloom = new BloomWriter(options.bloomChunkSize(), ERROR_RATE);
        beginBlock();
    }

    /**
     * Begins a new file.
     *
     * @throws SkepException NOT_SUPPORTED for an encoding or a compression that is not written, or
     *     what the file system fails with
     */
    public static HFileWriter create(FileSystem files, String path, HFileOptions options) {
        requireWritable(options.family());
        return new HFileWriter(files.create(path), options);
    }

    /**
     * Fails for a family whose files cannot be written; to be asked before a table is made.
     *
     * @throws SkepException NOT_SUPPORTED naming the family and its encoding or compression
     */
    public static void requireWritable(ColumnFamily family) {
        BlockEncoding encoding = family.encoding();
        if (encoding != BlockEncoding.NONE && encoding != BlockEncoding.ROW_INDEX_V1) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Encoding of family %s must be NONE or ROW_INDEX_V1: %s"
                            .formatted(family.name(), encoding));
        }
        Compression compression = family.compression();
        if (!Codec.knows(compression)) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Compression of family %s must be NONE, GZ or SNAPPY: %s"
                            .formatted(family.name(), compression));
        }
    }

    private final class IndexBlocks implements IndexWriter.BlockSink {
        @Override
        public long write(BlockType type, byte[] content, int length) {
            return writeBlock(type, content, length);
        }

        @Override
        public int lastSize() {
            return lastSize;
        }
    }

    /** Bytes of the file so far, the growing block included. */
    public long bytes() {
        return written + pending.length() + block.length();
    }

    /** How many cells were appended. */
    public long entries() {
        return entries;
    }

    /** Adds a named value to the file; names of HBase's and of ours are refused. */
    public void info(String name, byte[] value) {
        if (name.startsWith("hfile.") || name.startsWith("skep.") || info.has(name)) {
            throw new IllegalArgumentException("File info already in use: " + name);
        }
        info.put(name, value.clone());
    }

    /**
     * Appends a cell, which must come behind the one before.
     *
     * @throws IllegalArgumentException if it does not, or has tags in a file without
     */
    public void append(CellView cell) {
        boolean newRow = true;
        boolean newColumn = true;
        boolean newKey = true;
        if (hasLast) {
            int order = CellOrder.compareRows(last, cell);
            if (order == 0) {
                newRow = false;
                order = CellOrder.compareColumns(last, cell);
                newColumn = order != 0;
                if (order == 0) {
                    order = CellOrder.compareWithinColumn(last, cell);
                }
                newKey = order != 0;
                if (order == 0) {
                    order = Long.compare(cell.sequence(), last.sequence());
                }
            }
            if (order > 0) {
                throw new IllegalArgumentException(
                        "Cell out of order in %s: %s after %s"
                                .formatted(output.path(), cell, last));
            }
        }
        if (block.length() - cellsAt >= blockSize && newKey) {
            endBlock();
        }
        if (newRow) {
            rows++;
        }
        if (newColumn) {
            columns++;
        }
        if (rowIndex && (newRow || blockCells == 0)) {
            startRow();
        }
        write(cell);
        count(cell);
        if (rowBloom != null && newColumn && (newRow || rowCol)) {
            addToBloom();
        }
    }

    /**
     * Appends a put without tags of a later column of the row of the cell before, both of which the
     * caller must know: no order is checked.
     */
    public void appendColumn(CellView cell) {
        if (block.length() - cellsAt >= blockSize) {
            endBlock();
        }
        columns++;
        if (rowIndex && blockCells == 0) {
            startRow();
        }
        write(cell);
        countPut(cell);
        if (rowCol && rowBloom != null) {
            addToBloom();
        }
    }

    private void countPut(CellView cell) {
        entries++;
        keyBytes += cell.keyLength();
        valueBytes += cell.valueLength();
        long timestamp = cell.timestamp();
        minTimestamp = Math.min(minTimestamp, timestamp);
        maxTimestamp = Math.max(maxTimestamp, timestamp);
        earliestPut = Math.min(earliestPut, timestamp);
        maxCellSequence = Math.max(maxCellSequence, layout.sequence() ? cell.sequence() : 0);
    }

    private void startRow() {
        if (blockRows == rowStarts.length) {
            rowStarts = Arrays.copyOf(rowStarts, 2 * blockRows);
        }
        rowStarts[blockRows++] = block.length() - cellsAt;
    }

    private void write(CellView cell) {
        int head = CellLayout.LENGTHS + cell.keyLength() + cell.valueLength();
        int start = block.length();
        block.reserve(head + 2 + cell.tagsLength() + 9);
        block.put(cell.buffer(), cell.start(), head);
        if (layout.tags()) {
            block.putShort(cell.tagsLength());
            if (cell.tagsLength() > 0) {
                block.put(cell.buffer(), cell.tagsOffset(), cell.tagsLength());
            }
        } else if (cell.tagsLength() > 0) {
            throw new IllegalArgumentException("Cell must not have tags: " + cell);
        }
        if (layout.sequence()) {
            block.length(VLong.write(block.buffer(), block.length(), cell.sequence()));
        }
        last.setCopy(cell, block.buffer(), start);
        hasLast = true;
        if (blockCells == 0) {
            firstKeyLength = last.keyLength();
            firstKeyOfBlock = roomy(firstKeyOfBlock, firstKeyLength);
            System.arraycopy(block.array(), last.keyOffset(), firstKeyOfBlock, 0, firstKeyLength);
        }
        blockCells++;
    }

    private static byte[] roomy(byte[] array, int length) {
        return length <= array.length ? array : new byte[2 * length];
    }

    private void count(CellView cell) {
        entries++;
        keyBytes += cell.keyLength();
        valueBytes += cell.valueLength();
        long timestamp = cell.timestamp();
        minTimestamp = Math.min(minTimestamp, timestamp);
        maxTimestamp = Math.max(maxTimestamp, timestamp);
        maxTags = Math.max(maxTags, cell.tagsLength());
        if (layout.sequence()) {
            maxCellSequence = Math.max(maxCellSequence, cell.sequence());
        }
        int type = cell.type();
        if (type == CellType.PUT.code()) {
            earliestPut = Math.min(earliestPut, timestamp);
        } else if (CellType.deletes(type)) {
            deletes++;
            if (type == CellType.DELETE_FAMILY.code() || type == CellType.DELETE_COLUMN.code()) {
                // It concerns readers of all times before it, and HBase skips files by their range.
                minTimestamp = Math.min(minTimestamp, 0);
            }
            if (type == CellType.DELETE_FAMILY.code()
                    || type == CellType.DELETE_FAMILY_VERSION.code()) {
                deleteFamilies++;
                deleteFamilyBloom.add(block.array(), last.rowOffset(), last.rowLength());
            }
        }
    }

    private void addToBloom() {
        if (!rowCol) {
            rowBloom.add(block.array(), last.rowOffset(), last.rowLength());
            return;
        }
        int length = last.rowLength() + last.qualifierLength() + CellLayout.KEY_OVERHEAD;
        bloomKey = roomy(bloomKey, length);
        BloomFilter.rowColumnKey(
                block.array(),
                last.rowOffset(),
                last.rowLength(),
                block.array(),
                last.qualifierOffset(),
                last.qualifierLength(),
                bloomKey);
        rowBloom.add(bloomKey, 0, length);
    }

    private void beginBlock() {
        block.length(0);
        blockCells = 0;
        blockRows = 0;
        if (rowIndex) {
            block.putShort(BlockEncoding.ROW_INDEX_V1.code());
        }
    }

    private void endBlock() {
        int size = last.valueOffset() - last.start();
        kept = roomy(kept, size);
        System.arraycopy(block.array(), last.start(), kept, 0, size);
        long sequence = last.sequence();
        if (rowIndex) {
            int cells = block.length() - cellsAt;
            block.putInt(blockRows);
            for (int i = 0; i < blockRows; i++) {
                block.putInt(rowStarts[i]);
            }
            block.putInt(cells);
        }
        rawBytes += block.length();
        long offset =
                writeBlock(
                        rowIndex ? BlockType.ENCODED_DATA : BlockType.DATA,
                        block.array(),
                        block.length());
        if (firstDataOffset < 0) {
            firstDataOffset = offset;
        }
        lastDataOffset = offset;
        index.add(firstKeyOfBlock, firstKeyLength, offset, lastSize);
        writeReadyChunks(rowBloom);
        writeReadyChunks(deleteFamilyBloom);
        beginBlock();
        // The key alone is left of the last cell: its value is gone.
        ByteBuffer key = ByteBuffer.wrap(kept, 0, kept.length);
        key.putInt(Integer.BYTES, 0);
        last.read(key, 0, CellLayout.PLAIN);
        last.sequence(sequence);
    }

    private void writeReadyChunks(BloomWriter bloom) {
        if (bloom == null) {
            return;
        }
        BloomWriter.Chunk chunk = bloom.poll();
        while (chunk != null) {
            long offset = writeBlock(BlockType.BLOOM_CHUNK, chunk.bits(), chunk.bits().length);
            bloom.written(chunk, offset, lastSize);
            chunk = bloom.poll();
        }
    }

    // Appends a block; returns its offset and leaves its size on disk in `lastSize`.
    private long writeBlock(BlockType type, byte[] content, int length) {
        long offset = written + pending.length();
        int base = pending.length();
        pending.reserve(BlockFormat.HEADER + length);
        pending.length(base + BlockFormat.HEADER);
        if (codec == null) {
            pending.put(content, 0, length);
        } else {
            codec.compress(content, 0, length, pending);
        }
        int headerAndData = pending.length() - base;
        pending.reserve(BlockFormat.checksumBytes(headerAndData));
        BlockType chain = type.data() ? BlockType.DATA : type;
        Long previous = previousOfType.put(chain, offset);
        BlockFormat.writeHeader(
                pending.buffer(),
                base,
                type,
                headerAndData - BlockFormat.HEADER,
                length,
                previous == null ? -1 : previous);
        pending.length(
                format.writeChecksums(pending.array(), pending.buffer(), base, headerAndData));
        lastSize = pending.length() - base;
        if (pending.length() >= WRITE_SIZE) {
            flush();
        }
        return offset;
    }

    private void flush() {
        if (pending.length() > 0) {
            output.write(pending.array(), 0, pending.length());
            written += pending.length();
            pending.length(0);
        }
    }

    /** Ends the file, syncs and closes it. */
    public HFileMetadata finish() {
        if (finished) {
            throw new IllegalStateException("File already finished: " + output.path());
        }
        finished = true;
        byte[] lastKey = null;
        byte[] lastRow = null;
        if (blockCells > 0) {
            lastKey = Bytes.copy(last.buffer(), last.keyOffset(), last.keyLength());
            lastRow = last.row();
            endBlock();
        }
        if (rowBloom != null) {
            rowBloom.finish();
        }
        deleteFamilyBloom.finish();
        index.finishLeaves();
        writeReadyChunks(rowBloom);
        writeReadyChunks(deleteFamilyBloom);
        byte[] root = index.finish();
        long loadOnOpen = writeBlock(BlockType.ROOT_INDEX, root, root.length);
        writeBlock(BlockType.ROOT_INDEX, new byte[0], 0);
        describe(lastKey);
        byte[] infoBytes = info.toBytes();
        long infoOffset = writeBlock(BlockType.FILE_INFO, infoBytes, infoBytes.length);
        if (rowBloom != null && !rowBloom.empty()) {
            byte[] meta = rowBloom.meta(rowCol ? KEY_COMPARATOR : "");
            writeBlock(BlockType.GENERAL_BLOOM_META, meta, meta.length);
        }
        if (!deleteFamilyBloom.empty()) {
            byte[] meta = deleteFamilyBloom.meta("");
            writeBlock(BlockType.DELETE_FAMILY_BLOOM_META, meta, meta.length);
        }
        Trailer trailer =
                new Trailer(
                        infoOffset,
                        loadOnOpen,
                        index.bytes(),
                        rawBytes,
                        index.rootEntries(),
                        0,
                        entries,
                        index.levels(),
                        firstDataOffset,
                        lastDataOffset,
                        options.family().compression(),
                        true);
        byte[] trailerBytes = trailer.bytes();
        pending.put(trailerBytes, 0, trailerBytes.length);
        flush();
        Crash.point("hfile.before-sync");
        output.sync();
        Crash.point("hfile.after-sync");
        close();
        return metadata(lastRow);
    }

    private void describe(byte[] lastKey) {
        if (lastKey != null) {
            info.put(FileInfo.LAST_KEY, lastKey);
        }
        long cells = Math.max(1, entries);
        info.put(FileInfo.AVERAGE_KEY, (int) (keyBytes / cells))
                .put(FileInfo.AVERAGE_VALUE, (int) (valueBytes / cells))
                .put(FileInfo.CREATED, options.createdMillis())
                .put(
                        FileInfo.TIME_RANGE,
                        ByteBuffer.allocate(2 * Long.BYTES)
                                .putLong(minTimestamp)
                                .putLong(maxTimestamp)
                                .array())
                .put(FileInfo.EARLIEST_PUT, earliestPut)
                .put(FileInfo.DELETE_FAMILIES, deleteFamilies)
                .put(FileInfo.MAX_SEQUENCE, options.maxSequence())
                .put(FileInfo.MAJOR, options.major())
                .put(FileInfo.SKEP_FORMAT, 1)
                .put(FileInfo.SKEP_ROWS, rows)
                .put(FileInfo.SKEP_COLUMNS, columns)
                .put(FileInfo.SKEP_DELETES, deletes);
        if (options.tags()) {
            info.put(FileInfo.MAX_TAGS, maxTags).put(FileInfo.TAGS_COMPRESSED, false);
        }
        if (options.sequences()) {
            info.put(FileInfo.CELL_VERSION, CELL_VERSION)
                    .put(FileInfo.MAX_CELL_SEQUENCE, maxCellSequence);
        }
        if (rowBloom != null && !rowBloom.empty()) {
            info.put(FileInfo.BLOOM_TYPE, options.family().bloomType().name())
                    .put(FileInfo.LAST_BLOOM_KEY, rowBloom.lastKey());
        }
        if (rowIndex) {
            info.put(FileInfo.ENCODING, BlockEncoding.ROW_INDEX_V1.name());
        }
    }

    private HFileMetadata metadata(byte[] lastRow) {
        byte[] firstKey = index.firstKey();
        return new HFileMetadata(
                output.path(),
                written,
                entries,
                rows,
                columns,
                deletes,
                deleteFamilies,
                firstKey == null ? null : IndexBlock.row(firstKey),
                lastRow,
                minTimestamp,
                maxTimestamp,
                options.maxSequence(),
                maxCellSequence,
                options.createdMillis(),
                options.major(),
                options.sequences(),
                options.tags(),
                earliestPut);
    }

    /** Closes the file; without {@link #finish} it is of no use and to be deleted. */
    @Override
    public void close() {
        finished = true;
        if (codec != null) {
            codec.close();
        }
        output.close();
    }
}
