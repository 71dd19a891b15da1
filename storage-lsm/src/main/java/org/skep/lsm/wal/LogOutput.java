package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/**
 * The file at the end of the log. What it is given is either on the disk after {@link #sync}, or
 * the sync failed and the file is done with: {@link #unsynced} gives back what is not on the disk,
 * to be written to another file. Used by the thread that leads, but for {@link #sync(long)}.
 */
final class LogOutput {
    final WalFile file;

    private final FileSystem files;
    private final OutputFile output;
    private final CRC32C crc = new CRC32C();
    private volatile long written;
    private volatile long synced;
    private volatile SkepException failure;

    private LogOutput(FileSystem files, WalFile file, OutputFile output) {
        this.files = files;
        this.file = file;
        this.output = output;
        written = WalFormat.HEADER;
        synced = WalFormat.HEADER;
        file.end = WalFormat.HEADER;
    }

    /** Makes a file with a header, and both durable; leaves nothing behind if that fails. */
    static LogOutput create(FileSystem files, String directory, WalFile file, WalFile before) {
        OutputFile output = null;
        try {
            output = files.create(file.path);
            Crash.point("wal.after-create");
            byte[] header = WalFormat.header(file.epoch, file.number, before);
            output.write(header, 0, header.length);
            output.sync();
            Crash.point("wal.after-header");
            files.syncDirectory(directory);
            return new LogOutput(files, file, output);
        } catch (SkepException e) {
            if (output != null) {
                closeQuietly(output);
                deleteQuietly(files, file.path);
            }
            throw e;
        }
    }

    private static void closeQuietly(OutputFile output) {
        try {
            output.close();
        } catch (SkepException e) {
            // The failure that led here is the one to tell.
        }
    }

    private static void deleteQuietly(FileSystem files, String path) {
        try {
            files.delete(path);
        } catch (SkepException e) {
            // A file without records is ignored by the recovery.
        }
    }

    long written() {
        return written;
    }

    long synced() {
        return synced;
    }

    /** Notes that a sync failed: what is not synced yet is in doubt for ever. */
    void fail(SkepException cause) {
        failure = cause;
    }

    /** Why a sync failed, or null. */
    SkepException failure() {
        return failure;
    }

    /** Appends the records of a group. After a failure nothing more may be written. */
    void write(WriteGroup group) {
        int on = (int) synced;
        for (Write write : group.writes) {
            WalFormat.seal(group.buffer, write.groupOffset, write.groupLength, on, crc);
        }
        int length = group.bytes();
        Crash.point("wal.before-write");
        output.write(group.buffer.duplicate().flip());
        Crash.point("wal.after-write");
        extend(length);
    }

    /** Appends records that another file was to have. */
    void write(byte[] records) {
        ByteBuffer buffer = ByteBuffer.wrap(records);
        int at = 0;
        while (at < records.length) {
            int length = WalFormat.FRAME + buffer.getInt(at);
            WalFormat.seal(buffer, at, length, (int) synced, crc);
            at += length;
        }
        output.write(records, 0, records.length);
        extend(records.length);
    }

    private void extend(int length) {
        long now = written + length;
        written = now;
        file.end = now;
    }

    /** Brings everything written to the disk. */
    void sync() {
        sync(written);
    }

    /** The same; the first {@code length} bytes count as on the disk afterwards. */
    void sync(long length) {
        Crash.point("wal.before-sync");
        output.syncData();
        Crash.point("wal.after-sync");
        if (length > synced) {
            synced = length;
        }
    }

    /**
     * The records that are not known to be on the disk. They are taken from the system's copy of
     * the file, except for those of {@code group} (or null), which are in memory still, and
     * verified: after a failed sync the system may have dropped them.
     *
     * @throws SkepException if they are not to be had; the log cannot go on then
     */
    byte[] unsynced(WriteGroup group) {
        int count = Math.toIntExact(written - synced);
        byte[] records = new byte[count];
        int inMemory = group == null ? 0 : group.bytes();
        if (count > inMemory) {
            try (InputFile input = files.open(file.path)) {
                input.readFully(synced, records, 0, count - inMemory);
            }
        }
        if (inMemory > 0) {
            group.buffer.duplicate().flip().get(records, count - inMemory, inMemory);
        }
        ByteBuffer buffer = ByteBuffer.wrap(records);
        int at = 0;
        while (at < count) {
            int left = count - at;
            int length = left < WalFormat.OVERHEAD ? 0 : WalFormat.FRAME + buffer.getInt(at);
            if (length < WalFormat.OVERHEAD
                    || length > left
                    || WalFormat.checksum(buffer, at, length, crc)
                            != buffer.getInt(at + Integer.BYTES)) {
                throw new SkepException(
                        ErrorCode.IO_ERROR,
                        "Cannot recover unsynced records of write-ahead log file " + file.path);
            }
            at += length;
        }
        return records;
    }

    /** Ends the file; what is not known to be on the disk is in doubt. */
    void giveUpUnsynced() {
        file.certain = synced;
        close();
    }

    void close() {
        closeQuietly(output);
    }
}
