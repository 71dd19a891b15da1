package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.schema.Compression;

/**
 * The last 4,096 bytes of a file: where its parts are. Immutable. HBase ignores what is between the
 * fields and the version; files of ours have a checksum of the trailer there.
 */
record Trailer(
        long fileInfoOffset,
        long loadOnOpenOffset,
        long indexBytes,
        long rawBytes,
        int rootEntries,
        int metaEntries,
        long entries,
        int indexLevels,
        long firstDataOffset,
        long lastDataOffset,
        Compression compression,
        boolean checksummed) {
    static final int SIZE = 4096;

    // HBase's index nodes have 128 KB and never fewer than two entries.
    private static final int MAX_LEVELS = 17;
    private static final byte[] MAGIC = "TRABLK\"$".getBytes(StandardCharsets.US_ASCII);
    private static final String COMPARATOR = "org.apache.hadoop.hbase.KeyValue$KVComparator";
    private static final int VERSION_AT = SIZE - Integer.BYTES;
    private static final int MAJOR = 3;
    private static final int MINOR = 3;
    private static final int VERSION = MINOR << 24 | MAJOR;
    // Of ours: int "SKEP" | int CRC32C of the trailer with these four bytes zero.
    private static final int CHECKSUM_AT = VERSION_AT - Integer.BYTES;
    private static final int MARK_AT = CHECKSUM_AT - Integer.BYTES;
    private static final int MARK = 0x534b4550;

    byte[] bytes() {
        byte[] fields =
                new Protobuf.Writer()
                        .field(1, fileInfoOffset)
                        .field(2, loadOnOpenOffset)
                        .field(3, indexBytes)
                        .field(4, rawBytes)
                        .field(5, rootEntries)
                        .field(6, metaEntries)
                        .field(7, entries)
                        .field(8, indexLevels)
                        .field(9, firstDataOffset)
                        .field(10, lastDataOffset)
                        .field(11, COMPARATOR.getBytes(StandardCharsets.US_ASCII))
                        .field(12, compression.code())
                        .delimited();
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        bytes.put(MAGIC).put(fields);
        bytes.putInt(MARK_AT, MARK);
        bytes.putInt(VERSION_AT, VERSION);
        bytes.putInt(CHECKSUM_AT, checksum(bytes.array()));
        return bytes.array();
    }

    private static int checksum(byte[] trailer) {
        byte[] copy = trailer.clone();
        Arrays.fill(copy, CHECKSUM_AT, VERSION_AT, (byte) 0);
        CRC32C crc = new CRC32C();
        crc.update(copy, 0, copy.length);
        return (int) crc.getValue();
    }

    /**
     * Reads a trailer that begins at {@code offset} of a file.
     *
     * @throws SkepException CORRUPT_FILE, or NOT_SUPPORTED for other versions and encryption
     */
    static Trailer read(byte[] bytes, String path, long offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        boolean checksummed = buffer.getInt(MARK_AT) == MARK;
        if (checksummed) {
            int expected = buffer.getInt(CHECKSUM_AT);
            int found = checksum(bytes);
            if (expected != found) {
                throw new SkepException(
                        ErrorCode.CORRUPT_FILE,
                        "Trailer checksum mismatch in store file %s at offset %d: expected %08x, found %08x"
                                .formatted(path, offset, expected, found));
            }
        }
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw BlockFormat.corrupt(
                    path, offset, "expected a trailer, found %016x".formatted(buffer.getLong(0)));
        }
        int version = buffer.getInt(VERSION_AT);
        if ((version & 0xffffff) != MAJOR || version >>> 24 > MINOR) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Store file %s must be of version 3.0 to 3.3: %d.%d"
                            .formatted(path, version & 0xffffff, version >>> 24));
        }
        try {
            return parse(bytes, path, offset, checksummed);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw BlockFormat.corrupt(path, offset, "unreadable trailer");
        }
    }

    private static Trailer parse(byte[] bytes, String path, long offset, boolean checksummed) {
        Protobuf.Reader fields = new Protobuf.Reader(bytes, MAGIC.length, VERSION_AT).message();
        long[] numbers = new long[13];
        numbers[12] = Compression.NONE.code();
        String comparator = COMPARATOR;
        while (fields.next()) {
            if (fields.field() == 11 && fields.isBytes()) {
                comparator = new String(fields.bytes(), StandardCharsets.US_ASCII);
            } else if (fields.field() < numbers.length && fields.isVarint()) {
                numbers[fields.field()] = fields.varint();
            } else if (fields.field() == 13) {
                throw new SkepException(
                        ErrorCode.NOT_SUPPORTED, "Store file must not be encrypted: " + path);
            } else {
                fields.skip();
            }
        }
        if (comparator.contains("Meta") || comparator.contains("RawBytes")) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED,
                    "Store file %s must be in the order of cells: %s".formatted(path, comparator));
        }
        for (int field : new int[] {5, 6, 8}) {
            int greatest = field == 8 ? MAX_LEVELS : Integer.MAX_VALUE;
            if (numbers[field] < 0 || numbers[field] > greatest) {
                throw BlockFormat.corrupt(
                        path, offset, "impossible number %d: %d".formatted(field, numbers[field]));
            }
        }
        Trailer trailer =
                new Trailer(
                        numbers[1],
                        numbers[2],
                        numbers[3],
                        numbers[4],
                        Math.toIntExact(numbers[5]),
                        Math.toIntExact(numbers[6]),
                        numbers[7],
                        Math.toIntExact(numbers[8]),
                        numbers[9],
                        numbers[10],
                        compression(numbers[12], path, offset),
                        checksummed);
        boolean inOrder =
                trailer.loadOnOpenOffset >= 0
                        && trailer.fileInfoOffset >= trailer.loadOnOpenOffset
                        && trailer.fileInfoOffset < offset
                        && trailer.entries >= 0
                        && trailer.rootEntries >= 0
                        && trailer.metaEntries >= 0
                        && trailer.lastDataOffset < Math.max(1, trailer.loadOnOpenOffset);
        if (!inOrder) {
            throw BlockFormat.corrupt(path, offset, "impossible trailer " + trailer);
        }
        return trailer;
    }

    private static Compression compression(long code, String path, long offset) {
        for (Compression compression : Compression.values()) {
            if (compression.code() == code) {
                return compression;
            }
        }
        throw BlockFormat.corrupt(path, offset, "unknown compression " + code);
    }
}
