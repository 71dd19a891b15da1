package org.skep.lsm.filter;

import java.nio.ByteBuffer;

/**
 * Equal if joining the bits leaves any set; stored bytes of another length are unequal. Immutable.
 *
 * @param value not to be changed
 * @param operator how bits are joined
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record BitComparator(byte[] value, Operator operator) implements ByteComparator {
    /** How bits are joined. */
    public enum Operator {
        AND,
        OR,
        XOR
    }

    @Override
    public int compare(ByteBuffer buffer, int offset, int length) {
        if (length != value.length) {
            return 1;
        }
        for (int i = 0; i < length; i++) {
            int stored = buffer.get(offset + i);
            int joined =
                    switch (operator) {
                        case AND -> value[i] & stored;
                        case OR -> value[i] | stored;
                        case XOR -> value[i] ^ stored;
                    };
            if ((joined & 0xff) != 0) {
                return 0;
            }
        }
        return 1;
    }
}
