package org.skep.types.page;

/**
 * Numbers of the page format. A page is a header of 28 bytes and a payload: magic {@code SKPG},
 * version, codec, two bytes 0, rows, columns, bytes of payload, bytes of payload before
 * compression, CRC32C of everything else. All numbers are little-endian.
 */
final class PageFormat {
    // Stored in every page: never reuse or renumber.
    static final int MAGIC = 0x47504B53;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 28;
    static final int CODEC_OFFSET = 5;
    static final int LENGTH_OFFSET = 16;
    static final int CHECKSUM_OFFSET = 24;

    static final int CODEC_NONE = 0;
    static final int CODEC_DEFLATE = 1;

    static final int FLAT = 0;
    static final int CONSTANT = 1;
    static final int DICTIONARY = 2;

    private PageFormat() {}
}
