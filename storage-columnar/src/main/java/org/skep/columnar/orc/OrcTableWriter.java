package org.skep.columnar.orc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.CompressionKind;
import org.apache.orc.MemoryManager;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
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
 * Writes a file. A stripe is kept in memory until it is large enough or memory is short. Confined
 * to one thread.
 */
final class OrcTableWriter implements TableWriter {
    private static final int STEP = 1024;
    private static final long MEMORY_STEP = 1L << 20;
    private static final long STRIPE_BYTES = 64L << 20;

    private final FileSystem fileSystem;
    private final OutputFile file;
    private final TableLayout layout;
    private final MemoryPool memory;
    private final Stripes stripes = new Stripes();
    private final Writer writer;
    private final VectorizedRowBatch batch;
    private final int[] positions = new int[STEP];
    private long rows;
    private long held;
    private long reserved;
    private boolean finished;

    private OrcTableWriter(
            FileSystem fileSystem,
            OutputFile file,
            TableLayout layout,
            MemoryPool memory,
            Configuration settings,
            TypeDescription schema)
            throws IOException {
        this.fileSystem = fileSystem;
        this.file = file;
        this.layout = layout;
        this.memory = memory;
        HadoopFiles files = HadoopFiles.writing(file);
        writer =
                OrcFile.createWriter(
                        HadoopFiles.PATH,
                        OrcFile.writerOptions(settings)
                                .fileSystem(files)
                                .setSchema(schema)
                                .memory(stripes)
                                .callback(new CrashPoints())
                                .useUTCTimestamp(true)
                                .setProlepticGregorian(true)
                                .blockPadding(false));
        batch = schema.createRowBatch(TypeDescription.RowBatchVersion.USE_DECIMAL64, STEP);
    }

    static TableWriter create(
            FileSystem fileSystem, String path, TableLayout layout, MemoryPool memory) {
        Configuration settings = settings(layout.properties());
        TypeDescription schema = TypeDescription.createStruct();
        for (TableLayout.Column column : layout.columns()) {
            schema.addField(column.name(), OrcTypes.of(column.type()));
        }
        OutputFile file = fileSystem.create(path);
        try {
            return new OrcTableWriter(fileSystem, file, layout, memory, settings, schema);
        } catch (IOException | RuntimeException e) {
            file.close();
            fileSystem.delete(path);
            throw failure(path, e);
        }
    }

    // The table's properties, of which the library knows those that begin with orc.
    private static Configuration settings(Map<String, String> properties) {
        Configuration settings = new Configuration(false);
        for (Map.Entry<String, String> entry : properties.entrySet()) {
            if (entry.getKey().startsWith("orc.")) {
                settings.set(entry.getKey(), entry.getValue().trim());
            }
        }
        String codec = properties.getOrDefault("orc.compress", "ZLIB").toUpperCase(Locale.ROOT);
        CompressionKind kind;
        try {
            kind = CompressionKind.valueOf(codec.trim());
        } catch (IllegalArgumentException e) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION,
                    "orc.compress must be NONE, ZLIB, SNAPPY, ZSTD or LZ4: " + codec,
                    e);
        }
        switch (kind) {
            case NONE, ZLIB, SNAPPY, ZSTD, LZ4 -> settings.set("orc.compress", kind.name());
            default ->
                    throw new SkepException(
                            ErrorCode.INVALID_OPTION,
                            "orc.compress must be NONE, ZLIB, SNAPPY, ZSTD or LZ4: " + codec);
        }
        number(settings, "orc.stripe.size", STRIPE_BYTES);
        number(settings, "orc.compress.size", 256L << 10);
        number(settings, "orc.row.index.stride", 10_000);
        // Otherwise the size is looked at only after so many rows, even when it is asked for.
        settings.set("orc.stripe.size.check.ratio", "1e-9");
        return settings;
    }

    private static void number(Configuration settings, String key, long otherwise) {
        String text = settings.get(key);
        try {
            if (text == null || Long.parseLong(text) > 0) {
                settings.set(key, text == null ? Long.toString(otherwise) : text);
                return;
            }
        } catch (NumberFormatException e) {
            throw new SkepException(
                    ErrorCode.INVALID_OPTION, key + " must be a positive number: " + text, e);
        }
        throw new SkepException(
                ErrorCode.INVALID_OPTION, key + " must be a positive number: " + text);
    }

    private static RuntimeException failure(String path, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SkepException ours) {
                return ours;
            }
        }
        return thrown instanceof RuntimeException bug
                ? bug
                : new SkepException(
                        ErrorCode.IO_ERROR,
                        "Cannot write %s: %s".formatted(path, thrown.getMessage()),
                        thrown);
    }

    @Override
    public void write(ColumnBatch from) {
        Selection selection = from.selection();
        for (int start = 0; start < selection.count(); start += STEP) {
            int count = Math.min(STEP, selection.count() - start);
            for (int i = 0; i < count; i++) {
                positions[i] = selection.position(start + i);
            }
            batch.reset();
            batch.size = count;
            for (int c = 0; c < batch.cols.length; c++) {
                ValueWriter.copy(from.column(c), positions, count, batch.cols[c]);
            }
            try {
                writer.addRowBatch(batch);
            } catch (IOException e) {
                throw failure(file.path(), e);
            }
            rows += count;
        }
        account();
    }

    // Reserves what is held now; if that is refused, ends the stripe first.
    private void account() {
        held = writer.estimateMemory();
        if (held >= reserved) {
            long wanted = held - reserved + MEMORY_STEP;
            if (!memory.tryReserve(wanted)) {
                stripes.flush(file.path());
                held = writer.estimateMemory();
                wanted = Math.max(0, held - reserved);
                memory.reserve(wanted);
            }
            reserved += wanted;
        } else if (reserved - held > 2 * MEMORY_STEP) {
            memory.release(reserved - held - MEMORY_STEP);
            reserved = held + MEMORY_STEP;
        }
    }

    @Override
    public long bytesSoFar() {
        return file.position() + held;
    }

    @Override
    public WrittenFile finish() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failure(file.path(), e);
        }
        long bytes = file.position();
        file.close();
        finished = true;
        FileStatistics statistics =
                OrcPlanning.statistics(
                        fileSystem, new FileStatus(file.path(), false, bytes, 0), layout);
        return new WrittenFile(
                file.path(), List.of(), rows, bytes, writer.getRawDataSize(), statistics);
    }

    @Override
    public void close() {
        memory.release(reserved);
        reserved = 0;
        if (!finished) {
            finished = true;
            file.close();
            fileSystem.delete(file.path());
        }
    }

    /** Ends stripes when they are large enough, or at once. */
    private static final class Stripes implements MemoryManager {
        private final List<Callback> writers = new ArrayList<>();

        @Override
        public void addWriter(Path path, long requested, Callback callback) {
            writers.add(callback);
        }

        @Override
        public void removeWriter(Path path) {
            writers.clear();
        }

        @Override
        @Deprecated
        public void addedRow(int count) {
            // writers look at their size themselves
        }

        @Override
        public long checkMemory(long previous, Callback writer) {
            return previous;
        }

        void flush(String path) {
            try {
                for (Callback writer : writers) {
                    writer.checkMemory(0);
                    writer.checkMemory(1);
                }
            } catch (IOException e) {
                throw failure(path, e);
            }
        }
    }

    /** Places where tests may let the process die. */
    private static final class CrashPoints implements OrcFile.WriterCallback {
        @Override
        public void preStripeWrite(OrcFile.WriterContext context) {
            Crash.point("orc.before-stripe");
        }

        @Override
        public void preFooterWrite(OrcFile.WriterContext context) {
            Crash.point("orc.before-footer");
        }
    }
}
