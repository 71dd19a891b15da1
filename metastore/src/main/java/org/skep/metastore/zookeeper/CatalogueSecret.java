package org.skep.metastore.zookeeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.metastore.owner.PrivateFiles;

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
            if (!Files.exists(file)) {
                PrivateFiles.createDirectories(file.getParent());
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                String line = HexFormat.of().formatHex(random) + "\n";
                PrivateFiles.write(file, line.getBytes(StandardCharsets.US_ASCII));
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

    /** The password; null before {@link #create}. */
    String text() {
        return text;
    }
}
