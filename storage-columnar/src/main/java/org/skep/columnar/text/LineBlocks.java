package org.skep.columnar.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.memory.MemoryPool;

/**
 * A window over a source that always holds whole lines, which end in LF, CR or CR LF. Confined to
 * one thread. The window's bytes stay as they are until the next {@link #advance}.
 */
final class LineBlocks implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 30;
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final String path;
    private final ByteSource source;
    private final MemoryPool memory;
    private byte[] data;
    private int at;
    private int complete;
    private int limit;
    private boolean ended;

    /** Takes over the source; counts the window of {@code capacity} bytes in {@code memory}. */
    LineBlocks(String path, ByteSource source, MemoryPool memory, int capacity) {
        this.path = path;
        this.source = source;
        this.memory = memory;
        memory.reserve(capacity);
        data = new byte[capacity];
    }

    /** The window. */
    byte[] data() {
        return data;
    }

    /** Where the next line begins. */
    int at() {
        return at;
    }

    /**
     * All lines that begin before this are whole; the byte before, or at the end here, ends one.
     */
    int complete() {
        return complete;
    }

    /** Goes on to the line that begins at {@code newAt}. */
    void moveTo(int newAt) {
        at = newAt;
    }

    /** Where the next line begins in the file. */
    long position() {
        return source.position() - (limit - at);
    }

    long bytesRead() {
        return source.bytesRead();
    }

    /** Makes sure that a whole line is in the window; false at the end of the source. */
    boolean advance() {
        if (at < complete) {
            return true;
        }
        if (ended) {
            return false;
        }
        System.arraycopy(data, at, data, 0, limit - at);
        limit -= at;
        at = 0;
        complete = 0;
        while (complete == 0 && !ended) {
            int searched = Math.max(0, limit - 1);
            if (limit + 1 == data.length) {
                grow();
            }
            // One byte is kept free for a line end after the last line.
            int count = source.read(data, limit, data.length - 1 - limit);
            if (count < 0) {
                ended = true;
                data[limit] = '\n';
                complete = limit;
            } else {
                limit += count;
                complete = afterLastLineEnd(searched);
            }
        }
        return complete > 0;
    }

    // A CR at the end of the window may be followed by LF.
    private int afterLastLineEnd(int from) {
        for (int i = limit - 1; i >= from; i--) {
            if (data[i] == '\n' || (data[i] == '\r' && i + 1 < limit)) {
                return i + 1;
            }
        }
        return 0;
    }

    private void grow() {
        if (data.length >= MOST_BYTES) {
            throw tooLong(null);
        }
        int more = Math.min(data.length, MOST_BYTES - data.length);
        try {
            memory.reserve(more);
        } catch (SkepException e) {
            throw tooLong(e);
        }
        data = Arrays.copyOf(data, data.length + more);
    }

    private SkepException tooLong(SkepException cause) {
        return new SkepException(
                ErrorCode.MEMORY_LIMIT,
                "Line of %s at byte %d is too long for memory: more than %d bytes"
                        .formatted(path, position(), limit),
                cause);
    }

    /** Skips up to {@code count} lines. */
    void skip(long count) {
        for (long i = 0; i < count && advance(); i++) {
            at = afterLine(at);
        }
    }

    /** Where the line after the one begins that holds {@code position}. */
    int afterLine(int position) {
        int end = lineEnd(data, position);
        return end < limit ? afterLineEnd(end) : limit;
    }

    /** Where the line after the line end at {@code end} begins. */
    int afterLineEnd(int end) {
        if (data[end] == '\r' && end + 1 < limit && data[end + 1] == '\n') {
            return end + 2;
        }
        return Math.min(end + 1, limit);
    }

    /** Counts and skips all lines that are left. */
    long countRest() {
        long lines = 0;
        while (advance()) {
            while (at < complete) {
                at = afterLine(at);
                lines++;
            }
        }
        return lines;
    }

    /** The first line end at or after {@code from}; there must be one. */
    static int lineEnd(byte[] data, int from) {
        int i = from;
        int lastWord = data.length - 8;
        while (i <= lastWord) {
            long word = (long) WORDS.get(data, i);
            long lf = word ^ ('\n' * LOW_BITS);
            long cr = word ^ ('\r' * LOW_BITS);
            long found = (((lf - LOW_BITS) & ~lf) | ((cr - LOW_BITS) & ~cr)) & HIGH_BITS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += 8;
        }
        while (data[i] != '\n' && data[i] != '\r') {
            i++;
        }
        return i;
    }

    @Override
    public void close() {
        memory.release(data.length);
        data = new byte[0];
        source.close();
    }
}
