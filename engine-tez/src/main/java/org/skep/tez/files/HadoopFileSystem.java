package org.skep.tez.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/**
 * Files of a Hadoop file system. Safe for use by many threads.
 *
 * <p>What the name node has acknowledged is durable, so directories need no sync. The blocks of a
 * new file are synced to the data nodes' disks as each is finished, and its last one when the file
 * is closed; a file that another program wrote is as durable as that program made it.
 */
final class HadoopFileSystem implements FileSystem {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Configuration configuration;

    HadoopFileSystem(Configuration configuration) {
        this.configuration = configuration;
    }

    // Hadoop keeps one for each authority and user, and closes them all at the process's end.
    private org.apache.hadoop.fs.FileSystem at(Path path) throws IOException {
        return path.getFileSystem(configuration);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.DURABLE_SYNC, Capability.APPEND, Capability.ATOMIC_RENAME);
    }

    @Override
    public Optional<FileStatus> status(String path) {
        try {
            Path hadoopPath = new Path(path);
            return Optional.of(status(path, at(hadoopPath).getFileStatus(hadoopPath)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    private static FileStatus status(String path, org.apache.hadoop.fs.FileStatus found) {
        return new FileStatus(
                path,
                found.isDirectory(),
                found.isDirectory() ? 0 : found.getLen(),
                found.getModificationTime());
    }

    @Override
    public List<FileStatus> list(String directory) {
        List<FileStatus> entries = new ArrayList<>();
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        try {
            Path path = new Path(directory);
            for (org.apache.hadoop.fs.FileStatus entry : at(path).listStatus(path)) {
                entries.add(status(prefix + entry.getPath().getName(), entry));
            }
        } catch (IOException e) {
            throw failure("list", directory, e);
        }
        entries.sort(Comparator.comparing(FileStatus::path));
        return entries;
    }

    @Override
    public InputFile open(String path) {
        try {
            Path hadoopPath = new Path(path);
            org.apache.hadoop.fs.FileSystem fileSystem = at(hadoopPath);
            long length = fileSystem.getFileStatus(hadoopPath).getLen();
            return new Input(path, fileSystem.open(hadoopPath), length);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public void requireMovable(String path) {
        try {
            Path parent = new Path(path).getParent();
            if (parent != null) {
                at(parent).access(parent, FsAction.WRITE);
            }
        } catch (IOException e) {
            throw failure("move", path, e);
        }
    }

    @Override
    public OutputFile create(String path) {
        try {
            Path hadoopPath = new Path(path);
            org.apache.hadoop.fs.FileSystem fileSystem = at(hadoopPath);
            FSDataOutputStream out =
                    fileSystem.createNonRecursive(
                            hadoopPath,
                            FsPermission.getFileDefault()
                                    .applyUMask(FsPermission.getUMask(configuration)),
                            EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK),
                            BUFFER_BYTES,
                            fileSystem.getDefaultReplication(hadoopPath),
                            fileSystem.getDefaultBlockSize(hadoopPath),
                            null);
            return new Output(path, out);
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    @Override
    public OutputFile append(String path) {
        try {
            Path hadoopPath = new Path(path);
            return new Output(path, at(hadoopPath).append(hadoopPath, BUFFER_BYTES));
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    // The older call would move into a directory that exists; this one refuses.
    @Override
    public void rename(String from, String to) {
        try {
            Path source = new Path(from);
            FileContext.getFileContext(source.toUri(), configuration)
                    .rename(source, new Path(to), Options.Rename.NONE);
        } catch (IOException e) {
            throw failure("rename", from + " to " + to, e);
        }
    }

    @Override
    public void delete(String path) {
        delete(path, false);
    }

    @Override
    public void deleteTree(String path) {
        delete(path, true);
    }

    private void delete(String path, boolean recursive) {
        try {
            Path hadoopPath = new Path(path);
            at(hadoopPath).delete(hadoopPath, recursive);
        } catch (FileNotFoundException e) {
            return; // someone else deleted it meanwhile
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    @Override
    public void createDirectories(String path) {
        try {
            Path hadoopPath = new Path(path);
            at(hadoopPath).mkdirs(hadoopPath);
        } catch (IOException e) {
            throw failure("create directory", path, e);
        }
    }

    /** Files are synced when they are closed; this fails only if there is none. */
    @Override
    public void syncFile(String path) {
        if (status(path).isEmpty()) {
            throw new SkepException(ErrorCode.FILE_NOT_FOUND, "File not found: " + path);
        }
    }

    /** The name node's log has the entries already; this fails only if there is no directory. */
    @Override
    public void syncDirectory(String path) {
        if (status(path).isEmpty()) {
            throw new SkepException(ErrorCode.FILE_NOT_FOUND, "File not found: " + path);
        }
    }

    private static SkepException failure(String verb, String path, IOException cause) {
        if (cause instanceof FileNotFoundException) {
            return new SkepException(ErrorCode.FILE_NOT_FOUND, "File not found: " + path, cause);
        }
        if (cause instanceof AccessControlException) {
            return new SkepException(
                    ErrorCode.PERMISSION_DENIED,
                    "Cannot %s %s: permission denied".formatted(verb, path),
                    cause);
        }
        if (cause instanceof FileAlreadyExistsException) {
            return new SkepException(
                    ErrorCode.IO_ERROR, "Cannot %s %s: it exists".formatted(verb, path), cause);
        }
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("quota") || lower.contains("no space")) {
            return new SkepException(
                    ErrorCode.DISK_FULL,
                    "Cannot %s %s: no space left".formatted(verb, path),
                    cause);
        }
        return new SkepException(
                ErrorCode.IO_ERROR, "Cannot %s %s: %s".formatted(verb, path, reason), cause);
    }

    private static final class Input implements InputFile {
        private final String path;
        private final FSDataInputStream in;
        private final long length;

        Input(String path, FSDataInputStream in, long length) {
            this.path = path;
            this.in = in;
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
            try {
                in.readFully(position, target, offset, count);
            } catch (java.io.EOFException e) {
                throw new SkepException(
                        ErrorCode.CORRUPT_FILE,
                        "File ends too early: %s has %d bytes, wanted %d at offset %d"
                                .formatted(path, length, count, position),
                        e);
            } catch (IOException e) {
                throw failure("read", path, e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw failure("close", path, e);
            }
        }
    }

    private static final class Output implements OutputFile {
        private final String path;
        private final FSDataOutputStream out;

        Output(String path, FSDataOutputStream out) {
            this.path = path;
            this.out = out;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public long position() {
            return out.getPos();
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            try {
                out.write(source, offset, length);
            } catch (IOException e) {
                throw failure("write", path, e);
            }
        }

        @Override
        public void sync() {
            try {
                out.hsync();
            } catch (IOException e) {
                throw failure("sync", path, e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw failure("close", path, e);
            }
        }
    }
}
