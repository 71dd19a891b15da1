package org.skep.lsm.store.directory;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * A short run of bytes that knows its kind and version and notices damage: {@code int magic | byte
 * version | int length of the content | content | int CRC-32C of all before}, big-endian.
 * Stateless; {@link Writer} and {@link Reader} are confined to one thread.
 */
public final class SealedRecord {
    private static final int HEAD = 9;
    private static final int TAIL = 4;

    private SealedRecord() {}

    /** Begins to write a record. */
    public static Writer write(int magic, int version) {
        return new Writer(magic, version);
    }

    /**
     * Opens a record.
     *
     * @param where names the record in errors
     * @throws SkepException CORRUPT_FILE, or FORMAT_TOO_NEW if its version is above {@code newest}
     */
    public static Reader read(byte[] bytes, int magic, int newest, String where) {
        if (bytes.length < HEAD + TAIL) {
            throw damaged(where, "it ends after %d bytes".formatted(bytes.length));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int checked = bytes.length - TAIL;
        int expected = buffer.getInt(checked);
        int found = checksum(bytes, checked);
        if (expected != found) {
            throw damaged(
                    where,
                    "checksum mismatch at offset 0: expected %08x, found %08x"
                            .formatted(expected, found));
        }
        if (buffer.getInt() != magic) {
            throw damaged(where, "it is of another kind: %08x".formatted(buffer.getInt(0)));
        }
        int version = buffer.get();
        if (version > newest) {
            throw new SkepException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "Record was written by a newer Skep: it has format %d, this Skep reads up to %d: %s"
                            .formatted(version, newest, where));
        }
        if (buffer.getInt() != bytes.length - HEAD - TAIL) {
            throw damaged(where, "its length is wrong");
        }
        return new Reader(buffer.slice(HEAD, bytes.length - HEAD - TAIL), version, where);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static SkepException damaged(String where, String how) {
        return new SkepException(
                ErrorCode.CORRUPT_FILE, "Record is damaged: %s: %s".formatted(where, how));
    }

    /** Gathers the content of a record. */
    public static final class Writer {
        private final int magic;
        private final int version;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        private Writer(int magic, int version) {
            this.magic = magic;
            this.version = version;
        }

        /** Adds four bytes. */
        public Writer number(int value) {
            content.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
            return this;
        }

        /** Adds eight bytes. */
        public Writer number(long value) {
            content.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
            return this;
        }

        /** Adds bytes behind their length. */
        public Writer bytes(byte[] value) {
            number(value.length);
            content.writeBytes(value);
            return this;
        }

        /** Adds a text as bytes in UTF-8. */
        public Writer text(String value) {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }

        /** The whole record. */
        public byte[] seal() {
            byte[] inner = content.toByteArray();
            ByteBuffer record = ByteBuffer.allocate(HEAD + inner.length + TAIL);
            record.putInt(magic).put((byte) version).putInt(inner.length).put(inner);
            record.putInt(checksum(record.array(), HEAD + inner.length));
            return record.array();
        }
    }

    /** Gives back what a writer was given, in the same order. */
    public static final class Reader {
        private final ByteBuffer buffer;
        private final int version;
        private final String where;

        private Reader(ByteBuffer buffer, int version, String where) {
            this.buffer = buffer;
            this.version = version;
            this.where = where;
        }

        /** The version that the record was written with. */
        public int version() {
            return version;
        }

        /** Reads four bytes. */
        public int number() {
            try {
                return buffer.getInt();
            } catch (BufferUnderflowException e) {
                throw endsEarly();
            }
        }

        /** Reads eight bytes. */
        public long longNumber() {
            try {
                return buffer.getLong();
            } catch (BufferUnderflowException e) {
                throw endsEarly();
            }
        }

        /** Reads bytes. */
        public byte[] bytes() {
            int length = number();
            if (length < 0 || length > buffer.remaining()) {
                throw endsEarly();
            }
            byte[] bytes = new byte[length];
            buffer.get(bytes);
            return bytes;
        }

        /** Reads a text. */
        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        /** A failure to make sense of the content, as an exception to be thrown. */
        public SkepException nonsense(String how) {
            return damaged(where, how);
        }

        private SkepException endsEarly() {
            return damaged(where, "its content ends at offset " + (HEAD + buffer.position()));
        }
    }
}
