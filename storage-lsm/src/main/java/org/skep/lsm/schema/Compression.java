package org.skep.lsm.schema;

/** How blocks are compressed. The codes are HBase's, stored in trailers: never renumber. */
public enum Compression {
    LZO(0),
    GZ(1),
    NONE(2),
    SNAPPY(3),
    LZ4(4),
    BZIP2(5),
    ZSTD(6),
    LZMA(7),
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
