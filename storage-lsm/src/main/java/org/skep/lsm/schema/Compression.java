package org.skep.lsm.schema;

/**
 * How blocks are compressed. The codes are HBase's, stored in trailers: never renumber. Files are
 * written and read with GZ, NONE and SNAPPY; the others are known by name, to say what a file has
 * that is refused with NOT_SUPPORTED.
 */
public enum Compression {
    /** Lempel-Ziv-Oberhumer; not supported. */
    LZO(0),
    /** A gzip stream a block: small and slow. */
    GZ(1),
    /** Nothing is compressed. */
    NONE(2),
    /** Snappy in the frames of Hadoop's codecs: fast. */
    SNAPPY(3),
    /** LZ4; not supported. */
    LZ4(4),
    /** Bzip2; not supported. */
    BZIP2(5),
    /** Zstandard; not supported. */
    ZSTD(6),
    /** LZMA; not supported. */
    LZMA(7),
    /** Brotli; not supported. */
    BROTLI(8);

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    /** The number on disk. */
    public int code() {
        return code;
    }
}
