package org.skep.tez.client;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.tez.dag.api.TaskLocationHint;
import org.skep.plan.stage.ScanSplit;
import org.skep.storage.Split;

/**
 * Asks a cluster's file systems which machines have what tasks read. A directory is asked once for
 * all files in it, and only so many are: whoever reads from more is near to nothing anyway.
 * Confined to one thread.
 */
final class SplitHosts {
    private static final Logger LOGGER = Logger.getLogger(SplitHosts.class.getName());
    private static final int MOST_DIRECTORIES = 1_000;
    private static final int MOST_HOSTS = 3;

    private final Configuration configuration;
    private final Map<Path, Map<String, BlockLocation[]>> directories = new HashMap<>();

    SplitHosts(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Where a task would have the most of its splits near; anywhere if nobody knows. */
    TaskLocationHint near(List<ScanSplit> splits) {
        Map<String, Long> bytes = new TreeMap<>();
        for (ScanSplit scan : splits) {
            Split split = scan.split();
            if (split.remotelyReadable()) {
                add(split, bytes);
            }
        }
        Comparator<Map.Entry<String, Long>> most = Map.Entry.comparingByValue();
        TreeSet<String> hosts = new TreeSet<>();
        bytes.entrySet().stream()
                .sorted(most.reversed())
                .limit(MOST_HOSTS)
                .forEach(entry -> hosts.add(entry.getKey()));
        return TaskLocationHint.createTaskLocationHint(hosts, null);
    }

    private void add(Split split, Map<String, Long> bytes) {
        long end = split.offset() + split.length();
        try {
            for (BlockLocation block : blocks(new Path(split.path()))) {
                long shared =
                        Math.min(end, block.getOffset() + block.getLength())
                                - Math.max(split.offset(), block.getOffset());
                if (shared > 0) {
                    for (String host : block.getHosts()) {
                        bytes.merge(host, shared, Long::sum);
                    }
                }
            }
        } catch (IOException e) {
            // Whoever reads the file says what is wrong with it.
            LOGGER.log(Level.FINE, "Cannot find the machines of a file", e);
        }
    }

    private BlockLocation[] blocks(Path file) throws IOException {
        Path directory = file.getParent();
        Map<String, BlockLocation[]> files = directories.get(directory);
        if (files == null) {
            files = new HashMap<>();
            if (directories.size() < MOST_DIRECTORIES) {
                directories.put(directory, files);
                FileSystem fileSystem = directory.getFileSystem(configuration);
                RemoteIterator<LocatedFileStatus> entries = fileSystem.listLocatedStatus(directory);
                while (entries.hasNext()) {
                    LocatedFileStatus entry = entries.next();
                    files.put(entry.getPath().getName(), entry.getBlockLocations());
                }
            }
        }
        return files.getOrDefault(file.getName(), new BlockLocation[0]);
    }
}
