package org.skep.metastore.owner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.time.Clock;

/**
 * The directory of a warehouse, owned by this process until it is closed or the process ends.
 * {@code docs/formats/warehouse.md} says what is in it. Safe for use by many threads.
 */
public final class DataDirectory implements AutoCloseable {
    /** The version of what is in a data directory that this Skep makes; older ones are read. */
    public static final int FORMAT_VERSION = 1;

    private static final String FORMAT = "FORMAT";
    private static final String LOCK = "LOCK";
    private static final String FORMAT_PREFIX = "skep-warehouse ";

    /** What may be in a directory in which a crash interrupted the creation, and the log. */
    private static final Set<String> BEFORE_FORMAT = Set.of(LOCK, FORMAT + ".new", "logs");

    /** Far behind the text, since some systems forbid to read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int READ_ATTEMPTS = 20;
    private static final long READ_PAUSE_NANOS = 20_000_000;
    private static final int LOCK_BYTES = 8 << 10;

    /**
     * Directories that this process owns. A second channel on a LOCK file would give up the lock
     * when it is closed, so nothing in this process may open one.
     */
    private static final Map<Path, DataDirectory> OWNED = new HashMap<>();

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private Holder holder;

    private DataDirectory(Path path, FileChannel channel, FileLock lock, Holder holder) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.holder = holder;
    }

    /**
     * Takes a directory; makes it if it is missing or empty.
     *
     * @throws SkepException DATA_DIRECTORY_IN_USE naming the process that owns it, FORMAT_TOO_NEW,
     *     INVALID_PATH if something else is in it, PERMISSION_DENIED, DISK_FULL, IO_ERROR
     */
    public static DataDirectory open(Path directory, Clock clock) {
        try {
            boolean fresh = !Files.exists(directory);
            PrivateFiles.createDirectories(directory);
            Path path = directory.toRealPath();
            if (fresh && path.getParent() != null) {
                PrivateFiles.syncDirectory(path.getParent());
            }
            return take(path, clock);
        } catch (IOException e) {
            throw PrivateFiles.failure("open data directory", directory, e);
        }
    }

    private static DataDirectory take(Path path, Clock clock) throws IOException {
        synchronized (OWNED) {
            DataDirectory mine = OWNED.get(path);
            if (mine != null) {
                throw inUse(path, mine.holder());
            }
            boolean formatted = checkFormat(path);
            if (!formatted) {
                checkEmpty(path);
            }
            DataDirectory taken = lock(path, clock);
            try {
                if (!formatted && !checkFormat(path)) {
                    create(path);
                }
            } catch (IOException | RuntimeException e) {
                taken.release();
                throw e;
            }
            OWNED.put(path, taken);
            return taken;
        }
    }

    // Whether there is a FORMAT file; a newer or broken one is refused.
    private static boolean checkFormat(Path path) throws IOException {
        Path file = path.resolve(FORMAT);
        String line;
        try {
            line = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return false;
        }
        if (!line.matches(FORMAT_PREFIX + "[0-9]{1,9}")) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "File is damaged: %s must hold '%s' and a number"
                            .formatted(file, FORMAT_PREFIX.strip()));
        }
        int version = Integer.parseInt(line.substring(FORMAT_PREFIX.length()));
        if (version > FORMAT_VERSION) {
            throw new SkepException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "Data directory was written by a newer Skep: it has format %d, this Skep reads up to %d: %s"
                            .formatted(version, FORMAT_VERSION, path));
        }
        return true;
    }

    private static void checkEmpty(Path path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (!BEFORE_FORMAT.contains(entry.getFileName().toString())) {
                    throw new SkepException(
                            ErrorCode.INVALID_PATH,
                            "Data directory must be empty or hold a warehouse: " + path);
                }
            }
        }
    }

    private static DataDirectory lock(Path path, Clock clock) throws IOException {
        FileChannel channel = PrivateFiles.open(path.resolve(LOCK));
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw inUse(path, awaitHolder(channel));
            }
            Holder self =
                    new Holder(
                            ProcessHandle.current().pid(),
                            clock.now().truncatedTo(ChronoUnit.SECONDS),
                            Optional.empty());
            DataDirectory taken = new DataDirectory(path, channel, lock, self);
            taken.writeHolder();
            return taken;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    // The owner writes who it is just after it took the lock.
    private static Holder awaitHolder(FileChannel channel) throws IOException {
        Holder found = new Holder(0, Instant.EPOCH, Optional.empty());
        for (int attempt = 0; attempt < READ_ATTEMPTS && found.pid() == 0; attempt++) {
            if (attempt > 0) {
                LockSupport.parkNanos(READ_PAUSE_NANOS);
            }
            found = read(channel);
        }
        return found;
    }

    private static Holder read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LOCK_BYTES);
        int count = Math.max(0, channel.read(buffer, 0));
        return Holder.of(new String(buffer.array(), 0, count, StandardCharsets.UTF_8));
    }

    private static SkepException inUse(Path path, Holder holder) {
        return new SkepException(
                ErrorCode.DATA_DIRECTORY_IN_USE,
                "Data directory is in use by %s: %s".formatted(holder, path));
    }

    private static void create(Path path) throws IOException {
        Crash.point("directory.before-format");
        byte[] line = (FORMAT_PREFIX + FORMAT_VERSION + "\n").getBytes(StandardCharsets.US_ASCII);
        PrivateFiles.write(path.resolve(FORMAT), line);
        Crash.point("directory.after-format");
    }

    /** Who owns a directory now; empty if nobody does. */
    public static Optional<Holder> holderOf(Path directory) {
        try {
            Path path = directory.toRealPath();
            synchronized (OWNED) {
                DataDirectory mine = OWNED.get(path);
                if (mine != null) {
                    return Optional.of(mine.holder());
                }
                if (!Files.exists(path.resolve(LOCK))) {
                    return Optional.empty();
                }
                try (FileChannel channel = PrivateFiles.open(path.resolve(LOCK));
                        FileLock free = channel.tryLock(LOCKED_BYTE, 1, false)) {
                    return free != null ? Optional.empty() : Optional.of(awaitHolder(channel));
                }
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFiles.failure("read", directory.resolve(LOCK), e);
        }
    }

    /** The directory itself, absolute and without symbolic links. */
    public Path path() {
        return path;
    }

    /** Where the embedded catalogue keeps its files; made by the catalogue. */
    public Path catalogue() {
        return path.resolve("catalogue");
    }

    /** Where managed tables go. */
    public Path warehouse() {
        return path.resolve("warehouse");
    }

    /** Where logs go. */
    public Path logs() {
        return path.resolve("logs");
    }

    /** What queries spill; emptied by the owner when it opens the directory. */
    public Path scratch() {
        return path.resolve("scratch");
    }

    /** The journals of writes whose files are being put in place. */
    public Path journals() {
        return path.resolve("journal");
    }

    /** This process, as others see it. */
    public synchronized Holder holder() {
        return holder;
    }

    /** Tells other processes where to connect instead of opening the directory. */
    public synchronized void serveAt(String url) {
        holder = new Holder(holder.pid(), holder.started(), Optional.of(url));
        try {
            writeHolder();
        } catch (IOException e) {
            throw PrivateFiles.failure("write", path.resolve(LOCK), e);
        }
    }

    private synchronized void writeHolder() throws IOException {
        byte[] lines = holder.lines().getBytes(StandardCharsets.UTF_8);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(lines), 0);
    }

    /** Gives the directory up; another process can take it at once. */
    @Override
    public void close() {
        synchronized (OWNED) {
            if (!OWNED.remove(path, this)) {
                return;
            }
            try {
                channel.truncate(0);
                release();
            } catch (IOException e) {
                throw PrivateFiles.failure("close data directory", path, e);
            }
        }
    }

    private void release() throws IOException {
        lock.release();
        channel.close();
    }
}
