package org.skep.base.fault;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.InputFile;

/**
 * Reads a file in memory as long as it was when it was opened. Safe for use by many threads:
 * guarded by the monitor of its file system.
 */
final class MemoryInput implements InputFile {
    private final Object monitor;
    private final String path;
    private final GrowingBytes bytes;
    private final Runnable beforeRead;
    private final int length;

    /**
     * Opens a file.
     *
     * @param monitor guards the bytes
     * @param beforeRead called under the monitor before each read, may fail
     */
    MemoryInput(Object monitor, String path, GrowingBytes bytes, Runnable beforeRead) {
        this.monitor = monitor;
        this.path = path;
        this.bytes = bytes;
        this.beforeRead = beforeRead;
        length = bytes.length();
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
        synchronized (monitor) {
            beforeRead.run();
            if (position < 0 || position + count > length) {
                throw new SkepException(ErrorCode.CORRUPT_FILE, "File ends too early: " + path);
            }
            bytes.read((int) position, target, offset, count);
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
