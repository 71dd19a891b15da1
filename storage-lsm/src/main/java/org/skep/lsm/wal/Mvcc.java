package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.skep.lsm.schema.Durability;

/**
 * Which writes readers see: all up to the read point, which is the sequence id of the last write
 * that is complete together with all before it. One for the whole store, so a read point is an
 * instant of the whole store. Safe for use by many threads.
 */
public final class Mvcc {
    /** What keeps a read point alive for readers that come back to it. */
    public final class Pin implements AutoCloseable {
        private final long point;
        private boolean closed;

        private Pin(long point) {
            this.point = point;
        }

        /** The read point. */
        public long readPoint() {
            return point;
        }

        /** Lets go of the read point; a second call does nothing. */
        @Override
        public void close() {
            synchronized (pins) {
                if (!closed) {
                    closed = true;
                    pins.computeIfPresent(point, (key, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }

    private static final class Origin extends Write {
        Origin(long id) {
            super(null, Durability.SKIP_WAL);
            begin(id);
        }

        @Override
        protected int payloadSize() {
            return 0;
        }

        @Override
        protected void sequenced(long id) {
            throw new IllegalStateException();
        }

        @Override
        protected void encode(ByteBuffer target) {
            throw new IllegalStateException();
        }

        @Override
        protected void rollback() {
            throw new IllegalStateException();
        }
    }

    private final SequenceClock clock;
    private final TreeMap<Long, Integer> pins = new TreeMap<>();
    private Write head; // the last visible one; guarded by this
    private Write tail; // the last one begun; guarded by the log's lock
    private volatile long readPoint;
    private int waiting; // guarded by this

    Mvcc(SequenceClock clock) {
        this.clock = clock;
        head = new Origin(clock.last());
        tail = head;
        readPoint = head.sequence();
    }

    // With the log's lock held.
    void begin(Write write) {
        write.begin(clock.next());
        tail.next = write;
        tail = write;
    }

    /** Moves the read point over all writes that are complete. */
    void advance() {
        synchronized (this) {
            Write at = head;
            Write next = at.next;
            while (next != null && next.isComplete()) {
                at = next;
                next = at.next;
            }
            Write before = head;
            if (at == before) {
                return;
            }
            head = at;
            readPoint = at.sequence();
            if (waiting > 0) {
                notifyAll();
            }
            // A write that is over leads to no other: else one that the collector has moved to its
            // old objects would have all later ones moved there too.
            while (before != at) {
                Write visible = before.next;
                before.next = null;
                visible.becomeVisible();
                before = visible;
            }
        }
    }

    /** Returns when the read point is at {@code sequence} or behind it. */
    public void await(long sequence) {
        if (readPoint >= sequence) {
            return;
        }
        boolean interrupted = false;
        synchronized (this) {
            waiting++;
            while (readPoint < sequence) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            waiting--;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The sequence id up to which a reader that begins now sees all writes. */
    public long readPoint() {
        return readPoint;
    }

    /**
     * The current read point, kept: until the pin is closed, no flush and no compaction drops what
     * a reader with this read point has to see.
     */
    public Pin pin() {
        synchronized (pins) {
            long point = readPoint;
            pins.merge(point, 1, Integer::sum);
            return new Pin(point);
        }
    }

    /** The least read point that a reader can still come with. */
    public long smallestReadPoint() {
        synchronized (pins) {
            return pins.isEmpty() ? readPoint : Math.min(readPoint, pins.firstKey());
        }
    }
}
