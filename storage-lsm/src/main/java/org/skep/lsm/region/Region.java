package org.skep.lsm.region;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.lsm.operation.Append;
import org.skep.lsm.operation.CheckAndMutate;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Increment;
import org.skep.lsm.operation.Mutation;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.RowMutations;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.read.RegionScanner;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.wal.Replay;
import org.skep.lsm.wal.WalRegion;

/**
 * A range of a table's rows that is being served. A write takes the locks of its rows, gets its
 * sequence id and its record in the log, goes into the memstore, and is told done when it is as
 * durable as it wants to be and everybody sees it. A reader takes a read point and the state of the
 * region at that moment, and sees neither later writes nor flushes nor compactions.
 *
 * <p>Timestamps of cells that have none are the milliseconds of the write's sequence id: they never
 * run backwards, and after the wall clock jumped back they stand nearly still until it has caught
 * up.
 *
 * <p>Safe for use by many threads. All calls fail with {@link RegionClosedException} once the
 * region is closed, or if they name a row that the region does not hold. Calls that write fail with
 * IO_ERROR or DISK_FULL if the log cannot be written, and with MEMORY_LIMIT if memory is exhausted;
 * what they were to write may then still be there after the store was opened again.
 */
public final class Region implements AutoCloseable {
    private static final long POLL_NANOS = 100_000;

    private final RegionServices services;
    private final RegionInfo info;
    private final TableDescriptor descriptor;
    private final String directory;
    private final RegionStorage storage;
    private final RowOperations rows;
    private final AtomicInteger writing = new AtomicInteger();
    private volatile boolean closing;

    private Region(
            RegionServices services,
            RegionInfo info,
            TableDescriptor descriptor,
            String directory) {
        this.services = services;
        this.info = info;
        this.descriptor = descriptor;
        this.directory = directory;
        storage = new RegionStorage(services, info.encodedName(), descriptor, directory);
        rows = new RowOperations(services, info, descriptor, storage);
    }

    /**
     * Makes a region that nobody serves yet: its directory with those of its families, and its
     * manifest. What is there already is left as it is.
     *
     * @param directory absolute
     * @param files what it begins with
     * @param flushed at least the sequence ids of all writes in these files
     * @throws SkepException CORRUPT_FILE if there are store files but no manifest
     */
    public static void create(
            RegionServices services,
            TableDescriptor descriptor,
            String directory,
            List<RegionFile> files,
            long flushed) {
        FileSystem fileSystem = services.files();
        boolean missing = false;
        for (ColumnFamily family : descriptor.families()) {
            String path = directory + "/" + family.name();
            if (fileSystem.status(path).isEmpty()) {
                fileSystem.createDirectories(path);
                missing = true;
            }
        }
        if (missing) {
            fileSystem.syncDirectory(directory.substring(0, directory.lastIndexOf('/')));
            fileSystem.syncDirectory(directory);
        }
        if (Manifest.readNewest(fileSystem, directory).isEmpty()) {
            requireNoFiles(fileSystem, descriptor, directory);
            Map<String, Long> ids = new HashMap<>();
            descriptor.families().forEach(family -> ids.put(family.name(), flushed));
            new Manifest(1, ids, files).write(fileSystem, directory);
        }
    }

    // A region has a manifest before it has files: without one it is not empty, but damaged.
    private static void requireNoFiles(
            FileSystem fileSystem, TableDescriptor descriptor, String directory) {
        for (ColumnFamily family : descriptor.families()) {
            for (FileStatus file : fileSystem.list(directory + "/" + family.name())) {
                if (!file.name().endsWith(StoreWriter.UNFINISHED)) {
                    throw new SkepException(
                            ErrorCode.CORRUPT_FILE,
                            "Region has store files but no manifest: " + directory);
                }
            }
        }
    }

    /**
     * Serves a region: opens its files and takes its writes out of the log. Its directory is made
     * if it is not there.
     *
     * @param directory absolute, below the services' root
     * @throws SkepException CORRUPT_FILE naming file and offset
     */
    public static Region open(
            RegionServices services,
            RegionInfo info,
            TableDescriptor descriptor,
            String directory) {
        return openAll(services, List.of(new Opening(info, descriptor, directory))).get(0);
    }

    /**
     * A region to be opened.
     *
     * @param directory absolute, below the services' root
     */
    public record Opening(RegionInfo info, TableDescriptor descriptor, String directory) {}

    /**
     * Serves several regions, as {@link #open} does one, but reads the log only once for all of
     * them. If one cannot be opened, none is.
     *
     * @return the regions, in the same order
     */
    public static List<Region> openAll(RegionServices services, List<Opening> openings) {
        List<Region> regions = new ArrayList<>();
        boolean complete = false;
        try {
            Map<WalRegion, Replay> targets = new HashMap<>();
            for (Opening opening : openings) {
                create(services, opening.descriptor(), opening.directory(), List.of(), 0);
                Region region =
                        new Region(
                                services,
                                opening.info(),
                                opening.descriptor(),
                                opening.directory());
                region.storage.load();
                regions.add(region);
                region.storage
                        .replay()
                        .ifPresent(replay -> targets.put(region.storage.wal(), replay));
            }
            services.wal().replay(targets);
            // Each has a sequence id behind all that was recovered, and waits until that is seen.
            regions.forEach(region -> services.wal().markOpened(region.storage.wal()));
            complete = true;
        } finally {
            if (!complete) {
                regions.forEach(Region::abandon);
            }
        }
        regions.forEach(services::opened);
        return regions;
    }

    /** The region's range and name. */
    public RegionInfo info() {
        return info;
    }

    /** The table as it was when the region was opened. */
    public TableDescriptor descriptor() {
        return descriptor;
    }

    /** The name in the log and of the directory. */
    public String name() {
        return info.encodedName();
    }

    /** Where the region lies. */
    public String directory() {
        return directory;
    }

    /** Bytes in the memstores. */
    public long memstoreBytes() {
        return storage.memstoreBytes();
    }

    long memstoreHeld() {
        return storage.memstoreHeld();
    }

    private <T> T writing(Supplier<T> work) {
        writing.incrementAndGet();
        try {
            if (closing) {
                throw closed();
            }
            return work.get();
        } finally {
            writing.decrementAndGet();
        }
    }

    private RegionClosedException closed() {
        return new RegionClosedException("Region is not served: " + name());
    }

    /** Does one put or delete, atomic over all families. Errors as for {@link #batch}. */
    public void put(Mutation<?> mutation) {
        batch(List.of(mutation));
    }

    /**
     * Puts and deletes, each atomic over all families of its row. All are checked before the first
     * is done. Up to some megabytes they are one write, done and seen together or not at all; more
     * are several writes, and a failure on the way leaves some done and some not.
     *
     * @throws SkepException INVALID_OPTION for an unknown family or a cell that is too large
     */
    public void batch(List<? extends Mutation<?>> mutations) {
        writing(
                () -> {
                    rows.batch(mutations);
                    return null;
                });
    }

    /**
     * Does mutations of one row together.
     *
     * @throws SkepException as {@link #batch}, {@link #append} and {@link #increment}
     */
    public void mutateRow(RowMutations mutations) {
        writing(
                () -> {
                    rows.mutateRow(mutations.mutations());
                    return null;
                });
    }

    /** Appends to values of a row; the new cells. */
    public Result append(Append append) {
        return writing(() -> rows.readAndWrite(append));
    }

    /**
     * Adds to numbers of a row; the new cells.
     *
     * @throws SkepException RUNTIME_ERROR if a value is not of eight bytes
     */
    public Result increment(Increment increment) {
        return writing(() -> rows.readAndWrite(increment));
    }

    /** Changes a row if a condition holds, in one step; whether it did. */
    public boolean checkAndMutate(CheckAndMutate change) {
        return writing(() -> rows.checkAndMutate(change));
    }

    /** Reads a row. */
    public Result get(Get get) {
        rows.checkRow(get.row());
        return storage.get(get);
    }

    /**
     * Reads rows of a range. With a read point of the scan's own, which must be pinned, it sees
     * what was there then.
     */
    public Rows scanner(Scan scan) {
        return storage.scanner(scan);
    }

    /**
     * Writes what is in memory to files; returns when they are the region's. Nothing happens if
     * memory is empty. Reads and writes go on.
     *
     * @return whether there was anything
     */
    public boolean flush() {
        return storage.flush();
    }

    /**
     * Joins the files that are due, of each family; returns when the new ones are the region's.
     * Reads and writes go on.
     *
     * @return whether any were due
     */
    public boolean compact() {
        return storage.compact(false);
    }

    /** Joins all files of each family, as {@link #compact} does those that are due. */
    public boolean majorCompact() {
        return storage.compact(true);
    }

    /**
     * Adds files that lie elsewhere in the store, all at once: their cells count as written now. A
     * file of the same name that the region has already is left out, so the call can be repeated.
     *
     * @param staged the family of each file, by its absolute path; they are moved from there, and
     *     their names must be unique in the store
     */
    public void bulkLoad(Map<String, String> staged) {
        writing(
                () -> {
                    storage.bulkLoad(staged);
                    return null;
                });
    }

    /** How many files the family has that has most. */
    public int mostFiles() {
        return storage.mostFiles();
    }

    /** Bytes of the files of the largest family; by this a region is split. */
    public long largestStoreBytes() {
        return storage.largestStoreBytes();
    }

    /** The sequence id of the oldest write that is in memory alone; 0 if there is none. */
    public long oldestWrite() {
        return storage.oldestWrite();
    }

    /** The files of the region and up to where writes are in them, as of now. */
    public Manifest manifest() {
        return storage.manifest();
    }

    /**
     * Ends serving the region, with all writes in files. If that fails it is served on.
     *
     * @throws SkepException what writing the files failed with
     */
    @Override
    public void close() {
        close(true);
    }

    /** Ends serving the region; what is in memory is in the log alone, or lost if it is not. */
    public void abandon() {
        close(false);
    }

    /** Ends serving the region for good: the log forgets what it has of it. */
    public void discard() {
        close(false);
        services.wal().forget(storage.wal());
    }

    private void close(boolean flush) {
        closing = true;
        while (writing.get() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        boolean closed = false;
        try {
            storage.close(flush);
            closed = true;
        } finally {
            closing = closed;
        }
        services.closed(this);
    }

    /** Rows of a scan, with what they are read from. Confined to one thread. */
    public static final class Rows implements AutoCloseable {
        private final RegionScanner scanner;
        private final RegionState held;
        private boolean closed;

        Rows(RegionScanner scanner, RegionState held) {
            this.scanner = scanner;
            this.held = held;
        }

        /** Reads row after row, or cell after cell. */
        public RegionScanner scanner() {
            return scanner;
        }

        /** The next row, or part of it; null at the end. */
        public Result next() {
            return scanner.next();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                scanner.close();
                held.release();
            }
        }
    }
}
