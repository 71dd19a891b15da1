package org.skep.tez.task;

import java.nio.ByteBuffer;
import java.util.List;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.types.DataType;
import org.skep.types.page.PageReader;
import org.skep.types.vector.ColumnBatch;

/** Reads rows of a result that an attempt left behind. Confined to one thread. */
public final class ResultFile implements AutoCloseable {
    private static final int LENGTH_BYTES = 4;

    private final InputFile file;
    private final PageReader reader;
    private long position;

    /** Opens the rows of an attempt. */
    public ResultFile(FileSystem fileSystem, TaskFiles attempt, List<DataType> types) {
        file = fileSystem.open(attempt.rows());
        reader = new PageReader(types);
    }

    /** The next batch, which lives on, or null at the end. */
    public ColumnBatch next() {
        if (position >= file.length()) {
            return null;
        }
        byte[] length = new byte[LENGTH_BYTES];
        file.readFully(position, length, 0, LENGTH_BYTES);
        byte[] page = new byte[ByteBuffer.wrap(length).getInt()];
        file.readFully(position + LENGTH_BYTES, page, 0, page.length);
        position += LENGTH_BYTES + page.length;
        return reader.read(page);
    }

    @Override
    public void close() {
        file.close();
    }
}
