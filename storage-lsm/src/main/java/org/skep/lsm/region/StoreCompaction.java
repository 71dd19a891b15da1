package org.skep.lsm.region;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.base.concurrent.CancelFlag;
import org.skep.lsm.compact.CandidateFile;
import org.skep.lsm.compact.CompactionChoice;
import org.skep.lsm.compact.CompactionJob;
import org.skep.lsm.compact.CompactionPolicy;
import org.skep.lsm.compact.Compactor;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.schema.ColumnFamily;

/** One compaction of one family, from the choice to the new file. Confined to one thread. */
final class StoreCompaction {
    /**
     * What is joined.
     *
     * @param files newest first
     * @param all whether these are all files of the family
     * @param unread whether nothing in them can still be seen, so that no new file is needed
     */
    record Choice(List<StoreFile> files, boolean all, boolean unread) {}

    private final RegionServices services;
    private final ColumnFamily family;
    private final StoreWriter writer;
    private Choice choice;
    private long whole = Long.MAX_VALUE;

    StoreCompaction(RegionServices services, String directory, ColumnFamily family) {
        this.services = services;
        this.family = family;
        writer = new StoreWriter(services, directory, family);
    }

    /**
     * Chooses files.
     *
     * @param newestFirst all files of the family
     * @param busy those that are being joined
     */
    Optional<Choice> choose(List<StoreFile> newestFirst, Set<StoreFile> busy, boolean major) {
        List<StoreFile> files = new ArrayList<>(newestFirst);
        Collections.reverse(files);
        List<CandidateFile> candidates = new ArrayList<>();
        for (StoreFile file : files) {
            HFileMetadata metadata = file.file().metadata();
            candidates.add(
                    new CandidateFile(
                            file.bytes(),
                            !file.entry().isWhole(),
                            file.entry().bulkLoaded(),
                            metadata.major() && file.entry().isWhole(),
                            metadata.minTimestamp(),
                            metadata.maxTimestamp(),
                            metadata.createdMillis(),
                            busy.contains(file)));
        }
        CompactionPolicy policy = new CompactionPolicy(services.options().compaction());
        long now = services.nowMillis();
        List<Integer> expired = policy.expired(candidates, family, now);
        if (!major
                && !expired.isEmpty()
                && services.mvcc().smallestReadPoint() >= services.mvcc().readPoint()) {
            return Optional.of(new Choice(expired.stream().map(files::get).toList(), false, true));
        }
        Optional<CompactionChoice> chosen =
                policy.choose(
                        candidates,
                        family,
                        major ? CompactionPolicy.Request.MAJOR : CompactionPolicy.Request.DUE,
                        false,
                        now);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        CompactionChoice run = chosen.get();
        List<StoreFile> newest = new ArrayList<>(files.subList(run.from(), run.to()));
        Collections.reverse(newest);
        return Optional.of(new Choice(newest, run.all(), false));
    }

    void take(Choice taken) {
        choice = taken;
    }

    /**
     * Tells that only the writes up to a sequence id are in files, all of them. Later ones in files
     * are not judged then where the order of writing counts: what comes before may be in memory.
     */
    void limit(long sequence) {
        whole = sequence;
    }

    /** Writes the new file, which is then there for good; none if no cell is left. */
    Optional<RegionFile> run(CancelFlag cancel) {
        if (choice.unread()) {
            return Optional.empty();
        }
        long sequence = 0;
        List<HFile> files = new ArrayList<>();
        for (StoreFile file : choice.files()) {
            sequence = Math.max(sequence, file.entry().sequence());
            files.add(file.file());
        }
        String path = writer.newPath();
        String unfinished = path + StoreWriter.UNFINISHED;
        CompactionJob job =
                new CompactionJob(
                        family,
                        files,
                        services.markers().kind(choice.all()),
                        choice.all(),
                        unfinished,
                        sequence,
                        Math.min(whole, services.mvcc().smallestReadPoint()),
                        services.options().timeToPurge().toMillis(),
                        services.nowMillis());
        Compactor compactor = new Compactor(services.files(), services.throttle());
        boolean complete = false;
        Optional<HFileMetadata> written;
        try {
            written = compactor.compact(job, cancel);
            complete = true;
        } finally {
            if (!complete) {
                writer.deleteQuietly(unfinished);
            }
        }
        if (written.isEmpty()) {
            return Optional.empty();
        }
        writer.moveIn(unfinished, path);
        return Optional.of(RegionFile.whole(family.name(), writer.relative(path), sequence));
    }
}
