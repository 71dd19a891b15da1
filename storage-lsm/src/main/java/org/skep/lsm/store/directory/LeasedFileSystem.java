package org.skep.lsm.store.directory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/**
 * The files of an owner that can lose its right: whatever is made durable fails once the right is
 * lost. It is looked at behind each sync, since only then a write is acknowledged: so nothing is
 * that was written when another owner may have begun. Safe for use by many threads.
 */
public final class LeasedFileSystem implements FileSystem {
    private final FileSystem files;
    private final Ownership.Lease lease;

    /** The files of a file system while a lease lasts. */
    public LeasedFileSystem(FileSystem files, Ownership.Lease lease) {
        this.files = files;
        this.lease = lease;
    }

    @Override
    public Set<Capability> capabilities() {
        return files.capabilities();
    }

    @Override
    public Optional<FileStatus> status(String path) {
        return files.status(path);
    }

    @Override
    public List<FileStatus> list(String directory) {
        return files.list(directory);
    }

    @Override
    public InputFile open(String path) {
        return files.open(path);
    }

    @Override
    public OutputFile create(String path) {
        return new LeasedOutput(files.create(path));
    }

    @Override
    public OutputFile append(String path) {
        return new LeasedOutput(files.append(path));
    }

    @Override
    public void rename(String from, String to) {
        lease.check();
        files.rename(from, to);
    }

    @Override
    public void delete(String path) {
        lease.check();
        files.delete(path);
    }

    @Override
    public void deleteTree(String path) {
        lease.check();
        files.deleteTree(path);
    }

    @Override
    public void createDirectories(String path) {
        files.createDirectories(path);
    }

    @Override
    public void syncFile(String path) {
        files.syncFile(path);
        lease.check();
    }

    @Override
    public void syncDirectory(String path) {
        files.syncDirectory(path);
        lease.check();
    }

    private final class LeasedOutput implements OutputFile {
        private final OutputFile file;

        LeasedOutput(OutputFile file) {
            this.file = file;
        }

        @Override
        public String path() {
            return file.path();
        }

        @Override
        public long position() {
            return file.position();
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            file.write(source, offset, length);
        }

        @Override
        public void write(ByteBuffer source) {
            file.write(source);
        }

        @Override
        public void sync() {
            file.sync();
            lease.check();
        }

        @Override
        public void syncData() {
            file.syncData();
            lease.check();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
