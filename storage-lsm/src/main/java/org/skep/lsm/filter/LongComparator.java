package org.skep.lsm.filter;

import java.nio.ByteBuffer;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Compares eight-byte big-endian numbers. Immutable.
 *
 * @param value the given number
 */
public record LongComparator(long value) implements ByteComparator {
    @Override
    public int compare(ByteBuffer buffer, int offset, int length) {
        if (length != Long.BYTES) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "Field is not a long, it's %d bytes wide".formatted(length));
        }
        return Long.compare(value, buffer.getLong(offset));
    }
}
