package org.skep.metastore.zookeeper;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.persistence.FileSnap;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.apache.zookeeper.server.persistence.Util;

/**
 * ZooKeeper's transaction log and snapshots, with the syncs that it leaves out: of a snapshot's
 * content and of the directory after a file was made in it. Used by one writer thread.
 */
final class DurableLog extends FileTxnSnapLog {
    private volatile boolean fileMade = true;

    DurableLog(File directory) throws IOException {
        super(directory, directory);
    }

    @Override
    public File save(
            DataTree tree, ConcurrentHashMap<Long, Integer> sessions, boolean syncSnapshot)
            throws IOException {
        File snapshot = super.save(tree, sessions, true);
        syncDirectory(getSnapDir());
        return snapshot;
    }

    @Override
    public void rollLog() throws IOException {
        super.rollLog();
        fileMade = true;
    }

    @Override
    public void commit() throws IOException {
        super.commit();
        if (fileMade) {
            syncDirectory(getDataLogDir());
            fileMade = false;
        }
    }

    /** Deletes what is older than the newest {@code kept} snapshots and not needed by them. */
    void purge(int kept) throws IOException {
        List<File> snapshots = findNValidSnapshots(kept);
        if (snapshots.size() < kept) {
            return;
        }
        long oldest =
                Util.getZxidFromName(
                        snapshots.get(kept - 1).getName(), FileSnap.SNAPSHOT_FILE_PREFIX);
        Set<File> needed = new HashSet<>(Arrays.asList(getSnapshotLogs(oldest)));
        for (String prefix :
                List.of(FileSnap.SNAPSHOT_FILE_PREFIX, FileTxnLog.LOG_FILE_PREFIX)) {
            File[] files =
                    getSnapDir()
                            .listFiles((directory, name) -> name.startsWith(prefix + "."));
            for (File file : files == null ? new File[0] : files) {
                long zxid = Util.getZxidFromName(file.getName(), prefix);
                if (zxid < oldest && !needed.contains(file)) {
                    Files.deleteIfExists(file.toPath());
                }
            }
        }
    }

    private static void syncDirectory(File directory) throws IOException {
        try (FileChannel channel =
                FileChannel.open(directory.toPath(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
