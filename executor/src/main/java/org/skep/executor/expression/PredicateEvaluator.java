package org.skep.executor.expression;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Selects the rows for which a condition is true. Confined to one thread. */
public final class PredicateEvaluator {
    private final PredicateNode node;
    private final BatchInput input = new BatchInput();

    PredicateEvaluator(PredicateNode node) {
        this.node = node;
    }

    /** The rows of {@code selection} that pass; {@code selection} itself if all do. */
    public Selection select(ColumnVector[] columns, Selection selection) {
        if (selection.count() == 0) {
            return selection;
        }
        input.take(columns, selection);
        return node.select(input, selection);
    }
}
