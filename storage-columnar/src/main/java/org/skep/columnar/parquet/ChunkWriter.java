package org.skep.columnar.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.skep.base.io.OutputFile;
import org.skep.types.vector.ColumnVector;

/**
 * Encodes a leaf's levels and values into the pages of a chunk, which are kept in memory until the
 * row group is written. Confined to one thread.
 *
 * <p>A chunk begins with a dictionary. It is given up at once if the first page would be larger
 * with it, and for the rest of the chunk when it grows too large.
 */
final class ChunkWriter {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_ROWS = 20_000;
    private static final int DICTIONARY_BYTES = 1 << 20;

    private final List<String> path;
    private final Type type;
    private final int maxDefinition;
    private final int maxRepetition;
    private final ValueLane lane;
    private final WriteOptions options;
    private final Compressor compressor;
    private final CRC32 crc = new CRC32();

    // the page that is being filled
    private int[] definitions = new int[1 << 10];
    private int[] repetitions = new int[0];
    private int levels;
    private int rows;
    private int nullsInPage;
    private int[] ids = new int[1 << 10];
    private int idCount;
    private final ByteSink plain = new ByteSink(1 << 12);

    // the chunk
    private boolean dictionary;
    private final List<byte[]> pages = new ArrayList<>();
    private final List<PageEncodingStats> pageCounts = new ArrayList<>();
    private int dictionaryPages;
    private int plainPages;
    private long pageBytes;
    private long unpackedBytes;
    private long values;
    private long nulls;
    private long rawBytes;
    private long rawBytesBefore;

    ChunkWriter(
            List<String> path,
            Type type,
            int maxDefinition,
            int maxRepetition,
            ValueLane lane,
            WriteOptions options,
            Compressor compressor) {
        this.path = path;
        this.type = type;
        this.maxDefinition = maxDefinition;
        this.maxRepetition = maxRepetition;
        this.lane = lane;
        this.options = options;
        this.compressor = compressor;
        dictionary = options.dictionary() && lane.hasDictionary();
    }

    int maxDefinition() {
        return maxDefinition;
    }

    /**
     * Appends some rows.
     *
     * @param newRepetitions their repetition levels, or null if all are 0
     * @param newDefinitions their definition levels
     * @param count how many levels there are
     * @param newRows how many rows
     * @param flat the vector of the values
     * @param positions where in it those are that are there
     * @param present how many are there
     */
    void append(
            int[] newRepetitions,
            int[] newDefinitions,
            int count,
            int newRows,
            ColumnVector flat,
            int[] positions,
            int present) {
        if (definitions.length < levels + count) {
            definitions = Arrays.copyOf(definitions, Math.max(levels + count, 2 * levels));
        }
        System.arraycopy(newDefinitions, 0, definitions, levels, count);
        if (maxRepetition > 0) {
            if (repetitions.length < definitions.length) {
                repetitions = Arrays.copyOf(repetitions, definitions.length);
            }
            System.arraycopy(newRepetitions, 0, repetitions, levels, count);
        }
        levels += count;
        rows += newRows;
        nullsInPage += count - present;
        if (dictionary) {
            if (ids.length < idCount + present) {
                ids = Arrays.copyOf(ids, Math.max(idCount + present, 2 * idCount));
            }
            lane.look(flat, positions, present, ids, idCount);
            idCount += present;
            if (lane.dictionaryBytes() > DICTIONARY_BYTES) {
                giveUpDictionary();
            }
        } else {
            lane.plain(flat, positions, present, plain);
        }
        if (rows >= PAGE_ROWS || plain.size() >= PAGE_BYTES || levels >= PAGE_BYTES) {
            endPage();
        }
    }

    // The page's indexes become plain values; pages before it keep theirs.
    private void giveUpDictionary() {
        lane.plain(ids, idCount, plain);
        idCount = 0;
        dictionary = false;
    }

    private void endPage() {
        if (levels == 0) {
            return;
        }
        if (dictionary && pages.isEmpty()) {
            int width = RleWriter.bits(Math.max(0, lane.dictionarySize() - 1));
            long with = lane.dictionaryBytes() + (long) idCount * width / 8;
            if (with > lane.plainBytes(ids, idCount)) {
                giveUpDictionary();
            }
        }
        ByteSink body = options.scratch();
        body.clear();
        boolean v2 = options.version2();
        int repetitionBytes = maxRepetition > 0 ? levels(repetitions, maxRepetition, body, v2) : 0;
        int definitionBytes = maxDefinition > 0 ? levels(definitions, maxDefinition, body, v2) : 0;
        int valuesAt = body.size();
        Encoding encoding;
        if (dictionary) {
            encoding = v2 ? Encoding.RLE_DICTIONARY : Encoding.PLAIN_DICTIONARY;
            int width = RleWriter.bits(Math.max(0, lane.dictionarySize() - 1));
            body.write(width);
            RleWriter.write(ids, idCount, width, body);
            rawBytes += lane.plainBytes(ids, idCount);
            dictionaryPages++;
        } else {
            encoding = Encoding.PLAIN;
            lane.endPage(plain);
            body.write(plain.data(), 0, plain.size());
            rawBytes += plain.size();
            plainPages++;
        }
        PageHeader header;
        ByteSink packed = options.packed();
        packed.clear();
        if (v2) {
            packed.write(body.data(), 0, valuesAt);
            if (body.size() > valuesAt) {
                compressor.pack(body.data(), valuesAt, body.size() - valuesAt, packed);
            }
            header = new PageHeader(PageType.DATA_PAGE_V2, body.size(), packed.size());
            DataPageHeaderV2 data =
                    new DataPageHeaderV2(
                            levels, nullsInPage, rows, encoding, definitionBytes, repetitionBytes);
            data.setIs_compressed(body.size() > valuesAt);
            header.setData_page_header_v2(data);
        } else {
            compressor.pack(body.data(), 0, body.size(), packed);
            header = new PageHeader(PageType.DATA_PAGE, body.size(), packed.size());
            header.setData_page_header(
                    new DataPageHeader(levels, encoding, Encoding.RLE, Encoding.RLE));
        }
        pages.add(page(header, packed, body.size()));
        values += levels;
        nulls += nullsInPage;
        levels = 0;
        rows = 0;
        nullsInPage = 0;
        idCount = 0;
        plain.clear();
    }

    // Answers how many bytes the levels take; version 1 writes that before them.
    private int levels(int[] source, int most, ByteSink out, boolean v2) {
        int lengthAt = v2 ? -1 : out.reserve(4);
        int start = out.size();
        RleWriter.write(source, levels, RleWriter.bits(most), out);
        int length = out.size() - start;
        if (!v2) {
            ByteOrderReads.INT.set(out.data(), lengthAt, length);
        }
        return length;
    }

    private byte[] page(PageHeader header, ByteSink packed, int unpacked) {
        crc.reset();
        crc.update(packed.data(), 0, packed.size());
        header.setCrc((int) crc.getValue());
        ByteSink whole = new ByteSink(packed.size() + 64);
        try {
            Util.writePageHeader(header, whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        unpackedBytes += whole.size() + (long) unpacked;
        whole.write(packed.data(), 0, packed.size());
        byte[] bytes = whole.toArray();
        pageBytes += bytes.length;
        return bytes;
    }

    /** Bytes that the chunk would take in the file if it ended now, about. */
    long size() {
        return pageBytes
                + plain.size()
                + (long) idCount * RleWriter.bits(lane.dictionarySize()) / 8
                + (dictionaryPages > 0 || dictionary ? lane.dictionaryBytes() : 0);
    }

    /** Bytes held in memory, about. */
    long retainedBytes() {
        return pageBytes
                + plain.data().length
                + 4L * (ids.length + definitions.length + repetitions.length)
                + lane.retainedBytes();
    }

    /** Bytes of the values without encoding and compression, over all chunks. */
    long rawBytes() {
        return rawBytes;
    }

    /** Writes the chunk at the end of the file, describes it, and begins the next. */
    ColumnChunk finish(OutputFile file) {
        endPage();
        long start = file.position();
        long dictionaryAt = -1;
        boolean used = dictionaryPages > 0;
        Encoding dictionaryEncoding =
                options.version2() ? Encoding.RLE_DICTIONARY : Encoding.PLAIN_DICTIONARY;
        if (used) {
            dictionaryAt = start;
            byte[] page = dictionaryPage();
            file.write(page, 0, page.length);
        }
        long dataAt = file.position();
        for (byte[] page : pages) {
            file.write(page, 0, page.length);
        }
        List<Encoding> encodings = new ArrayList<>();
        encodings.add(Encoding.RLE);
        if (used) {
            encodings.add(dictionaryEncoding);
            pageCounts.add(
                    new PageEncodingStats(
                            PageType.DICTIONARY_PAGE,
                            options.version2() ? Encoding.PLAIN : Encoding.PLAIN_DICTIONARY,
                            1));
            pageCounts.add(new PageEncodingStats(dataPage(), dictionaryEncoding, dictionaryPages));
        }
        if (plainPages > 0 || (used && options.version2())) {
            encodings.add(Encoding.PLAIN);
        }
        if (plainPages > 0) {
            pageCounts.add(new PageEncodingStats(dataPage(), Encoding.PLAIN, plainPages));
        }
        ColumnMetaData meta =
                new ColumnMetaData(
                        type,
                        encodings,
                        path,
                        compressor.codec(),
                        values,
                        unpackedBytes,
                        file.position() - start,
                        dataAt);
        if (used) {
            meta.setDictionary_page_offset(dictionaryAt);
        }
        meta.setStatistics(statistics());
        if (type == Type.BYTE_ARRAY) {
            SizeStatistics sizes = new SizeStatistics();
            sizes.setUnencoded_byte_array_data_bytes(
                    rawBytes - rawBytesBefore - 4 * (values - nulls));
            meta.setSize_statistics(sizes);
        }
        meta.setEncoding_stats(new ArrayList<>(pageCounts));
        ColumnChunk chunk = new ColumnChunk(0);
        chunk.setMeta_data(meta);
        reset();
        return chunk;
    }

    private PageType dataPage() {
        return options.version2() ? PageType.DATA_PAGE_V2 : PageType.DATA_PAGE;
    }

    private byte[] dictionaryPage() {
        ByteSink body = options.scratch();
        body.clear();
        lane.dictionary(body);
        ByteSink packed = options.packed();
        packed.clear();
        compressor.pack(body.data(), 0, body.size(), packed);
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, body.size(), packed.size());
        header.setDictionary_page_header(
                new DictionaryPageHeader(
                        lane.dictionarySize(),
                        options.version2() ? Encoding.PLAIN : Encoding.PLAIN_DICTIONARY));
        return page(header, packed, body.size());
    }

    private Statistics statistics() {
        Statistics statistics = new Statistics();
        statistics.setNull_count(nulls);
        byte[] min = lane.min();
        byte[] max = lane.max();
        if (min != null && max != null) {
            statistics.setMin_value(min);
            statistics.setMax_value(max);
            statistics.setIs_min_value_exact(true);
            statistics.setIs_max_value_exact(true);
        }
        if (lane.nanCount() >= 0) {
            statistics.setNan_count(lane.nanCount());
        }
        return statistics;
    }

    private void reset() {
        lane.reset();
        dictionary = options.dictionary() && lane.hasDictionary();
        pages.clear();
        pageCounts.clear();
        dictionaryPages = 0;
        plainPages = 0;
        pageBytes = 0;
        unpackedBytes = 0;
        values = 0;
        nulls = 0;
        rawBytesBefore = rawBytes;
    }
}
