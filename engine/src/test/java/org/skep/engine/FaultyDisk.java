package org.skep.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.io.OutputFile;

/** A disk that answers with a fault while one is set. Safe for use by many threads. */
final class FaultyDisk implements FileSystem {
    private final FileSystem disk = LocalFileSystem.INSTANCE;
    private final AtomicReference<ErrorCode> fault;

    FaultyDisk(AtomicReference<ErrorCode> fault) {
        this.fault = fault;
    }

    private void checkWrite(String path) {
        if (fault.get() == ErrorCode.DISK_FULL) {
            throw new SkepException(
                    ErrorCode.DISK_FULL, "Cannot write %s: no space left".formatted(path));
        }
        checkAccess(path);
    }

    private void checkAccess(String path) {
        if (fault.get() == ErrorCode.PERMISSION_DENIED) {
            throw new SkepException(
                    ErrorCode.PERMISSION_DENIED,
                    "Cannot open %s: permission denied".formatted(path));
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return disk.capabilities();
    }

    @Override
    public Optional<FileStatus> status(String path) {
        return disk.status(path);
    }

    @Override
    public List<FileStatus> list(String directory) {
        return disk.list(directory);
    }

    @Override
    public InputFile open(String path) {
        checkAccess(path);
        return disk.open(path);
    }

    @Override
    public OutputFile create(String path) {
        checkWrite(path);
        return disk.create(path);
    }

    @Override
    public OutputFile append(String path) {
        checkWrite(path);
        return disk.append(path);
    }

    @Override
    public void rename(String from, String to) {
        disk.rename(from, to);
    }

    @Override
    public void delete(String path) {
        disk.delete(path);
    }

    @Override
    public void deleteTree(String path) {
        disk.deleteTree(path);
    }

    @Override
    public void createDirectories(String path) {
        disk.createDirectories(path);
    }

    @Override
    public void syncDirectory(String path) {
        disk.syncDirectory(path);
    }
}
