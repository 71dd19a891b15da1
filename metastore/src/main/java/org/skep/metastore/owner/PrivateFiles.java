package org.skep.metastore.owner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Makes files and directories that nobody but their owner can read, where the file system knows
 * owners. Always on a local disk. Has no state.
 */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes a directory and those above it that are missing; leaves alone what is there. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, permissions(directory, "rwx------"));
    }

    /** Opens a file for reading and writing, and makes it if it is not there. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                permissions(file, "rw-------"));
    }

    /**
     * Makes or replaces a file so that after a power cut it is there whole or, like before, not at
     * all. A file of the same name with {@code .new} at its end may be left over.
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel =
                FileChannel.open(temporary, options, permissions(file, "rw-------"))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(file.toAbsolutePath().getParent());
    }

    /** Returns when the entries of a directory would survive a power cut. */
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String text) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        };
    }

    /** Turns the failure of a system call into one that a user understands. */
    static SkepException failure(String verb, Path path, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        ErrorCode code = ErrorCode.IO_ERROR;
        if (cause instanceof AccessDeniedException || lower.contains("permission denied")) {
            code = ErrorCode.PERMISSION_DENIED;
            reason = "permission denied";
        } else if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            code = ErrorCode.DISK_FULL;
            reason = "no space left";
        }
        return new SkepException(code, "Cannot %s %s: %s".formatted(verb, path, reason), cause);
    }
}
