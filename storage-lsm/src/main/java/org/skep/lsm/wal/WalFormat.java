package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The bytes of a file of the log, big-endian; see {@code docs/formats/wal.md}. Stateless.
 *
 * <pre>
 * file   = header record*
 * header = long magic | int version | int 0 | long epoch | long number
 *        | long epoch, long number, long end of the file before (0 if there is none)
 *        | int bytes at the end of the file before that are in doubt | int CRC32C of all before
 * record = int length of what follows the checksum | int CRC32C of length and what follows it
 *        | long epoch | int synced | byte type | byte n | n bytes region | long sequence | payload
 * </pre>
 */
final class WalFormat {
    /** What a record is. The codes are stored: never reuse or renumber. */
    enum Type {
        /** The cells of one atomic write, each with tags and without sequence id. */
        CELLS(1),
        /** The region's writes up to a sequence id (a long) are in store files. */
        FLUSHED(2),
        /** The region was opened. */
        OPENED(3),
        /** The region was closed, with nothing left in memory. */
        CLOSED(4),
        /** Files were added to the region: their names, each a short length and UTF-8. */
        BULK_LOADED(5),
        /** The log was closed in order: all before is on the disk. The region's name is empty. */
        END(6),
        /** The cells of one atomic write as {@link PackedCells}. */
        PACKED_CELLS(7);

        final int code;

        Type(int code) {
            this.code = code;
        }

        boolean hasCells() {
            return this == CELLS || this == PACKED_CELLS;
        }

        static Type of(int code) {
            return switch (code) {
                case 1 -> CELLS;
                case 2 -> FLUSHED;
                case 3 -> OPENED;
                case 4 -> CLOSED;
                case 5 -> BULK_LOADED;
                case 6 -> END;
                case 7 -> PACKED_CELLS;
                default -> null;
            };
        }
    }

    static final long MAGIC = 0x534b_4550_5741_4c31L; // SKEPWAL1

    /** Version 1 had no {@link Type#PACKED_CELLS}. */
    static final int VERSION = 2;

    static final int HEADER = 64;

    /** Length and checksum. */
    static final int FRAME = 8;

    static final int EPOCH_AT = FRAME;
    static final int SYNCED_AT = 16;
    static final int TYPE_AT = 20;
    static final int REGION_AT = 21;
    static final int MAX_REGION = 127;

    /** Bytes of a record beside region and payload. */
    static final int OVERHEAD = REGION_AT + 1 + Long.BYTES;

    /** No record is longer; a length beyond it is damage. */
    static final int MAX_RECORD = 1 << 30;

    private static final String SUFFIX = ".wal";

    private WalFormat() {}

    static String fileName(long epoch, long number) {
        return epoch + "-" + number + SUFFIX;
    }

    /** The epoch in a file's name; empty if it is no file of a log. */
    static OptionalLong epochOf(String name) {
        return part(name, 0);
    }

    /** The number in a file's name. */
    static OptionalLong numberOf(String name) {
        return part(name, 1);
    }

    private static OptionalLong part(String name, int index) {
        int dash = name.indexOf('-');
        if (!name.endsWith(SUFFIX) || dash < 1) {
            return OptionalLong.empty();
        }
        String digits =
                index == 0
                        ? name.substring(0, dash)
                        : name.substring(dash + 1, name.length() - SUFFIX.length());
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    static byte[] header(long epoch, long number, WalFile before) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(epoch).putLong(number);
        bytes.putLong(before == null ? 0 : before.epoch);
        bytes.putLong(before == null ? 0 : before.number);
        bytes.putLong(before == null ? 0 : before.end);
        bytes.putInt(before == null ? 0 : (int) before.doubtful());
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, HEADER - Integer.BYTES);
        bytes.putInt((int) crc.getValue());
        return bytes.array();
    }

    /**
     * Writes what stands before the payload of a record that begins at the buffer's position,
     * except for the checksum.
     */
    static void begin(ByteBuffer to, Write write, long epoch) {
        int length = OVERHEAD - FRAME + region(write).length + write.payloadSize();
        to.putInt(length).putInt(0).putLong(epoch).putInt(0).put((byte) write.type.code);
        to.put((byte) region(write).length).put(region(write)).putLong(write.sequence());
    }

    static long size(Write write) {
        return (long) OVERHEAD + region(write).length + write.payloadSize();
    }

    private static final byte[] NO_REGION = {};

    private static byte[] region(Write write) {
        return write.region == null ? NO_REGION : write.region.nameBytes;
    }

    /** Sets what is known only when a record is written: the synced length and the checksum. */
    static void seal(ByteBuffer buffer, int at, int length, int synced, CRC32C crc) {
        buffer.putInt(at + SYNCED_AT, synced);
        buffer.putInt(at + Integer.BYTES, checksum(buffer, at, length, crc));
    }

    /** Makes records those of another epoch; their checksums do not fit then. */
    static void changeEpoch(byte[] records, long epoch) {
        ByteBuffer buffer = ByteBuffer.wrap(records);
        for (int at = 0; at < records.length; at += FRAME + buffer.getInt(at)) {
            buffer.putLong(at + EPOCH_AT, epoch);
        }
    }

    /** The checksum of the record of {@code length} bytes (frame included) at {@code at}. */
    static int checksum(ByteBuffer buffer, int at, int length, CRC32C crc) {
        int position = buffer.position();
        int limit = buffer.limit();
        crc.reset();
        buffer.limit(at + length);
        buffer.position(at + FRAME);
        crc.update(buffer);
        buffer.limit(limit).position(position);
        int recordLength = length - FRAME;
        crc.update(recordLength >>> 24);
        crc.update(recordLength >>> 16);
        crc.update(recordLength >>> 8);
        crc.update(recordLength);
        return (int) crc.getValue();
    }
}
