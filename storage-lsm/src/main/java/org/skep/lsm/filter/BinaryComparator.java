package org.skep.lsm.filter;

import java.nio.ByteBuffer;
import org.skep.lsm.cell.Bytes;

/**
 * Compares all bytes, unsigned. Immutable.
 *
 * @param value not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record BinaryComparator(byte[] value) implements ByteComparator {
    @Override
    public int compare(ByteBuffer buffer, int offset, int length) {
        return Bytes.compare(value, 0, value.length, buffer, offset, length);
    }
}
