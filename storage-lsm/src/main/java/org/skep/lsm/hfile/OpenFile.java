package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.DataFormatException;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cache.CachedBlock;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.Compression;

/**
 * What all handles on one open file share: its parts in memory, and the reading and checking of its
 * blocks. Safe for use by many threads; closed when the last of those who hold it lets go.
 */
final class OpenFile {
    // Deflate makes at most 1,032 bytes of one.
    private static final long MAX_EXPANSION = 1_100;

    private static final long KEPT_INDEX_LIMIT = 32L << 20;
    private static final int IDLE = 4;
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** What one thread needs to read blocks. */
    static final class Scratch {
        private final BlockFormat format = new BlockFormat();
        private final Map<Compression, Codec> codecs = new EnumMap<>(Compression.class);
        private final ByteSink stored = new ByteSink();
        private final ByteSink raw = new ByteSink();
        private final ByteSink decoded = new ByteSink();

        Codec codec(Compression compression, String path) {
            return codecs.computeIfAbsent(compression, c -> Codec.of(c, path));
        }

        BlockFormat format() {
            return format;
        }
    }

    private final InputFile input;
    private final BlockCache cache;
    private final ChecksumRule rule;
    private final long id;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicLong keptBytes = new AtomicLong();
    private final AtomicLong keptIndexBytes = new AtomicLong();

    // Set once while opening.
    private Trailer trailer;
    private FileInfo info;
    private boolean ours;
    private CellLayout layout;
    private boolean plain;
    // Of an average row before compression, 0 if blocks have no row index.
    private long rowBytes;
    private IndexBlock root;
    private byte[] rootContent;
    private HFileMetadata metadata;
    private BloomType bloomType = BloomType.NONE;
    private BloomFilter bloom;
    private BloomFilter deleteFamilyBloom;

    // Sources that were closed, to be used again.
    private final AtomicReferenceArray<CachedBlocks> idle = new AtomicReferenceArray<>(IDLE);

    private OpenFile(InputFile input, BlockCache cache, ChecksumRule rule) {
        this.input = input;
        this.cache = cache;
        this.rule = rule;
        id = cache.newFile();
    }

    static OpenFile open(FileSystem files, String path, BlockCache cache, ChecksumRule rule) {
        OpenFile file = new OpenFile(files.open(path), cache, rule);
        boolean opened = false;
        try {
            file.readTrailer();
            file.readOnOpen();
            opened = true;
        } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
            throw BlockFormat.corrupt(path, file.loadOnOpen(), "unreadable content: " + e);
        } finally {
            if (!opened) {
                file.release();
            }
        }
        return file;
    }

    private long loadOnOpen() {
        return trailer == null ? 0 : trailer.loadOnOpenOffset();
    }

    private void readTrailer() {
        long at = input.length() - Trailer.SIZE;
        if (at < 0) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "Store file %s is damaged at offset 0: expected %d bytes at least, found %d"
                            .formatted(path(), Trailer.SIZE, input.length()));
        }
        byte[] bytes = new byte[Trailer.SIZE];
        input.readFully(at, bytes, 0, bytes.length);
        trailer = Trailer.read(bytes, path(), at);
        ours = trailer.checksummed();
        if (!Codec.knows(trailer.compression())) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Compression %s not supported in store files: %s"
                            .formatted(trailer.compression(), path()));
        }
    }

    private void readOnOpen() {
        long from = trailer.loadOnOpenOffset();
        int length = Math.toIntExact(input.length() - Trailer.SIZE - from);
        if (!cache.tryReserve(length)) {
            throw new SkepException(
                    ErrorCode.MEMORY_LIMIT,
                    "No memory left for the index of store file %s: %d bytes"
                            .formatted(path(), length));
        }
        keptBytes.addAndGet(length);
        byte[] section = new byte[length];
        input.readFully(from, section, 0, length);
        ByteBuffer blocks = ByteBuffer.wrap(section);
        int at = 0;
        int roots = 0;
        byte[] bloomMeta = null;
        byte[] deleteBloomMeta = null;
        while (at < length) {
            Scratch scratch = SCRATCH.get();
            int size = scratch.format.verify(blocks, at, length - at, this, from + at);
            BlockType type = BlockFormat.type(blocks, at);
            byte[] content = unpack(scratch, blocks, section, at, from + at).toBytes();
            switch (type) {
                case ROOT_INDEX -> {
                    if (roots++ == 0) {
                        rootContent = content;
                    }
                }
                case FILE_INFO -> info = FileInfo.read(content);
                case GENERAL_BLOOM_META -> bloomMeta = content;
                case DELETE_FAMILY_BLOOM_META -> deleteBloomMeta = content;
                case DATA, ENCODED_DATA, LEAF_INDEX, BLOOM_CHUNK, META, INTERMEDIATE_INDEX -> {
                    throw BlockFormat.corrupt(path(), from + at, "unexpected block of " + type);
                }
            }
            at += size;
        }
        if (rootContent == null || info == null) {
            throw BlockFormat.corrupt(path(), from, "no index or no file info");
        }
        understand();
        if (bloomMeta != null && bloomType != BloomType.NONE) {
            bloom = BloomFilter.read(this, bloomMeta, bloomType == BloomType.ROWCOL);
        }
        if (deleteBloomMeta != null) {
            deleteFamilyBloom = BloomFilter.read(this, deleteBloomMeta, false);
        }
    }

    private void understand() {
        if (info.has(FileInfo.SKEP_FORMAT) && !trailer.checksummed()) {
            throw BlockFormat.corrupt(
                    path(), input.length() - Trailer.SIZE, "the trailer's checksum is missing");
        }
        ours = info.has(FileInfo.SKEP_FORMAT);
        boolean tags = info.has(FileInfo.MAX_TAGS);
        if (tags && info.number(FileInfo.TAGS_COMPRESSED, 0) != 0) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED, "Store file must not have compressed tags: " + path());
        }
        layout = new CellLayout(tags, info.number(FileInfo.CELL_VERSION, 0) == 1);
        BlockEncoding encoding = encoding();
        plain =
                trailer.compression() == Compression.NONE
                        && (encoding == BlockEncoding.NONE
                                || encoding == BlockEncoding.ROW_INDEX_V1);
        if (encoding != BlockEncoding.NONE) {
            long rows = info.number(FileInfo.SKEP_ROWS, trailer.entries());
            rowBytes = Math.max(16, trailer.rawBytes() / Math.max(1, rows));
        }
        int levels = trailer.indexLevels();
        root = IndexBlock.ofRoot(rootContent, trailer.rootEntries(), levels == 1);
        String type = info.text(FileInfo.BLOOM_TYPE);
        for (BloomType known : BloomType.values()) {
            if (known.name().equals(type)) {
                bloomType = known;
            }
        }
        long[] range = info.timeRange();
        byte[] lastKey = info.bytes(FileInfo.LAST_KEY);
        boolean empty = trailer.entries() == 0;
        if (empty ? root.count() > 0 : lastKey == null || root.count() == 0) {
            throw BlockFormat.corrupt(
                    path(),
                    loadOnOpen(),
                    "%d cells, %d index entries, last key %s"
                            .formatted(
                                    trailer.entries(),
                                    root.count(),
                                    lastKey == null ? "missing" : "there"));
        }
        metadata =
                new HFileMetadata(
                        path(),
                        input.length(),
                        trailer.entries(),
                        info.number(FileInfo.SKEP_ROWS, -1),
                        info.number(FileInfo.SKEP_COLUMNS, -1),
                        info.number(FileInfo.SKEP_DELETES, -1),
                        info.number(FileInfo.DELETE_FAMILIES, -1),
                        empty ? null : IndexBlock.row(root.key(0)),
                        empty ? null : IndexBlock.row(lastKey),
                        range[0],
                        range[1],
                        info.number(FileInfo.MAX_SEQUENCE, 0),
                        layout.sequence() ? info.number(FileInfo.MAX_CELL_SEQUENCE, 0) : 0,
                        info.number(FileInfo.CREATED, 0),
                        info.number(FileInfo.MAJOR, 0) != 0,
                        layout.sequence(),
                        tags,
                        info.number(FileInfo.EARLIEST_PUT, Long.MIN_VALUE));
    }

    private BlockEncoding encoding() {
        String name = info.text(FileInfo.ENCODING);
        if (name == null) {
            return BlockEncoding.NONE;
        }
        for (BlockEncoding encoding : BlockEncoding.values()) {
            if (encoding.name().equals(name)) {
                return encoding;
            }
        }
        throw new SkepException(
                ErrorCode.NOT_SUPPORTED,
                "Encoding %s not supported in store files: %s".formatted(name, path()));
    }

    String path() {
        return input.path();
    }

    long length() {
        return input.length();
    }

    Trailer trailer() {
        return trailer;
    }

    FileInfo info() {
        return info;
    }

    HFileMetadata metadata() {
        return metadata;
    }

    CellLayout layout() {
        return layout;
    }

    /** Whether data blocks are stored in the form in which they are read. */
    boolean plain() {
        return plain;
    }

    boolean ours() {
        return ours;
    }

    ChecksumRule rule() {
        return rule;
    }

    BlockCache cache() {
        return cache;
    }

    InputFile input() {
        return input;
    }

    BloomType bloomType() {
        return bloomType;
    }

    /** The filter of rows or columns, null if there is none. */
    BloomFilter bloom() {
        return bloom;
    }

    /** The filter of rows with deleted families, null if there is none. */
    BloomFilter deleteFamilyBloom() {
        return deleteFamilyBloom;
    }

    int indexLevels() {
        return Math.max(1, trailer.indexLevels());
    }

    IndexBlock rootIndex() {
        return root;
    }

    byte[] rootContent() {
        return rootContent;
    }

    static Scratch scratch() {
        return SCRATCH.get();
    }

    void retain() {
        int now;
        do {
            now = holders.get();
            if (now == 0) {
                throw new IllegalStateException("Store file is closed: " + path());
            }
        } while (!holders.compareAndSet(now, now + 1));
    }

    void release() {
        int left = holders.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("Store file released too often: " + path());
        }
        if (left == 0) {
            cache.unreserve(keptBytes.get());
            input.close();
        }
    }

    /** Blocks to be read through the cache; to be closed. */
    CachedBlocks cachedBlocks(boolean keep) {
        int place = (int) Thread.currentThread().getId() & (IDLE - 1);
        CachedBlocks blocks = idle.getAndSet(place, null);
        if (blocks == null) {
            blocks = new CachedBlocks(this);
        }
        blocks.keep(keep);
        return blocks;
    }

    /** Takes back closed ones. */
    void giveBack(CachedBlocks blocks) {
        idle.lazySet((int) Thread.currentThread().getId() & (IDLE - 1), blocks);
    }

    /** A data, index or bloom block in memory, pinned: a header, then the data in plain form. */
    CachedBlock block(long offset, int size, boolean keep) {
        CachedBlock found = cache.find(id, offset);
        if (found != null) {
            return found;
        }
        checkRange(offset, size);
        Scratch scratch = SCRATCH.get();
        if (plain) {
            int slots = hashSlots(size);
            CachedBlock target = target(offset, size + Integer.BYTES * slots, keep);
            boolean filled = false;
            try {
                ByteBuffer buffer = target.buffer();
                buffer.limit(size);
                input.readFully(offset, buffer);
                buffer.clear();
                check(scratch, buffer, 0, offset, size);
                checkUncompressed(buffer, 0, offset);
                addHash(target, size, slots);
                filled = true;
            } finally {
                if (!filled) {
                    target.release();
                }
            }
            return publish(target);
        }
        ByteSink raw = readRaw(scratch, offset, size);
        BlockType type = BlockFormat.type(scratch.stored.buffer(), 0);
        int length = BlockFormat.HEADER + raw.length();
        int slots = type == BlockType.ENCODED_DATA ? hashSlots(length) : 0;
        CachedBlock target = target(offset, length + Integer.BYTES * slots, keep);
        BlockFormat.writeMemoryHeader(target.buffer(), 0, type, size, raw.length());
        target.buffer().put(BlockFormat.HEADER, raw.array(), 0, raw.length());
        addHash(target, length, slots);
        return publish(target);
    }

    /** A block as {@link #block} gives it, if it is in the cache; null if it is not. */
    CachedBlock peek(long offset) {
        return cache.peek(id, offset);
    }

    // A guess from what an average row takes; index and bloom blocks get a table too, unused.
    private int hashSlots(int size) {
        return rowBytes == 0 ? 0 : RowHash.slots(size / rowBytes, size);
    }

    private static void addHash(CachedBlock block, int at, int slots) {
        if (slots > 0 && RowHash.fill(block.buffer(), at, slots)) {
            block.mark(at);
        }
    }

    private CachedBlock target(long offset, int size, boolean keep) {
        CachedBlock target = keep ? cache.allocate(id, offset, size) : null;
        return target != null ? target : CachedBlock.outside(ByteBuffer.allocate(size));
    }

    private CachedBlock publish(CachedBlock block) {
        return block.file() == id ? cache.publish(block) : block;
    }

    private void checkRange(long offset, int size) {
        long end = input.length() - Trailer.SIZE;
        if (offset < 0 || size < BlockFormat.HEADER || offset > end - size) {
            throw corrupt(
                    offset, "an index points to %d bytes of %d".formatted(size, input.length()));
        }
    }

    private void check(Scratch scratch, ByteBuffer buffer, int base, long offset, int size) {
        int found = scratch.format.verify(buffer, base, size, this, offset);
        if (found != size) {
            throw corrupt(offset, "expected a block of %d bytes, found %d".formatted(size, found));
        }
    }

    /** Checks that a block which is not compressed says so of its sizes. */
    void checkUncompressed(ByteBuffer block, int base, long offset) {
        int stored = BlockFormat.storedSize(block, base);
        int raw = BlockFormat.rawSize(block, base);
        if (stored != raw) {
            throw corrupt(offset, "expected %d bytes of data, found %d".formatted(stored, raw));
        }
    }

    // Reads a block into scratch.stored; returns its plain data, in the scratch too.
    private ByteSink readRaw(Scratch scratch, long offset, int size) {
        checkRange(offset, size);
        scratch.stored.length(0);
        scratch.stored.reserve(size);
        input.readFully(offset, scratch.stored.array(), 0, size);
        scratch.stored.length(size);
        check(scratch, scratch.stored.buffer(), 0, offset, size);
        return unpack(scratch, scratch.stored.buffer(), scratch.stored.array(), 0, offset);
    }

    /**
     * Decompresses and decodes a checked block of an array into the scratch of the thread: what is
     * returned is valid until the next call on the same thread.
     */
    ByteSink unpack(Scratch scratch, ByteBuffer block, byte[] array, int base, long offset) {
        int stored = BlockFormat.storedSize(block, base);
        int length = BlockFormat.rawSize(block, base);
        ByteSink raw = scratch.raw;
        raw.length(0);
        Codec codec = scratch.codec(trailer.compression(), path());
        if (codec == null) {
            checkUncompressed(block, base, offset);
            raw.put(array, base + BlockFormat.HEADER, stored);
        } else {
            if (length > MAX_EXPANSION * stored + BlockFormat.CHUNK) {
                throw corrupt(offset, "impossible size %d of %d bytes".formatted(length, stored));
            }
            raw.reserve(length);
            try {
                codec.decompress(array, base + BlockFormat.HEADER, stored, raw.array(), length);
            } catch (DataFormatException | IndexOutOfBoundsException e) {
                throw corrupt(
                        offset,
                        "cannot decompress %d bytes to %d: %s"
                                .formatted(stored, length, e.getMessage()));
            }
            raw.length(length);
        }
        if (BlockFormat.type(block, base) != BlockType.ENCODED_DATA) {
            return raw;
        }
        int encoding = raw.buffer().getShort(0);
        if (encoding == BlockEncoding.ROW_INDEX_V1.code()) {
            return raw;
        }
        if (DeltaDecoder.knows(encoding)) {
            scratch.decoded.length(0);
            try {
                DeltaDecoder.decode(layout, raw, scratch.decoded);
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw corrupt(offset, "cannot decode the cells: " + e.getMessage());
            }
            return scratch.decoded;
        }
        throw new SkepException(
                ErrorCode.NOT_SUPPORTED,
                "Encoding %d not supported in store files: %s".formatted(encoding, path()));
    }

    /** The content of a block that is kept while the file is open; null if there is no room. */
    ByteBuffer keepBlock(long offset, int size, BlockType expected) {
        Scratch scratch = SCRATCH.get();
        if (!cache.tryReserve(size)) {
            return null;
        }
        boolean kept = false;
        int reserved = size;
        try {
            ByteSink raw = readRaw(scratch, offset, size);
            BlockType type = BlockFormat.type(scratch.stored.buffer(), 0);
            if (type != expected) {
                throw corrupt(offset, "expected a block of %s, found %s".formatted(expected, type));
            }
            if (raw.length() > size && !cache.tryReserve(raw.length() - size)) {
                return null;
            }
            reserved = Math.max(size, raw.length());
            if (raw.length() < size) {
                cache.unreserve(size - raw.length());
                reserved = raw.length();
            }
            keptBytes.addAndGet(reserved);
            kept = true;
            return ByteBuffer.wrap(raw.toBytes());
        } finally {
            if (!kept) {
                cache.unreserve(reserved);
            }
        }
    }

    /** Gives back what {@link #keepBlock} gave. */
    void unkeep(ByteBuffer block) {
        keptBytes.addAndGet(-block.capacity());
        cache.unreserve(block.capacity());
    }

    /** Reads and keeps the block below an entry of an index; null if there is no room. */
    IndexBlock keepIndexBlock(IndexBlock parent, int entry, boolean lowest) {
        if (keptIndexBytes.get() > KEPT_INDEX_LIMIT) {
            return null;
        }
        ByteBuffer content =
                keepBlock(
                        parent.offset(entry),
                        parent.size(entry),
                        lowest ? BlockType.LEAF_INDEX : BlockType.INTERMEDIATE_INDEX);
        if (content == null) {
            return null;
        }
        IndexBlock block = IndexBlock.kept(content, lowest);
        IndexBlock kept = parent.keep(entry, block);
        if (kept == block) {
            keptIndexBytes.addAndGet(content.capacity());
        } else {
            unkeep(content);
        }
        return kept;
    }

    /** An index block that lies in a block of the cache. */
    IndexBlock indexBlock(CachedBlock block, boolean lowest) {
        return IndexBlock.of(block.buffer(), BlockFormat.HEADER, lowest);
    }

    SkepException corrupt(long offset, String what) {
        return BlockFormat.corrupt(path(), offset, what);
    }
}
