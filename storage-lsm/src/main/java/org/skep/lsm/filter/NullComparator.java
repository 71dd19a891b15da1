package org.skep.lsm.filter;

import java.nio.ByteBuffer;

/** Equal to nothing, since what is stored is there. Immutable. */
public record NullComparator() implements ByteComparator {
    @Override
    public int compare(ByteBuffer buffer, int offset, int length) {
        return 1;
    }
}
