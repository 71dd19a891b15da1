package org.skep.lsm.wal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.skep.lsm.schema.Durability;

/**
 * Writes that go to the disk together: their records one behind the other. Filled under the log's
 * lock, then used by the leader alone.
 */
final class WriteGroup {
    private static final int FIRST = 32 << 10;
    private static final int LARGEST_KEPT = 8 << 20;

    ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST);
    final List<Write> writes = new ArrayList<>();
    boolean sync;

    /** Makes room for a record, which may fail for want of memory. */
    void ensure(long size) {
        if (size <= buffer.remaining()) {
            return;
        }
        long capacity = Math.max(2L * buffer.capacity(), buffer.position() + size);
        if (capacity > Integer.MAX_VALUE - 64) {
            capacity = Math.min(buffer.position() + size, Integer.MAX_VALUE - 64);
        }
        ByteBuffer larger = ByteBuffer.allocateDirect((int) capacity);
        larger.put(buffer.flip());
        buffer = larger;
    }

    void add(Write write, long epoch) {
        write.group = this;
        write.groupOffset = buffer.position();
        WalFormat.begin(buffer, write, epoch);
        write.encode(buffer);
        write.groupLength = buffer.position() - write.groupOffset;
        writes.add(write);
        sync |= write.durability == Durability.FSYNC_WAL;
    }

    /** Takes over a record that must still be written, with its write; under the log's lock. */
    void adopt(Write write, ByteBuffer from, int offset, int length) {
        ensure(length);
        write.group = this;
        write.groupOffset = buffer.position();
        write.groupLength = length;
        ByteBuffer record = from.duplicate();
        record.limit(offset + length).position(offset);
        buffer.put(record);
        writes.add(write);
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    /** The first write that somebody waits for, which may lead; null if there is none. */
    Write firstWaiting() {
        for (Write write : writes) {
            if (!write.isDurable()) {
                return write;
            }
        }
        return null;
    }

    int bytes() {
        return buffer.position();
    }

    void clear() {
        writes.clear();
        sync = false;
        if (buffer.capacity() > LARGEST_KEPT) {
            buffer = ByteBuffer.allocateDirect(FIRST);
        } else {
            buffer.clear();
        }
    }
}
