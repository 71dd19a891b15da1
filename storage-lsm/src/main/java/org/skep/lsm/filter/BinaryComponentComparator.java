package org.skep.lsm.filter;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.Bytes;

/**
 * Compares a part of the stored bytes. Where they are too short for it, the part that is there
 * counts. Immutable.
 *
 * @param value not to be changed
 * @param at where the part begins
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record BinaryComponentComparator(byte[] value, int at) implements ByteComparator {
    @Override
    public int compare(ByteBuffer buffer, int offset, int length) {
        int there = Math.max(0, Math.min(value.length, length - at));
        return Bytes.compare(value, 0, value.length, buffer, there == 0 ? 0 : offset + at, there);
    }
}
