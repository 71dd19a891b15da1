package org.skep.engine.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/**
 * Remembers on disk in which tables this process makes files, so that the next one need not look at
 * all tables to delete what was not published: one small file a directory. Safe for use by many
 * threads.
 */
final class StagingPlaces {
    private static final String ENDING = ".place";
    private static final String FIRST_LINE = "skep-place 1";
    private static final int MOST_BYTES = 1 << 20;

    private final FileSystems fileSystems;
    private final Durability durability;
    private final String directory;
    private final String token;
    private final Set<String> known = new HashSet<>();

    StagingPlaces(FileSystems fileSystems, Durability durability, String directory, String token) {
        this.fileSystems = fileSystems;
        this.durability = durability;
        this.directory = directory;
        this.token = token;
    }

    /** The directory for one statement's files. */
    String staging(String root, String queryId) {
        return root + "/" + Location.STAGING + "/" + queryId + "-" + token;
    }

    /** Returns when the next process would look into a table's directory. */
    synchronized void remember(String root) {
        if (known.contains(root)) {
            return;
        }
        Set<String> changed = new LinkedHashSet<>();
        durability.make(directory, directory, changed);
        changed.add(directory);
        String path = path(root);
        FileSystem fileSystem = fileSystems.of(path);
        fileSystem.delete(path);
        byte[] text = (FIRST_LINE + "\n" + token + "\n" + root).getBytes(StandardCharsets.UTF_8);
        try (OutputFile file = fileSystem.create(path)) {
            file.write(text, 0, text.length);
        }
        durability.sync(List.of(path), changed);
        durability.settle(directory, directory);
        known.add(root);
    }

    private String path(String root) {
        CRC32C crc = new CRC32C();
        crc.update(root.getBytes(StandardCharsets.UTF_8));
        return "%s/%08x%08x-%s%s"
                .formatted(directory, crc.getValue(), root.hashCode(), token, ENDING);
    }

    /** Deletes what earlier processes left in the places that they remembered. */
    void sweep(List<FileStatus> files) {
        List<FileStatus> places = new ArrayList<>();
        Set<String> changed = new LinkedHashSet<>();
        for (FileStatus file : files) {
            if (file.name().endsWith(ENDING)) {
                places.add(file);
                List<String> lines = lines(file);
                // A torn file was never acted upon.
                if (lines.size() == 3 && lines.get(0).equals(FIRST_LINE)) {
                    sweep(lines.get(2), lines.get(1));
                    addDirectories(lines.get(2), changed);
                }
            }
        }
        durability.syncReachable(changed);
        places.forEach(file -> fileSystems.of(file.path()).delete(file.path()));
    }

    // What was deleted there must not come back once nobody looks for it.
    private static void addDirectories(String root, Set<String> changed) {
        changed.add(root);
        changed.add(root + "/" + Location.STAGING);
    }

    private List<String> lines(FileStatus file) {
        if (file.length() > MOST_BYTES) {
            return List.of();
        }
        byte[] bytes = new byte[(int) file.length()];
        try (InputFile input = fileSystems.of(file.path()).open(file.path())) {
            input.readFully(0, bytes, 0, bytes.length);
        }
        return List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", 3));
    }

    private void sweep(String root, String ending) {
        String parent = root + "/" + Location.STAGING;
        try {
            FileSystem fileSystem = fileSystems.of(parent);
            if (fileSystem.status(parent).isEmpty()) {
                return;
            }
            for (FileStatus entry : fileSystem.list(parent)) {
                if (entry.name().endsWith("-" + ending)) {
                    fileSystem.deleteTree(entry.path());
                }
            }
            if (fileSystem.list(parent).isEmpty()) {
                fileSystem.delete(parent);
            }
        } catch (SkepException e) {
            if (e.code() != ErrorCode.PERMISSION_DENIED && e.code() != ErrorCode.NOT_SUPPORTED) {
                throw e;
            }
        }
    }

    /** Forgets all places; nothing was left in them. */
    synchronized void clear() {
        Set<String> changed = new LinkedHashSet<>();
        known.forEach(root -> addDirectories(root, changed));
        durability.syncReachable(changed);
        for (String root : known) {
            String path = path(root);
            fileSystems.of(path).delete(path);
        }
        known.clear();
    }
}
