package org.skep.engine.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.skep.base.io.FileStatus;

/**
 * The files of a table or of some of its partitions at one moment. They can be read until it is
 * closed, whatever is committed meanwhile. Safe for use by many threads.
 */
public final class TableSnapshot implements AutoCloseable {
    private final ReadView view;
    private final String root;
    private final Set<String> borrowed;
    private final Map<List<String>, List<FileStatus>> files;
    private final Consumer<TableSnapshot> release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A snapshot.
     *
     * @param borrowed journals of which files are read from where they are before they are moved
     */
    TableSnapshot(
            ReadView view,
            String root,
            Set<String> borrowed,
            Map<List<String>, List<FileStatus>> files,
            Consumer<TableSnapshot> release) {
        this.view = view;
        this.root = root;
        this.borrowed = Set.copyOf(borrowed);
        this.files = new HashMap<>(files);
        this.release = release;
    }

    /**
     * The files of a partition, those in directories below included, hidden ones not. Their paths
     * may lie outside the partition's directory.
     *
     * @param partitionValues empty for a table without partitions
     */
    public List<FileStatus> files(List<String> partitionValues) {
        return files.getOrDefault(partitionValues, List.of());
    }

    ReadView view() {
        return view;
    }

    String root() {
        return root;
    }

    Set<String> borrowed() {
        return borrowed;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.accept(this);
        }
    }
}
