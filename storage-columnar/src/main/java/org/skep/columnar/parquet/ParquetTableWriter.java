package org.skep.columnar.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.OutputFile;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.FileStatistics;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.Selection;

/**
 * Writes a file. A row group is kept in memory, encoded and compressed, until it is large enough or
 * memory is short. Confined to one thread.
 */
final class ParquetTableWriter implements TableWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String CREATED_BY = "skep version 0.1.0";
    // Rows that are encoded between two looks at the sizes of pages.
    private static final int STEP = 1024;
    // Memory is reserved in steps, so as not to count every batch.
    private static final long MEMORY_STEP = 1L << 20;

    private final FileSystem fileSystem;
    private final OutputFile file;
    private final TableLayout layout;
    private final MemoryPool memory;
    private final WriteOptions options;
    private final Compressor compressor;
    private final WriteSchema schema;
    private final List<RowGroup> groups = new ArrayList<>();
    private int[] positions = new int[STEP];
    private long groupRows;
    private long rows;
    private long reserved;
    private boolean finished;

    private ParquetTableWriter(
            FileSystem fileSystem,
            OutputFile file,
            TableLayout layout,
            WriteOptions options,
            Compressor compressor,
            WriteSchema schema,
            MemoryPool memory) {
        this.fileSystem = fileSystem;
        this.file = file;
        this.layout = layout;
        this.memory = memory;
        this.options = options;
        this.compressor = compressor;
        this.schema = schema;
    }

    static TableWriter create(
            FileSystem fileSystem, String path, TableLayout layout, MemoryPool memory) {
        WriteOptions options = WriteOptions.of(layout.properties());
        Compressor compressor = new Compressor(options.codec());
        try {
            WriteSchema schema = new WriteSchema(layout, options, compressor);
            OutputFile file = fileSystem.create(path);
            ParquetTableWriter writer =
                    new ParquetTableWriter(
                            fileSystem, file, layout, options, compressor, schema, memory);
            file.write(MAGIC, 0, MAGIC.length);
            return writer;
        } catch (RuntimeException e) {
            compressor.close();
            throw e;
        }
    }

    @Override
    public void write(ColumnBatch batch) {
        Selection selection = batch.selection();
        for (int from = 0; from < selection.count(); from += STEP) {
            int count = Math.min(STEP, selection.count() - from);
            for (int i = 0; i < count; i++) {
                positions[i] = selection.position(from + i);
            }
            for (int c = 0; c < schema.columns().size(); c++) {
                schema.columns().get(c).write(batch.column(c), positions, count);
            }
            groupRows += count;
            rows += count;
        }
        account();
        if (groupSize() >= options.rowGroupBytes()) {
            endGroup();
        }
    }

    private long groupSize() {
        long bytes = 0;
        for (ChunkWriter leaf : schema.leaves()) {
            bytes += leaf.size();
        }
        return bytes;
    }

    private long retainedBytes() {
        long bytes = options.scratch().data().length + (long) options.packed().data().length;
        for (ChunkWriter leaf : schema.leaves()) {
            bytes += leaf.retainedBytes();
        }
        return bytes;
    }

    // Reserves what is held now; if that is refused, ends the row group first.
    private void account() {
        long held = retainedBytes();
        if (held <= reserved) {
            return;
        }
        long wanted = held - reserved + MEMORY_STEP;
        if (!memory.tryReserve(wanted)) {
            endGroup();
            held = retainedBytes();
            wanted = Math.max(0, held - reserved);
            memory.reserve(wanted);
        }
        reserved += wanted;
    }

    private void endGroup() {
        if (groupRows == 0) {
            return;
        }
        Crash.point("parquet.before-row-group");
        long start = file.position();
        List<ColumnChunk> chunks = new ArrayList<>();
        long unpacked = 0;
        for (ChunkWriter leaf : schema.leaves()) {
            ColumnChunk chunk = leaf.finish(file);
            unpacked += chunk.getMeta_data().getTotal_uncompressed_size();
            chunks.add(chunk);
        }
        RowGroup group = new RowGroup(chunks, unpacked, groupRows);
        group.setFile_offset(start);
        group.setTotal_compressed_size(file.position() - start);
        if (groups.size() <= Short.MAX_VALUE) {
            group.setOrdinal((short) groups.size());
        }
        groups.add(group);
        groupRows = 0;
        long held = retainedBytes();
        if (held < reserved) {
            memory.release(reserved - held);
            reserved = held;
        }
    }

    @Override
    public long bytesSoFar() {
        return file.position() + groupSize();
    }

    @Override
    public WrittenFile finish() {
        endGroup();
        Crash.point("parquet.before-footer");
        writeFooter();
        long bytes = file.position();
        file.close();
        finished = true;
        long raw = 0;
        for (ChunkWriter leaf : schema.leaves()) {
            raw += leaf.rawBytes();
        }
        return new WrittenFile(file.path(), List.of(), rows, bytes, raw, statistics(bytes));
    }

    private FileStatistics statistics(long bytes) {
        FileStatus status = new FileStatus(file.path(), false, bytes, 0);
        try (var input = fileSystem.open(file.path())) {
            return new FooterStatistics(Footer.read(input), fileSystem, status, layout).read();
        }
    }

    private void writeFooter() {
        FileMetaData data = new FileMetaData(1, schema.elements(), rows, groups);
        data.setCreated_by(CREATED_BY);
        // Timestamps of 96 bits are stored as local times, which is what Hive makes of UTC.
        data.addToKey_value_metadata(property(ReadContext.WRITER_ZONE, "UTC"));
        data.addToKey_value_metadata(property("writer.zone.conversion.legacy", "false"));
        data.addToKey_value_metadata(property("writer.date.proleptic", "true"));
        for (int i = 0; i < schema.leaves().size(); i++) {
            data.addToColumn_orders(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
        }
        ByteSink footer = new ByteSink(1 << 12);
        try {
            Util.writeFileMetaData(data, footer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int length = footer.size();
        footer.writeInt(length);
        footer.write(MAGIC, 0, MAGIC.length);
        file.write(footer.data(), 0, footer.size());
    }

    private static KeyValue property(String key, String value) {
        KeyValue entry = new KeyValue(key);
        entry.setValue(value);
        return entry;
    }

    @Override
    public void close() {
        compressor.close();
        memory.release(reserved);
        reserved = 0;
        if (!finished) {
            finished = true;
            file.close();
            fileSystem.delete(file.path());
        }
    }
}
