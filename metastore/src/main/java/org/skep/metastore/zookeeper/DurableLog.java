package org.skep.metastore.zookeeper;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.persistence.FileSnap;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.apache.zookeeper.server.persistence.Util;
import org.skep.base.fault.Crash;

/**
 * ZooKeeper's transaction log and snapshots, with the syncs that it leaves out: of a snapshot's
 * content and of the directory after a file was made in it. Used by one writer thread.
 */
final class DurableLog extends FileTxnSnapLog {
    private static final int SNAPSHOTS_KEPT = 3;
    private static final int FILES_KEPT = 24;
    private static final long BYTES_KEPT = 96L << 20;

    private final AtomicLong loggedBytes = new AtomicLong();
    private volatile Exception fault;
    private volatile boolean fileMade = true;

    DurableLog(File directory) throws IOException {
        super(directory, directory);
    }

    @Override
    public File save(DataTree tree, ConcurrentHashMap<Long, Integer> sessions, boolean syncSnapshot)
            throws IOException {
        File snapshot = super.save(tree, sessions, true);
        syncDirectory(getSnapDir());
        if (purgeDue()) {
            purge();
        }
        return snapshot;
    }

    @Override
    public boolean append(Request request) throws IOException {
        try {
            Crash.point("catalogue.log-append");
            boolean appended = super.append(request);
            if (appended) {
                loggedBytes.addAndGet(request.getSerializeData().length);
            }
            return appended;
        } catch (IOException | RuntimeException e) {
            fault = e;
            throw e;
        }
    }

    // Counted here since ZooKeeper's own count follows the padding, which is off.
    @Override
    public long getTotalLogSize() {
        return loggedBytes.get();
    }

    @Override
    public void setTotalLogSize(long size) {
        loggedBytes.set(size);
    }

    @Override
    public void rollLog() throws IOException {
        super.rollLog();
        fileMade = true;
    }

    @Override
    public void commit() throws IOException {
        try {
            super.commit();
            if (fileMade) {
                syncDirectory(getDataLogDir());
                fileMade = false;
            }
            Crash.point("catalogue.log-synced");
        } catch (IOException | RuntimeException e) {
            fault = e;
            throw e;
        }
    }

    /** What ended the server, if something did. */
    Optional<Exception> fault() {
        return Optional.ofNullable(fault);
    }

    // Every start makes a snapshot and a log file.
    private boolean purgeDue() {
        File[] files = getSnapDir().listFiles();
        long bytes = 0;
        for (File file : files == null ? new File[0] : files) {
            bytes += file.length();
        }
        return files != null && (files.length > FILES_KEPT || bytes > BYTES_KEPT);
    }

    // Deletes what is older than the newest snapshots and not needed by them.
    private void purge() throws IOException {
        List<File> snapshots = findNValidSnapshots(SNAPSHOTS_KEPT);
        if (snapshots.size() < SNAPSHOTS_KEPT) {
            return;
        }
        long oldest =
                Util.getZxidFromName(
                        snapshots.get(SNAPSHOTS_KEPT - 1).getName(), FileSnap.SNAPSHOT_FILE_PREFIX);
        Set<File> needed = new HashSet<>(Arrays.asList(getSnapshotLogs(oldest)));
        for (String prefix : List.of(FileSnap.SNAPSHOT_FILE_PREFIX, FileTxnLog.LOG_FILE_PREFIX)) {
            File[] files =
                    getSnapDir().listFiles((directory, name) -> name.startsWith(prefix + "."));
            for (File file : files == null ? new File[0] : files) {
                long zxid = Util.getZxidFromName(file.getName(), prefix);
                if (zxid < oldest && !needed.contains(file)) {
                    Files.deleteIfExists(file.toPath());
                }
            }
        }
    }

    private static void syncDirectory(File directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.toPath(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
