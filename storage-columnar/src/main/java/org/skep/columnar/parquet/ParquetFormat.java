package org.skep.columnar.parquet;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.storage.BatchSource;
import org.skep.storage.FileStatistics;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.Datum;

/**
 * Parquet files. Safe for use by many threads; keeps the footers that were read last.
 *
 * <p>Splits are made of whole row groups: one belongs to the split in which its middle lies. A file
 * of no bytes has no rows.
 */
public final class ParquetFormat implements TableFormat {
    private final FooterCache footers = new FooterCache(Clock.SYSTEM);

    /** A format with an empty footer cache. */
    public ParquetFormat() {}

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String extension() {
        return ".parquet";
    }

    @Override
    public List<Split> splits(
            FileSystem fileSystem,
            FileStatus file,
            TableLayout layout,
            List<Datum> partitionValues,
            long targetBytes) {
        List<Split> splits = new ArrayList<>();
        if (file.length() == 0) {
            return splits;
        }
        Footer footer = footer(fileSystem, file);
        long from = 0;
        long rows = 0;
        long bytes = 0;
        List<RowGroup> groups = footer.rowGroups();
        for (int i = 0; i < groups.size(); i++) {
            RowGroup group = groups.get(i);
            rows += group.getNum_rows();
            bytes += bytes(group);
            boolean last = i == groups.size() - 1;
            boolean full =
                    !last
                            && bytes + bytes(groups.get(i + 1)) > targetBytes
                            && middle(groups.get(i + 1)) > middle(group);
            if (!last && !full) {
                continue;
            }
            long to = last ? file.length() : middle(group) + 1;
            splits.add(Split.of(file, from, to, partitionValues, rows));
            from = to;
            rows = 0;
            bytes = 0;
        }
        return splits;
    }

    private Footer footer(FileSystem fileSystem, FileStatus file) {
        return footers.footer(fileSystem, file.path(), file.length(), file.modifiedMillis(), null);
    }

    private static long bytes(RowGroup group) {
        long bytes = 0;
        for (ColumnChunk chunk : group.getColumns()) {
            bytes += chunk.getMeta_data().getTotal_compressed_size();
        }
        return bytes;
    }

    /** The offset that decides which split a row group belongs to. */
    static long middle(RowGroup group) {
        return Footer.start(group) + bytes(group) / 2;
    }

    @Override
    public BatchSource open(FileSystem fileSystem, Split split, ScanRequest request) {
        return ParquetScan.open(fileSystem, footers, split, request);
    }

    @Override
    public FileStatistics statistics(FileSystem fileSystem, FileStatus file, TableLayout layout) {
        if (file.length() == 0) {
            return FooterStatistics.ofNothing(layout);
        }
        Footer footer = footer(fileSystem, file);
        return new FooterStatistics(footer, fileSystem, file, layout).read();
    }

    @Override
    public TableWriter create(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            ZoneId zone,
            MemoryPool memory) {
        return ParquetTableWriter.create(fileSystem, path, layout, memory);
    }
}
