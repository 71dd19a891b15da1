package org.skep.columnar.parquet;

import org.apache.parquet.format.RowGroup;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

/** A column that the file does not have: NULL in every row. Confined to one thread. */
final class ConstantColumnReader extends ColumnReader {
    private final ConstantVector vector;

    ConstantColumnReader(DataType type) {
        ColumnVector value = ColumnVector.create(type, 1);
        if (!value.isNull(0)) {
            value.setNull(0);
        }
        vector = new ConstantVector(value);
    }

    @Override
    void open(RowGroup group) {
        // the same in all of them
    }

    @Override
    void skip(int rows) {
        // nothing moves
    }

    @Override
    ColumnVector read(int rows, Selection wanted) {
        return vector;
    }

    @Override
    long bytesRead() {
        return 0;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
