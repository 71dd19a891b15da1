package org.skep.engine.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.types.DataType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;

/**
 * Rows of texts that are all there already, as SHOW and DESCRIBE give them. Confined to one thread.
 */
public final class TextRows implements BatchStream {
    private final int columns;
    private final List<List<String>> rows;
    private int at;

    /** Rows of so many columns each; a value may be null for NULL. */
    public TextRows(int columns, List<List<String>> rows) {
        this.columns = columns;
        this.rows = new ArrayList<>(rows);
    }

    /** A row; values may be null. */
    public static List<String> row(String... values) {
        return Arrays.asList(values);
    }

    @Override
    public ColumnBatch next() {
        if (at >= rows.size()) {
            return null;
        }
        int count = Math.min(ColumnBatch.DEFAULT_ROWS, rows.size() - at);
        ColumnVector[] vectors = new ColumnVector[columns];
        for (int c = 0; c < columns; c++) {
            BytesVector vector = new BytesVector(DataType.STRING, count);
            for (int r = 0; r < count; r++) {
                String value = rows.get(at + r).get(c);
                if (value == null) {
                    vector.setNull(r);
                } else {
                    vector.set(r, value);
                }
            }
            vectors[c] = vector;
        }
        at += count;
        return ColumnBatch.dense(vectors, count);
    }

    @Override
    public void close() {
        at = rows.size();
    }
}
