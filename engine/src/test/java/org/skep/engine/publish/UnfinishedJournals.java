package org.skep.engine.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.skep.base.error.SkepException;

/** What the journals on the disk say of statements that were interrupted. Immutable. */
public final class UnfinishedJournals {
    private UnfinishedJournals() {}

    /**
     * Whether the newest journal in a directory names a file that is not where it should go. Files
     * of those before it may have been replaced.
     */
    public static boolean in(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return false;
        }
        Optional<Path> newest = Optional.empty();
        try (var files = Files.newDirectoryStream(directory, "*" + JournalStore.ENDING)) {
            for (Path file : files) {
                if (newest.isEmpty() || file.compareTo(newest.get()) > 0) {
                    newest = Optional.of(file);
                }
            }
        }
        return newest.isPresent() && unfinished(newest.get());
    }

    private static boolean unfinished(Path file) throws IOException {
        try {
            return JournalFormat.read(file.toString(), Files.readAllBytes(file)).parts().stream()
                    .flatMap(part -> part.moves().stream())
                    .anyMatch(move -> !Files.exists(Path.of(move.to())));
        } catch (SkepException e) {
            return true; // it was being written
        }
    }
}
