package org.skep.lsmtests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What Linux says about a process; 0 where it does not say it. Stateless. */
final class ProcessFigures {
    private ProcessFigures() {}

    /** Bytes that the process has handed to write calls so far. */
    static long writtenBytes(long pid) {
        return number(pid, "io", "wchar:");
    }

    /** Bytes of memory that the process holds. */
    static long residentBytes(long pid) {
        return number(pid, "status", "VmRSS:") << 10;
    }

    private static long number(long pid, String file, String name) {
        try {
            for (String line :
                    Files.readAllLines(
                            Path.of("/proc", Long.toString(pid), file), StandardCharsets.UTF_8)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            return 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
