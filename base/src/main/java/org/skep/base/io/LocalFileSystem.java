package org.skep.base.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** The machine's own disks through java.nio. Safe for use by many threads. */
public final class LocalFileSystem implements FileSystem {
    /** The only instance; it has no state. */
    public static final LocalFileSystem INSTANCE = new LocalFileSystem();

    private static final int LISTINGS = 16;
    private static final int HEAP_PIECE = 1 << 20;
    private static final int STICKY = 0x200;
    private static final String UID = "unix:uid";
    private static final Path PROCESS = Path.of("/proc/self");

    private LocalFileSystem() {}

    /** The path of a location with the scheme {@code file:} or none. */
    public static Path path(String location) {
        String plain = location;
        if (plain.startsWith("file:")) {
            plain = plain.substring("file:".length());
            if (plain.startsWith("///")) {
                plain = plain.substring(2);
            }
        }
        return Path.of(plain);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.DURABLE_SYNC, Capability.APPEND, Capability.ATOMIC_RENAME);
    }

    @Override
    public Optional<FileStatus> status(String path) {
        try {
            return Optional.of(
                    status(path, Files.readAttributes(path(path), BasicFileAttributes.class)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().contains("Not a directory")) {
                return Optional.empty();
            }
            throw failure("read", path, e);
        }
    }

    private static FileStatus status(String path, BasicFileAttributes attributes) {
        return new FileStatus(
                path,
                attributes.isDirectory(),
                attributes.isDirectory() ? 0 : attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }

    // A file that takes the place of another may come after the names were read, and the other one
    // go before it was looked at: then neither would be listed, though there always was one.
    @Override
    public List<FileStatus> list(String directory) {
        List<FileStatus> entries = new ArrayList<>();
        int left = LISTINGS;
        while (!addEntries(directory, entries) && --left > 0) {
            entries.clear();
        }
        entries.sort(Comparator.comparing(FileStatus::path));
        return entries;
    }

    // False if an entry went meanwhile.
    private boolean addEntries(String directory, List<FileStatus> entries) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        boolean whole = true;
        try (var stream = Files.newDirectoryStream(path(directory))) {
            for (Path entry : stream) {
                Optional<FileStatus> status = status(prefix + entry.getFileName());
                status.ifPresent(entries::add);
                // A link that leads nowhere is no entry, either.
                whole &= status.isPresent() || Files.exists(entry, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw failure("list", directory, e);
        }
        return whole;
    }

    @Override
    public InputFile open(String path) {
        try {
            if (Files.isDirectory(path(path))) {
                throw new SkepException(ErrorCode.IO_ERROR, "Cannot read: is a directory: " + path);
            }
            FileChannel channel = FileChannel.open(path(path), StandardOpenOption.READ);
            try {
                return new LocalInput(
                        path,
                        new LocalChannel(path(path), channel, StandardOpenOption.READ),
                        channel.size());
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public OutputFile create(String path) {
        return openForWriting(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public OutputFile append(String path) {
        return openForWriting(path, StandardOpenOption.WRITE);
    }

    private static OutputFile openForWriting(String path, OpenOption... options) {
        try {
            FileChannel channel = FileChannel.open(path(path), options);
            return new LocalOutput(
                    path,
                    new LocalChannel(path(path), channel, StandardOpenOption.WRITE),
                    channel.size());
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    @Override
    public void rename(String from, String to) {
        Path source = path(from);
        Path target = path(to);
        try {
            if (Files.isDirectory(source)) {
                // A directory's rename replaces an empty target silently, so the target is refused
                // here; all writers of
                // a warehouse live in one process, which is what makes the check sufficient.
                if (Files.exists(target)) {
                    throw new FileAlreadyExistsException(to);
                }
                Files.move(source, target);
            } else {
                // A hard link fails when the target exists, which a rename does not.
                Files.createLink(target, source);
                Files.delete(source);
            }
        } catch (UnsupportedOperationException e) {
            renameWithoutLinks(from, to);
        } catch (IOException e) {
            if (e instanceof java.nio.file.FileSystemException
                    && !(e instanceof FileAlreadyExistsException)
                    && !(e instanceof NoSuchFileException)
                    && Files.exists(source)
                    && !Files.exists(target)) {
                renameWithoutLinks(from, to);
                return;
            }
            throw failure("rename", from + " to " + to, e);
        }
    }

    private static void renameWithoutLinks(String from, String to) {
        try {
            Files.move(path(from), path(to));
        } catch (IOException e) {
            throw failure("rename", from + " to " + to, e);
        }
    }

    @Override
    public void requireMovable(String path) {
        Path file = path(path).toAbsolutePath();
        Path parent = file.getParent();
        if (parent != null && !(Files.isWritable(parent) && mayTake(parent, file))) {
            throw new SkepException(
                    ErrorCode.PERMISSION_DENIED,
                    "Cannot move %s: permission denied".formatted(path));
        }
    }

    // From a sticky directory such as /tmp only the owners of the file and of the directory may
    // take it, and root.
    private static boolean mayTake(Path parent, Path file) {
        try {
            int mode = (Integer) Files.getAttribute(parent, "unix:mode");
            Object me = Files.getAttribute(PROCESS, UID);
            return (mode & STICKY) == 0
                    || me.equals(0)
                    || me.equals(Files.getAttribute(parent, UID))
                    || me.equals(Files.getAttribute(file, UID));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return true;
        }
    }

    @Override
    public boolean onSameVolume(String path, String directory) {
        try {
            return Files.getFileStore(path(path)).equals(Files.getFileStore(path(directory)));
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public void delete(String path) {
        try {
            Files.deleteIfExists(path(path));
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    @Override
    public void deleteTree(String path) {
        Path root = path(path);
        if (!Files.exists(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(root, new DeleteVisitor());
        } catch (NoSuchFileException e) {
            return; // someone else deleted it meanwhile
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    @Override
    public void createDirectories(String path) {
        try {
            Files.createDirectories(path(path));
        } catch (IOException e) {
            throw failure("create directory", path, e);
        }
    }

    @Override
    public void syncFile(String path) {
        // Open for reading, since a file that is to be moved in may be read-only.
        try (FileChannel channel = FileChannel.open(path(path), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw failure("sync", path, e);
        }
    }

    @Override
    public void syncDirectory(String path) {
        try (FileChannel channel = FileChannel.open(path(path), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw failure("sync directory", path, e);
        }
    }

    /** Turns the failure of a system call into one that a user understands. */
    static SkepException failure(String verb, String path, IOException cause) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return new SkepException(ErrorCode.FILE_NOT_FOUND, "File not found: " + path, cause);
        }
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof AccessDeniedException || reason.contains("Permission denied")) {
            return new SkepException(
                    ErrorCode.PERMISSION_DENIED,
                    "Cannot %s %s: permission denied".formatted(verb, path),
                    cause);
        }
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return new SkepException(
                    ErrorCode.DISK_FULL,
                    "Cannot %s %s: no space left".formatted(verb, path),
                    cause);
        }
        if (cause instanceof FileAlreadyExistsException) {
            return new SkepException(
                    ErrorCode.IO_ERROR, "Cannot %s %s: it exists".formatted(verb, path), cause);
        }
        return new SkepException(
                ErrorCode.IO_ERROR, "Cannot %s %s: %s".formatted(verb, path, reason), cause);
    }

    private static final class DeleteVisitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }

    // Where to end the next transfer. Java copies bytes on the heap through a direct buffer of the
    // same size, which the thread then keeps.
    private static int piece(ByteBuffer buffer, int end) {
        int from = buffer.position();
        return buffer.isDirect() ? end : from + Math.min(end - from, HEAP_PIECE);
    }

    private static final class LocalInput implements InputFile {
        private final String path;
        private final LocalChannel channel;
        private final long length;

        LocalInput(String path, LocalChannel channel, long length) {
            this.path = path;
            this.channel = channel;
            this.length = length;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void readFully(long position, byte[] target, int offset, int count) {
            readFully(position, ByteBuffer.wrap(target, offset, count));
        }

        @Override
        public void readFully(long position, ByteBuffer target) {
            int count = target.remaining();
            int begin = target.position();
            int end = target.limit();
            try {
                channel.run(
                        open -> {
                            target.limit(end).position(begin);
                            long at = position;
                            while (target.position() < end) {
                                target.limit(piece(target, end));
                                int read = open.read(target, at);
                                target.limit(end);
                                if (read < 0) {
                                    throw endsTooEarly(position, count);
                                }
                                at += read;
                            }
                        });
            } catch (IOException e) {
                throw failure("read", path, e);
            }
        }

        private SkepException endsTooEarly(long position, int count) {
            return new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "File ends too early: %s has %d bytes, wanted %d at offset %d"
                            .formatted(path, length, count, position));
        }

        @Override
        public void close() {
            channel.close();
        }
    }

    private static final class LocalOutput implements OutputFile {
        private final String path;
        private final LocalChannel channel;
        private long position;

        LocalOutput(String path, LocalChannel channel, long position) {
            this.path = path;
            this.channel = channel;
            this.position = position;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            write(ByteBuffer.wrap(source, offset, length));
        }

        @Override
        public void write(ByteBuffer source) {
            int begin = source.position();
            int end = source.limit();
            try {
                channel.run(
                        open -> {
                            source.limit(end).position(begin);
                            while (source.position() < end) {
                                source.limit(piece(source, end));
                                open.write(source, position + source.position() - begin);
                                source.limit(end);
                            }
                        });
            } catch (IOException e) {
                source.limit(end);
                throw failure("write", path, e);
            } finally {
                position += source.position() - begin;
            }
        }

        @Override
        public void sync() {
            try {
                channel.run(open -> open.force(true));
            } catch (IOException e) {
                throw failure("sync", path, e);
            }
        }

        @Override
        public void syncData() {
            try {
                channel.run(open -> open.force(false));
            } catch (IOException e) {
                throw failure("sync", path, e);
            }
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
