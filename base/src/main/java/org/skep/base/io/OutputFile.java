package org.skep.base.io;

import java.nio.ByteBuffer;

/** A file open for appending. Confined to one thread. Closing does not sync. */
public interface OutputFile extends AutoCloseable {
    /** The path that is written. */
    String path();

    /** Bytes in the file so far. */
    long position();

    /** Appends bytes. */
    void write(byte[] source, int offset, int length);

    /** Appends what remains in a buffer, which is consumed. */
    default void write(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        write(bytes, 0, bytes.length);
    }

    /** Returns when everything written so far would survive a power cut. */
    void sync();

    /**
     * Like {@link #sync}, but the file's times need not survive: may save a write to the disk's
     * journal.
     */
    default void syncData() {
        sync();
    }

    @Override
    void close();
}
