package org.skep.lsm.compact;

import java.util.List;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.read.CompactionKind;
import org.skep.lsm.schema.ColumnFamily;

/**
 * Files that are to be joined. Immutable.
 *
 * @param family whose files they are
 * @param files newest first; the caller holds them until the job is done
 * @param kind whether all files of the family take part
 * @param major whether the outcome counts as joined from all files
 * @param target path of the new file
 * @param sequence the greatest sequence id that the new file stands for
 * @param smallestReadPoint no reader, now or later, sees less than the writes up to this
 * @param timeToPurge milliseconds after their timestamps for which markers are kept
 * @param now milliseconds since 1970
 */
public record CompactionJob(
        ColumnFamily family,
        List<HFile> files,
        CompactionKind kind,
        boolean major,
        String target,
        long sequence,
        long smallestReadPoint,
        long timeToPurge,
        long now) {
    public CompactionJob {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("Nothing to join: " + target);
        }
    }
}
