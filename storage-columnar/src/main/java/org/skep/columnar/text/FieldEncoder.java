package org.skep.columnar.text;

import java.time.ZoneId;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;
import org.skep.types.UnionType;
import org.skep.types.text.ByteSink;
import org.skep.types.text.IntegerText;
import org.skep.types.text.ValueFormatter;
import org.skep.types.text.ValueText;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/** Makes fields out of values: NULL, escapes, nested values. Confined to one thread. */
final class FieldEncoder {
    private final TextOptions options;
    private final ZoneId zone;
    private final boolean[] escaped = new boolean[256];

    FieldEncoder(TextOptions options, ZoneId zone) {
        this.options = options;
        this.zone = zone;
        if (options.escapes()) {
            escaped[options.escape() & 0xff] = true;
            for (int b = 0; b < escaped.length; b++) {
                escaped[b] |= options.isSeparator((byte) b);
            }
            if (options.escapeLineEnds()) {
                escaped['\r'] = true;
                escaped['\n'] = true;
            }
        }
    }

    /** The formatter of any type at a depth, 1 for a column; it takes NULLs too. */
    ValueFormatter of(DataType type, int depth) {
        ValueFormatter present = ofPresent(type, depth);
        return (vector, row, out) -> {
            if (vector.isNull(row)) {
                options.appendNull(out);
            } else {
                present.append(vector, row, out);
            }
        };
    }

    private ValueFormatter ofPresent(DataType type, int depth) {
        if (type instanceof ListType list) {
            return list(options.separator(depth), of(list.element(), depth + 1));
        }
        if (type instanceof MapType map) {
            return map(
                    options.separator(depth),
                    options.separator(depth + 1),
                    of(map.key(), depth + 2),
                    of(map.value(), depth + 2));
        }
        if (type instanceof StructType struct) {
            ValueFormatter[] fields = new ValueFormatter[struct.fields().size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = of(struct.fields().get(i).type(), depth + 1);
            }
            return struct(options.separator(depth), fields);
        }
        if (type instanceof UnionType union) {
            ValueFormatter[] alternatives = new ValueFormatter[union.alternatives().size()];
            for (int i = 0; i < alternatives.length; i++) {
                alternatives[i] = of(union.alternatives().get(i), depth + 1);
            }
            return union(options.separator(depth), alternatives);
        }
        if (type.kind() == TypeKind.BINARY) {
            return FieldEncoder::appendBinary;
        }
        ValueFormatter plain = ValueText.formatter(type, zone);
        return type.kind().isCharacter() && options.escapes() ? escaping(plain) : plain;
    }

    private static void appendBinary(ColumnVector vector, int row, ByteSink out) {
        BytesVector bytes = (BytesVector) vector;
        Base64Field.append(bytes.data(), bytes.starts()[row], bytes.lengths()[row], out);
    }

    private ValueFormatter escaping(ValueFormatter plain) {
        ByteSink raw = new ByteSink();
        return (vector, row, out) -> {
            raw.reset();
            plain.append(vector, row, raw);
            byte[] data = raw.data();
            int length = raw.length();
            int copied = 0;
            for (int i = 0; i < length; i++) {
                if (!escaped[data[i] & 0xff]) {
                    continue;
                }
                out.append(data, copied, i - copied);
                copied = i;
                out.append(options.escape());
                if (data[i] == '\r' || data[i] == '\n') {
                    out.append(data[i] == '\r' ? 'r' : 'n');
                    copied = i + 1;
                }
            }
            out.append(data, copied, length - copied);
        };
    }

    private static ValueFormatter list(byte separator, ValueFormatter element) {
        return (vector, row, out) -> {
            ListVector lists = (ListVector) vector;
            int start = lists.starts()[row];
            for (int i = 0; i < lists.lengths()[row]; i++) {
                if (i > 0) {
                    out.append(separator);
                }
                element.append(lists.elements(), start + i, out);
            }
        };
    }

    private static ValueFormatter map(
            byte separator, byte keySeparator, ValueFormatter key, ValueFormatter value) {
        return (vector, row, out) -> {
            MapVector maps = (MapVector) vector;
            int start = maps.starts()[row];
            for (int i = 0; i < maps.lengths()[row]; i++) {
                if (i > 0) {
                    out.append(separator);
                }
                key.append(maps.keys(), start + i, out);
                out.append(keySeparator);
                value.append(maps.values(), start + i, out);
            }
        };
    }

    private static ValueFormatter struct(byte separator, ValueFormatter[] fields) {
        return (vector, row, out) -> {
            StructVector structs = (StructVector) vector;
            for (int i = 0; i < fields.length; i++) {
                if (i > 0) {
                    out.append(separator);
                }
                fields[i].append(structs.field(i), row, out);
            }
        };
    }

    private static ValueFormatter union(byte separator, ValueFormatter[] alternatives) {
        return (vector, row, out) -> {
            UnionVector unions = (UnionVector) vector;
            int tag = unions.tags()[row];
            IntegerText.append(tag, out);
            out.append(separator);
            alternatives[tag].append(unions.alternative(tag), row, out);
        };
    }
}
