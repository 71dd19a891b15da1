package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * The frame of every block: a header of 33 bytes, the data, checksums over both. Confined to one
 * thread, since it holds checksums under way.
 */
final class BlockFormat {
    /** Bytes of a header. */
    static final int HEADER = 33;

    /** How many bytes one checksum covers in files of ours. */
    static final int CHUNK = 16 << 10;

    static final int NO_CHECKSUM = 0;
    static final int CRC32_CHECKSUM = 1;
    static final int CRC32C_CHECKSUM = 2;

    private static final int ON_DISK_SIZE_AT = 8;
    private static final int RAW_SIZE_AT = 12;
    private static final int PREVIOUS_AT = 16;
    private static final int CHECKSUM_TYPE_AT = 24;
    private static final int CHUNK_AT = 25;
    private static final int DATA_SIZE_AT = 29;

    private final CRC32C crc32c = new CRC32C();
    private final CRC32 crc32 = new CRC32();

    /** Bytes of the checksums over header and data. */
    static int checksumBytes(int headerAndData) {
        return (headerAndData + CHUNK - 1) / CHUNK * Integer.BYTES;
    }

    /** Bytes of raw data, told by the header at {@code base}. */
    static int rawSize(ByteBuffer block, int base) {
        return block.getInt(base + RAW_SIZE_AT);
    }

    /** Bytes of data as stored, told by the header at {@code base}. */
    static int storedSize(ByteBuffer block, int base) {
        return block.getInt(base + DATA_SIZE_AT) - HEADER;
    }

    /** Bytes of the block on disk with header and checksums, told by the header at {@code base}. */
    static int sizeOnDisk(ByteBuffer block, int base) {
        return block.getInt(base + ON_DISK_SIZE_AT) + HEADER;
    }

    /**
     * Whether the sizes that the header at {@code base} tells fit together; they are not checked
     * otherwise before the whole block is read.
     */
    static boolean plausible(ByteBuffer block, int base) {
        long covered = block.getInt(base + DATA_SIZE_AT);
        long chunk = block.getInt(base + CHUNK_AT);
        long size = (long) block.getInt(base + ON_DISK_SIZE_AT) + HEADER;
        return covered >= HEADER
                && chunk >= HEADER
                && (size == covered
                        || size == covered + (covered + chunk - 1) / chunk * Integer.BYTES);
    }

    /** What the block at {@code base} holds; null for no block. */
    static BlockType type(ByteBuffer block, int base) {
        return BlockType.of(block.getLong(base));
    }

    /** Writes a header for data of a size that follows and will have checksums. */
    static void writeHeader(
            ByteBuffer target, int base, BlockType type, int stored, int raw, long previous) {
        target.putLong(base, type.magic());
        target.putInt(base + ON_DISK_SIZE_AT, stored + checksumBytes(HEADER + stored));
        target.putInt(base + RAW_SIZE_AT, raw);
        target.putLong(base + PREVIOUS_AT, previous);
        target.put(base + CHECKSUM_TYPE_AT, (byte) CRC32C_CHECKSUM);
        target.putInt(base + CHUNK_AT, CHUNK);
        target.putInt(base + DATA_SIZE_AT, HEADER + stored);
    }

    /**
     * Writes a header for a block in memory, without checksums.
     *
     * @param size bytes of the block on disk, with header and checksums
     */
    static void writeMemoryHeader(ByteBuffer target, int base, BlockType type, int size, int raw) {
        target.putLong(base, type.magic());
        target.putInt(base + ON_DISK_SIZE_AT, size - HEADER);
        target.putInt(base + RAW_SIZE_AT, raw);
        target.putLong(base + PREVIOUS_AT, -1);
        target.put(base + CHECKSUM_TYPE_AT, (byte) NO_CHECKSUM);
        target.putInt(base + CHUNK_AT, CHUNK);
        target.putInt(base + DATA_SIZE_AT, HEADER + raw);
    }

    /** Writes the checksums behind a block in an array; returns the offset behind them. */
    int writeChecksums(byte[] array, ByteBuffer wrapped, int base, int headerAndData) {
        int at = base + headerAndData;
        for (int done = 0; done < headerAndData; done += CHUNK) {
            crc32c.reset();
            crc32c.update(array, base + done, Math.min(CHUNK, headerAndData - done));
            wrapped.putInt(at, (int) crc32c.getValue());
            at += Integer.BYTES;
        }
        return at;
    }

    /**
     * Checks the block at {@code base}; moves position and limit of the buffer. Returns its size on
     * disk, which is at most {@code available}.
     *
     * @param file and {@code offset} say where the bytes are from; the blocks of files of ours have
     *     all the same kind of checksum
     * @throws SkepException CORRUPT_FILE
     */
    int verify(ByteBuffer block, int base, int available, OpenFile file, long offset) {
        String path = file.path();
        if (available < HEADER) {
            throw corrupt(path, offset, "block has %d bytes only".formatted(available));
        }
        if (type(block, base) == null) {
            throw corrupt(path, offset, "unknown block type %016x".formatted(block.getLong(base)));
        }
        int withoutHeader = block.getInt(base + ON_DISK_SIZE_AT);
        int raw = block.getInt(base + RAW_SIZE_AT);
        int kind = block.get(base + CHECKSUM_TYPE_AT);
        int chunk = block.getInt(base + CHUNK_AT);
        int covered = block.getInt(base + DATA_SIZE_AT);
        if (kind < NO_CHECKSUM
                || kind > CRC32C_CHECKSUM
                || chunk < HEADER
                || (file.ours() && (kind != CRC32C_CHECKSUM || chunk != CHUNK))) {
            throw corrupt(
                    path, offset, "unknown checksum type %d over %d bytes".formatted(kind, chunk));
        }
        long size = (long) withoutHeader + HEADER;
        long checksums = ((long) covered + chunk - 1) / chunk * Integer.BYTES;
        boolean consistent =
                covered + checksums == size || (kind == NO_CHECKSUM && covered == size);
        if (covered < HEADER || raw < 0 || size > available || !consistent) {
            throw corrupt(
                    path,
                    offset,
                    "block of %d bytes with %d bytes of data, %d raw, in %d bytes"
                            .formatted(size, (long) covered - HEADER, raw, available));
        }
        if (kind != NO_CHECKSUM) {
            verifyChecksums(
                    block,
                    base,
                    covered,
                    chunk,
                    kind == CRC32_CHECKSUM ? crc32 : crc32c,
                    file,
                    offset);
        }
        return (int) size;
    }

    private static void verifyChecksums(
            ByteBuffer block,
            int base,
            int covered,
            int chunk,
            Checksum checksum,
            OpenFile file,
            long offset) {
        int expectedAt = base + covered;
        for (int done = 0; done < covered; done += chunk) {
            checksum.reset();
            block.limit(base + Math.min(covered, done + chunk)).position(base + done);
            checksum.update(block);
            block.limit(block.capacity());
            int expected = block.getInt(expectedAt);
            int found = (int) checksum.getValue();
            if (!file.rule().accepts(expected, found)) {
                throw new SkepException(
                        ErrorCode.CORRUPT_FILE,
                        "Block checksum mismatch in store file %s at offset %d: expected %08x, found %08x"
                                .formatted(file.path(), offset, expected, found));
            }
            expectedAt += Integer.BYTES;
        }
        block.position(0);
    }

    /** The failure for a damaged file. */
    static SkepException corrupt(String path, long offset, String what) {
        return new SkepException(
                ErrorCode.CORRUPT_FILE,
                "Store file %s is damaged at offset %d: %s".formatted(path, offset, what));
    }
}
