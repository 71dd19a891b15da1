package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The named values of a file. Confined to one thread while written, then not changed. */
final class FileInfo {
    // Names are stored in files: never change.
    static final String LAST_KEY = "hfile.LASTKEY";
    static final String AVERAGE_KEY = "hfile.AVG_KEY_LEN";
    static final String AVERAGE_VALUE = "hfile.AVG_VALUE_LEN";
    static final String CREATED = "hfile.CREATE_TIME_TS";
    static final String MAX_TAGS = "hfile.MAX_TAGS_LEN";
    static final String TAGS_COMPRESSED = "hfile.TAGS_COMPRESSED";
    static final String CELL_VERSION = "KEY_VALUE_VERSION";
    static final String MAX_CELL_SEQUENCE = "MAX_MEMSTORE_TS_KEY";
    static final String TIME_RANGE = "TIMERANGE";
    static final String EARLIEST_PUT = "EARLIEST_PUT_TS";
    static final String DELETE_FAMILIES = "DELETE_FAMILY_COUNT";
    static final String MAX_SEQUENCE = "MAX_SEQ_ID_KEY";
    static final String MAJOR = "MAJOR_COMPACTION_KEY";
    static final String BLOOM_TYPE = "BLOOM_FILTER_TYPE";
    static final String LAST_BLOOM_KEY = "LAST_BLOOM_KEY";
    static final String ENCODING = "DATA_BLOCK_ENCODING";
    // Ours: int 1. A file with it has CRC32C everywhere and a checksum in its trailer.
    static final String SKEP_FORMAT = "skep.format";
    // Ours: long each.
    static final String SKEP_ROWS = "skep.rows";
    static final String SKEP_COLUMNS = "skep.columns";
    static final String SKEP_DELETES = "skep.deletes";

    private static final byte[] MAGIC = "PBUF".getBytes(StandardCharsets.US_ASCII);

    // ISO 8859-1, whose order is that of bytes.
    private final TreeMap<String, byte[]> values = new TreeMap<>();

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The bytes of a value, null if there is none. */
    byte[] bytes(String name) {
        return values.get(name);
    }

    String text(String name) {
        byte[] bytes = values.get(name);
        return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
    }

    long number(String name, long otherwise) {
        byte[] bytes = values.get(name);
        if (bytes == null) {
            return otherwise;
        }
        return switch (bytes.length) {
            case 8 -> ByteBuffer.wrap(bytes).getLong();
            case 4 -> ByteBuffer.wrap(bytes).getInt();
            case 1 -> bytes[0];
            default -> throw new IndexOutOfBoundsException("number " + name);
        };
    }

    FileInfo put(String name, byte[] value) {
        values.put(name, value);
        return this;
    }

    FileInfo put(String name, String value) {
        return put(name, value.getBytes(StandardCharsets.US_ASCII));
    }

    FileInfo put(String name, long value) {
        return put(name, ByteBuffer.allocate(8).putLong(value).array());
    }

    FileInfo put(String name, int value) {
        return put(name, ByteBuffer.allocate(4).putInt(value).array());
    }

    FileInfo put(String name, boolean value) {
        return put(name, new byte[] {(byte) (value ? -1 : 0)});
    }

    byte[] toBytes() {
        Protobuf.Writer message = new Protobuf.Writer();
        for (Map.Entry<String, byte[]> entry : values.entrySet()) {
            message.field(
                    1,
                    new Protobuf.Writer()
                            .field(1, entry.getKey().getBytes(StandardCharsets.ISO_8859_1))
                            .field(2, entry.getValue())
                            .bytes());
        }
        byte[] body = message.delimited();
        return ByteBuffer.allocate(MAGIC.length + body.length).put(MAGIC).put(body).array();
    }

    /** Reads what {@link #toBytes} wrote; runs over the end with an IndexOutOfBoundsException. */
    static FileInfo read(byte[] bytes) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[i] != MAGIC[i]) {
                throw new IndexOutOfBoundsException("no protobuf");
            }
        }
        FileInfo info = new FileInfo();
        Protobuf.Reader message = new Protobuf.Reader(bytes, MAGIC.length, bytes.length).message();
        while (message.next()) {
            if (message.field() != 1 || !message.isBytes()) {
                message.skip();
                continue;
            }
            byte[] name = {};
            byte[] value = {};
            Protobuf.Reader pair = message.message();
            while (pair.next()) {
                if (pair.field() == 1 && pair.isBytes()) {
                    name = pair.bytes();
                } else if (pair.field() == 2 && pair.isBytes()) {
                    value = pair.bytes();
                } else {
                    pair.skip();
                }
            }
            info.put(new String(name, StandardCharsets.ISO_8859_1), value);
        }
        return info;
    }

    /** The least and the greatest timestamp, in either of the forms that HBase writes. */
    long[] timeRange() {
        byte[] bytes = values.get(TIME_RANGE);
        if (bytes == null) {
            return new long[] {0, Long.MAX_VALUE};
        }
        if (bytes.length == 2 * Long.BYTES && bytes[0] != MAGIC[0]) {
            ByteBuffer longs = ByteBuffer.wrap(bytes);
            return new long[] {longs.getLong(), longs.getLong()};
        }
        long[] range = {0, Long.MAX_VALUE};
        Protobuf.Reader message = new Protobuf.Reader(bytes, MAGIC.length, bytes.length);
        while (message.next()) {
            if (message.isVarint() && (message.field() == 1 || message.field() == 2)) {
                int which = message.field() - 1;
                range[which] = message.varint();
            } else {
                message.skip();
            }
        }
        return range;
    }
}
