package org.skep.columnar.text;

import java.io.IOException;
import java.io.InputStream;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** The content of a file that can only be read as a stream. Confined to one thread. */
final class StreamSource implements ByteSource {
    private final String path;
    private final FileStream file;
    private final InputStream content;
    private long position;

    /** Takes over both: the file's bytes and what they decode to. */
    StreamSource(String path, FileStream file, InputStream content) {
        this.path = path;
        this.file = file;
        this.content = content;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            int count = content.read(target, offset, length);
            position += Math.max(count, 0);
            return count;
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.CORRUPT_FILE,
                    "Cannot decompress %s after %d bytes: %s"
                            .formatted(path, position, e.getMessage()),
                    e);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long bytesRead() {
        return file.position();
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw new SkepException(ErrorCode.IO_ERROR, "Cannot close file: " + path, e);
        } finally {
            file.close();
        }
    }
}
