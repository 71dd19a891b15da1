package org.skep.columnar.parquet;

import java.util.List;
import org.apache.parquet.format.RowGroup;
import org.skep.storage.ColumnRange;
import org.skep.storage.RuntimeFilter;
import org.skep.storage.ScanColumn;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.TypeKind;

/**
 * Tells from statistics that no row of a row group can match the ranges of a scan. Confined to one
 * thread.
 */
final class RowGroupFilter {
    private final Footer footer;
    private final List<ScanColumn> columns;
    private final SchemaNode[] leaves;
    private final String path;

    /**
     * A filter over the scan's columns.
     *
     * @param leaves the leaf of each column, or null where the column is nested or missing
     */
    RowGroupFilter(Footer footer, String path, List<ScanColumn> columns, SchemaNode[] leaves) {
        this.footer = footer;
        this.path = path;
        this.columns = columns;
        this.leaves = leaves;
    }

    /** Whether some row may match all ranges. */
    boolean mayMatch(RowGroup group, List<ColumnRange> ranges, RuntimeFilter runtime) {
        for (ColumnRange range : ranges) {
            if (!mayMatch(group, range)) {
                return false;
            }
        }
        if (runtime == RuntimeFilter.NONE) {
            return true;
        }
        for (int i = 0; i < columns.size(); i++) {
            ColumnRange range = runtime.range(i);
            if (range != null && !mayMatch(group, range)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayMatch(RowGroup group, ColumnRange range) {
        SchemaNode leaf = leaves[range.column()];
        if (leaf == null) {
            return true;
        }
        DataType wanted = columns.get(range.column()).type();
        FileType type = FileType.of(leaf, new ReadPlace(path, leaf.path()));
        var chunk = group.getColumns().get(leaf.leaf()).getMeta_data();
        ChunkStatistics known = ChunkStatistics.of(footer, chunk, type, wanted);
        boolean exact = exactNulls(type, wanted);
        if (range.nullsMatch() && (known.nullCount() != 0 || !exact)) {
            return true;
        }
        if (known.nullCount() == chunk.getNum_values() && group.getNum_rows() > 0) {
            return range.nullsMatch();
        }
        return !below(known.max(), range.low(), range.lowInclusive())
                && !below(range.high(), known.min(), range.highInclusive());
    }

    // Whether every value below or at one bound is outside of the other.
    private static boolean below(Datum most, Datum least, boolean inclusive) {
        if (most == null || least == null || !comparable(most, least)) {
            return false;
        }
        int order = ChunkStatistics.compare(most, least);
        return order < 0 || (order == 0 && !inclusive);
    }

    private static boolean comparable(Datum left, Datum right) {
        return left.value() != null
                && right.value() != null
                && left.value().getClass() == right.value().getClass();
    }

    // Whether values can become NULL by being read.
    private static boolean exactNulls(FileType type, DataType wanted) {
        return type.natural().equals(wanted)
                || (type.natural().kind() == TypeKind.STRING && wanted.kind().isCharacter());
    }
}
