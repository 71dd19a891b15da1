package org.skep.lsm.store.meta;

import java.util.List;

/**
 * The rows in which meta is kept; a row is changed as a whole and for good before a call returns.
 * Implementations are safe for use by many threads.
 */
public interface MetaRows {
    /** A value of a row. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Column(String family, String qualifier, byte[] value) {}

    /** A row and its values. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Row(byte[] key, List<Column> columns) {}

    /** Gives columns of a row values; its other columns stay. */
    void put(byte[] row, List<Column> columns);

    /** Takes a row away; nothing happens if it is not there. */
    void delete(byte[] row);

    /** All rows, sorted by key. */
    List<Row> all();
}
