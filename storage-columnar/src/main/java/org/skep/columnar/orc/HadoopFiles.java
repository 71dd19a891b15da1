package org.skep.columnar.orc;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;

/**
 * Shows the ORC library one open file of ours as a file system of Hadoop's. Paths that it is asked
 * for do not matter. Confined to one thread.
 */
final class HadoopFiles extends FileSystem {
    /** What the library calls the file. */
    static final Path PATH = new Path("/file.orc");

    private static final URI ROOT = URI.create("skep:///");
    private static final long BLOCK_BYTES = 256L << 20;

    private final InputFile input;
    private final OutputFile output;
    private long bytesRead;

    private HadoopFiles(InputFile input, OutputFile output) {
        this.input = input;
        this.output = output;
        // No defaults: they are read from XML, and nothing here needs them.
        setConf(new Configuration(false));
    }

    static HadoopFiles reading(InputFile input) {
        return new HadoopFiles(input, null);
    }

    static HadoopFiles writing(OutputFile output) {
        return new HadoopFiles(null, output);
    }

    /** Bytes that were read so far. */
    long bytesRead() {
        return bytesRead;
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) {
        return new FSDataInputStream(new Source());
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return new FSDataOutputStream(new Sink(output), null);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        if (input == null) {
            throw new FileNotFoundException(path.toString());
        }
        return new FileStatus(input.length(), false, 1, BLOCK_BYTES, 0, path);
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileStatus[] listStatus(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setWorkingDirectory(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path("/");
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // the file belongs to who opened it
    }

    /** Reads the file by position. */
    private final class Source extends InputStream implements Seekable, PositionedReadable {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = read(position, target, offset, length);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public int read(long from, byte[] target, int offset, int length) throws IOException {
            long left = input.length() - from;
            if (left <= 0) {
                return length == 0 ? 0 : -1;
            }
            int count = (int) Math.min(left, length);
            readFully(from, target, offset, count);
            return count;
        }

        @Override
        public void readFully(long from, byte[] target, int offset, int length) throws IOException {
            if (from < 0 || from + length > input.length()) {
                throw new EOFException(
                        "%d bytes at %d, but the file has %d"
                                .formatted(length, from, input.length()));
            }
            input.readFully(from, target, offset, length);
            bytesRead += length;
        }

        @Override
        public void readFully(long from, byte[] target) throws IOException {
            readFully(from, target, 0, target.length);
        }

        @Override
        public void seek(long to) throws IOException {
            if (to < 0 || to > input.length()) {
                throw new EOFException(
                        "Position %d, but the file has %d bytes".formatted(to, input.length()));
            }
            position = to;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public boolean seekToNewSource(long target) {
            return false;
        }
    }

    /** Appends to the file. */
    private static final class Sink extends OutputStream {
        private final OutputFile file;

        Sink(OutputFile file) {
            this.file = file;
        }

        @Override
        public void write(int value) {
            file.write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            file.write(source, offset, length);
        }
    }
}
