package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The writes of this process whose journals are not deleted yet, the readers that are under way,
 * and the locks of the directories of tables. Safe for use by many threads: the list of writes is
 * guarded by this object.
 *
 * <p>A directory has two locks. The <i>turn</i> lets one statement at a time publish, so that none
 * has to try again; it is taken before the other. The <i>files</i> lock is held shared while files
 * are listed and alone while they are moved; no call to the catalogue is made under it.
 */
final class LiveWrites {
    /** Tables that were dropped are remembered for late readers, but not for ever. */
    private static final int REMEMBERED_TABLES = 10_000;

    private final Map<String, LiveWrite> writes = new LinkedHashMap<>();
    private final Map<String, Long> forgotten =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > REMEMBERED_TABLES;
                }
            };
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final Map<String, ReentrantReadWriteLock> locks = new ConcurrentHashMap<>();
    private final Map<String, Set<TableSnapshot>> snapshots = new HashMap<>();
    private final Set<ReadMark> marks = ConcurrentHashMap.newKeySet();
    private final Set<String> damaged = ConcurrentHashMap.newKeySet();
    private long sequence;

    /** Remembers that a journal cannot be read, so that nobody takes its table for whole. */
    void damage(String journalId) {
        damaged.add(journalId);
    }

    /** Whether a journal cannot be read. */
    boolean damaged(String journalId) {
        return damaged.contains(journalId);
    }

    synchronized void add(LiveWrite write) {
        writes.put(write.journal().id(), write);
    }

    synchronized void remove(LiveWrite write) {
        writes.remove(write.journal().id());
    }

    /** A write by its journal, unless it is over. */
    synchronized Optional<LiveWrite> find(String journalId) {
        return Optional.ofNullable(writes.get(journalId));
    }

    /** All, in the order in which they were added, which for one directory is that of commits. */
    synchronized List<LiveWrite> all() {
        return new ArrayList<>(writes.values());
    }

    /** Those that touch a directory. */
    synchronized List<LiveWrite> of(String root) {
        List<LiveWrite> found = new ArrayList<>();
        for (LiveWrite write : writes.values()) {
            for (LiveWrite.Part part : write.parts()) {
                if (part.journal().roots().contains(root)) {
                    found.add(write);
                    break;
                }
            }
        }
        return found;
    }

    synchronized void committed(LiveWrite write, long nanos) {
        write.commit(++sequence, nanos);
    }

    /** From now on readers of versions of its tables before a write come too late. */
    synchronized void outdate(LiveWrite write) {
        for (LiveWrite.Part part : write.parts()) {
            if (!part.tableId().isEmpty()) {
                forgotten.merge(part.tableId(), part.version(), Math::max);
            }
        }
    }

    /** Whether a reader sees a version of which files are deleted. */
    synchronized boolean tooOld(ReadView view) {
        return forgotten.getOrDefault(view.tableId(), 0L) > view.version();
    }

    synchronized ReadMark mark() {
        ReadMark mark = new ReadMark(sequence, this);
        marks.add(mark);
        return mark;
    }

    void remove(ReadMark mark) {
        marks.remove(mark);
    }

    synchronized void open(TableSnapshot snapshot) {
        snapshots
                .computeIfAbsent(snapshot.root(), r -> ConcurrentHashMap.newKeySet())
                .add(snapshot);
    }

    synchronized void close(TableSnapshot snapshot) {
        Set<TableSnapshot> open = snapshots.get(snapshot.root());
        open.remove(snapshot);
        if (open.isEmpty()) {
            snapshots.remove(snapshot.root());
        }
    }

    synchronized boolean anyOpen() {
        return !snapshots.isEmpty();
    }

    private synchronized List<TableSnapshot> openOf(Collection<String> roots) {
        List<TableSnapshot> open = new ArrayList<>();
        for (String root : roots) {
            open.addAll(snapshots.getOrDefault(root, Set.of()));
        }
        return open;
    }

    /** Whether a reader may open files where they are before the moves of a part. */
    boolean movesAwaited(LiveWrite write, LiveWrite.Part part) {
        boolean moves = part.journal().roots().size() > 1;
        for (TableSnapshot open : openOf(part.journal().roots())) {
            boolean older = moves && !open.view().includes(write, part);
            if (older || open.borrowed().contains(write.journal().id())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a reader may open the files that a part retires. */
    boolean olderReaders(LiveWrite write, LiveWrite.Part part) {
        return openOf(part.journal().roots()).stream()
                .anyMatch(open -> !open.view().includes(write, part));
    }

    /** Whether somebody who began before a commit may take a snapshot still. */
    boolean olderMarks(LiveWrite write) {
        return marks.stream().anyMatch(mark -> mark.sequence() < write.sequence());
    }

    /** Waits for a statement's turn at these directories. */
    Held takeTurn(Collection<String> roots) {
        List<Lock> taken = new ArrayList<>();
        for (String root : new TreeSet<>(roots)) {
            taken.add(turns.computeIfAbsent(root, r -> new ReentrantLock()));
        }
        return Held.all(taken);
    }

    /** Keeps files where they are. */
    Held share(String root) {
        return Held.all(List.of(lock(root).readLock()));
    }

    /** Keeps everybody else from listing or moving files. */
    Held exclude(Collection<String> roots) {
        List<Lock> taken = new ArrayList<>();
        new TreeSet<>(roots).forEach(root -> taken.add(lock(root).writeLock()));
        return Held.all(taken);
    }

    private ReentrantReadWriteLock lock(String root) {
        return locks.computeIfAbsent(root, r -> new ReentrantReadWriteLock());
    }

    /** Locks that are held until they are released. */
    static final class Held {
        private final List<Lock> locks;

        private Held(List<Lock> locks) {
            this.locks = locks;
        }

        private static Held all(List<Lock> locks) {
            locks.forEach(Lock::lock);
            return new Held(locks);
        }

        void release() {
            for (int i = locks.size() - 1; i >= 0; i--) {
                locks.get(i).unlock();
            }
        }
    }
}
