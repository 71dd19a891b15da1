package org.skep.lsm.wal;

import java.nio.ByteBuffer;

/** Takes the writes of one region out of the log again. Used by one thread at a time. */
@FunctionalInterface
public interface Replay {
    /**
     * One atomic write.
     *
     * @param sequence its sequence id
     * @param buffer holds the cells, with tags, without sequence ids; valid during the call
     * @param offset where they begin
     * @param length their bytes
     */
    void write(long sequence, ByteBuffer buffer, int offset, int length);
}
