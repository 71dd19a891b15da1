package org.skep.storage;

import java.util.List;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;

/** A file format that tables can be stored in. Stateless; safe for use by many threads. */
public interface TableFormat {
    /** The name in lower case, as in {@link TableLayout#format}. */
    String name();

    /** The ending of the names of new files, such as {@code .parquet}, or an empty string. */
    String extension();

    /**
     * Cuts a file into pieces that can be read independently, of about {@code targetBytes} each.
     *
     * @param fileSystem where the file is; formats that can be cut at any byte do not open it
     */
    List<Split> splits(
            FileSystem fileSystem,
            FileStatus file,
            TableLayout layout,
            List<org.skep.types.Datum> partitionValues,
            long targetBytes);

    /** Opens a piece for reading. */
    BatchSource open(FileSystem fileSystem, Split split, ScanRequest request);

    /**
     * What the file says of itself: cheap, from its footer; unknown statistics where the format has
     * none.
     */
    FileStatistics statistics(FileSystem fileSystem, FileStatus file, TableLayout layout);

    /**
     * Begins a new file.
     *
     * @param zone the session's zone, for formats that need it
     */
    TableWriter create(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            java.time.ZoneId zone,
            org.skep.base.memory.MemoryPool memory);
}
