package org.skep.lsmtests.oracle;

import java.io.IOException;
import java.util.ArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.regionserver.HStoreFile;
import org.apache.hadoop.hbase.regionserver.StoreConfigInformation;
import org.apache.hadoop.hbase.regionserver.compactions.RatioBasedCompactionPolicy;

/** Has HBase join the files that a test names. The choice is for the next compaction only. */
public final class ChosenFiles extends RatioBasedCompactionPolicy {
    /** Places of files that have cells, oldest first. */
    record Range(int from, int to, int files) {}

    private static volatile Range chosen;

    /** Made by HBase. */
    public ChosenFiles(Configuration configuration, StoreConfigInformation store) {
        super(configuration, store);
    }

    static void choose(Range range) {
        chosen = range;
    }

    @Override
    @SuppressWarnings("NonApiType") // HBase's signature
    protected ArrayList<HStoreFile> applyCompactionPolicy(
            ArrayList<HStoreFile> candidates, boolean mayUseOffPeak, boolean mayBeStuck)
            throws IOException {
        Range range = chosen;
        ArrayList<HStoreFile> files = new ArrayList<>();
        int place = 0;
        for (HStoreFile file : candidates) {
            boolean all = range.from() == 0 && range.to() == range.files();
            boolean empty = file.getReader().getEntries() == 0;
            // Files without cells belong to a choice of all, and to one around them.
            if (all
                    || (place >= range.from()
                            && place < range.to()
                            && (!empty || !files.isEmpty()))) {
                files.add(file);
            }
            if (!empty) {
                place++;
            }
        }
        if (place != range.files()) {
            throw new IOException("Files differ: " + place + " instead of " + range.files());
        }
        return files;
    }

    @Override
    @SuppressWarnings("NonApiType") // HBase's signature
    protected ArrayList<HStoreFile> checkMinFilesCriteria(
            ArrayList<HStoreFile> candidates, int minFiles) {
        return candidates;
    }
}
