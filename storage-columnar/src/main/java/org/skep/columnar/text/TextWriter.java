package org.skep.columnar.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;
import org.skep.base.io.OutputFile;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.storage.WrittenFile;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueFormatter;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** Writes rows as lines. Confined to one thread. */
final class TextWriter implements TableWriter {
    private static final int FLUSH_BYTES = 256 << 10;

    private final FileSystem fileSystem;
    private final TableLayout layout;
    private final byte separator;
    private final Charset charset;
    private final MemoryPool memory;
    private final OutputFile file;
    private final ByteSink buffer = new ByteSink(FLUSH_BYTES + (16 << 10));
    private final ValueFormatter[] encoders;
    private long reserved;
    private long rows;
    private long written;
    private boolean finished;
    private boolean closed;

    /**
     * Makes the file.
     *
     * @param encoders one a column; they take NULLs too
     */
    TextWriter(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            ValueFormatter[] encoders,
            byte separator,
            TextOptions options,
            MemoryPool memory) {
        this.fileSystem = fileSystem;
        this.layout = layout;
        this.encoders = encoders;
        this.separator = separator;
        this.memory = memory;
        charset = options.isUtf8() ? null : options.charset();
        account();
        try {
            file = fileSystem.create(path);
        } catch (RuntimeException e) {
            memory.release(reserved);
            throw e;
        }
    }

    private void account() {
        long now = buffer.data().length;
        if (now > reserved) {
            memory.reserve(now - reserved);
            reserved = now;
        }
    }

    @Override
    public void write(ColumnBatch batch) {
        int columns = encoders.length;
        ColumnVector[] flat = new ColumnVector[columns];
        int[][] ids = new int[columns][];
        boolean[] constant = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            flat[c] = batch.column(c);
            if (flat[c] instanceof DictionaryVector dictionary) {
                ids[c] = dictionary.ids();
                flat[c] = dictionary.values();
            } else if (flat[c] instanceof ConstantVector value) {
                constant[c] = true;
                flat[c] = value.value();
            }
        }
        Selection selection = batch.selection();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            for (int c = 0; c < columns; c++) {
                if (c > 0) {
                    buffer.append(separator);
                }
                int position = ids[c] != null ? ids[c][row] : constant[c] ? 0 : row;
                appendField(c, flat[c], position, batch.column(c), row);
            }
            buffer.append('\n');
            rows++;
            if (buffer.length() >= FLUSH_BYTES) {
                flush();
            }
        }
        account();
    }

    private void appendField(
            int column, ColumnVector flat, int position, ColumnVector encoded, int row) {
        // A dictionary has no position for NULL; the constant and the encoded vector know it.
        if (position < 0) {
            encoders[column].append(encoded, row, buffer);
        } else {
            encoders[column].append(flat, position, buffer);
        }
    }

    private void flush() {
        if (buffer.length() == 0) {
            return;
        }
        account();
        Crash.point("text-writer.before-write");
        if (charset == null) {
            file.write(buffer.data(), 0, buffer.length());
            written += buffer.length();
        } else {
            byte[] encoded =
                    new String(buffer.data(), 0, buffer.length(), StandardCharsets.UTF_8)
                            .getBytes(charset);
            file.write(encoded, 0, encoded.length);
            written += encoded.length;
        }
        buffer.reset();
    }

    @Override
    public long bytesSoFar() {
        return written + buffer.length();
    }

    @Override
    public WrittenFile finish() {
        flush();
        file.close();
        finished = true;
        long rawBytes = Math.max(0, written - rows);
        return new WrittenFile(
                file.path(), List.of(), rows, written, rawBytes, LineFormat.unknown(layout));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        memory.release(reserved);
        if (!finished) {
            file.close();
            fileSystem.delete(file.path());
        }
    }
}
