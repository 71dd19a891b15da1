package org.skep.executor.expression;

import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** NULL flags of selected rows. Stateless. */
final class Nulls {
    private Nulls() {}

    /** Raises the flags of the selected rows that are NULL in a vector. */
    static void add(ColumnVector vector, Selection selection, boolean[] flags) {
        int[] positions = selection.positions();
        boolean[] nulls = vector.nulls();
        for (int k = 0; k < selection.count(); k++) {
            int row = positions == null ? k : positions[k];
            flags[row] |= nulls == null ? vector.isNull(row) : nulls[row];
        }
    }

    /** Makes the selected rows whose flag is up NULL. */
    static void set(ColumnVector out, Selection selection, boolean[] flags) {
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            if (flags[row]) {
                out.setNull(row);
            }
        }
    }

    /** The selected rows that are not NULL in a vector of any encoding. */
    static Selection without(ColumnVector vector, Selection selection) {
        return filter(vector, selection, false);
    }

    /** The selected rows that are NULL in a vector of any encoding. */
    static Selection only(ColumnVector vector, Selection selection) {
        return filter(vector, selection, true);
    }

    private static Selection filter(ColumnVector vector, Selection selection, boolean wanted) {
        if (!vector.mayHaveNulls()) {
            return wanted ? Selection.all(0) : selection;
        }
        if (vector instanceof ConstantVector) {
            return wanted ? selection : Selection.all(0);
        }
        if (vector.nulls() != null && !(vector instanceof DictionaryVector)) {
            return selection.where(vector.nulls(), wanted);
        }
        int[] kept = new int[selection.count()];
        int count = 0;
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            kept[count] = row;
            count += vector.isNull(row) == wanted ? 1 : 0;
        }
        return count == selection.count() ? selection : Selection.of(kept, count);
    }
}
