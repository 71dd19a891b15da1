package org.skep.engine.publish;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.metastore.PendingJournal;

/**
 * A journal that this process works on, and how far it has got. What is done to files is guarded by
 * the lock of the table's directory, see {@link LiveWrites}; the rest is volatile.
 */
final class LiveWrite {
    /** How far the files of one table have got. */
    static final class Part {
        private final Journal.Part journal;
        private final BitSet moved = new BitSet();
        private final BitSet trashed = new BitSet();
        private volatile String tableId;
        private volatile long version;
        private volatile boolean movesDone;
        private volatile boolean done;
        private volatile boolean cleared;

        Part(Journal.Part journal) {
            this.journal = journal;
            tableId = journal.tableId();
        }

        Journal.Part journal() {
            return journal;
        }

        /** The table's id; empty before the commit that creates it. */
        String tableId() {
            return tableId;
        }

        /** The first version that has the change; 0 before the commit. */
        long version() {
            return version;
        }

        boolean moved(int index) {
            return moved.get(index);
        }

        void setMoved(int index) {
            moved.set(index);
        }

        boolean trashed(int index) {
            return trashed.get(index);
        }

        void setTrashed(int index) {
            trashed.set(index);
        }

        /** Whether all files that belong to the table are where they should be. */
        boolean movesDone() {
            return movesDone;
        }

        void setMovesDone() {
            movesDone = true;
        }

        /** Whether also the others are gone, all of it durably. */
        boolean done() {
            return done;
        }

        void setDone() {
            done = true;
        }

        /** Whether the catalogue names the journal no more. */
        boolean cleared() {
            return cleared;
        }

        void setCleared() {
            cleared = true;
        }

        void commit(String id, long newVersion) {
            tableId = id;
            version = newVersion;
        }
    }

    private final Journal journal;
    private final PendingJournal reference;
    private final List<Part> parts = new ArrayList<>();
    private final ReentrantLock finishing = new ReentrantLock();
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile boolean committed;
    private volatile long sequence;
    private volatile long committedNanos;

    LiveWrite(Journal journal, long checksum) {
        this.journal = journal;
        reference = new PendingJournal(journal.id(), checksum);
        journal.parts().forEach(part -> parts.add(new Part(part)));
    }

    Journal journal() {
        return journal;
    }

    PendingJournal reference() {
        return reference;
    }

    List<Part> parts() {
        return parts;
    }

    /** Held by whoever moves its files. */
    ReentrantLock finishing() {
        return finishing;
    }

    boolean committed() {
        return committed;
    }

    /** The number of the commit among those of this process. */
    long sequence() {
        return sequence;
    }

    /** When it was committed, by the clock's nanoseconds. */
    long committedNanos() {
        return committedNanos;
    }

    void commit(long newSequence, long nanos) {
        sequence = newSequence;
        committedNanos = nanos;
        committed = true;
        settled.countDown();
    }

    /** Nobody knows whether it was committed; the next opening will. */
    void giveUp() {
        settled.countDown();
    }

    /** Waits until the catalogue has answered. */
    void awaitSettled() {
        boolean interrupted = false;
        while (true) {
            try {
                settled.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean done() {
        return parts.stream().allMatch(Part::done);
    }

    boolean movesDone() {
        return parts.stream().allMatch(Part::movesDone);
    }

    boolean cleared() {
        return parts.stream().allMatch(Part::cleared);
    }
}
