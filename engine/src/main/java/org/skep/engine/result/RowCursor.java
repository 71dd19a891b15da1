package org.skep.engine.result;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.skep.types.Datum;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/**
 * Walks over the rows of a result. Columns count from 0. The typed getters want a column of that
 * kind; {@link #text} takes every type. Confined to one thread.
 */
public final class RowCursor {
    private final StatementResult result;
    private ColumnBatch batch;
    private int at;

    RowCursor(StatementResult result) {
        this.result = result;
    }

    /** Moves to the next row; false at the end. */
    public boolean next() {
        at++;
        while (batch == null || at >= batch.rowCount()) {
            batch = result.next();
            at = 0;
            if (batch == null) {
                return false;
            }
        }
        return true;
    }

    private int row() {
        if (batch == null) {
            throw new IllegalStateException("There is no current row");
        }
        return batch.selection().position(at);
    }

    /** Whether the value is NULL. */
    public boolean isNull(int column) {
        return batch.column(column).isNull(row());
    }

    /**
     * An integer; a DATE as days, a TIMESTAMP as microseconds since 1970-01-01, an interval as
     * months or microseconds.
     */
    public long longValue(int column) {
        ColumnVector vector = batch.column(column);
        int row = row();
        return ((LongVector) flat(vector)).values()[flatRow(vector, row)];
    }

    /** A FLOAT or DOUBLE. */
    public double doubleValue(int column) {
        ColumnVector vector = batch.column(column);
        return ((DoubleVector) flat(vector)).values()[flatRow(vector, row())];
    }

    /** A BOOLEAN. */
    public boolean booleanValue(int column) {
        ColumnVector vector = batch.column(column);
        return ((BooleanVector) flat(vector)).values()[flatRow(vector, row())];
    }

    /** A DECIMAL, or null for NULL. */
    public BigDecimal decimal(int column) {
        if (isNull(column)) {
            return null;
        }
        ColumnVector vector = batch.column(column);
        return ((DecimalVector) flat(vector)).decimalAt(flatRow(vector, row()));
    }

    /** The bytes of characters or BINARY, or null for NULL. */
    public byte[] bytes(int column) {
        if (isNull(column)) {
            return null;
        }
        ColumnVector vector = batch.column(column);
        BytesVector bytes = (BytesVector) flat(vector);
        int row = flatRow(vector, row());
        int start = bytes.starts()[row];
        return java.util.Arrays.copyOfRange(bytes.data(), start, start + bytes.lengths()[row]);
    }

    /** The value as Hive prints it, or null for NULL. */
    public String text(int column) {
        if (isNull(column)) {
            return null;
        }
        ByteSink sink = new ByteSink();
        ValueText.append(batch.column(column), row(), sink, result.zone());
        return new String(sink.toByteArray(), StandardCharsets.UTF_8);
    }

    /** The value with its type; for rare use, since it makes objects. */
    public Datum datum(int column) {
        return DatumVector.read(batch.column(column), row());
    }

    private static ColumnVector flat(ColumnVector vector) {
        if (vector instanceof DictionaryVector dictionary) {
            return flat(dictionary.values());
        }
        return vector instanceof ConstantVector constant ? flat(constant.value()) : vector;
    }

    private static int flatRow(ColumnVector vector, int row) {
        if (vector instanceof DictionaryVector dictionary) {
            return flatRow(dictionary.values(), dictionary.ids()[row]);
        }
        return vector instanceof ConstantVector ? 0 : row;
    }
}
