package org.skep.base.io;

/** A file open for positional reads. Safe for use by many threads. */
public interface InputFile extends AutoCloseable {
    /** The path that was opened. */
    String path();

    /** The length in bytes when it was opened. */
    long length();

    /**
     * Fills {@code length} bytes of {@code target} from {@code offset} on, beginning at {@code
     * position} of the file.
     *
     * @throws org.skep.base.error.SkepException IO_ERROR when reading fails or the file ends before
     */
    void readFully(long position, byte[] target, int offset, int length);

    @Override
    void close();
}
