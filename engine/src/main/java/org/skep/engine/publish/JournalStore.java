package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/** The directory of journals. Safe for use by many threads. */
final class JournalStore {
    static final String ENDING = ".journal";
    private static final int NUMBER_DIGITS = 16;

    private final FileSystems fileSystems;
    private final Durability durability;
    private final String directory;
    private final String token;
    private long next = 1;

    JournalStore(FileSystems fileSystems, Durability durability, String directory, String token) {
        this.fileSystems = fileSystems;
        this.durability = durability;
        this.directory = directory;
        this.token = token;
    }

    /** A new id; ids of later journals are greater as long as one of them is kept. */
    synchronized String newId() {
        return "%016x-%s".formatted(next++, token);
    }

    /**
     * Writes a journal; it survives a power cut when the files that are written with it do.
     *
     * @param files to be synced together with it
     * @param directories to be synced together with it
     * @return the file's checksum
     */
    long write(Journal journal, Set<String> files, Set<String> directories) {
        byte[] bytes = JournalFormat.bytes(journal);
        String path = path(journal.id());
        Set<String> allDirectories = new LinkedHashSet<>();
        durability.make(directory, directory, allDirectories);
        allDirectories.addAll(directories);
        try (OutputFile file = fileSystems.of(path).create(path)) {
            file.write(bytes, 0, bytes.length);
        }
        Crash.point("publish.journal-written");
        Set<String> allFiles = new LinkedHashSet<>(files);
        allFiles.add(path);
        allDirectories.add(directory);
        durability.sync(allFiles, allDirectories);
        durability.settle(directory, directory);
        return JournalFormat.checksum(bytes);
    }

    private String path(String id) {
        return directory + "/" + id + ENDING;
    }

    void delete(String id) {
        String path = path(id);
        fileSystems.of(path).delete(path);
    }

    /** All files of the directory: journals, oldest first, and others. */
    List<FileStatus> list() {
        FileSystem fileSystem = fileSystems.of(directory);
        return fileSystem.status(directory).isEmpty() ? List.of() : fileSystem.list(directory);
    }

    /** The ids of journals among these files; the next new one comes after them. */
    synchronized List<String> ids(List<FileStatus> files) {
        List<String> ids = new ArrayList<>();
        for (FileStatus file : files) {
            String name = file.name();
            if (name.endsWith(ENDING)) {
                String id = name.substring(0, name.length() - ENDING.length());
                ids.add(id);
                if (id.matches("[0-9a-f]{" + NUMBER_DIGITS + "}-.*")) {
                    long number = Long.parseLong(id.substring(0, NUMBER_DIGITS - 1), 16);
                    long last = Long.parseLong(id.substring(NUMBER_DIGITS - 1, NUMBER_DIGITS), 16);
                    next = Math.max(next, number * 16 + last + 1);
                }
            }
        }
        return ids;
    }

    /**
     * Reads a journal.
     *
     * @throws org.skep.base.error.SkepException CORRUPT_FILE, FORMAT_TOO_NEW
     */
    Journal read(String id) {
        return JournalFormat.read(path(id), content(id));
    }

    /** The checksum of a journal that can be read. */
    long checksum(String id) {
        return JournalFormat.checksum(content(id));
    }

    private byte[] content(String id) {
        String path = path(id);
        try (InputFile input = fileSystems.of(path).open(path)) {
            byte[] bytes = new byte[Math.toIntExact(input.length())];
            input.readFully(0, bytes, 0, bytes.length);
            return bytes;
        }
    }
}
