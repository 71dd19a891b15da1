package org.skep.executor.local;

import java.util.List;
import org.skep.storage.FileStatistics;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.vector.ColumnBatch;

/** Counts rows. */
final class MemoryTableWriter implements TableWriter {
    private final String path;
    private long rows;

    MemoryTableWriter(String path) {
        this.path = path;
    }

    @Override
    public void write(ColumnBatch batch) {
        rows += batch.rowCount();
    }

    @Override
    public long bytesSoFar() {
        return rows;
    }

    @Override
    public WrittenFile finish() {
        return new WrittenFile(
                path, List.of(), rows, rows, rows, new FileStatistics(rows, List.of()));
    }

    @Override
    public void close() {
        // nothing is open
    }
}
