package org.skep.metastore.zookeeper;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.skep.base.fault.Crash;
import org.skep.base.time.Clock;
import org.skep.metastore.Table;
import org.skep.metastore.TableState;

/**
 * Deletes buckets and statistics that no table refers to any more. What a commit replaced stays for
 * a while, for sessions that still read the version before it; what a crash left is found by a
 * marker that the first write to a table makes.
 *
 * <p>In this process commits and sweeps exclude each other by a lock. Against other processes a
 * sweep spares nodes that are young, and deletes only versions that it has seen: a commit that uses
 * an old node again writes it anew first. Safe for use by many threads.
 */
final class Sweeper {
    private static final Duration READERS = Duration.ofMinutes(10);
    private static final Duration WRITERS = Duration.ofHours(1);
    private static final long REPLACED_BYTES = 32L << 20;

    /** Nodes of a table that a commit replaced. */
    private record Replaced(String tableId, Set<String> names, long bytes, long nanos) {}

    private final ZooKeeperClient client;
    private final boolean alone;
    private final Clock clock;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ArrayDeque<Replaced> replaced = new ArrayDeque<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private long replacedBytes;

    /**
     * A sweeper.
     *
     * @param alone whether no other process uses the catalogue
     */
    Sweeper(ZooKeeperClient client, boolean alone, Clock clock) {
        this.client = client;
        this.alone = alone;
        this.clock = clock;
    }

    /** Keeps sweeps away while nodes are written that nothing refers to yet. */
    void beginCommit() {
        lock.readLock().lock();
    }

    /** The commit is over, however it ended. */
    void endCommit() {
        lock.readLock().unlock();
    }

    /**
     * Nodes of a table may have been replaced by a commit that is over.
     *
     * @param bytes their size, about
     */
    void replaced(String tableId, Set<String> names, long bytes) {
        synchronized (replaced) {
            replaced.add(new Replaced(tableId, Set.copyOf(names), bytes, clock.nanoTime()));
            replacedBytes += bytes;
            touched.add(tableId);
        }
    }

    /** Sweeps what is due, unless a commit is under way. */
    void sweepDue() {
        Map<String, Set<String>> due = new LinkedHashMap<>();
        if (!lock.writeLock().tryLock()) {
            return;
        }
        try {
            takeDue(due);
            due.forEach(this::deleteUnreferenced);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void takeDue(Map<String, Set<String>> due) {
        synchronized (replaced) {
            long old = clock.nanoTime() - READERS.toNanos();
            while (!replaced.isEmpty()
                    && (replacedBytes > REPLACED_BYTES || replaced.peek().nanos() - old < 0)) {
                Replaced first = replaced.poll();
                replacedBytes -= first.bytes();
                due.computeIfAbsent(first.tableId(), id -> new HashSet<>()).addAll(first.names());
            }
        }
    }

    /** Sweeps what crashed processes left. */
    void sweepMarked() {
        for (String tableId : client.children(NodePaths.UNSWEPT).orElse(List.of())) {
            boolean ours;
            synchronized (replaced) {
                ours = touched.contains(tableId);
            }
            if (!ours) {
                sweep(tableId);
            }
        }
    }

    /** Sweeps all tables that this process wrote to; called when nobody reads any more. */
    void sweepAtEnd(int most) {
        List<String> tables;
        synchronized (replaced) {
            tables = new ArrayList<>(touched);
        }
        if (alone && tables.size() <= most) {
            tables.forEach(this::sweep);
        }
    }

    private void sweep(String tableId) {
        if (!lock.writeLock().tryLock()) {
            return;
        }
        try {
            Crash.point("catalogue.before-sweep");
            List<String> names = client.children(NodePaths.data(tableId)).orElse(List.of());
            if (deleteUnreferenced(tableId, names)) {
                client.deleteAll(
                        List.of(new ZooKeeperClient.OldNode(NodePaths.unswept(tableId), -1)));
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    // Whether nothing was spared for being young.
    private boolean deleteUnreferenced(String tableId, Collection<String> names) {
        String tablePath = NodePaths.table(tableId);
        Optional<Table> table =
                client.get(tablePath)
                        .map(n -> ObjectCodec.table(tablePath, n.data(), n.stat().getVersion()));
        Set<String> referenced = table.map(t -> references(t.state())).orElse(Set.of());
        List<ZooKeeperClient.OldNode> doomed = new ArrayList<>();
        List<String> candidates = new ArrayList<>();
        for (String name : names) {
            if (!referenced.contains(name)) {
                candidates.add(NodePaths.content(tableId, name));
            }
        }
        boolean young = false;
        if (alone) {
            candidates.forEach(path -> doomed.add(new ZooKeeperClient.OldNode(path, -1)));
        } else {
            long limit = clock.now().minus(WRITERS).toEpochMilli();
            List<ZooKeeperClient.Node> nodes = client.getAll(candidates);
            for (int i = 0; i < nodes.size(); i++) {
                ZooKeeperClient.Node node = nodes.get(i);
                if (node != null && node.stat().getMtime() < limit) {
                    doomed.add(
                            new ZooKeeperClient.OldNode(
                                    candidates.get(i), node.stat().getVersion()));
                } else if (node != null) {
                    young = true;
                }
            }
        }
        client.deleteAll(doomed);
        if (table.isEmpty() && !young) {
            client.deleteAll(List.of(new ZooKeeperClient.OldNode(NodePaths.data(tableId), -1)));
        }
        return !young;
    }

    /** The content names that a version of a table refers to. */
    static Set<String> references(TableState state) {
        Set<String> names = new HashSet<>();
        state.buckets().forEach(bucket -> names.add(bucket.name()));
        state.statistics().ifPresent(names::add);
        return names;
    }
}
