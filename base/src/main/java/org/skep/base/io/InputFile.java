package org.skep.base.io;

import java.nio.ByteBuffer;

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

    /**
     * Fills {@code target} from its position to its limit, beginning at {@code position} of the
     * file.
     *
     * @throws org.skep.base.error.SkepException IO_ERROR when reading fails or the file ends before
     */
    default void readFully(long position, ByteBuffer target) {
        byte[] bytes = new byte[target.remaining()];
        readFully(position, bytes, 0, bytes.length);
        target.put(bytes);
    }

    @Override
    void close();
}
