package org.skep.lsm.region;

import java.util.concurrent.atomic.AtomicInteger;
import org.skep.lsm.hfile.HFile;

/** An open file of a region, counted by the states that name it. Safe for use by many threads. */
final class StoreFile {
    private final RegionFile entry;
    private final HFile file;
    private final RetiredFiles retiredFiles;
    private final String path;
    private final AtomicInteger references = new AtomicInteger(1);
    private volatile boolean retired;

    /** A file that the caller opened, held once; takes over the hold. */
    StoreFile(RegionFile entry, HFile opened, String path, RetiredFiles retiredFiles) {
        this.entry = entry;
        this.path = path;
        this.retiredFiles = retiredFiles;
        HFile handle = opened;
        if (!entry.isWhole()) {
            handle = handle.rows(entry.startRow(), entry.stopRow());
        }
        if (entry.bulkLoaded()) {
            handle = handle.withSequence(entry.sequence());
        }
        file = handle;
    }

    RegionFile entry() {
        return entry;
    }

    HFile file() {
        return file;
    }

    /** Bytes that belong to the region, half of the file if only a part does. */
    long bytes() {
        long length = file.metadata().length();
        return entry.isWhole() ? length : length / 2;
    }

    void retain() {
        references.incrementAndGet();
    }

    /** No manifest of the region names the file any more. */
    void retire() {
        retired = true;
    }

    void release() {
        if (references.decrementAndGet() == 0) {
            file.release();
            if (retired) {
                retiredFiles.retired(path);
            }
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
