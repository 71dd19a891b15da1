package org.skep.engine.publish;

/**
 * Says that somebody is reading: of every version of a table that is read from the catalogue after
 * the mark was set, a snapshot can be taken until the mark is closed. Safe for use by many threads.
 */
public final class ReadMark implements AutoCloseable {
    private final long sequence;
    private final LiveWrites writes;

    ReadMark(long sequence, LiveWrites writes) {
        this.sequence = sequence;
        this.writes = writes;
    }

    /** The number of the last commit when the mark was set. */
    long sequence() {
        return sequence;
    }

    @Override
    public void close() {
        writes.remove(this);
    }
}
