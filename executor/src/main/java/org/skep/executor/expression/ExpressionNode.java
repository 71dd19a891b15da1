package org.skep.executor.expression;

import org.skep.executor.vector.SamePositions;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** A compiled expression. Its results are valid until it is next evaluated. One thread. */
abstract class ExpressionNode {
    private ColumnVector decoded;

    /** The values of the selected rows, of any encoding. */
    abstract ColumnVector evaluate(BatchInput input, Selection selection);

    /** The same, never a dictionary. */
    ColumnVector evaluateDecoded(BatchInput input, Selection selection) {
        ColumnVector values = evaluate(input, selection);
        if (!(values instanceof DictionaryVector dictionary)) {
            return values;
        }
        if (decoded == null) {
            decoded = ColumnVector.create(values.type(), selection.bound());
        }
        return SamePositions.decode(dictionary, selection, decoded);
    }
}
