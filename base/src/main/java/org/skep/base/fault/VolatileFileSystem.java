package org.skep.base.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.io.OutputFile;
import org.skep.base.time.Clock;

/**
 * The machine's disk below one directory, with what was not synced kept in this process alone: when
 * the process is killed, the disk holds what it would hold after a power cut in which nothing else
 * survives. For tests only, which thereby need no cut. Safe for use by many threads: guarded by
 * itself.
 *
 * <p>The bytes of a file reach the disk when the file is synced, an entry of a directory (made,
 * renamed or deleted) when that directory is; only the old name of a file that was renamed never
 * goes before the new one is there. The process itself sees everything at once. Nobody else may
 * change what is below the directory meanwhile.
 */
public final class VolatileFileSystem implements FileSystem {
    /** What a careless program could forget; used to show that a test would notice. */
    public enum Carelessness {
        /** Nothing is forgotten. */
        NONE,
        /** Syncs of files do nothing. */
        SKIPS_FILE_SYNC,
        /** Syncs of directories do nothing. */
        SKIPS_DIRECTORY_SYNC,
        /**
         * Syncs below a directory that was named return at once and happen with the next change of
         * a file elsewhere, so that what is done in between, such as a commit, comes first.
         */
        SYNCS_LATE
    }

    /** A file: what this process sees, and how much of it the disk has. */
    private static final class FileNode {
        private final GrowingBytes bytes;
        private int synced;
        private long modifiedMillis;
        // The places on the disk, each with its name in its directory.
        private final Map<Path, Integer> places = new HashMap<>();

        FileNode(byte[] content, long modifiedMillis) {
            bytes = new GrowingBytes(content);
            this.modifiedMillis = modifiedMillis;
            synced = content.length;
        }

        void sync() {
            synced = bytes.length();
            places.replaceAll((place, count) -> store(place, count));
        }

        void place(Path place) {
            places.put(place, store(place, 0));
        }

        // Brings a place up to what is synced.
        private int store(Path place, int count) {
            try (FileChannel channel =
                    FileChannel.open(place, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
                channel.position(count);
                byte[] more = new byte[synced - count];
                bytes.read(count, more, 0, more.length);
                ByteBuffer unwritten = ByteBuffer.wrap(more);
                while (unwritten.hasRemaining()) {
                    channel.write(unwritten);
                }
                Files.setLastModifiedTime(place, FileTime.fromMillis(modifiedMillis));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return synced;
        }
    }

    /**
     * An entry that was made or, without a node, deleted; {@code before} is the other half of a
     * rename.
     */
    private record Change(String name, Object node, Runnable before) {}

    private final Path root;
    private final DirectoryNode top;
    private final Clock clock;
    private final Carelessness carelessness;
    private final String lateBelow;
    private final List<Runnable> late = new ArrayList<>();

    /** The same without carelessness. */
    public VolatileFileSystem(Path root, Clock clock) {
        this(root, clock, Carelessness.NONE, "");
    }

    /**
     * What is on the disk below a directory, which exists.
     *
     * @param root absolute
     * @param lateBelow the directory whose syncs come late, if they do
     */
    public VolatileFileSystem(Path root, Clock clock, Carelessness carelessness, String lateBelow) {
        this.root = root;
        this.clock = clock;
        this.carelessness = carelessness;
        this.lateBelow = lateBelow;
        top = new DirectoryNode(Optional.of(root));
    }

    /** A directory: what this process sees, and what the disk has. */
    private static final class DirectoryNode {
        private final TreeMap<String, Object> entries = new TreeMap<>();
        private final TreeMap<String, Object> stored = new TreeMap<>();
        private final List<Change> unsynced = new ArrayList<>();
        private Optional<Path> place;
        private boolean read;

        DirectoryNode(Optional<Path> place) {
            this.place = place;
            read = place.isEmpty();
        }

        Map<String, Object> entries() {
            if (!read) {
                read = true;
                place.ifPresent(this::read);
            }
            return entries;
        }

        private void read(Path path) {
            try (var found = Files.newDirectoryStream(path)) {
                for (Path entry : found) {
                    Object node =
                            Files.isDirectory(entry)
                                    ? new DirectoryNode(Optional.of(entry))
                                    : file(entry);
                    entries.put(entry.getFileName().toString(), node);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            stored.putAll(entries);
        }

        private static FileNode file(Path path) throws IOException {
            FileNode file =
                    new FileNode(
                            Files.readAllBytes(path), Files.getLastModifiedTime(path).toMillis());
            file.places.put(path, file.bytes.length());
            return file;
        }

        void put(String name, Object node) {
            entries().put(name, node);
            unsynced.add(new Change(name, node, () -> {}));
        }

        void remove(String name, Runnable before) {
            entries().remove(name);
            unsynced.add(new Change(name, null, before));
        }

        void sync() {
            List<Change> all = List.copyOf(unsynced);
            unsynced.clear();
            all.forEach(this::store);
        }

        // Stores one entry before its time.
        void sync(String name, Object node) {
            for (Change change : List.copyOf(unsynced)) {
                if (change.name.equals(name) && change.node == node) {
                    unsynced.remove(change);
                    store(change);
                }
            }
        }

        private void store(Change change) {
            if (change.node == null) {
                change.before.run();
                Object old = stored.remove(change.name);
                place.ifPresent(path -> unplace(old, path.resolve(change.name)));
            } else {
                stored.put(change.name, change.node);
                place.ifPresent(path -> place(change.node, path.resolve(change.name)));
            }
        }

        private static void place(Object node, Path path) {
            if (node instanceof FileNode file) {
                file.place(path);
                return;
            }
            DirectoryNode directory = (DirectoryNode) node;
            try {
                if (directory.place.isPresent()) {
                    Files.move(directory.place.get(), path);
                    directory.moved(path);
                    return;
                }
                Files.createDirectory(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            directory.place = Optional.of(path);
            directory.stored.forEach((name, below) -> place(below, path.resolve(name)));
        }

        private void moved(Path to) {
            Path from = place.orElseThrow();
            place = Optional.of(to);
            stored.forEach(
                    (name, below) -> {
                        if (below instanceof FileNode file) {
                            Integer count = file.places.remove(from.resolve(name));
                            file.places.put(to.resolve(name), count);
                        } else {
                            ((DirectoryNode) below).moved(to.resolve(name));
                        }
                    });
        }

        private static void unplace(Object node, Path path) {
            try {
                if (node instanceof FileNode file) {
                    file.places.remove(path);
                    Files.delete(path);
                } else if (node instanceof DirectoryNode directory
                        && directory.place.equals(Optional.of(path))) {
                    // What was in it is gone with it, synced or not.
                    directory.stored.forEach((name, below) -> unplace(below, path.resolve(name)));
                    directory.stored.clear();
                    directory.place = Optional.empty();
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    private Path relative(String path) {
        Path absolute = LocalFileSystem.path(path).normalize();
        if (!absolute.startsWith(root)) {
            throw new IllegalArgumentException("Not below %s: %s".formatted(root, path));
        }
        return root.relativize(absolute);
    }

    private Object find(String path) {
        Object at = top;
        for (Path name : relative(path)) {
            if (!name.toString().isEmpty()) {
                at = at instanceof DirectoryNode directory ? entry(directory, name) : null;
            }
        }
        return at;
    }

    private static Object entry(DirectoryNode directory, Path name) {
        return directory.entries().get(name.toString());
    }

    private DirectoryNode directory(String path) {
        if (find(path) instanceof DirectoryNode directory) {
            return directory;
        }
        throw notFound(path);
    }

    private DirectoryNode parent(String path) {
        return directory(LocalFileSystem.path(path).normalize().getParent().toString());
    }

    private String name(String path) {
        return relative(path).getFileName().toString();
    }

    private FileNode file(String path) {
        if (find(path) instanceof FileNode file) {
            return file;
        }
        throw notFound(path);
    }

    private static SkepException notFound(String path) {
        return new SkepException(ErrorCode.FILE_NOT_FOUND, "File not found: " + path);
    }

    private static SkepException cannot(String verb, String path, String reason) {
        return new SkepException(
                ErrorCode.IO_ERROR, "Cannot %s %s: %s".formatted(verb, path, reason));
    }

    // Before a change elsewhere.
    private void change(String path) {
        if (!late.isEmpty() && !path.startsWith(lateBelow)) {
            late.forEach(Runnable::run);
            late.clear();
        }
    }

    private void sync(String path, Carelessness skipped, Runnable work) {
        if (carelessness == Carelessness.SYNCS_LATE && path.startsWith(lateBelow)) {
            late.add(work);
        } else if (carelessness != skipped) {
            work.run();
        }
    }

    @Override
    public synchronized Optional<FileStatus> status(String path) {
        return Optional.ofNullable(find(path)).map(node -> status(path, node));
    }

    private static FileStatus status(String path, Object node) {
        return node instanceof FileNode file
                ? new FileStatus(path, false, file.bytes.length(), file.modifiedMillis)
                : new FileStatus(path, true, 0, 0);
    }

    @Override
    public synchronized List<FileStatus> list(String directory) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        List<FileStatus> found = new ArrayList<>();
        directory(directory)
                .entries()
                .forEach((name, node) -> found.add(status(prefix + name, node)));
        return found;
    }

    @Override
    public synchronized InputFile open(String path) {
        return new MemoryInput(this, path, file(path).bytes, () -> {});
    }

    @Override
    public synchronized OutputFile create(String path) {
        change(path);
        DirectoryNode parent = parent(path);
        if (parent.entries().containsKey(name(path))) {
            throw cannot("write", path, "it exists");
        }
        FileNode file = new FileNode(new byte[0], clock.now().toEpochMilli());
        parent.put(name(path), file);
        return new Output(path, file);
    }

    @Override
    public synchronized OutputFile append(String path) {
        return new Output(path, file(path));
    }

    @Override
    public synchronized void rename(String from, String to) {
        change(from);
        Object node = find(from);
        if (node == null) {
            throw notFound(from);
        }
        DirectoryNode target = parent(to);
        if (target.entries().containsKey(name(to))) {
            throw cannot("rename", from + " to " + to, "it exists");
        }
        target.put(name(to), node);
        parent(from).remove(name(from), () -> target.sync(name(to), node));
    }

    @Override
    public synchronized void delete(String path) {
        change(path);
        Object node = find(path);
        if (node == null) {
            return;
        }
        if (node instanceof DirectoryNode directory && !directory.entries().isEmpty()) {
            throw cannot("delete", path, "it is not empty");
        }
        parent(path).remove(name(path), () -> {});
    }

    @Override
    public synchronized void deleteTree(String path) {
        Object node = find(path);
        if (node == null) {
            return;
        }
        if (node instanceof DirectoryNode directory) {
            for (String name : List.copyOf(directory.entries().keySet())) {
                deleteTree(path + "/" + name);
            }
        }
        delete(path);
    }

    @Override
    public synchronized void createDirectories(String path) {
        DirectoryNode at = top;
        for (Path name : relative(path)) {
            if (name.toString().isEmpty()) {
                continue;
            }
            Object next = entry(at, name);
            if (next == null) {
                next = new DirectoryNode(Optional.empty());
                at.put(name.toString(), next);
            }
            if (!(next instanceof DirectoryNode)) {
                throw cannot("create directory", path, "a file is in its way");
            }
            at = (DirectoryNode) next;
        }
    }

    @Override
    public synchronized void syncFile(String path) {
        sync(path, Carelessness.SKIPS_FILE_SYNC, file(path)::sync);
    }

    @Override
    public synchronized void syncDirectory(String path) {
        sync(path, Carelessness.SKIPS_DIRECTORY_SYNC, directory(path)::sync);
    }

    private final class Output implements OutputFile {
        private final String path;
        private final FileNode file;

        Output(String path, FileNode file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public long position() {
            synchronized (VolatileFileSystem.this) {
                return file.bytes.length();
            }
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            synchronized (VolatileFileSystem.this) {
                change(path);
                file.bytes.append(source, offset, length);
                file.modifiedMillis = clock.now().toEpochMilli();
            }
        }

        @Override
        public void sync() {
            synchronized (VolatileFileSystem.this) {
                VolatileFileSystem.this.sync(path, Carelessness.SKIPS_FILE_SYNC, file::sync);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
