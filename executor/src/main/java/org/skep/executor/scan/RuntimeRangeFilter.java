package org.skep.executor.scan;

import java.math.BigDecimal;
import java.util.List;
import org.skep.executor.task.RuntimeRanges;
import org.skep.plan.node.PhysicalNode.TableScan.RuntimeFilterUse;
import org.skep.storage.BatchFilter;
import org.skep.storage.ColumnRange;
import org.skep.storage.RuntimeFilter;
import org.skep.types.Datum;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** What joins above a scan know of their keys, for row groups and for rows. */
final class RuntimeRangeFilter implements RuntimeFilter {
    private final RuntimeRanges ranges;
    private final List<RuntimeFilterUse> uses;

    RuntimeRangeFilter(RuntimeRanges ranges, List<RuntimeFilterUse> uses) {
        this.ranges = ranges;
        this.uses = uses;
    }

    @Override
    public ColumnRange range(int column) {
        for (RuntimeFilterUse use : uses) {
            RuntimeRanges.Range range = ranges.range(use.filterId());
            if (use.column() == column && range != null) {
                return new ColumnRange(column, range.low(), true, range.high(), true, false);
            }
        }
        return null;
    }

    /** A filter of single rows by the range of a column. */
    BatchFilter rows(int column) {
        return new RowFilter(column);
    }

    /** Compares values of a column that are {@code long}s with the range. */
    private final class RowFilter implements BatchFilter {
        private final int column;
        private boolean resolved;
        private boolean bounded;
        private long low;
        private long high;

        RowFilter(int column) {
            this.column = column;
        }

        private void resolve() {
            resolved = true;
            ColumnRange range = range(column);
            if (range != null) {
                low = word(range.low());
                high = word(range.high());
                bounded = true;
            }
        }

        private long word(Datum datum) {
            return datum.value() instanceof BigDecimal decimal
                    ? decimal.unscaledValue().longValueExact()
                    : (Long) datum.value();
        }

        @Override
        public int[] columns() {
            return new int[] {column};
        }

        @Override
        public Selection apply(ColumnVector[] vectors, Selection selection) {
            if (!resolved) {
                resolve();
            }
            long[] values = bounded ? words(vectors[0]) : null;
            if (values == null) {
                return selection;
            }
            boolean[] nulls = vectors[0].nulls();
            int[] positions = selection.positions();
            int[] kept = new int[selection.count()];
            int count = 0;
            for (int k = 0; k < selection.count(); k++) {
                int row = positions == null ? k : positions[k];
                kept[count] = row;
                count += values[row] >= low && values[row] <= high ? 1 : 0;
            }
            Selection rows = count == selection.count() ? selection : Selection.of(kept, count);
            return nulls == null ? rows : rows.where(nulls, false);
        }

        private long[] words(ColumnVector vector) {
            if (vector instanceof LongVector longs) {
                return longs.values();
            }
            return vector instanceof DecimalVector decimals && decimals.high() == null
                    ? decimals.low()
                    : null;
        }
    }
}
