package org.skep.columnar.text;

import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.storage.BatchSource;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.storage.TableWriter;
import org.skep.types.StructType;
import org.skep.types.TypeKind;
import org.skep.types.text.ByteSink;
import org.skep.types.text.JsonText;
import org.skep.types.text.ValueFormatter;
import org.skep.types.text.ValueText;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;

/**
 * Lines that are JSON objects, as Hive's JsonSerDe reads and writes them. Stateless; safe for use
 * by many threads.
 */
public final class JsonFormat extends LineFormat {
    @Override
    public String name() {
        return "json";
    }

    private static TextOptions options(TableLayout layout) {
        Map<String, String> properties = new TreeMap<>(layout.properties());
        properties.remove("escape.delim");
        return TextOptions.of(properties);
    }

    @Override
    public BatchSource open(FileSystem fileSystem, Split split, ScanRequest request) {
        TextOptions options = options(request.layout());
        LineParser parser = new JsonParser(split.path(), request, options);
        return new RowScan(lines(fileSystem, split, request, options), request, parser);
    }

    @Override
    public TableWriter create(
            FileSystem fileSystem,
            String path,
            TableLayout layout,
            ZoneId zone,
            MemoryPool memory) {
        int count = layout.columns().size();
        ValueFormatter[] encoders = new ValueFormatter[count];
        for (int i = 0; i < count; i++) {
            ByteSink name = new ByteSink();
            name.appendAscii(i == 0 ? "{\"" : "\"");
            name.appendUtf8(layout.columns().get(i).name());
            name.appendAscii("\":");
            boolean last = i == count - 1;
            encoders[i] =
                    (vector, row, out) -> {
                        out.append(name.data(), 0, name.length());
                        append(vector, row, out, zone);
                        if (last) {
                            out.append('}');
                        }
                    };
        }
        return new TextWriter(
                fileSystem, path, layout, encoders, (byte) ',', options(layout), memory);
    }

    private static void append(ColumnVector vector, int row, ByteSink out, ZoneId zone) {
        if (vector.isNull(row)) {
            out.appendAscii("null");
        } else if (vector instanceof ListVector lists) {
            int start = lists.starts()[row];
            out.append('[');
            for (int i = 0; i < lists.lengths()[row]; i++) {
                appendComma(i, out);
                append(lists.elements(), start + i, out, zone);
            }
            out.append(']');
        } else if (vector instanceof MapVector maps) {
            appendMap(maps, row, out, zone);
        } else if (vector instanceof StructVector structs) {
            appendStruct(structs, row, out, zone);
        } else if (vector.type().kind() == TypeKind.BINARY) {
            BytesVector bytes = (BytesVector) vector;
            out.append('"');
            Base64Field.append(bytes.data(), bytes.starts()[row], bytes.lengths()[row], out);
            out.append('"');
        } else {
            ValueText.appendJson(vector, row, out, zone);
        }
    }

    private static void appendComma(int index, ByteSink out) {
        if (index > 0) {
            out.append(',');
        }
    }

    private static void appendMap(MapVector maps, int row, ByteSink out, ZoneId zone) {
        int start = maps.starts()[row];
        ByteSink key = new ByteSink();
        out.append('{');
        for (int i = 0; i < maps.lengths()[row]; i++) {
            appendComma(i, out);
            key.reset();
            ValueText.append(maps.keys(), start + i, key, zone);
            out.append('"');
            JsonText.appendEscaped(key.data(), 0, key.length(), out);
            out.appendAscii("\":");
            append(maps.values(), start + i, out, zone);
        }
        out.append('}');
    }

    private static void appendStruct(StructVector structs, int row, ByteSink out, ZoneId zone) {
        StructType type = (StructType) structs.type();
        out.append('{');
        for (int i = 0; i < structs.fieldCount(); i++) {
            appendComma(i, out);
            out.append('"');
            out.appendUtf8(type.fields().get(i).name());
            out.appendAscii("\":");
            append(structs.field(i), row, out, zone);
        }
        out.append('}');
    }
}
