package org.skep.columnar.orc;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchSource;
import org.skep.storage.ColumnStatistics;
import org.skep.storage.FileStatistics;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.Datum;

/**
 * ORC files. Stateless; safe for use by many threads. No class of the ORC library is loaded before
 * the first file is opened.
 *
 * <p>Splits are made of whole stripes: one belongs to the split in which it begins. A file of no
 * bytes has no rows. Files that Hive's transactions wrote fail with ACID_DIRECTORY.
 */
public final class OrcFormat implements TableFormat {
    /** The format. */
    public OrcFormat() {}

    @Override
    public String name() {
        return "orc";
    }

    @Override
    public String extension() {
        return ".orc";
    }

    @Override
    public List<Split> splits(
            FileSystem fileSystem,
            FileStatus file,
            TableLayout layout,
            List<Datum> partitionValues,
            long targetBytes) {
        return file.length() == 0
                ? List.of()
                : OrcPlanning.splits(fileSystem, file, partitionValues, targetBytes);
    }

    @Override
    public BatchSource open(FileSystem fileSystem, Split split, ScanRequest request) {
        return OrcScan.open(fileSystem, split, request);
    }

    @Override
    public FileStatistics statistics(FileSystem fileSystem, FileStatus file, TableLayout layout) {
        if (file.length() == 0) {
            List<ColumnStatistics> columns = new ArrayList<>();
            for (int i = 0; i < layout.columns().size(); i++) {
                columns.add(new ColumnStatistics(null, null, 0, 0, -1));
            }
            return new FileStatistics(0, columns);
        }
        return OrcPlanning.statistics(fileSystem, file, layout);
    }

    @Override
    public TableWriter create(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            ZoneId zone,
            MemoryPool memory) {
        return OrcTableWriter.create(fileSystem, path, layout, memory);
    }
}
