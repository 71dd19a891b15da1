package org.skep.lsm.store.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.LocalFileSystem;

/**
 * One process owns a store: on the local disk by a lock on the file {@code LOCK}, which the
 * operating system gives back when the process ends; elsewhere only against this process itself.
 * Safe for use by many threads.
 */
public final class ProcessOwnership implements Ownership {
    /** The only instance: all stores of a process must know of each other. */
    public static final ProcessOwnership INSTANCE = new ProcessOwnership();

    // Far behind the text, since some systems forbid to read what is locked.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int READ_BYTES = 256;

    // Guarded by itself. A second channel on a LOCK file would give up the lock when it is closed.
    private final IdentityHashMap<FileSystem, Set<String>> owned = new IdentityHashMap<>();

    private ProcessOwnership() {}

    @Override
    public Lease take(FileSystem fileSystem, String root) {
        String path = fileSystem == LocalFileSystem.INSTANCE ? real(root) : root;
        synchronized (owned) {
            Set<String> mine = owned.computeIfAbsent(fileSystem, any -> new TreeSet<>());
            if (mine.contains(path)) {
                throw inUse(root, "this process");
            }
            Closing closing =
                    fileSystem == LocalFileSystem.INSTANCE ? lock(Path.of(path)) : () -> {};
            mine.add(path);
            return new ProcessLease(fileSystem, path, closing);
        }
    }

    private static String real(String root) {
        try {
            return LocalFileSystem.path(root).toRealPath().toString();
        } catch (IOException e) {
            throw cannotLock(root, e);
        }
    }

    private static Closing lock(Path root) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            root.resolve("LOCK"),
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE);
            try {
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
                if (lock == null) {
                    throw inUse(root.toString(), holder(channel));
                }
                String text = "pid " + ProcessHandle.current().pid() + "\n";
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
                return () -> {
                    channel.truncate(0);
                    lock.release();
                    channel.close();
                };
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(root.toString(), "this process");
        } catch (IOException e) {
            throw cannotLock(root.toString(), e);
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        int count = Math.max(0, channel.read(buffer, 0));
        String text = new String(buffer.array(), 0, count, StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? "another process" : "process " + text;
    }

    private static SkepException inUse(String root, String holder) {
        return new SkepException(
                ErrorCode.DATA_DIRECTORY_IN_USE,
                "Region store is in use by %s: %s".formatted(holder, root));
    }

    private static SkepException cannotLock(String root, IOException e) {
        return new SkepException(
                ErrorCode.IO_ERROR, "Cannot lock %s: %s".formatted(root, e.getMessage()), e);
    }

    private interface Closing {
        void close() throws IOException;
    }

    private final class ProcessLease implements Lease {
        private final FileSystem fileSystem;
        private final String path;
        private final Closing closing;

        ProcessLease(FileSystem fileSystem, String path, Closing closing) {
            this.fileSystem = fileSystem;
            this.path = path;
            this.closing = closing;
        }

        @Override
        public boolean permanent() {
            return true;
        }

        @Override
        public void check() {
            // A lock of the operating system is not lost.
        }

        @Override
        public void close() {
            synchronized (owned) {
                Set<String> mine = owned.get(fileSystem);
                if (mine == null || !mine.remove(path)) {
                    return;
                }
                if (mine.isEmpty()) {
                    owned.remove(fileSystem);
                }
                try {
                    closing.close();
                } catch (IOException e) {
                    throw cannotLock(path, e);
                }
            }
        }
    }
}
