package org.skep.server.rows;

import org.skep.rpc.rows.ColumnBlock;
import org.skep.types.vector.ColumnVector;

/** Collects the values of one column for a block. Confined to one thread; builds once. */
interface BlockBuilder {
    /**
     * Adds rows.
     *
     * @param flat neither constant nor dictionary
     * @param positions where in {@code flat} each row's value is, negative for NULL
     * @param count how many of {@code positions} to take
     */
    void append(ColumnVector flat, int[] positions, int count);

    /** About how many bytes the values hold so far. */
    long bytes();

    /** The block of all rows added. */
    ColumnBlock build();
}
