package org.skep.engine.publish;

import java.util.List;
import java.util.Map;
import org.skep.base.io.FileStatus;

/**
 * The files of a table or of some of its partitions at one moment. They can be read until it is
 * closed, whatever is committed meanwhile. Safe for use by many threads.
 */
public final class TableSnapshot implements AutoCloseable {
    private final Map<List<String>, List<FileStatus>> files;
    private final Runnable release;

    TableSnapshot(Map<List<String>, List<FileStatus>> files, Runnable release) {
        this.files = Map.copyOf(files);
        this.release = release;
    }

    /**
     * The files of a partition, those in directories below included, hidden ones not.
     *
     * @param partitionValues empty for a table without partitions
     */
    public List<FileStatus> files(List<String> partitionValues) {
        return files.getOrDefault(partitionValues, List.of());
    }

    @Override
    public void close() {
        release.run();
    }
}
