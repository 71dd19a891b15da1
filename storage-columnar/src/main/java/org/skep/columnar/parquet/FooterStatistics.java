package org.skep.columnar.parquet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Type;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.ColumnStatistics;
import org.skep.storage.FileStatistics;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * Gathers what a file says of a table's columns from its footer and from the headers of its
 * dictionaries. Confined to one thread.
 */
final class FooterStatistics {
    // Chunks of a column whose dictionary header is looked at.
    private static final int SAMPLED_GROUPS = 3;
    // A dictionary of so many of the values of its chunk is taken to grow with the file.
    private static final double GROWING = 0.1;

    private final Footer footer;
    private final FileSystem fileSystem;
    private final FileStatus file;
    private final TableLayout layout;

    FooterStatistics(Footer footer, FileSystem fileSystem, FileStatus file, TableLayout layout) {
        this.footer = footer;
        this.fileSystem = fileSystem;
        this.file = file;
        this.layout = layout;
    }

    /** The statistics of a file without rows. */
    static FileStatistics ofNothing(TableLayout layout) {
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int i = 0; i < layout.columns().size(); i++) {
            columns.add(new ColumnStatistics(null, null, 0, 0, -1));
        }
        return new FileStatistics(0, columns);
    }

    FileStatistics read() {
        ColumnBinding binding = ColumnBinding.of(footer, layout);
        List<ColumnStatistics> columns = new ArrayList<>();
        long rows = footer.data().getNum_rows();
        try (InputFile input = fileSystem.open(file.path())) {
            for (int i = 0; i < layout.columns().size(); i++) {
                TableLayout.Column column = layout.columns().get(i);
                SchemaNode node = binding.node(i, column.name());
                if (node == null) {
                    columns.add(new ColumnStatistics(null, null, rows, 0, -1));
                } else if (!node.isLeaf() || node.repeated()) {
                    columns.add(ColumnStatistics.UNKNOWN);
                } else {
                    columns.add(column(node, column.type(), input));
                }
            }
        }
        return new FileStatistics(rows, columns);
    }

    private ColumnStatistics column(SchemaNode leaf, DataType wanted, InputFile input) {
        FileType type = FileType.of(leaf, new ReadPlace(file.path(), leaf.path()));
        Datum min = null;
        Datum max = null;
        boolean bounded = true;
        double widest = 0;
        long nulls = 0;
        for (RowGroup group : footer.rowGroups()) {
            ColumnMetaData chunk = group.getColumns().get(leaf.leaf()).getMeta_data();
            ChunkStatistics known = ChunkStatistics.of(footer, chunk, type, wanted);
            nulls = nulls < 0 || known.nullCount() < 0 ? -1 : nulls + known.nullCount();
            if (known.nullCount() >= 0 && known.nullCount() == chunk.getNum_values()) {
                continue;
            }
            bounded &= known.min() != null && known.max() != null;
            if (bounded) {
                widest = Math.max(widest, steps(known.min(), known.max()));
                min = min == null || compare(known.min(), min) < 0 ? known.min() : min;
                max = max == null || compare(known.max(), max) > 0 ? known.max() : max;
            }
        }
        min = bounded ? min : null;
        max = bounded ? max : null;
        long values = footer.data().getNum_rows() - Math.max(nulls, 0);
        Dictionaries dictionaries = dictionaries(leaf, input);
        double distinct = distinct(dictionaries, min, max, values, widest);
        return new ColumnStatistics(
                min, max, nulls, distinct, averageBytes(leaf, type, dictionaries));
    }

    private static int compare(Datum left, Datum right) {
        return ChunkStatistics.compare(left, right);
    }

    // How many values the type has between two bounds; not a number where that cannot be told.
    private static double steps(Datum min, Datum max) {
        if (min == null || max == null) {
            return Double.NaN;
        }
        if (min.value() instanceof Long low && max.value() instanceof Long high) {
            return (double) high - low + 1;
        }
        if (min.value() instanceof BigDecimal low && max.value() instanceof BigDecimal high) {
            return high.subtract(low).unscaledValue().doubleValue() + 1;
        }
        if (min.value() instanceof Boolean low && max.value() instanceof Boolean high) {
            return low.equals(high) ? 1 : 2;
        }
        return Double.NaN;
    }

    private static double distinct(
            Dictionaries dictionaries, Datum min, Datum max, long values, double widest) {
        double steps = steps(min, max);
        double most = Double.isNaN(steps) ? (double) values : Math.min((double) values, steps);
        if (dictionaries.entries > 0 && values > 0) {
            double share = dictionaries.entries / (double) Math.max(1, dictionaries.values);
            double found = share > GROWING ? share * values : dictionaries.entries;
            if (steps > widest) {
                // Where row groups have ranges of their own, so have their dictionaries.
                found = Math.max(found, dictionaries.entries * steps / widest);
            }
            return Math.min(most, found);
        }
        boolean whole = min != null && min.value() instanceof Long;
        return whole || values == 0 ? most : -1;
    }

    /**
     * The largest dictionary among the sampled chunks: its entries and bytes, and its chunk's
     * values.
     */
    private static final class Dictionaries {
        private long entries;
        private long bytes;
        private long values;
    }

    private Dictionaries dictionaries(SchemaNode leaf, InputFile input) {
        Dictionaries found = new Dictionaries();
        int sampled = 0;
        ReadPlace place = new ReadPlace(file.path(), leaf.path());
        for (RowGroup group : footer.rowGroups()) {
            ColumnMetaData chunk = group.getColumns().get(leaf.leaf()).getMeta_data();
            if (group.getNum_rows() == 0) {
                continue;
            }
            if (!onlyDictionary(chunk) || sampled++ == SAMPLED_GROUPS) {
                break;
            }
            try (PageReader pages =
                    new PageReader(input, place, null, MemoryPool.root("footer", Long.MAX_VALUE))) {
                pages.openHeaders(chunk);
                if (!pages.next() || !pages.isDictionary()) {
                    break;
                }
                if (pages.dictionaryCount() > found.entries) {
                    found.entries = pages.dictionaryCount();
                    found.bytes = pages.unpackedBytes();
                    found.values = chunk.getNum_values();
                }
            }
        }
        return found;
    }

    private static boolean onlyDictionary(ColumnMetaData chunk) {
        if (!chunk.isSetDictionary_page_offset()) {
            return false;
        }
        if (chunk.getEncoding_stats() != null) {
            for (PageEncodingStats pages : chunk.getEncoding_stats()) {
                if (pages.getPage_type() != PageType.DICTIONARY_PAGE
                        && pages.getCount() > 0
                        && (pages.getEncoding() == null
                                || !ValueDecoder.isDictionary(pages.getEncoding()))) {
                    return false;
                }
            }
            return true;
        }
        // Without counts, PLAIN may mean the dictionary itself; the other lists have it only for
        // data.
        return chunk.getEncodings() != null
                && chunk.getEncodings().contains(Encoding.PLAIN_DICTIONARY)
                && !chunk.getEncodings().contains(Encoding.PLAIN);
    }

    private double averageBytes(SchemaNode leaf, FileType type, Dictionaries dictionaries) {
        if (type.physical() != Type.BYTE_ARRAY) {
            return type.width() == 0 ? -1 : type.width();
        }
        double bytes = 0;
        long values = 0;
        for (RowGroup group : footer.rowGroups()) {
            ColumnMetaData chunk = group.getColumns().get(leaf.leaf()).getMeta_data();
            var statistics = chunk.getStatistics();
            long nulls =
                    statistics != null && statistics.isSetNull_count()
                            ? statistics.getNull_count()
                            : 0;
            long present = Math.max(0, chunk.getNum_values() - nulls);
            var sizes = chunk.getSize_statistics();
            if (sizes != null && sizes.isSetUnencoded_byte_array_data_bytes()) {
                bytes += sizes.getUnencoded_byte_array_data_bytes();
            } else if (dictionaries.entries > 0) {
                return Math.max(0, dictionaries.bytes / (double) dictionaries.entries - 4);
            } else {
                bytes += Math.max(0, chunk.getTotal_uncompressed_size() - 4.0 * present);
            }
            values += present;
        }
        return values == 0 ? 0 : bytes / values;
    }
}
