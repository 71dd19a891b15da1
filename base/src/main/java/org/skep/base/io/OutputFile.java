package org.skep.base.io;

/** A file open for appending. Confined to one thread. Closing does not sync. */
public interface OutputFile extends AutoCloseable {
    /** The path that is written. */
    String path();

    /** Bytes in the file so far. */
    long position();

    /** Appends bytes. */
    void write(byte[] source, int offset, int length);

    /** Returns when everything written so far would survive a power cut. */
    void sync();

    @Override
    void close();
}
