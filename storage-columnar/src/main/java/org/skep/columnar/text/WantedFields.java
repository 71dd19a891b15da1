package org.skep.columnar.text;

import java.util.Arrays;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.types.vector.ColumnVector;

/**
 * Puts the fields of a line, which come as text by position, into the wanted columns. Confined to
 * one thread.
 */
final class WantedFields {
    private final int[] columnOf;
    private final FieldDecoder[] decoders;
    private final int highest;

    WantedFields(ScanRequest request, TextOptions options) {
        List<ScanColumn> columns = request.columns();
        columnOf = new int[request.layout().columns().size()];
        Arrays.fill(columnOf, -1);
        decoders = new FieldDecoder[columns.size()];
        ScalarDecoders scalars = new ScalarDecoders(options, request.zone());
        int most = -1;
        for (int i = 0; i < decoders.length; i++) {
            int ordinal = columns.get(i).ordinal();
            columnOf[ordinal] = i;
            most = Math.max(most, ordinal);
            if (columns.get(i).type().kind().isNested()) {
                throw new SkepException(
                        ErrorCode.NOT_SUPPORTED,
                        "This file format holds no nested values: column %s of type %s"
                                .formatted(columns.get(i).name(), columns.get(i).type()));
            }
            decoders[i] = scalars.of(columns.get(i).type());
        }
        highest = most;
    }

    /** The last field that is wanted, -1 for none. */
    int highest() {
        return highest;
    }

    boolean wants(int field) {
        return field < columnOf.length && columnOf[field] >= 0;
    }

    /** Puts a field and answers how many values could not be read: 0 or 1. */
    int put(int field, byte[] data, int start, int length, ColumnVector[] columns, int row) {
        int column = columnOf[field];
        if (decoders[column].decode(data, start, length, columns[column], row)) {
            return 0;
        }
        columns[column].setNull(row);
        return length == 0 ? 0 : 1;
    }

    /** Makes a wanted field NULL. */
    void putNull(int field, ColumnVector[] columns, int row) {
        columns[columnOf[field]].setNull(row);
    }

    /** Makes the wanted fields from {@code field} on NULL. */
    void putNulls(int field, ColumnVector[] columns, int row) {
        for (int i = field; i <= highest; i++) {
            if (columnOf[i] >= 0) {
                columns[columnOf[i]].setNull(row);
            }
        }
    }
}
