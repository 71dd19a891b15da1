package org.skep.lsm.wal;

import java.util.ArrayList;
import java.util.List;

/** A file of the log and which regions need it. Guarded by the log's lock. */
final class WalFile {
    /** The greatest sequence id that a file holds of a region. */
    static final class Use {
        final WalFile file;
        final WalRegion region;
        long last;

        Use(WalFile file, WalRegion region) {
            this.file = file;
            this.region = region;
        }

        boolean needed() {
            return last > region.flushed;
        }
    }

    final String path;
    final long epoch;
    final long number;

    /** Bytes that are records; what lies behind was given up. */
    long end;

    /** The same when the log was opened: up to there the file is replayed. */
    long readable;

    /** Bytes that are on the disk for certain, beyond any length if all are. */
    long certain = Long.MAX_VALUE;

    final List<Use> uses = new ArrayList<>();

    WalFile(String path, long epoch, long number) {
        this.path = path;
        this.epoch = epoch;
        this.number = number;
    }

    /** How many bytes at the end may get lost; the next file has their records once more. */
    long doubtful() {
        return Math.max(0, end - certain);
    }

    void used(WalRegion region, long sequence) {
        Use use = region.use;
        if (use == null || use.file != this) {
            use = new Use(this, region);
            region.use = use;
            uses.add(use);
        }
        use.last = Math.max(use.last, sequence);
    }

    boolean needed() {
        for (Use use : uses) {
            if (use.needed()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return path;
    }
}
