package org.skep.metastore.zookeeper;

import java.time.DateTimeException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * The envelope of every node: magic number, format version, kind, checksum, body. All numbers are
 * most significant byte first.
 *
 * <pre>
 * 0   4  magic 53 4B 4E 44 ("SKND")
 * 4   1  format version, now 1
 * 5   1  kind of node
 * 6   1  form of the body: 0 as it is, 1 deflated (RFC 1951, without wrapper)
 * 7   1  zero
 * 8   4  length of the body before compression
 * 12  4  CRC32C over bytes 0 to 11 and 16 to the end
 * 16     body
 * </pre>
 */
final class NodeFormat {
    // Stored in every node: never reuse or renumber.
    static final int KIND_FORMAT = 1;
    static final int KIND_DATABASE = 2;
    static final int KIND_NAME = 3;
    static final int KIND_TABLE = 4;
    static final int KIND_BUCKET = 5;
    static final int KIND_STATISTICS = 6;
    static final int KIND_JOURNAL = 7;

    /** The version that is written; older ones are read. */
    static final int VERSION = 1;

    private static final int MAGIC = 0x534B4E44;
    private static final int HEADER = 16;
    private static final int PLAIN = 0;
    private static final int DEFLATED = 1;
    private static final int COMPRESS_FROM = 512;
    private static final int BODY_LIMIT = 64 << 20;
    private static final int LEVEL = 3;

    private NodeFormat() {}

    /** A node's bytes around a body. */
    static byte[] wrap(int kind, byte[] body) {
        byte[] stored = body;
        int form = PLAIN;
        if (body.length >= COMPRESS_FROM) {
            byte[] smaller = deflate(body);
            if (smaller.length < body.length) {
                stored = smaller;
                form = DEFLATED;
            }
        }
        return wrap(kind, form, body.length, stored);
    }

    /** A node's bytes around a body that is compressed already where it pays. */
    static byte[] wrapAsIs(int kind, byte[] body) {
        return wrap(kind, PLAIN, body.length, body);
    }

    private static byte[] wrap(int kind, int form, int rawLength, byte[] stored) {
        ByteWriter writer = new ByteWriter();
        writer.putInt(MAGIC);
        writer.putByte(VERSION);
        writer.putByte(kind);
        writer.putByte(form);
        writer.putByte(0);
        writer.putInt(rawLength);
        writer.putInt(0);
        writer.putRaw(stored);
        byte[] node = writer.toBytes();
        int checksum = checksum(node);
        for (int i = 0; i < 4; i++) {
            node[12 + i] = (byte) (checksum >> (24 - 8 * i));
        }
        return node;
    }

    private static int checksum(byte[] node) {
        CRC32C crc = new CRC32C();
        crc.update(node, 0, HEADER - 4);
        crc.update(node, HEADER, node.length - HEADER);
        return (int) crc.getValue();
    }

    /**
     * The body of a node, read by {@code form}, which must use all of it.
     *
     * @throws SkepException CORRUPT_FILE naming the node, FORMAT_TOO_NEW
     */
    static <T> T unwrap(String path, int kind, byte[] node, Function<ByteReader, T> form) {
        if (node.length < HEADER) {
            throw corrupt(path, "it has only %d bytes".formatted(node.length), null);
        }
        ByteReader header = new ByteReader(node);
        int magic = header.takeInt();
        if (magic != MAGIC) {
            throw corrupt(path, "expected magic %08x, found %08x".formatted(MAGIC, magic), null);
        }
        int version = header.takeByte();
        int storedKind = header.takeByte();
        int storedForm = header.takeByte();
        header.takeByte();
        int length = header.takeInt();
        int expected = header.takeInt();
        int found = checksum(node);
        if (expected != found) {
            throw corrupt(
                    path, "expected checksum %08x, found %08x".formatted(expected, found), null);
        }
        if (version > VERSION) {
            throw new SkepException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "Catalogue was written by a newer Skep: node %s has format %d, this Skep reads up to %d"
                            .formatted(path, version, VERSION));
        }
        if (storedKind != kind || length < 0 || length > BODY_LIMIT) {
            throw corrupt(path, "expected kind %d, found %d".formatted(kind, storedKind), null);
        }
        try {
            byte[] body =
                    storedForm == DEFLATED
                            ? inflate(node, HEADER, node.length - HEADER, length)
                            : Arrays.copyOfRange(node, HEADER, node.length);
            ByteReader reader = new ByteReader(body);
            T result = form.apply(reader);
            if (!reader.atEnd()) {
                throw corrupt(path, "bytes are left over", null);
            }
            return result;
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException
                | DataFormatException e) {
            throw corrupt(path, String.valueOf(e.getMessage()), e);
        }
    }

    static SkepException corrupt(String path, String reason, Exception cause) {
        return new SkepException(
                ErrorCode.CORRUPT_FILE,
                "Catalogue node is damaged: %s: %s".formatted(path, reason),
                cause);
    }

    /** Compresses without wrapper. */
    static byte[] deflate(byte[] body) {
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(body);
            deflater.finish();
            byte[] target = new byte[Math.max(64, body.length / 2)];
            int length = 0;
            while (!deflater.finished()) {
                if (length == target.length) {
                    target = Arrays.copyOf(target, target.length * 2);
                }
                length += deflater.deflate(target, length, target.length - length);
            }
            return Arrays.copyOf(target, length);
        } finally {
            deflater.end();
        }
    }

    /** Decompresses exactly {@code rawLength} bytes. */
    static byte[] inflate(byte[] source, int offset, int length, int rawLength)
            throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(source, offset, length);
            byte[] body = new byte[rawLength];
            int done = 0;
            while (done < rawLength) {
                int count = inflater.inflate(body, done, rawLength - done);
                if (count == 0) {
                    throw new DataFormatException("Compressed data ends too early");
                }
                done += count;
            }
            return body;
        } finally {
            inflater.end();
        }
    }
}
