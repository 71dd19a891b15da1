package org.skep.tez.files;

import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.skep.base.io.FileSystem;
import org.skep.base.io.RemoteFileSystems;

/**
 * HDFS and its kin, for locations such as {@code hdfs://host:8020/dir}. The configuration is that
 * of the process. Safe for use by many threads.
 */
public final class HadoopFileSystems implements RemoteFileSystems {
    private static final Set<String> SCHEMES = Set.of("hdfs", "viewfs", "webhdfs", "swebhdfs");
    private static volatile Configuration configuration;

    /** Sets the configuration of the process's file systems; those that are open keep theirs. */
    public static void configure(Configuration newConfiguration) {
        configuration = newConfiguration;
    }

    @Override
    public boolean serves(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public FileSystem of(String location) {
        Configuration current = configuration;
        return new HadoopFileSystem(current == null ? new Configuration() : current);
    }
}
