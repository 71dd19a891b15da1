package org.skep.executor.spill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.executor.task.TaskContext;
import org.skep.types.DataType;
import org.skep.types.page.PageReader;
import org.skep.types.page.PageWriter;
import org.skep.types.vector.ColumnBatch;

/**
 * A file of pages, written once, then read, and deleted when it is closed. Guarded by itself while
 * it is written; {@link #read} may then be called by many threads.
 */
public final class SpillFile implements AutoCloseable {
    private static final AtomicLong NEXT = new AtomicLong();

    private final FileSystem fileSystem;
    private final String path;
    private final List<DataType> types;
    private final PageWriter writer = new PageWriter(PageWriter.Compression.NONE);
    private final List<Long> offsets = new ArrayList<>();
    private OutputFile out;
    private InputFile in;
    private long length;

    private SpillFile(FileSystem fileSystem, String path, List<DataType> types) {
        this.fileSystem = fileSystem;
        this.path = path;
        this.types = types;
    }

    /** Makes a file for rows of these types in the query's spill directory. */
    public static SpillFile create(TaskContext task, List<DataType> types) {
        return create(
                task.services().fileSystems(),
                task.query().spillDirectory(),
                task.query().queryId() + "-" + task.attempt(),
                types);
    }

    /** Makes a file whose name begins with {@code prefix} in a directory. */
    public static SpillFile create(
            org.skep.base.io.FileSystems fileSystems,
            String directory,
            String prefix,
            List<DataType> types) {
        FileSystem fileSystem = fileSystems.of(directory);
        fileSystem.createDirectories(directory);
        String path = directory + "/" + prefix + "-" + NEXT.getAndIncrement() + ".spill";
        SpillFile file = new SpillFile(fileSystem, path, types);
        file.out = fileSystem.create(path);
        return file;
    }

    /** Appends the rows of a batch as a page and answers the page's number. */
    public synchronized int write(ColumnBatch batch) {
        return write(writer.write(batch));
    }

    /** Appends a page and answers its number. */
    public synchronized int write(byte[] page) {
        offsets.add(length);
        out.write(page, 0, page.length);
        length += page.length;
        return offsets.size() - 1;
    }

    /** How many pages there are. */
    public synchronized int pages() {
        return offsets.size();
    }

    /** Bytes in the file. */
    public synchronized long bytes() {
        return length;
    }

    /** Reads a page; nothing may be written any more. */
    public ColumnBatch read(int page) {
        byte[] bytes;
        InputFile file;
        long offset;
        synchronized (this) {
            if (out != null) {
                out.close();
                out = null;
            }
            if (in == null) {
                in = fileSystem.open(path);
            }
            file = in;
            offset = offsets.get(page);
            long end = page + 1 < offsets.size() ? offsets.get(page + 1) : length;
            bytes = new byte[(int) (end - offset)];
        }
        file.readFully(offset, bytes, 0, bytes.length);
        return new PageReader(types).read(bytes);
    }

    @Override
    public synchronized void close() {
        if (out != null) {
            out.close();
            out = null;
        }
        if (in != null) {
            in.close();
            in = null;
        }
        fileSystem.delete(path);
    }
}
