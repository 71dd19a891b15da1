package org.skep.types.vector;

import java.util.List;
import org.skep.types.DataType;

/**
 * Some rows: one vector a column, and which of the positions are rows. Valid until the next batch
 * is pulled from where this one came; who keeps rows copies them. Confined to one thread.
 */
public final class ColumnBatch {
    /** The usual number of positions in a batch. */
    public static final int DEFAULT_ROWS = 2048;

    private final ColumnVector[] columns;
    private final Selection selection;

    /** A batch of the selected positions of the vectors; the array is taken over. */
    public ColumnBatch(ColumnVector[] columns, Selection selection) {
        this.columns = columns;
        this.selection = selection;
    }

    /** A batch of the positions 0 to {@code rows - 1}; the array is taken over. */
    public static ColumnBatch dense(ColumnVector[] columns, int rows) {
        return new ColumnBatch(columns, Selection.all(rows));
    }

    /** New flat vectors of the given types. */
    public static ColumnVector[] vectors(List<DataType> types, int capacity) {
        ColumnVector[] vectors = new ColumnVector[types.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = ColumnVector.create(types.get(i), capacity);
        }
        return vectors;
    }

    /** The vector of a column. */
    public ColumnVector column(int index) {
        return columns[index];
    }

    /** How many columns there are. */
    public int columnCount() {
        return columns.length;
    }

    /** The vectors; shared, not copied. */
    public ColumnVector[] columns() {
        return columns;
    }

    /** Which positions of the vectors are rows of this batch. */
    public Selection selection() {
        return selection;
    }

    /** How many rows there are. */
    public int rowCount() {
        return selection.count();
    }

    /** The same vectors with fewer rows. */
    public ColumnBatch select(Selection fewer) {
        return new ColumnBatch(columns, fewer);
    }
}
