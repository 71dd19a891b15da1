package org.skep.columnar.text;

import java.io.InputStream;
import org.skep.base.io.InputFile;

/** A file as a stream, read in large pieces. Confined to one thread. */
final class FileStream extends InputStream {
    private final InputFile file;
    private final byte[] buffer = new byte[64 << 10];
    private int at;
    private int limit;
    private long position;

    FileStream(InputFile file) {
        this.file = file;
    }

    /** How many bytes of the file were read. */
    long position() {
        return position;
    }

    @Override
    public int read() {
        return fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(buffer, at, target, offset, count);
        at += count;
        return count;
    }

    // GZIPInputStream asks this to know whether another member follows.
    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, limit - at + file.length() - position);
    }

    private boolean fill() {
        if (at < limit) {
            return true;
        }
        int count = (int) Math.min(buffer.length, file.length() - position);
        if (count <= 0) {
            return false;
        }
        file.readFully(position, buffer, 0, count);
        position += count;
        at = 0;
        limit = count;
        return true;
    }

    @Override
    public void close() {
        file.close();
    }
}
