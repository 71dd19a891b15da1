package org.skep.metastore.zookeeper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * The password of the embedded catalogue, in a file that only its owner can read. Safe for use by
 * many threads.
 */
final class CatalogueSecret {
    private static final int BYTES = 16;

    private final Path file;
    private volatile String text;

    CatalogueSecret(Path file) {
        this.file = file;
    }

    /** Makes the directory and the file if they are not there. */
    synchronized void create() {
        if (text != null) {
            return;
        }
        try {
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (!Files.exists(file)) {
                Files.createDirectories(
                        file.getParent(), permissions(posix, "rwx------"));
                write(posix);
            }
            text = Files.readString(file, StandardCharsets.US_ASCII).trim();
        } catch (IOException e) {
            throw ZooKeeperClient.unavailable(
                    "cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
        if (text.isEmpty()) {
            text = null;
            throw new SkepException(ErrorCode.CORRUPT_FILE, "Catalogue secret is empty: " + file);
        }
    }

    private void write(boolean posix) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        byte[] line = (HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII);
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        permissions(posix, "rw-------"))) {
            channel.write(ByteBuffer.wrap(line));
            channel.force(true);
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file);
        }
        try (FileChannel directory =
                FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static FileAttribute<?>[] permissions(boolean posix, String text) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
                }
                : new FileAttribute<?>[0];
    }

    /** The password; null before {@link #create}. */
    String text() {
        return text;
    }
}
