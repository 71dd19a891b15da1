package org.skep.lsm.region;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.lsm.cell.CellSource;

/**
 * All that a region consists of at a moment: the memstores that are written, those that are being
 * flushed, and the files. Replaced as a whole, so a reader that holds one sees no flush and no
 * compaction. Immutable but for the count of its holders.
 */
final class RegionState {
    private final MemGeneration active;
    private final List<MemGeneration> flushing;
    private final List<List<StoreFile>> files;
    private final int mostFiles;
    private final AtomicInteger references = new AtomicInteger(1);

    /**
     * Holds all its parts once more.
     *
     * @param flushing newest first
     * @param files by family, newest first
     */
    RegionState(MemGeneration active, List<MemGeneration> flushing, List<List<StoreFile>> files) {
        this.active = active;
        this.flushing = List.copyOf(flushing);
        this.files = List.copyOf(files);
        mostFiles = files.stream().mapToInt(List::size).max().orElse(0);
        active.retain();
        flushing.forEach(MemGeneration::retain);
        files.forEach(family -> family.forEach(StoreFile::retain));
    }

    MemGeneration active() {
        return active;
    }

    List<MemGeneration> flushing() {
        return flushing;
    }

    /** Newest first. */
    List<StoreFile> files(int family) {
        return files.get(family);
    }

    List<List<StoreFile>> files() {
        return files;
    }

    List<StoreFile> allFiles() {
        List<StoreFile> all = new ArrayList<>();
        files.forEach(all::addAll);
        return all;
    }

    int mostFiles() {
        return mostFiles;
    }

    long memoryBytes() {
        long bytes = active.bytes();
        for (MemGeneration generation : flushing) {
            bytes += generation.bytes();
        }
        return bytes;
    }

    /** Bytes of memory that the memstores hold. */
    long memoryHeld() {
        long held = active.held();
        for (MemGeneration generation : flushing) {
            held += generation.held();
        }
        return held;
    }

    /** Adds a source for each memstore of a family that holds anything, newest first. */
    void addMemory(List<CellSource> to, int family, long readPoint) {
        if (!active.store(family).isEmpty()) {
            to.add(active.store(family).source(readPoint));
        }
        for (MemGeneration generation : flushing) {
            if (!generation.store(family).isEmpty()) {
                to.add(generation.store(family).source(readPoint));
            }
        }
    }

    /** Keeps everything; false if it is gone already. */
    boolean tryRetain() {
        int count = references.get();
        while (count > 0) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    void release() {
        if (references.decrementAndGet() == 0) {
            active.release();
            flushing.forEach(MemGeneration::release);
            files.forEach(family -> family.forEach(StoreFile::release));
        }
    }
}
