package org.skep.executor.expression;

import org.skep.executor.vector.SamePositions;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** CASE: each result is computed for its own rows alone. */
final class CaseNode extends ExpressionNode {
    private final PredicateNode[] conditions;
    private final ExpressionNode[] results;
    private final DataType type;
    private ColumnVector out;

    /** One more result than conditions: the last is for the rows that are left. */
    CaseNode(PredicateNode[] conditions, ExpressionNode[] results, DataType type) {
        this.conditions = conditions;
        this.results = results;
        this.type = type;
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        Selection open = selection;
        boolean started = false;
        for (int i = 0; i < results.length && (open.count() > 0 || i == 0); i++) {
            Selection rows = i < conditions.length ? conditions[i].select(input, open) : open;
            if (rows.count() == 0) {
                continue;
            }
            ColumnVector values = results[i].evaluate(input, rows);
            if (rows.count() == selection.count()) {
                return values;
            }
            if (!started) {
                prepare(selection.bound());
                started = true;
            }
            SamePositions.copy(values, rows, out);
            open = Rows.minus(open, rows);
        }
        if (!started) {
            prepare(selection.bound());
        }
        return out;
    }

    private void prepare(int capacity) {
        if (out == null) {
            out = ColumnVector.create(type, Math.max(capacity, 16));
        }
        out.reset();
        out.ensureCapacity(capacity);
    }
}
