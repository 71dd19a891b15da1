package org.skep.engine.publish;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Journals as bytes: magic, version, length and CRC32C, then the body, as {@code
 * docs/formats/warehouse.md} describes. Has no state.
 */
final class JournalFormat {
    // On disk in every journal: never reuse or renumber.
    private static final int MAGIC = 0x534B504A; // SKPJ
    private static final int VERSION = 1;
    private static final int HEADER = 16;
    private static final int CHECKED_HEADER = 12;

    private JournalFormat() {}

    static byte[] bytes(Journal journal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream body = new DataOutputStream(bytes)) {
            text(body, journal.id());
            text(body, journal.queryId());
            body.writeLong(journal.time().toEpochMilli());
            texts(body, journal.stagings());
            body.writeInt(journal.parts().size());
            for (Journal.Part part : journal.parts()) {
                text(body, part.tableId());
                text(body, part.database());
                text(body, part.table());
                body.writeByte(part.dropped() ? 1 : 0);
                texts(body, part.roots());
                moves(body, part.moves());
                moves(body, part.retired());
                texts(body, part.emptied());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail so
        }
        byte[] content = bytes.toByteArray();
        ByteBuffer file = ByteBuffer.allocate(HEADER + content.length);
        file.putInt(MAGIC).putInt(VERSION).putInt(content.length);
        file.putInt((int) checksum(file.array(), content));
        file.put(content);
        return file.array();
    }

    /** The checksum that the catalogue keeps of a journal's file. */
    static long checksum(byte[] file) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt(CHECKED_HEADER));
    }

    private static long checksum(byte[] header, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CHECKED_HEADER);
        crc.update(content, 0, content.length);
        return crc.getValue();
    }

    /**
     * The journal in a file.
     *
     * @throws SkepException CORRUPT_FILE, FORMAT_TOO_NEW
     */
    static Journal read(String path, byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        if (file.length < HEADER || buffer.getInt() != MAGIC) {
            throw corrupt(path, "it is not a journal");
        }
        int version = buffer.getInt();
        if (version > VERSION) {
            throw new SkepException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "Journal was written by a newer Skep: version %d: %s".formatted(version, path));
        }
        if (buffer.getInt() != file.length - HEADER) {
            throw corrupt(path, "its length is wrong");
        }
        long stored = checksum(file);
        byte[] content = new byte[file.length - HEADER];
        System.arraycopy(file, HEADER, content, 0, content.length);
        long found = checksum(file, content);
        if (stored != found) {
            throw corrupt(path, "checksum is %08x, expected %08x".formatted(found, stored));
        }
        try (DataInputStream body = new DataInputStream(new ByteArrayInputStream(content))) {
            return body(body);
        } catch (IOException | IllegalArgumentException e) {
            throw corrupt(path, "it cannot be decoded");
        }
    }

    private static SkepException corrupt(String path, String reason) {
        return new SkepException(
                ErrorCode.CORRUPT_FILE, "Journal is damaged: %s: %s".formatted(reason, path));
    }

    private static Journal body(DataInputStream body) throws IOException {
        String id = text(body);
        String queryId = text(body);
        Instant time = Instant.ofEpochMilli(body.readLong());
        List<String> stagings = texts(body);
        int count = body.readInt();
        List<Journal.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(
                    new Journal.Part(
                            text(body),
                            text(body),
                            text(body),
                            body.readByte() != 0,
                            texts(body),
                            moves(body),
                            moves(body),
                            texts(body)));
        }
        return new Journal(id, queryId, time, parts, stagings);
    }

    private static void text(DataOutputStream out, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("text is longer than the journal");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void texts(DataOutputStream out, List<String> values) throws IOException {
        out.writeInt(values.size());
        for (String value : values) {
            text(out, value);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(text(in));
        }
        return values;
    }

    private static void moves(DataOutputStream out, List<FileMove> moves) throws IOException {
        out.writeInt(moves.size());
        for (FileMove move : moves) {
            text(out, move.from());
            text(out, move.to());
            out.writeLong(move.length());
            out.writeLong(move.modifiedMillis());
        }
    }

    private static List<FileMove> moves(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<FileMove> moves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            moves.add(new FileMove(text(in), text(in), in.readLong(), in.readLong()));
        }
        return moves;
    }
}
