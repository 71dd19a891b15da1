package org.skep.executor.join;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.skep.executor.vector.RowBuffer;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** Makes the columns of pairs of rows. Confined to one thread; results are reused. */
final class PairedColumns {
    private final List<DataType> leftTypes;
    private final List<DataType> rightTypes;
    private final Set<Integer> wanted;
    private final ColumnVector[] scratch;

    /**
     * Columns of the left and the right side.
     *
     * @param wanted indexes of the columns that will be read, or null for all
     */
    PairedColumns(List<DataType> leftTypes, List<DataType> rightTypes, Set<Integer> wanted) {
        this.leftTypes = leftTypes;
        this.rightTypes = rightTypes;
        this.wanted = wanted;
        scratch = new ColumnVector[leftTypes.size()];
    }

    /** The columns of pairs; those that are not wanted are null. */
    ColumnVector[] gather(
            ColumnVector[] left, int[] leftRows, RowBuffer right, int[] rightRows, int count) {
        ColumnVector[] columns = new ColumnVector[left.length + rightTypes.size()];
        for (int i = 0; i < left.length; i++) {
            if (wanted == null || wanted.contains(i)) {
                columns[i] = gather(i, left[i], leftRows, count);
            }
        }
        int[] ids = Arrays.copyOf(rightRows, count);
        for (int i = 0; i < rightTypes.size(); i++) {
            if (wanted == null || wanted.contains(left.length + i)) {
                columns[left.length + i] =
                        new DictionaryVector(right.column(i), right.rows(), ids, false);
            }
        }
        return columns;
    }

    private ColumnVector gather(int column, ColumnVector source, int[] rows, int count) {
        if (source instanceof ConstantVector) {
            return source;
        }
        if (source instanceof DictionaryVector dictionary) {
            int[] ids = dictionary.ids();
            int[] gathered = new int[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = ids[rows[i]];
            }
            return new DictionaryVector(
                    dictionary.values(),
                    dictionary.valueCount(),
                    gathered,
                    dictionary.mayHaveNulls());
        }
        if (scratch[column] == null) {
            scratch[column] = ColumnVector.create(leftTypes.get(column), count);
        }
        scratch[column].reset();
        scratch[column].copyFrom(source, rows, 0, count, 0);
        return scratch[column];
    }

    /** Left rows with NULLs for the right. */
    ColumnBatch withoutRight(ColumnVector[] left, Selection rows) {
        ColumnVector[] columns = Arrays.copyOf(left, left.length + rightTypes.size());
        for (int i = 0; i < rightTypes.size(); i++) {
            columns[left.length + i] = DatumVector.constant(Datum.nullOf(rightTypes.get(i)));
        }
        return new ColumnBatch(columns, rows);
    }

    /** Right rows with NULLs for the left. */
    ColumnBatch withoutLeft(RowBuffer right, int[] rows, int count) {
        ColumnVector[] columns = new ColumnVector[leftTypes.size() + rightTypes.size()];
        for (int i = 0; i < leftTypes.size(); i++) {
            columns[i] = DatumVector.constant(Datum.nullOf(leftTypes.get(i)));
        }
        for (int i = 0; i < rightTypes.size(); i++) {
            columns[leftTypes.size() + i] =
                    new DictionaryVector(right.column(i), right.rows(), rows, false);
        }
        return ColumnBatch.dense(columns, count);
    }
}
