package org.skep.lsm.hfile;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.schema.Compression;

/** Compresses the data of blocks. Confined to one thread. */
interface Codec extends AutoCloseable {
    /** Appends the compressed form of some bytes. */
    void compress(byte[] source, int offset, int length, ByteSink target);

    /**
     * Fills {@code rawLength} bytes of {@code target}.
     *
     * @throws java.util.zip.DataFormatException if the source is not what it should be
     */
    void decompress(byte[] source, int offset, int length, byte[] target, int rawLength)
            throws java.util.zip.DataFormatException;

    @Override
    void close();

    /** Whether there is a codec, or none is needed. */
    static boolean knows(Compression compression) {
        return switch (compression) {
            case NONE, GZ, SNAPPY -> true;
            case LZO, LZ4, BZIP2, ZSTD, LZMA, BROTLI -> false;
        };
    }

    /**
     * A codec; null for no compression.
     *
     * @throws SkepException NOT_SUPPORTED naming the file
     */
    static Codec of(Compression compression, String path) {
        return switch (compression) {
            case NONE -> null;
            case GZ -> new GzipCodec();
            case SNAPPY -> new SnappyCodec();
            case LZO, LZ4, BZIP2, ZSTD, LZMA, BROTLI ->
                    throw new SkepException(
                            ErrorCode.NOT_SUPPORTED,
                            "Compression %s not supported in store files: %s"
                                    .formatted(compression, path));
        };
    }
}
