package org.skep.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A file that a task made in its staging directory and that the coordinator may publish. Immutable.
 *
 * @param stagedPath where it lies now; closed, not yet synced
 * @param partitionValues the partition directory's values as Hive writes them in directory names
 *     (null for the default partition), in the order of the partition columns; empty for an
 *     unpartitioned table
 * @param rawBytes size of the values before encoding, about
 */
public record WrittenFile(
        String stagedPath,
        List<String> partitionValues,
        long rowCount,
        long byteCount,
        long rawBytes,
        FileStatistics statistics) {
    /** Copies the list. */
    public WrittenFile {
        partitionValues = Collections.unmodifiableList(new ArrayList<>(partitionValues));
    }
}
