package org.skep.lsm.compact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.hfile.HFileOptions;
import org.skep.lsm.hfile.HFileWriter;
import org.skep.lsm.hfile.ReadMode;
import org.skep.lsm.read.StoreScanner;

/**
 * Joins files into one: reads them past the cache, applies the rules, writes and syncs the new
 * file. Readers are not concerned; to put the new file into the place of the old ones, to sync its
 * directory, and to delete it after a failure is the caller's part. Safe for use by many threads.
 */
public final class Compactor {
    private static final int STEP_BYTES = 64 << 10;

    private final FileSystem files;
    private final Throttle throttle;

    /** A compactor that keeps to a limit shared with others. */
    public Compactor(FileSystem files, Throttle throttle) {
        this.files = files;
        this.throttle = throttle;
    }

    /**
     * Joins files; empty, with no file at the target, if no cell is left.
     *
     * @throws org.skep.base.error.SkepException CANCELLED if the flag goes up, CORRUPT_FILE, or
     *     what the file system fails with; there may be a half-written file at the target then
     */
    public Optional<HFileMetadata> compact(CompactionJob job, CancelFlag cancel) {
        boolean keepsSequences = keepsSequences(job);
        HFileMetadata written = null;
        try (StoreScanner scanner = scanner(job, sources(job));
                HFileWriter writer =
                        HFileWriter.create(files, job.target(), options(job, keepsSequences))) {
            boolean keepsAll = job.family().newVersionBehavior();
            KeyOrder order = new KeyOrder();
            long unpaid = 0;
            while (true) {
                boolean column = scanner.nextColumn();
                if (!column && !scanner.next()) {
                    break;
                }
                CellView cell = scanner.cell();
                unpaid += Cell.size(cell);
                if (!keepsAll && cell.sequence() <= job.smallestReadPoint()) {
                    // Every reader sees the cell: its place among the files orders it.
                    cell.sequence(0);
                }
                if (keepsSequences) {
                    order.keep(cell);
                }
                if (column) {
                    writer.appendColumn(cell);
                } else {
                    writer.append(cell);
                }
                if (unpaid >= STEP_BYTES) {
                    throttle.spent(unpaid, cancel);
                    unpaid = 0;
                }
            }
            cancel.check();
            if (writer.entries() > 0) {
                Crash.point("compaction.before-finish");
                written = writer.finish();
                Crash.point("compaction.after-finish");
            }
        }
        if (written == null) {
            files.delete(job.target());
        }
        return Optional.ofNullable(written);
    }

    private static List<CellSource> sources(CompactionJob job) {
        List<CellSource> sources = new ArrayList<>();
        boolean complete = false;
        try {
            for (HFile file : job.files()) {
                sources.add(file.source(ReadMode.STREAM));
            }
            complete = true;
        } finally {
            if (!complete) {
                sources.forEach(CellSource::close);
            }
        }
        return sources;
    }

    private static StoreScanner scanner(CompactionJob job, List<CellSource> sources) {
        long earliestPut = Long.MAX_VALUE;
        for (HFile file : job.files()) {
            earliestPut = Math.min(earliestPut, file.metadata().earliestPut());
        }
        return StoreScanner.compaction(
                job.family(),
                sources,
                job.kind(),
                job.smallestReadPoint(),
                earliestPut,
                job.timeToPurge(),
                job.now());
    }

    private static boolean keepsSequences(CompactionJob job) {
        if (job.family().newVersionBehavior()) {
            return true;
        }
        for (HFile file : job.files()) {
            if (file.maxSequence() > job.smallestReadPoint()) {
                return true;
            }
        }
        return false;
    }

    private static HFileOptions options(CompactionJob job, boolean keepsSequences) {
        HFileOptions options = HFileOptions.of(job.family(), job.sequence(), job.now());
        if (job.major()) {
            options = options.asMajor();
        }
        if (!keepsSequences) {
            options = options.withoutSequences();
        }
        boolean tags = job.files().stream().anyMatch(file -> file.metadata().tags());
        return tags ? options : options.withoutTags();
    }
}
