package org.skep.executor.scan;

import java.util.Set;
import org.skep.executor.expression.PredicateEvaluator;
import org.skep.storage.BatchFilter;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** A part of a scan's filter, lent to the reader. Confined to the reader's thread. */
final class ConjunctFilter implements BatchFilter {
    private final int[] columns;
    private final ColumnVector[] placed;
    private final PredicateEvaluator condition;

    ConjunctFilter(Set<Integer> columns, PredicateEvaluator condition) {
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.condition = condition;
        int highest = this.columns.length == 0 ? 0 : this.columns[this.columns.length - 1];
        placed = new ColumnVector[highest + 1];
    }

    @Override
    public int[] columns() {
        return columns;
    }

    @Override
    public Selection apply(ColumnVector[] vectors, Selection selection) {
        for (int i = 0; i < columns.length; i++) {
            placed[columns[i]] = vectors[i];
        }
        return condition.select(placed, selection);
    }
}
