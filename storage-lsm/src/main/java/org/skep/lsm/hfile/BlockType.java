package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a block holds, told by its first eight bytes. Stored in files: never change. */
enum BlockType {
    DATA("DATABLK*"),
    ENCODED_DATA("DATABLKE"),
    LEAF_INDEX("IDXLEAF2"),
    BLOOM_CHUNK("BLMFBLK2"),
    META("METABLKc"),
    INTERMEDIATE_INDEX("IDXINTE2"),
    ROOT_INDEX("IDXROOT2"),
    FILE_INFO("FILEINF2"),
    GENERAL_BLOOM_META("BLMFMET2"),
    DELETE_FAMILY_BLOOM_META("DFBLMET2");

    private static final BlockType[] ALL = values();

    private final long magic;

    BlockType(String text) {
        magic = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).getLong();
    }

    long magic() {
        return magic;
    }

    boolean data() {
        return this == DATA || this == ENCODED_DATA;
    }

    /** The type with these first bytes, null if there is none. */
    static BlockType of(long magic) {
        for (BlockType type : ALL) {
            if (type.magic == magic) {
                return type;
            }
        }
        return null;
    }
}
