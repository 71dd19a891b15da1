package org.skep.lsm.compact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.skep.lsm.schema.ColumnFamily;

/**
 * Chooses files to join as HBase's exploring policy does: of all runs of neighbouring files that
 * are not too uneven, the one with the most files, then with the fewest bytes. Immutable.
 */
public final class CompactionPolicy {
    /** What is asked for. */
    public enum Request {
        /** What is due. */
        DUE,
        /** All files. */
        MAJOR
    }

    private final CompactionOptions options;

    /** A policy with these options. */
    public CompactionPolicy(CompactionOptions options) {
        this.options = options;
    }

    /**
     * Files that hold nothing but expired cells, so that they can go unread: indexes into {@code
     * files}.
     *
     * @param now milliseconds since 1970
     */
    public List<Integer> expired(List<CandidateFile> files, ColumnFamily family, long now) {
        List<Integer> expired = new ArrayList<>();
        if (family.minVersions() > 0 || family.ttlMillis() == ColumnFamily.FOREVER) {
            return expired;
        }
        long oldest = now - family.ttlMillis();
        for (int i = 0; i < files.size(); i++) {
            if (!files.get(i).busy() && files.get(i).maxTimestamp() < oldest) {
                expired.add(i);
            }
        }
        return expired;
    }

    /**
     * Chooses files.
     *
     * @param files of one family, oldest first
     * @param offPeak whether there is little else to do
     * @param now milliseconds since 1970
     */
    public Optional<CompactionChoice> choose(
            List<CandidateFile> files,
            ColumnFamily family,
            Request request,
            boolean offPeak,
            long now) {
        int first = firstFree(files);
        if (first == files.size()) {
            return Optional.empty();
        }
        if (request == Request.MAJOR) {
            return first == 0
                    ? Optional.of(
                            new CompactionChoice(
                                    0, files.size(), true, CompactionChoice.Reason.REQUEST))
                    : Optional.empty();
        }
        first = skipLarge(files, first);
        List<CandidateFile> free = files.subList(first, files.size());
        if (free.isEmpty()) {
            return Optional.empty();
        }
        if (isMajorDue(free, family, now) && free.size() < options.maxFiles()) {
            return choice(files, first, files.size(), CompactionChoice.Reason.PERIOD);
        }
        if (free.stream().anyMatch(CandidateFile::reference)) {
            int to = Math.min(files.size(), first + options.maxFiles());
            return choice(files, first, to, CompactionChoice.Reason.SPLIT);
        }
        return explore(files, first, offPeak);
    }

    private static Optional<CompactionChoice> choice(
            List<CandidateFile> files, int from, int to, CompactionChoice.Reason reason) {
        return Optional.of(new CompactionChoice(from, to, from == 0 && to == files.size(), reason));
    }

    /** Behind the newest file that is being joined, since runs must be of neighbours. */
    private static int firstFree(List<CandidateFile> files) {
        int first = files.size();
        while (first > 0 && !files.get(first - 1).busy()) {
            first--;
        }
        return first;
    }

    private int skipLarge(List<CandidateFile> files, int from) {
        int first = from;
        while (first < files.size()
                && !files.get(first).reference()
                && files.get(first).bytes() > options.maxBytes()) {
            first++;
        }
        return first;
    }

    private boolean isMajorDue(List<CandidateFile> files, ColumnFamily family, long now) {
        if (options.majorPeriod().isZero()) {
            return false;
        }
        long lastTime = files.stream().mapToLong(CandidateFile::createdMillis).min().orElse(0);
        if (lastTime <= 0 || lastTime >= now - period(files)) {
            return false;
        }
        if (files.size() > 1) {
            return true;
        }
        // A single file has nothing to drop but what has expired.
        return family.ttlMillis() != ColumnFamily.FOREVER
                && now - files.get(0).minTimestamp() > family.ttlMillis();
    }

    /** The period, sooner or later by a part that these files always give. */
    private long period(List<CandidateFile> files) {
        long period = options.majorPeriod().toMillis();
        long jitter = Math.round(period * options.majorJitter());
        long seed = files.stream().mapToLong(CandidateFile::createdMillis).sum();
        return period + jitter - Math.round(2 * jitter * new Random(seed).nextDouble());
    }

    private Optional<CompactionChoice> explore(
            List<CandidateFile> files, int first, boolean offPeak) {
        double ratio = offPeak ? options.offPeakRatio() : options.ratio();
        boolean stuck = files.size() >= options.stuckFiles();
        Run best = null;
        Run smallest = null;
        for (int from = first; from < files.size(); from++) {
            int last = Math.min(files.size(), from + options.maxFiles());
            for (int to = from + options.minFiles(); to <= last; to++) {
                Run run = Run.of(files, from, to);
                if (smallest == null || run.bytes() < smallest.bytes()) {
                    smallest = run;
                }
                boolean good =
                        run.bytes() <= options.maxBytes()
                                && (run.bytes() < options.minBytes() || run.isEven(files, ratio));
                if (good && (best == null || run.isBetterThan(best, stuck))) {
                    best = run;
                }
            }
        }
        if (best != null) {
            return choice(files, best.from(), best.to(), CompactionChoice.Reason.MANY);
        }
        if (stuck && smallest != null) {
            return choice(files, smallest.from(), smallest.to(), CompactionChoice.Reason.STUCK);
        }
        return Optional.empty();
    }

    private record Run(int from, int to, long bytes) {
        static Run of(List<CandidateFile> files, int from, int to) {
            long bytes = 0;
            for (CandidateFile file : files.subList(from, to)) {
                bytes += file.bytes();
            }
            return new Run(from, to, bytes);
        }

        boolean isEven(List<CandidateFile> files, double ratio) {
            for (CandidateFile file : files.subList(from, to)) {
                if (file.bytes() > (bytes - file.bytes()) * ratio) {
                    return false;
                }
            }
            return true;
        }

        boolean isBetterThan(Run other, boolean stuck) {
            int files = to - from;
            int otherFiles = other.to - other.from;
            if (stuck && other.bytes > 0 && bytes > 0) {
                // Most files for the fewest bytes; the earlier run unless this is clearly better.
                return 1.05 * otherFiles / other.bytes < (double) files / bytes;
            }
            return files > otherFiles || (files == otherFiles && bytes < other.bytes);
        }
    }
}
