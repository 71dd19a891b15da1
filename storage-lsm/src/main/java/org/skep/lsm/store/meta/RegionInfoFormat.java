package org.skep.lsm.store.meta;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.SealedRecord;

/**
 * Which region it is, as bytes: in a meta row as HBase has it ({@code PBUF} and a protobuf), in a
 * region's directory the same within a checksummed record. Stateless.
 */
public final class RegionInfoFormat {
    private static final byte[] MAGIC = {'P', 'B', 'U', 'F'};
    private static final int RECORD_MAGIC = 0x534b5249; // "SKRI"
    private static final int VERSION = 1;

    // Field numbers of HBase's RegionInfo and TableName messages.
    private static final int REGION_ID = 1;
    private static final int TABLE = 2;
    private static final int START = 3;
    private static final int STOP = 4;
    private static final int NAMESPACE = 1;
    private static final int QUALIFIER = 2;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private RegionInfoFormat() {}

    /** The value of the cell {@code info:regioninfo}. */
    public static byte[] encode(RegionInfo region) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        field(table, NAMESPACE, region.table().namespace().getBytes(StandardCharsets.UTF_8));
        field(table, QUALIFIER, region.table().qualifier().getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        varint(out, (REGION_ID << 3) | VARINT);
        varint(out, region.regionId());
        field(out, TABLE, table.toByteArray());
        field(out, START, region.startRow());
        field(out, STOP, region.stopRow());
        return out.toByteArray();
    }

    /** The content of the file {@code .regioninfo}. */
    public static byte[] seal(RegionInfo region) {
        return SealedRecord.write(RECORD_MAGIC, VERSION).bytes(encode(region)).seal();
    }

    /**
     * Reads what {@link #seal} wrote.
     *
     * @throws SkepException CORRUPT_FILE, FORMAT_TOO_NEW
     */
    public static RegionInfo unseal(byte[] bytes, String where) {
        return decode(SealedRecord.read(bytes, RECORD_MAGIC, VERSION, where).bytes(), where);
    }

    /**
     * Reads what {@link #encode} or HBase wrote; other fields are passed over.
     *
     * @param where names the bytes in errors
     * @throws SkepException CORRUPT_FILE
     */
    public static RegionInfo decode(byte[] bytes, String where) {
        if (bytes.length < MAGIC.length
                || !java.util.Arrays.equals(MAGIC, 0, 4, bytes, 0, MAGIC.length)) {
            throw damaged(where);
        }
        long regionId = 0;
        TableName table = null;
        byte[] start = {};
        byte[] stop = {};
        Fields fields = new Fields(bytes, MAGIC.length, where);
        while (fields.next()) {
            switch (fields.number) {
                case REGION_ID -> regionId = fields.value;
                case TABLE -> table = table(fields.bytes, where);
                case START -> start = fields.bytes;
                case STOP -> stop = fields.bytes;
                default -> {}
            }
        }
        if (table == null) {
            throw damaged(where);
        }
        try {
            return new RegionInfo(table, start, stop, regionId);
        } catch (IllegalArgumentException e) {
            throw damaged(where);
        }
    }

    private static TableName table(byte[] bytes, String where) {
        String namespace = "";
        String qualifier = "";
        Fields fields = new Fields(bytes, 0, where);
        while (fields.next()) {
            String text = new String(fields.bytes, StandardCharsets.UTF_8);
            switch (fields.number) {
                case NAMESPACE -> namespace = text;
                case QUALIFIER -> qualifier = text;
                default -> {}
            }
        }
        try {
            return new TableName(namespace, qualifier);
        } catch (IllegalArgumentException e) {
            throw damaged(where);
        }
    }

    private static SkepException damaged(String where) {
        return new SkepException(ErrorCode.CORRUPT_FILE, "Region description is damaged: " + where);
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        varint(out, ((long) number << 3) | BYTES);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static final class Fields {
        private final byte[] from;
        private final String where;
        private int at;
        private int number;
        private long value;
        private byte[] bytes = {};

        Fields(byte[] from, int at, String where) {
            this.from = from;
            this.at = at;
            this.where = where;
        }

        boolean next() {
            if (at == from.length) {
                return false;
            }
            long tag = varint();
            number = (int) (tag >>> 3);
            bytes = new byte[0];
            switch ((int) tag & 7) {
                case VARINT -> value = varint();
                case BYTES -> bytes = take(varint());
                case FIXED64 -> bytes = take(Long.BYTES);
                case FIXED32 -> bytes = take(Integer.BYTES);
                default -> throw damaged(where);
            }
            return true;
        }

        private byte[] take(long length) {
            if (length < 0 || length > from.length - at) {
                throw damaged(where);
            }
            at += (int) length;
            return java.util.Arrays.copyOfRange(from, at - (int) length, at);
        }

        private long varint() {
            long result = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                if (at == from.length) {
                    throw damaged(where);
                }
                byte next = from[at++];
                result |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return result;
                }
            }
            throw damaged(where);
        }
    }
}
