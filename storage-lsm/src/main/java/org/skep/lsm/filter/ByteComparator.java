package org.skep.lsm.filter;

import java.nio.ByteBuffer;

/** Compares a given value with stored bytes. Immutable. */
public interface ByteComparator {
    /** How the given value compares with a run of bytes: negative if it is less. */
    int compare(ByteBuffer buffer, int offset, int length);
}
