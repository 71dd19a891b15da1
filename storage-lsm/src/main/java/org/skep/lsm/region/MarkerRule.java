package org.skep.lsm.region;

import org.skep.lsm.read.CompactionKind;

/**
 * Which compactions may drop the markers that delete. There is one right rule; tests plant others,
 * to see that they would notice. Stateless.
 */
@FunctionalInterface
interface MarkerRule {
    /** Only those of all files of a family: what a marker hides may lie in any file. */
    MarkerRule ONLY_WITH_ALL_FILES =
            all -> all ? CompactionKind.DROP_DELETES : CompactionKind.RETAIN_DELETES;

    /**
     * What a compaction may drop.
     *
     * @param all whether it joins all files of the family
     */
    CompactionKind kind(boolean all);
}
