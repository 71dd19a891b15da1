package org.skep.columnar.text;

import org.skep.base.io.InputFile;

/** A plain file from some position on. Confined to one thread. */
final class PlainSource implements ByteSource {
    // Beyond the split's end only the rest of one line is wanted.
    private static final int SMALL_READ = 64 << 10;

    private final InputFile file;
    private final long end;
    private final long start;
    private long position;

    /** Takes over the file. {@code end} is where the interest ends, not where reading must. */
    PlainSource(InputFile file, long start, long end) {
        this.file = file;
        this.start = start;
        this.end = end;
        position = start;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        long left = file.length() - position;
        if (left <= 0) {
            return -1;
        }
        long untilEnd = end - position;
        long wanted = untilEnd > length ? length : Math.max(SMALL_READ, untilEnd + 4096);
        int count = (int) Math.min(length, Math.min(left, wanted));
        file.readFully(position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long bytesRead() {
        return position - start;
    }

    @Override
    public void close() {
        file.close();
    }
}
