package org.skep.columnar.parquet;

import java.util.EnumMap;
import java.util.Map;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;

/**
 * The pages of a leaf column, opened one at a time into their parts: levels, and values or
 * dictionary indexes. Confined to one thread.
 */
final class LeafPages implements AutoCloseable {
    private final SchemaNode leaf;
    private final FileType type;
    private final DataType decodedAs;
    private final PageReader pages;
    private final RleReader definitions;
    private final RleReader repetitions;
    private final RleReader ids;
    private final Map<Encoding, ValueDecoder> decoders = new EnumMap<>(Encoding.class);
    private ValueDecoder decoder;
    private ColumnVector dictionary;
    private int dictionaryCount;
    private int levelsLeft;

    /** Pages whose values are decoded into vectors of {@code decodedAs}. */
    LeafPages(SchemaNode leaf, FileType type, DataType decodedAs, PageReader pages) {
        this.leaf = leaf;
        this.type = type;
        this.decodedAs = decodedAs;
        this.pages = pages;
        definitions = new RleReader(pages);
        repetitions = new RleReader(pages);
        ids = new RleReader(pages);
    }

    void open(ColumnMetaData chunk) {
        pages.open(chunk);
        decoder = null;
        dictionary = null;
        levelsLeft = 0;
    }

    /**
     * Goes to the next data page without unpacking it, reading the dictionary on the way; answers
     * how many levels the page has.
     */
    int nextPage() {
        while (true) {
            if (!pages.next()) {
                throw pages.corrupt("the chunk has fewer values than rows");
            }
            if (!pages.isDictionary()) {
                return pages.valueCount();
            }
            readDictionary();
        }
    }

    private void readDictionary() {
        if (dictionary != null) {
            throw pages.corrupt("a second dictionary in the chunk");
        }
        pages.load();
        int count = pages.dictionaryCount();
        int bytes = pages.dataEnd() - pages.levelsAt();
        if (count < 0 || count > bytes) {
            throw pages.corrupt("dictionary of %d values in %d bytes".formatted(count, bytes));
        }
        ColumnVector values = ColumnVector.create(decodedAs, count);
        ValueDecoder plain = ValueDecoder.create(type, Encoding.PLAIN, pages);
        plain.open(pages.data(), pages.levelsAt(), pages.dataEnd(), count);
        plain.read(values, 0, count, false);
        if (values instanceof DecimalVector decimals) {
            DecimalBounds.apply(decimals, count, null);
        }
        dictionary = values;
        dictionaryCount = count;
    }

    /** Unpacks the page that {@link #nextPage} went to. */
    void load() {
        pages.load();
        byte[] data = pages.data();
        int end = pages.dataEnd();
        int at = pages.levelsAt();
        boolean repeated = leaf.repetitionLevel() > 0;
        boolean defined = leaf.definitionLevel() > 0;
        DataPageHeaderV2 v2 = pages.headerOfVersion2();
        if (v2 != null) {
            int middle = at + v2.getRepetition_levels_byte_length();
            repetitions.open(data, at, middle, bits(leaf.repetitionLevel()));
            definitions.open(data, middle, pages.valuesAt(), bits(leaf.definitionLevel()));
            at = pages.valuesAt();
        } else {
            pages.checkLevelEncodings(repeated, defined);
            if (repeated) {
                at = openLevels(repetitions, data, at, end, leaf.repetitionLevel());
            }
            if (defined) {
                at = openLevels(definitions, data, at, end, leaf.definitionLevel());
            }
        }
        openValues(data, at, end);
        levelsLeft = pages.valueCount();
    }

    private int openLevels(RleReader reader, byte[] data, int at, int end, int most) {
        int left = end - at - 4;
        int length = left < 0 ? -1 : (int) ByteOrderReads.INT.get(data, at);
        if (length < 0 || length > left) {
            throw pages.corrupt("levels of %d bytes, %d are left".formatted(length, left));
        }
        reader.open(data, at + 4, at + 4 + length, bits(most));
        return at + 4 + length;
    }

    private static int bits(int most) {
        return 32 - Integer.numberOfLeadingZeros(most);
    }

    private void openValues(byte[] data, int at, int end) {
        Encoding encoding = pages.encoding();
        if (!ValueDecoder.isDictionary(encoding)) {
            decoder = decoders.computeIfAbsent(encoding, e -> ValueDecoder.create(type, e, pages));
            // A page of nothing but NULLs may leave out what would announce no values.
            if (at < end) {
                decoder.open(data, at, end, pages.valueCount());
            } else {
                decoder =
                        decoders.computeIfAbsent(
                                Encoding.PLAIN, e -> ValueDecoder.create(type, e, pages));
                decoder.open(data, end, end, 0);
            }
            return;
        }
        decoder = null;
        if (dictionary == null) {
            throw pages.corrupt("dictionary indexes without a dictionary");
        }
        if (at < end) {
            ids.open(data, at + 1, end, data[at] & 0xff);
        } else {
            ids.open(data, end, end, 0);
        }
    }

    /** Levels of the loaded page that have not been read; 0 before the first load. */
    int levelsLeft() {
        return levelsLeft;
    }

    /** Says that levels have been read. */
    void consume(int levels) {
        levelsLeft -= levels;
        if (levelsLeft == 0 && pages.headerOfVersion2() != null) {
            checkLevelsEnd();
        }
    }

    // The lengths of the levels stand in the header, which no checksum covers, and a wrong one
    // moves the values; but levels fill their length exactly.
    private void checkLevelsEnd() {
        if (repetitions.bytesLeft() != 0 || definitions.bytesLeft() != 0) {
            throw pages.corrupt(
                    "levels differ from their lengths by %d and %d bytes"
                            .formatted(repetitions.bytesLeft(), definitions.bytesLeft()));
        }
    }

    /** Whether the loaded page has dictionary indexes. */
    boolean hasIds() {
        return decoder == null;
    }

    RleReader definitions() {
        return definitions;
    }

    RleReader repetitions() {
        return repetitions;
    }

    /** Decodes the next values of a page without indexes. */
    void readValues(ColumnVector target, int at, int count, boolean share) {
        decoder.read(target, at, count, share);
    }

    /** Decodes the next indexes and checks them. */
    void readIds(int[] out, int at, int count) {
        ids.read(out, at, count);
        int last = dictionaryCount - 1;
        int bad = 0;
        for (int i = at; i < at + count; i++) {
            bad |= out[i] | (last - out[i]);
        }
        if (bad < 0) {
            for (int i = at; i < at + count; i++) {
                if (out[i] < 0 || out[i] > last) {
                    throw pages.corrupt(
                            "index %d into a dictionary of %d values"
                                    .formatted(out[i], dictionaryCount));
                }
            }
        }
    }

    /** Passes over values or indexes of the loaded page. */
    void skipValues(int count) {
        if (decoder != null) {
            decoder.skip(count);
        } else {
            ids.skip(count);
        }
    }

    /** The chunk's dictionary, decoded; null if it has none. */
    ColumnVector dictionary() {
        return dictionary;
    }

    int dictionaryCount() {
        return dictionaryCount;
    }

    PageReader pages() {
        return pages;
    }

    @Override
    public void close() {
        pages.close();
    }
}
