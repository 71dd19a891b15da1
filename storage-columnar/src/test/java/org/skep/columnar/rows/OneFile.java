package org.skep.columnar.rows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/** A file system of one file in memory that can only be read. Immutable. */
public final class OneFile implements FileSystem {
    private final byte[] bytes;

    /** A file of given bytes, which are not copied. */
    public OneFile(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public Optional<FileStatus> status(String path) {
        return Optional.of(new FileStatus(path, false, bytes.length, 0));
    }

    @Override
    public List<FileStatus> list(String directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputFile open(String path) {
        return new InputFile() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void readFully(long position, byte[] target, int offset, int length) {
                if (position + length > bytes.length) {
                    throw new SkepException(ErrorCode.IO_ERROR, "File ends too early: " + path);
                }
                System.arraycopy(bytes, (int) position, target, offset, length);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    @Override
    public OutputFile create(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OutputFile append(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rename(String from, String to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteTree(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createDirectories(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void syncDirectory(String path) {
        throw new UnsupportedOperationException();
    }
}
