package org.skep.executor.expression;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * An expression over one column alone: for a dictionary it is evaluated once for each distinct
 * value, and the result is a dictionary with the same indexes.
 */
final class DictionaryNode extends ExpressionNode {
    /** With more distinct values than this the rows are decoded instead. */
    static final int MOST_VALUES = 16_384;

    private final int column;
    private final ExpressionNode onRows;
    private final ExpressionNode onValues;
    private final BatchInput values = new BatchInput();
    private ColumnVector evaluatedFor;
    private int evaluatedCount;
    private ColumnVector results;
    private boolean nullGivesNull;

    /** The same expression twice, since each keeps its results. */
    DictionaryNode(int column, ExpressionNode onRows, ExpressionNode onValues) {
        this.column = column;
        this.onRows = onRows;
        this.onValues = onValues;
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        if (!(input.column(column) instanceof DictionaryVector dictionary)
                || dictionary.valueCount() > MOST_VALUES) {
            return onRows.evaluate(input, selection);
        }
        if (dictionary.values() != evaluatedFor || dictionary.valueCount() != evaluatedCount) {
            evaluateValues(dictionary);
        }
        int count = evaluatedCount;
        if (!dictionary.mayHaveNulls()) {
            return new DictionaryVector(results, count, dictionary.ids(), false);
        }
        if (nullGivesNull) {
            return new DictionaryVector(results, count, dictionary.ids(), true);
        }
        // The value for NULL stands after those for the dictionary's values.
        int[] ids = dictionary.ids();
        int[] translated = new int[selection.bound()];
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            translated[row] = ids[row] < 0 ? count : ids[row];
        }
        return new DictionaryVector(results, count + 1, translated, false);
    }

    private void evaluateValues(DictionaryVector dictionary) {
        int count = dictionary.valueCount();
        Selection all = Selection.all(count);
        ColumnVector valued = evaluateOver(dictionary.values(), all);
        // Not reused: batches that came before may still refer to the results.
        results = ColumnVector.create(valued.type(), count + 1);
        results.copyFrom(valued, null, 0, count, 0);
        ColumnVector none = ColumnVector.create(dictionary.type(), 1);
        none.setNull(0);
        results.copyFrom(evaluateOver(none, Selection.all(1)), null, 0, 1, count);
        nullGivesNull = results.isNull(count);
        if (nullGivesNull && results.nulls() != null && !hasNull(count)) {
            results.setNulls(null);
        }
        evaluatedFor = dictionary.values();
        evaluatedCount = count;
    }

    private ColumnVector evaluateOver(ColumnVector vector, Selection rows) {
        ColumnVector[] columns = new ColumnVector[column + 1];
        columns[column] = vector;
        values.take(columns, rows);
        return onValues.evaluate(values, rows);
    }

    private boolean hasNull(int count) {
        for (int i = 0; i < count; i++) {
            if (results.isNull(i)) {
                return true;
            }
        }
        return false;
    }
}
