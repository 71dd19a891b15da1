package org.skep.tez.client;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.skep.plan.stage.ScanSplit;

/** Lets tests elsewhere see which machines a task is sent to. Stateless. */
public final class HostsOfSplits {
    private HostsOfSplits() {}

    /** The machines that are near to the splits. */
    public static Set<String> of(Configuration configuration, List<ScanSplit> splits) {
        return new SplitHosts(configuration).near(splits).getHosts();
    }
}
