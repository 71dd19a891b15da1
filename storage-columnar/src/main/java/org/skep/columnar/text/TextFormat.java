package org.skep.columnar.text;

import java.time.ZoneId;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.text.ValueFormatter;

/**
 * Lines of fields, as Hive's LazySimpleSerDe reads and writes them. Files may be compressed by the
 * ending of their names ({@code .gz}, {@code .deflate}, {@code .zst}, {@code .snappy}), and are
 * then read whole; plain files are cut at any byte, unless they have footer lines or need
 * transcoding. Stateless; safe for use by many threads.
 */
public final class TextFormat extends LineFormat {
    @Override
    public String name() {
        return "text";
    }

    @Override
    public BatchSource open(FileSystem fileSystem, Split split, ScanRequest request) {
        TextOptions options = TextOptions.of(request.layout().properties());
        LineInput input = lines(fileSystem, split, request, options);
        boolean opened = false;
        try {
            TextScan scan = new TextScan(input, request, options);
            opened = true;
            return scan;
        } finally {
            if (!opened) {
                input.lines().close();
            }
        }
    }

    @Override
    public TableWriter create(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            ZoneId zone,
            MemoryPool memory) {
        TextOptions options = TextOptions.of(layout.properties());
        FieldEncoder encoder = new FieldEncoder(options, zone);
        ValueFormatter[] encoders = new ValueFormatter[layout.columns().size()];
        for (int i = 0; i < encoders.length; i++) {
            encoders[i] = encoder.of(layout.columns().get(i).type(), 1);
        }
        return new TextWriter(
                fileSystem, path, layout, encoders, options.fieldSeparator(), options, memory);
    }
}
