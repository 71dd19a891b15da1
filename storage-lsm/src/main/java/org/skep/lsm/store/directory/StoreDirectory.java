package org.skep.lsm.store.directory;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableName;

/**
 * The paths of a store, {@code docs/formats/region-store.md} draws them, and the ways to write
 * small files there for good. Immutable.
 *
 * @param fileSystem where it lies
 * @param root its path, without a slash at the end
 */
public record StoreDirectory(FileSystem fileSystem, String root) {
    /** The version of what is in a store's directory that this Skep makes; older ones are read. */
    public static final int FORMAT_VERSION = 1;

    /** The name of the file in each region's directory that says which region it is. */
    public static final String REGION_INFO = ".regioninfo";

    /** How the names of the files begin that hold a table's descriptor; a number follows. */
    public static final String TABLE_INFO = ".tableinfo.";

    private static final String FORMAT_PREFIX = "skep-regions ";
    private static final Set<String> BEFORE_FORMAT = Set.of("LOCK", "FORMAT.new");

    public StoreDirectory {
        root =
                root.length() > 1 && root.endsWith("/")
                        ? root.substring(0, root.length() - 1)
                        : root;
    }

    /** The file that says what this directory is. */
    public String format() {
        return root + "/FORMAT";
    }

    /** The logs of writes. */
    public String wal() {
        return root + "/wal";
    }

    /** The namespaces' directories. */
    public String data() {
        return root + "/data";
    }

    /** Snapshots, a file each. */
    public String snapshots() {
        return root + "/snapshots";
    }

    /** Files being made; emptied when a store is opened but for those that a procedure names. */
    public String temporary() {
        return root + "/tmp";
    }

    /** Where repairs put what they take away. */
    public String lost() {
        return root + "/lost";
    }

    /** The directory of a namespace. */
    public String namespace(String namespace) {
        return data() + "/" + namespace;
    }

    /** The directory of a table. */
    public String table(TableName table) {
        return namespace(table.namespace()) + "/" + table.qualifier();
    }

    /** The directory of a region. */
    public String region(RegionInfo region) {
        return table(region.table()) + "/" + region.encodedName();
    }

    /** A path below the root, relative to it. */
    public String relative(String path) {
        if (!path.startsWith(root + "/")) {
            throw new IllegalArgumentException("Not below %s: %s".formatted(root, path));
        }
        return path.substring(root.length() + 1);
    }

    /** The path that {@link #relative} was given. */
    public String absolute(String relative) {
        return root + "/" + relative;
    }

    /** The number of a file that holds a table's descriptor; empty if it is another file. */
    public static OptionalInt tableInfoNumber(String name) {
        return name.matches("\\.tableinfo\\.[0-9]{1,9}")
                ? OptionalInt.of(Integer.parseInt(name.substring(TABLE_INFO.length())))
                : OptionalInt.empty();
    }

    /** Whether there is a store in this directory. */
    public boolean isStore() {
        return fileSystem.status(format()).isPresent();
    }

    /** Whether this is a store, or was one before it lost the file that says so. */
    public boolean wasStore() {
        return isStore()
                || (fileSystem.status(wal()).isPresent() && fileSystem.status(data()).isPresent());
    }

    /** Makes the directory and those above it, for good. */
    public void makeRoot() {
        Directories.make(fileSystem, root);
    }

    /**
     * Makes the directory if it is missing or empty, and checks that this Skep can read it.
     *
     * @throws SkepException FORMAT_TOO_NEW, INVALID_PATH if something else is in it, CORRUPT_FILE
     */
    public void prepare() {
        boolean fresh = !isStore();
        if (fresh) {
            fileSystem.createDirectories(root);
            for (FileStatus entry : fileSystem.list(root)) {
                if (!BEFORE_FORMAT.contains(entry.name())) {
                    throw new SkepException(
                            ErrorCode.INVALID_PATH,
                            "Directory must be empty or hold a region store: " + root);
                }
            }
            Crash.point("store.before-format");
            writeFormat();
            Crash.point("store.after-format");
        }
        checkFormat();
        for (String path : new String[] {wal(), data(), snapshots(), temporary()}) {
            fileSystem.createDirectories(path);
        }
        fileSystem.syncDirectory(root);
        if (fresh) {
            syncAbove(root);
        }
    }

    /** Writes the file that says what this directory is, if there is none. */
    public void writeFormat() {
        writeOnce(
                format(),
                (FORMAT_PREFIX + FORMAT_VERSION + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void checkFormat() {
        String line = new String(read(format()), StandardCharsets.ISO_8859_1).strip();
        if (!line.matches(FORMAT_PREFIX + "[0-9]{1,9}")) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "File is damaged: %s must hold '%s' and a number"
                            .formatted(format(), FORMAT_PREFIX.strip()));
        }
        int version = Integer.parseInt(line.substring(FORMAT_PREFIX.length()));
        if (version > FORMAT_VERSION) {
            throw new SkepException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "Region store was written by a newer Skep: it has format %d, this Skep reads up to %d: %s"
                            .formatted(version, FORMAT_VERSION, root));
        }
    }

    private void syncAbove(String path) {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            fileSystem.syncDirectory(path.substring(0, slash));
        }
    }

    /** Makes a directory with those above it, up to the root, all durable. */
    public void makeDirectory(String path) {
        fileSystem.createDirectories(path);
        for (String at = path; at.length() > root.length(); ) {
            at = at.substring(0, at.lastIndexOf('/'));
            fileSystem.syncDirectory(at);
        }
    }

    /** All bytes of a small file. */
    public byte[] read(String path) {
        try (InputFile file = fileSystem.open(path)) {
            if (file.length() > 1 << 30) {
                throw new SkepException(ErrorCode.CORRUPT_FILE, "File is too long: " + path);
            }
            byte[] bytes = new byte[(int) file.length()];
            file.readFully(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    /**
     * Writes a file that is then there whole and for good, or not at all. One that is there already
     * stays.
     */
    public void writeOnce(String path, byte[] content) {
        if (fileSystem.status(path).isPresent()) {
            return;
        }
        String unfinished = path + ".new";
        fileSystem.delete(unfinished);
        try (OutputFile file = fileSystem.create(unfinished)) {
            file.write(content, 0, content.length);
            file.sync();
        }
        Crash.point("store.before-rename");
        fileSystem.rename(unfinished, path);
        syncAbove(path);
    }

    /** Deletes a file or directory with all in it, for good. */
    public void remove(String path) {
        if (fileSystem.status(path).isPresent()) {
            fileSystem.deleteTree(path);
            syncAbove(path);
        }
    }
}
