package org.skep.engine.catalog;

import java.nio.file.Path;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.FileSystems;
import org.skep.base.io.LocalFileSystem;
import org.skep.metastore.Database;

/** Where databases and tables lie. Stateless. */
public final class Locations {
    private Locations() {}

    /**
     * A location as a user writes it, in the catalogue's form: absolute, without scheme for the
     * local disk, without a slash at its end.
     *
     * @throws SkepException INVALID_PATH if it is not absolute
     */
    public static String normalize(String location) {
        String path = location.trim();
        if (path.startsWith("file:")) {
            path = LocalFileSystem.path(path).toString();
        }
        boolean scheme = path.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
        if (!scheme && !path.startsWith("/")) {
            throw new SkepException(
                    ErrorCode.INVALID_PATH, "Location must be absolute: " + location);
        }
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path;
    }

    /** A path after LOCAL: one that is not absolute begins where the process was started. */
    public static String local(String path) {
        boolean relative = !path.startsWith("/") && path.indexOf(':') < 0;
        return relative ? Path.of(path).toAbsolutePath().normalize().toString() : path;
    }

    /** A location as Hive shows it: with a scheme. */
    public static String display(String location) {
        return location.startsWith("/") ? "file:" + location : location;
    }

    /** Where the tables of a database go. */
    public static String ofDatabase(String warehouse, Database database) {
        return database.location()
                .orElseGet(
                        () ->
                                database.name().equals(Database.DEFAULT)
                                        ? warehouse
                                        : warehouse + "/" + database.name() + ".db");
    }

    /**
     * Where a new managed table goes: the directory of its name or, while that still holds files of
     * a table that was renamed, one beside it.
     */
    public static String ofNewTable(
            FileSystems fileSystems, String warehouse, Database database, String table) {
        String base = ofDatabase(warehouse, database) + "/" + table;
        FileSystem fileSystem = fileSystems.of(base);
        String location = base;
        for (int i = 2; holdsFiles(fileSystem, location); i++) {
            location = base + "_" + i;
        }
        return location;
    }

    private static boolean holdsFiles(FileSystem fileSystem, String directory) {
        return fileSystem.status(directory).isPresent()
                && fileSystem.list(directory).stream().anyMatch(entry -> !entry.hidden());
    }

    /** Whether a directory holds Hive's transactional files. */
    public static boolean isAcid(FileSystem fileSystem, String directory) {
        return fileSystem.status(directory).filter(FileStatus::directory).isPresent()
                && fileSystem.list(directory).stream()
                        .anyMatch(
                                entry ->
                                        entry.directory()
                                                && entry.name()
                                                        .matches(
                                                                "base_\\d+|(delete_)?delta_\\d+_\\d+.*"));
    }
}
