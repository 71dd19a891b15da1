package org.skep.lsm.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.cell.Bytes;

/**
 * Compares decimal numbers, stored as {@code int scale | unscaled value}, big-endian. Immutable.
 *
 * @param value the given number
 */
public record BigDecimalComparator(BigDecimal value) implements ByteComparator {
    @Override
    public int compare(ByteBuffer buffer, int offset, int length) {
        if (length < Integer.BYTES + 1) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "Field is not a decimal, it's %d bytes wide".formatted(length));
        }
        BigInteger unscaled =
                new BigInteger(Bytes.copy(buffer, offset + Integer.BYTES, length - Integer.BYTES));
        return value.compareTo(new BigDecimal(unscaled, buffer.getInt(offset)));
    }
}
