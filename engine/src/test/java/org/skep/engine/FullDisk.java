package org.skep.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.io.OutputFile;

/** A disk on which nothing more fits while a flag is up. Safe for use by many threads. */
final class FullDisk implements FileSystem {
    private final FileSystem disk = LocalFileSystem.INSTANCE;
    private final AtomicBoolean full;

    FullDisk(AtomicBoolean full) {
        this.full = full;
    }

    private void check(String path) {
        if (full.get()) {
            throw new SkepException(
                    ErrorCode.DISK_FULL, "Cannot write %s: no space left".formatted(path));
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
        return disk.open(path);
    }

    @Override
    public OutputFile create(String path) {
        check(path);
        return disk.create(path);
    }

    @Override
    public OutputFile append(String path) {
        check(path);
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
