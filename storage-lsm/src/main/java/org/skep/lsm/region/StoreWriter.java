package org.skep.lsm.region;

import java.util.List;
import java.util.Optional;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.hfile.HFileOptions;
import org.skep.lsm.hfile.HFileWriter;
import org.skep.lsm.read.CompactionKind;
import org.skep.lsm.read.StoreScanner;
import org.skep.lsm.schema.ColumnFamily;

/** Writes the files of one family of a region. Confined to one thread. */
final class StoreWriter {
    /** How the names of files end that are not finished. */
    static final String UNFINISHED = ".tmp";

    private final RegionServices services;
    private final String directory;
    private final ColumnFamily family;

    /**
     * A writer.
     *
     * @param directory that of the region
     */
    StoreWriter(RegionServices services, String directory, ColumnFamily family) {
        this.services = services;
        this.directory = directory + "/" + family.name();
        this.family = family;
    }

    /** A path for a new file; its name is never given twice in the store. */
    String newPath() {
        // Sequence ids given out after the last record of a log can come again in the next epoch.
        long epoch = services.wal().epoch();
        return directory + "/%016x%016x".formatted(epoch, services.sequences().next());
    }

    /**
     * Writes the cells of memstores to a file that is then there for good; no file if no cell is
     * left.
     *
     * @param sequence up to which the file holds the writes to the family
     * @param newest no cell has a greater sequence id
     * @param tags whether cells may have tags
     */
    Optional<RegionFile> flush(List<CellSource> sources, long sequence, long newest, boolean tags) {
        FileSystem files = services.files();
        String path = newPath();
        String unfinished = path + UNFINISHED;
        boolean complete = false;
        boolean any = false;
        long smallestReadPoint = services.mvcc().smallestReadPoint();
        HFileOptions options = HFileOptions.of(family, sequence, services.nowMillis());
        if (newest <= smallestReadPoint && !family.newVersionBehavior()) {
            // Every reader sees all of it.
            options = options.withoutSequences();
        }
        if (!tags) {
            options = options.withoutTags();
        }
        try (StoreScanner scanner =
                        StoreScanner.compaction(
                                family,
                                sources,
                                CompactionKind.RETAIN_DELETES,
                                smallestReadPoint,
                                Long.MIN_VALUE,
                                0,
                                services.nowMillis());
                HFileWriter writer = HFileWriter.create(files, unfinished, options)) {
            while (scanner.next()) {
                writer.append(scanner.cell());
                while (scanner.nextColumn()) {
                    writer.appendColumn(scanner.cell());
                }
                any = true;
            }
            if (any) {
                Crash.point("flush.before-finish");
                writer.finish();
            }
            complete = true;
        } finally {
            if (!complete) {
                deleteQuietly(unfinished);
            }
        }
        if (!any) {
            files.delete(unfinished);
            return Optional.empty();
        }
        moveIn(unfinished, path);
        return Optional.of(RegionFile.whole(family.name(), relative(path), sequence));
    }

    /** Gives a finished file its name, for good. */
    void moveIn(String unfinished, String path) {
        Crash.point("flush.before-rename");
        boolean complete = false;
        try {
            services.files().rename(unfinished, path);
            Crash.point("flush.before-directory-sync");
            services.files().syncDirectory(directory);
            Crash.point("flush.after-directory-sync");
            complete = true;
        } finally {
            if (!complete) {
                deleteQuietly(unfinished);
                deleteQuietly(path);
            }
        }
    }

    /** A path below the root, relative to it. */
    String relative(String path) {
        return path.substring(services.root().length() + 1);
    }

    void deleteQuietly(String path) {
        try {
            services.files().delete(path);
        } catch (SkepException e) {
            // The failure that led here is the one to tell; the next opening deletes the file.
        }
    }
}
