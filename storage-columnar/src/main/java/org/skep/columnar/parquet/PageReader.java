package org.skep.columnar.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.skep.base.io.InputFile;
import org.skep.base.memory.MemoryPool;

/**
 * The pages of one column's chunks, one after the other: {@link #next} reads a page's header, and
 * only {@link #load} reads and unpacks its body, into a buffer that the following load overwrites.
 * Confined to one thread.
 *
 * <p>Buffers reach at least eight bytes beyond their content, so that decoders may read whole
 * words.
 */
final class PageReader implements AutoCloseable {
    static final int PADDING = 8;
    private static final int READ_AHEAD = 1 << 20;
    private static final int HEADER_GUESS = 4 << 10;
    private static final int MAX_HEADER = 16 << 20;

    // Lets tests reach the checks behind the checksums.
    private static volatile boolean ignoreChecksums;

    private final InputFile file;
    private final ReadPlace place;
    private final Decompressor decompressor;
    private final MemoryPool memory;
    private final CRC32 crc = new CRC32();
    private long reserved;
    private long bytesRead;

    private ColumnMetaData chunk;
    private long chunkEnd;
    private long nextHeaderAt;
    private long valuesLeft;
    private int readAhead;

    private byte[] window = new byte[PADDING];
    private long windowAt;
    private int windowLength;

    private PageHeader header;
    private long headerAt;
    private long bodyAt;

    private byte[] page = new byte[PADDING];
    private byte[] data;
    private int levelsAt;
    private int valuesAt;
    private int dataEnd;

    PageReader(InputFile file, ReadPlace place, Decompressor decompressor, MemoryPool memory) {
        this.file = file;
        this.place = place;
        this.decompressor = decompressor;
        this.memory = memory;
    }

    /** Whether pages are read without looking at their checksums; for tests only. */
    static void ignoreChecksums(boolean ignore) {
        ignoreChecksums = ignore;
    }

    /** Goes to the first page of a chunk, to read it. */
    void open(ColumnMetaData newChunk) {
        openHeaders(newChunk);
        if (newChunk.getCodec() == null || !Decompressor.supports(newChunk.getCodec())) {
            throw place.unsupported("codec " + newChunk.getCodec());
        }
        readAhead = READ_AHEAD;
    }

    /** Goes to the first page of a chunk, of which only headers will be read. */
    void openHeaders(ColumnMetaData newChunk) {
        readAhead = HEADER_GUESS;
        chunk = newChunk;
        nextHeaderAt = Footer.start(newChunk);
        chunkEnd = nextHeaderAt + newChunk.getTotal_compressed_size();
        valuesLeft = newChunk.getNum_values();
        windowLength = 0;
        header = null;
    }

    /** Reads the next page's header; false when the chunk's values have all been seen. */
    boolean next() {
        while (valuesLeft > 0) {
            readHeader();
            PageType type = header.getType();
            if (type == PageType.DICTIONARY_PAGE) {
                if (header.getDictionary_page_header() == null) {
                    throw corrupt("dictionary page without its header");
                }
                return true;
            }
            if (type == PageType.DATA_PAGE || type == PageType.DATA_PAGE_V2) {
                if (type == PageType.DATA_PAGE
                        ? header.getData_page_header() == null
                        : header.getData_page_header_v2() == null) {
                    throw corrupt("data page without its header");
                }
                int values = valueCount();
                if (values < 0 || values > valuesLeft) {
                    throw corrupt("page of %d values, %d are left".formatted(values, valuesLeft));
                }
                valuesLeft -= values;
                if (values > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private void readHeader() {
        headerAt = nextHeaderAt;
        int guess = HEADER_GUESS;
        while (true) {
            int available = (int) Math.min(guess, chunkEnd - headerAt);
            if (available <= 0) {
                throw corrupt("the chunk ends at %d with values missing".formatted(chunkEnd));
            }
            int from = fill(headerAt, available);
            int end = CompactStruct.end(window, from, from + available);
            if (end >= 0) {
                try {
                    header =
                            Util.readPageHeader(new ByteArrayInputStream(window, from, end - from));
                } catch (IOException | InvalidParquetMetadataException e) {
                    throw place.corrupt(headerAt, "malformed page header: " + e.getMessage(), e);
                }
                bodyAt = headerAt + (end - from);
                checkSizes();
                nextHeaderAt = bodyAt + header.getCompressed_page_size();
                return;
            }
            if (available < guess || guess >= MAX_HEADER) {
                throw corrupt("malformed page header");
            }
            guess *= 8;
        }
    }

    private void checkSizes() {
        int packed = header.getCompressed_page_size();
        int unpacked = header.getUncompressed_page_size();
        if (packed < 0 || packed > chunkEnd - bodyAt) {
            throw corrupt("page of %d bytes, %d are left".formatted(packed, chunkEnd - bodyAt));
        }
        long most = Math.max(chunk.getTotal_uncompressed_size(), chunk.getTotal_compressed_size());
        if (unpacked < 0 || unpacked > most) {
            throw corrupt("page unpacks to %d bytes, its chunk to %d".formatted(unpacked, most));
        }
    }

    /** Levels in the current data page. */
    int valueCount() {
        return header.getType() == PageType.DATA_PAGE
                ? header.getData_page_header().getNum_values()
                : header.getData_page_header_v2().getNum_values();
    }

    /** Bytes of the current page once unpacked. */
    int unpackedBytes() {
        return header.getUncompressed_page_size();
    }

    /** How the values of the current data page are encoded. */
    Encoding encoding() {
        Encoding encoding =
                header.getType() == PageType.DATA_PAGE
                        ? header.getData_page_header().getEncoding()
                        : header.getData_page_header_v2().getEncoding();
        if (encoding == null) {
            throw place.unsupported("unknown encoding of a page at offset " + headerAt);
        }
        return encoding;
    }

    boolean isDictionary() {
        return header.getType() == PageType.DICTIONARY_PAGE;
    }

    /** Entries in the current dictionary page. */
    int dictionaryCount() {
        return header.getDictionary_page_header().getNum_values();
    }

    /** Whether the levels lie before the values with lengths of their own, as in version 2. */
    DataPageHeaderV2 headerOfVersion2() {
        return header.getType() == PageType.DATA_PAGE_V2 ? header.getData_page_header_v2() : null;
    }

    /** The encodings of the levels of a page of version 1 must be the one that is still in use. */
    void checkLevelEncodings(boolean hasRepetition, boolean hasDefinition) {
        if (header.getType() != PageType.DATA_PAGE) {
            return;
        }
        var v1 = header.getData_page_header();
        if (hasRepetition && v1.getRepetition_level_encoding() != Encoding.RLE) {
            throw place.unsupported(
                    "repetition levels encoded as " + v1.getRepetition_level_encoding());
        }
        if (hasDefinition && v1.getDefinition_level_encoding() != Encoding.RLE) {
            throw place.unsupported(
                    "definition levels encoded as " + v1.getDefinition_level_encoding());
        }
    }

    /** Reads, checks and unpacks the current page. */
    void load() {
        int packed = header.getCompressed_page_size();
        int unpacked = header.getUncompressed_page_size();
        int from = fill(bodyAt, packed);
        if (header.isSetCrc() && !ignoreChecksums) {
            crc.reset();
            crc.update(window, from, packed);
            if ((int) crc.getValue() != header.getCrc()) {
                throw corrupt(
                        "page checksum mismatch: expected %08x, found %08x"
                                .formatted(header.getCrc(), (int) crc.getValue()));
            }
        }
        DataPageHeaderV2 v2 = headerOfVersion2();
        if (v2 == null) {
            unpack(from, packed, 0, unpacked, 0);
            levelsAt = data == window ? from : 0;
            valuesAt = levelsAt;
            dataEnd = levelsAt + unpacked;
            return;
        }
        int repetition = v2.getRepetition_levels_byte_length();
        int definition = v2.getDefinition_levels_byte_length();
        long levels = (long) repetition + definition;
        if (repetition < 0 || definition < 0 || levels > packed || levels > unpacked) {
            throw corrupt(
                    "levels of %d and %d bytes in a page of %d"
                            .formatted(repetition, definition, packed));
        }
        int levelBytes = (int) levels;
        if (v2.isSetIs_compressed() && !v2.isIs_compressed()) {
            if (packed != unpacked) {
                throw corrupt("page of %d bytes unpacks to %d".formatted(packed, unpacked));
            }
            data = window;
            levelsAt = from;
        } else {
            unpack(from + levelBytes, packed - levelBytes, levelBytes, unpacked - levelBytes, from);
            levelsAt = data == window ? from : 0;
        }
        valuesAt = levelsAt + levelBytes;
        dataEnd = levelsAt + unpacked;
    }

    private void unpack(int from, int packed, int levelBytes, int unpacked, int levelsFrom) {
        CompressionCodec codec = chunk.getCodec();
        if (codec == CompressionCodec.UNCOMPRESSED) {
            if (packed != unpacked) {
                throw corrupt("page of %d bytes unpacks to %d".formatted(packed, unpacked));
            }
            data = window;
            return;
        }
        long needed = (long) levelBytes + unpacked + PADDING;
        if (needed > Integer.MAX_VALUE - 16) {
            throw place.unsupported("page of %d bytes".formatted(needed));
        }
        if (page.length < needed) {
            reserve(needed - page.length);
            page = new byte[(int) needed];
        }
        if (levelBytes > 0) {
            System.arraycopy(window, levelsFrom, page, 0, levelBytes);
        }
        int found =
                unpacked == 0
                        ? 0
                        : decompressor.unpack(
                                codec, window, from, packed, page, levelBytes, unpacked);
        if (found != unpacked) {
            throw corrupt(
                    found < 0
                            ? "malformed %s data of %d bytes".formatted(codec, packed)
                            : "page unpacks to %d bytes, header says %d"
                                    .formatted(found, unpacked));
        }
        data = page;
    }

    // Makes the bytes of the file from position on available in the window and answers where there.
    private int fill(long position, int length) {
        if (position >= windowAt && position + length <= windowAt + windowLength) {
            return (int) (position - windowAt);
        }
        int wanted = (int) Math.min(Math.max(length, readAhead), chunkEnd - position);
        if (window.length < wanted + PADDING) {
            reserve(wanted + PADDING - (long) window.length);
            window = new byte[wanted + PADDING];
        }
        windowLength = 0;
        file.readFully(position, window, 0, wanted);
        bytesRead += wanted;
        windowAt = position;
        windowLength = wanted;
        return 0;
    }

    private void reserve(long bytes) {
        memory.reserve(bytes);
        reserved += bytes;
    }

    /** The buffer of the loaded page. */
    byte[] data() {
        return data;
    }

    /** Where in the buffer the levels begin. */
    int levelsAt() {
        return levelsAt;
    }

    /** Where in the buffer the values begin in version 2, and the levels in version 1. */
    int valuesAt() {
        return valuesAt;
    }

    /** Where in the buffer the page ends. */
    int dataEnd() {
        return dataEnd;
    }

    long bytesRead() {
        return bytesRead;
    }

    ReadPlace place() {
        return place;
    }

    org.skep.base.error.SkepException corrupt(String what) {
        return place.corrupt(headerAt, what);
    }

    @Override
    public void close() {
        memory.release(reserved);
        reserved = 0;
    }
}
