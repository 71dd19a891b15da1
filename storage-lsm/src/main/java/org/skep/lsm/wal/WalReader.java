package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;

/**
 * Reads the records of one file of the log in order, in pieces of some megabytes. Confined to one
 * thread.
 */
final class WalReader implements AutoCloseable {
    private static final int PIECE = 4 << 20;

    private final InputFile input;
    private final long epoch;
    private final long end;
    private final ChecksumRule rule;
    private final CRC32C crc = new CRC32C();
    private byte[] bytes;
    private ByteBuffer buffer;
    private long bytesAt; // where in the file the piece begins
    private int filled;
    private int at; // the current record in the piece
    private int length;

    /**
     * Opens a file.
     *
     * @param end where records end at the latest
     */
    WalReader(FileSystem files, String path, long epoch, long end, ChecksumRule rule) {
        input = files.open(path);
        this.epoch = epoch;
        this.rule = rule;
        this.end = Math.min(end, input.length());
        bytes = new byte[(int) Math.min(PIECE, Math.max(this.end, WalFormat.HEADER))];
        buffer = ByteBuffer.wrap(bytes);
        bytesAt = WalFormat.HEADER;
    }

    /** Moves to the next record; false at the end or at bytes that are no record. */
    boolean next() {
        at += length;
        length = 0;
        return valid();
    }

    private boolean valid() {
        if (!available(WalFormat.OVERHEAD)) {
            return false;
        }
        int body = buffer.getInt(at);
        if (body < WalFormat.OVERHEAD - WalFormat.FRAME
                || body > WalFormat.MAX_RECORD
                || buffer.getLong(at + WalFormat.EPOCH_AT) != epoch
                || !available(WalFormat.FRAME + body)) {
            return false;
        }
        int size = WalFormat.FRAME + body;
        int expected = buffer.getInt(at + Integer.BYTES);
        if (!rule.accepts(expected, WalFormat.checksum(buffer, at, size, crc))) {
            return false;
        }
        int region = buffer.get(at + WalFormat.REGION_AT);
        if (region < 0 || region + WalFormat.OVERHEAD > size || type() == null) {
            return false;
        }
        length = size;
        return true;
    }

    // Brings so many bytes from the current place on into the piece, if the file has them.
    private boolean available(int count) {
        if (at + count <= filled) {
            return true;
        }
        if (offset() + count > end) {
            return false;
        }
        if (at > 0) {
            System.arraycopy(bytes, at, bytes, 0, filled - at);
            bytesAt += at;
            filled -= at;
            at = 0;
        }
        if (count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(count, 2 * bytes.length));
            buffer = ByteBuffer.wrap(bytes);
        }
        int more = (int) Math.min(bytes.length - filled, end - bytesAt - filled);
        input.readFully(bytesAt + filled, bytes, filled, more);
        filled += more;
        return at + count <= filled;
    }

    /** Where the current record begins in the file; after a failed {@link #next} where it ended. */
    long offset() {
        return bytesAt + at;
    }

    /** Bytes of the current record. */
    int length() {
        return length;
    }

    /** Where records end at the latest. */
    long end() {
        return end;
    }

    WalFormat.Type type() {
        return WalFormat.Type.of(buffer.get(at + WalFormat.TYPE_AT));
    }

    /** How many bytes of the file were on the disk when the current record was written. */
    int synced() {
        return buffer.getInt(at + WalFormat.SYNCED_AT);
    }

    boolean hasRegion(byte[] name) {
        int size = buffer.get(at + WalFormat.REGION_AT);
        int from = at + WalFormat.REGION_AT + 1;
        return Arrays.equals(bytes, from, from + size, name, 0, name.length);
    }

    String region() {
        return new String(
                bytes,
                at + WalFormat.REGION_AT + 1,
                buffer.get(at + WalFormat.REGION_AT),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private int sequenceAt() {
        return at + WalFormat.REGION_AT + 1 + buffer.get(at + WalFormat.REGION_AT);
    }

    long sequence() {
        return buffer.getLong(sequenceAt());
    }

    /** What {@link #payloadOffset} counts in; valid until the next move. */
    ByteBuffer buffer() {
        return buffer;
    }

    int payloadOffset() {
        return sequenceAt() + Long.BYTES;
    }

    int payloadLength() {
        return at + length - payloadOffset();
    }

    /**
     * After a failed {@link #next}: looks behind the bad bytes for a record that was written when
     * those were on the disk already, which shows that they are damaged and not a torn end.
     *
     * @return whether there is one
     */
    boolean damaged() {
        long bad = offset();
        while (available(WalFormat.OVERHEAD)) {
            // The epoch tells nearly all places apart from records, before any checksum.
            int last = filled - WalFormat.OVERHEAD;
            while (at <= last && buffer.getLong(at + WalFormat.EPOCH_AT) != epoch) {
                at++;
            }
            if (at > last) {
                continue; // reads the next piece, or ends
            }
            if (offset() > bad && valid() && synced() > bad) {
                return true;
            }
            at++;
        }
        return false;
    }

    @Override
    public void close() {
        input.close();
    }
}
