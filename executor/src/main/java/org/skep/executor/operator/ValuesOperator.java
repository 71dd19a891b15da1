package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.task.OperatorStatistics;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;

/** Produces constants. Confined to one thread. */
public final class ValuesOperator extends Operator {
    private final List<DataType> types;
    private final List<List<Datum>> rows;
    private final int batchRows;
    private int at;

    /** Produces the rows in batches of {@code batchRows}. */
    public ValuesOperator(
            OperatorStatistics statistics,
            List<DataType> types,
            List<List<Datum>> rows,
            int batchRows) {
        super(statistics);
        this.types = types;
        this.rows = rows;
        this.batchRows = batchRows;
    }

    @Override
    protected ColumnBatch pull() {
        int count = Math.min(batchRows, rows.size() - at);
        if (count == 0) {
            return null;
        }
        ColumnVector[] columns = ColumnBatch.vectors(types, count);
        for (int i = 0; i < count; i++) {
            List<Datum> row = rows.get(at + i);
            for (int column = 0; column < columns.length; column++) {
                DatumVector.write(columns[column], i, row.get(column).value());
            }
        }
        at += count;
        return ColumnBatch.dense(columns, count);
    }

    @Override
    public void close() {
        at = rows.size();
    }
}
