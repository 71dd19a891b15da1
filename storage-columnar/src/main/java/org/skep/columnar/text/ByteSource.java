package org.skep.columnar.text;

/** Bytes read from front to back. Confined to one thread. */
interface ByteSource extends AutoCloseable {
    /**
     * Reads some bytes.
     *
     * @return how many, at least one, or -1 at the end
     */
    int read(byte[] target, int offset, int length);

    /** Where the next byte lies in the file, or in its decompressed content. */
    long position();

    /** How many bytes of the file were read. */
    long bytesRead();

    @Override
    void close();
}
