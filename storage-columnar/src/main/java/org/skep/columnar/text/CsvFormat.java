package org.skep.columnar.text;

import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.DataType;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueFormatter;
import org.skep.types.text.ValueText;

/**
 * Comma-separated values as Hive's OpenCSVSerde reads and writes them, by the properties {@code
 * separatorChar}, {@code quoteChar}, {@code escapeChar} and {@code applyQuotesToAll}. A row is a
 * line; a line end within quotes ends it. Columns other than strings are read like fields of text
 * files. Stateless; safe for use by many threads.
 */
public final class CsvFormat extends LineFormat {
    @Override
    public String name() {
        return "csv";
    }

    private static byte character(TableLayout layout, String name, char ifAbsent) {
        String text = null;
        for (Map.Entry<String, String> property : layout.properties().entrySet()) {
            if (property.getKey().equalsIgnoreCase(name)) {
                text = property.getValue();
            }
        }
        char c = text == null || text.isEmpty() ? ifAbsent : text.charAt(0);
        if (c > 127) {
            throw new SkepException(
                    ErrorCode.NOT_SUPPORTED, "%s must be ASCII: %s".formatted(name, text));
        }
        return (byte) c;
    }

    private static TextOptions options(TableLayout layout) {
        Map<String, String> properties = new TreeMap<>(layout.properties());
        properties.remove("escape.delim");
        return TextOptions.of(properties);
    }

    @Override
    public BatchSource open(FileSystem fileSystem, Split split, ScanRequest request) {
        TableLayout layout = request.layout();
        TextOptions options = options(layout);
        byte escape = character(layout, "escapeChar", '"');
        LineParser parser =
                new CsvParser(
                        character(layout, "separatorChar", ','),
                        character(layout, "quoteChar", '"'),
                        // The library's writer escapes by a quote, its reader by a backslash.
                        escape == '"' ? (byte) '\\' : escape,
                        new WantedFields(request, options));
        return new RowScan(lines(fileSystem, split, request, options), request, parser);
    }

    @Override
    public TableWriter create(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            ZoneId zone,
            MemoryPool memory) {
        byte separator = character(layout, "separatorChar", ',');
        ValueFormatter[] encoders = new ValueFormatter[layout.columns().size()];
        for (int i = 0; i < encoders.length; i++) {
            encoders[i] = encoder(layout, layout.columns().get(i).type(), zone, separator);
        }
        return new TextWriter(
                fileSystem, path, layout, encoders, separator, options(layout), memory);
    }

    private static ValueFormatter encoder(
            TableLayout layout, DataType type, ZoneId zone, byte separator) {
        byte quote = character(layout, "quoteChar", '"');
        byte escape = character(layout, "escapeChar", '"');
        boolean always = "true".equalsIgnoreCase(layout.properties().get("applyQuotesToAll"));
        ValueFormatter plain = ValueText.formatter(type, zone);
        ByteSink raw = new ByteSink();
        return (vector, row, out) -> {
            if (vector.isNull(row)) {
                return;
            }
            raw.reset();
            plain.append(vector, row, raw);
            boolean quotes = always;
            for (int i = 0; i < raw.length() && !quotes; i++) {
                byte c = raw.data()[i];
                quotes = c == quote || c == escape || c == separator || c == '\n' || c == '\r';
            }
            if (!quotes) {
                out.append(raw.data(), 0, raw.length());
                return;
            }
            out.append(quote);
            for (int i = 0; i < raw.length(); i++) {
                byte c = raw.data()[i];
                if (c == quote || c == escape) {
                    out.append(escape);
                }
                out.append(c);
            }
            out.append(quote);
        };
    }
}
