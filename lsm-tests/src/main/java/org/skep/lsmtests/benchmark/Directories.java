package org.skep.lsmtests.benchmark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directories that stores leave. Stateless. */
final class Directories {
    private Directories() {}

    /** Bytes of all files; those that go meanwhile do not count. */
    static long size(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : all(directory)) {
            try {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (NoSuchFileException e) {
                // It is gone.
            }
        }
        return bytes;
    }

    /** Has all files written to the disk; those that go meanwhile are passed over. */
    static void sync(Path directory) throws IOException {
        for (Path file : all(directory)) {
            if (Files.isRegularFile(file)) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                } catch (NoSuchFileException e) {
                    // It is gone.
                }
            }
        }
    }

    static void delete(Path directory) throws IOException {
        for (Path file : all(directory)) {
            Files.deleteIfExists(file);
        }
    }

    private static List<Path> all(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
