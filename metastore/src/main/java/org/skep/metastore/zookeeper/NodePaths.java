package org.skep.metastore.zookeeper;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Where things are. Lists of children stay below a packet: tables of a database are spread over 64
 * nodes by a hash of the name, and what is found by a table's id over 256 by its first digits.
 */
final class NodePaths {
    static final String ROOT = "/skep";
    static final String FORMAT = ROOT + "/format";
    static final String DATABASES = ROOT + "/db";
    static final String TABLES = ROOT + "/table";
    static final String DATA = ROOT + "/data";
    static final String UNSWEPT = ROOT + "/unswept";
    static final String JOURNALS = ROOT + "/journal";
    static final String SERVERS = "/hiveserver2";

    private static final int SHARD_BITS = 6;

    private NodePaths() {}

    static String database(String name) {
        return DATABASES + "/" + encode(name);
    }

    /** Holds the names of some of the tables of a database. */
    static String nameShard(String database, String table) {
        return database(database)
                + "/"
                + HexFormat.of().toHexDigits((byte) (hash(table) >>> (32 - SHARD_BITS)));
    }

    /** Holds a table's id. */
    static String name(String database, String table) {
        return nameShard(database, table) + "/" + encode(table);
    }

    static String tableShard(String id) {
        return TABLES + "/" + id.substring(0, 2);
    }

    static String table(String id) {
        return tableShard(id) + "/" + id;
    }

    static String dataShard(String id) {
        return DATA + "/" + id.substring(0, 2);
    }

    /** Holds the buckets and statistics of a table. */
    static String data(String id) {
        return dataShard(id) + "/" + id;
    }

    static String content(String id, String name) {
        return data(id) + "/" + name;
    }

    /** Says that a table may have nodes that nothing refers to. */
    static String unswept(String id) {
        return UNSWEPT + "/" + id;
    }

    static String journal(String id) {
        return JOURNALS + "/" + encode(id);
    }

    /**
     * A hash of which every bit depends on the whole text. Stored by way of buckets: never change.
     */
    static int hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        int hash = (int) crc.getValue();
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }

    /** The text with all but letters, digits, underscore and minus as {@code %XX} of its UTF-8. */
    static String encode(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-') {
                result.append(c);
            } else {
                result.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return result.toString();
    }

    static String decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
