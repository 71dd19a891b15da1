package org.skep.executor.vector;

import java.util.List;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Makes batches that live on. Stateless. */
public final class Copies {
    private Copies() {}

    /** A dense batch of new flat vectors with the selected rows. */
    public static ColumnBatch of(ColumnBatch batch, List<DataType> types) {
        return of(batch.columns(), batch.selection(), types);
    }

    /** A dense batch of new flat vectors with the selected rows of vectors of any encoding. */
    public static ColumnBatch of(
            ColumnVector[] columns, Selection selection, List<DataType> types) {
        int count = selection.count();
        ColumnVector[] copies = ColumnBatch.vectors(types, count);
        for (int i = 0; i < copies.length; i++) {
            copies[i].copyFrom(columns[i], selection.positions(), 0, count, 0);
        }
        return ColumnBatch.dense(copies, count);
    }

    /** Bytes on the heap that a batch keeps alive, about. */
    public static long bytes(ColumnBatch batch) {
        long bytes = 64;
        for (ColumnVector column : batch.columns()) {
            bytes += column.retainedBytes();
        }
        return bytes;
    }
}
