package org.skep.lsm.wal;

import java.nio.ByteBuffer;

/**
 * Takes the writes of one region out of the log again, those of several files at the same time:
 * safe for use by many threads. What had not come to the disk for certain may come twice.
 */
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
