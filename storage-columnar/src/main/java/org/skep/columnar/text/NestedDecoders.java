package org.skep.columnar.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.UnionType;
import org.skep.types.text.IntegerText;
import org.skep.types.text.Parsed;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/**
 * Decoders of nested fields, whose parts are separated by a byte that depends on the depth.
 * Confined to one thread.
 */
final class NestedDecoders {
    private final TextOptions options;
    private final ScalarDecoders scalars;

    NestedDecoders(TextOptions options, ScalarDecoders scalars) {
        this.options = options;
        this.scalars = scalars;
    }

    /** The decoder of any type at a depth, 1 for a column. */
    FieldDecoder of(DataType type, int depth) {
        if (type instanceof ListType list) {
            return new ListDecoder(depth, of(list.element(), depth + 1));
        }
        if (type instanceof MapType map) {
            return new MapDecoder(depth, of(map.key(), depth + 2), of(map.value(), depth + 2));
        }
        if (type instanceof StructType struct) {
            FieldDecoder[] fields = new FieldDecoder[struct.fields().size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = of(struct.fields().get(i).type(), depth + 1);
            }
            return new StructDecoder(depth, fields);
        }
        if (type instanceof UnionType union) {
            FieldDecoder[] alternatives = new FieldDecoder[union.alternatives().size()];
            for (int i = 0; i < alternatives.length; i++) {
                alternatives[i] = of(union.alternatives().get(i), depth + 1);
            }
            return new UnionDecoder(depth, alternatives);
        }
        return scalars.of(type);
    }

    /** Where the part that begins at {@code from} ends. */
    private int partEnd(byte[] data, int from, int end, byte separator) {
        int i = from;
        while (i < end && data[i] != separator) {
            i += options.escapes() && data[i] == options.escape() && i + 1 < end ? 2 : 1;
        }
        return i;
    }

    /** Puts a value, or NULL if it is absent or bad: parts of nested values are not counted. */
    private void decodePart(
            FieldDecoder decoder, byte[] data, int start, int length, ColumnVector out, int row) {
        if (options.isNull(data, start, length) || !decoder.decode(data, start, length, out, row)) {
            out.setNull(row);
        }
    }

    private final class ListDecoder implements FieldDecoder {
        private final byte separator;
        private final FieldDecoder element;

        ListDecoder(int depth, FieldDecoder element) {
            separator = options.separator(depth);
            this.element = element;
        }

        @Override
        public boolean decode(byte[] data, int start, int length, ColumnVector out, int row) {
            ListVector lists = (ListVector) out;
            int end = start + length;
            int count = length == 0 ? 0 : 1;
            for (int i = partEnd(data, start, end, separator); i < end; ) {
                count++;
                i = partEnd(data, i + 1, end, separator);
            }
            int at = lists.append(row, count);
            int from = start;
            for (int i = 0; i < count; i++) {
                int to = partEnd(data, from, end, separator);
                decodePart(element, data, from, to - from, lists.elements(), at + i);
                from = to + 1;
            }
            return true;
        }
    }

    private final class StructDecoder implements FieldDecoder {
        private final byte separator;
        private final FieldDecoder[] fields;

        StructDecoder(int depth, FieldDecoder[] fields) {
            separator = options.separator(depth);
            this.fields = fields;
        }

        @Override
        public boolean decode(byte[] data, int start, int length, ColumnVector out, int row) {
            StructVector structs = (StructVector) out;
            int end = start + length;
            int from = start;
            for (int i = 0; i < fields.length; i++) {
                int to = from > end ? end : partEnd(data, from, end, separator);
                decodePart(fields[i], data, from, to - from, structs.field(i), row);
                from = to + 1;
            }
            return true;
        }
    }

    private final class UnionDecoder implements FieldDecoder {
        private final byte separator;
        private final FieldDecoder[] alternatives;
        private final Parsed tag = new Parsed();

        UnionDecoder(int depth, FieldDecoder[] alternatives) {
            separator = options.separator(depth);
            this.alternatives = alternatives;
        }

        @Override
        public boolean decode(byte[] data, int start, int length, ColumnVector out, int row) {
            UnionVector unions = (UnionVector) out;
            int end = start + length;
            int to = partEnd(data, start, end, separator);
            if (!IntegerText.parseStored(data, start, to - start, Byte.MAX_VALUE, tag)
                    || tag.value() < 0
                    || tag.value() >= alternatives.length) {
                return false;
            }
            int chosen = (int) tag.value();
            unions.tags()[row] = (byte) chosen;
            decodePart(
                    alternatives[chosen],
                    data,
                    to + 1,
                    end - to - 1,
                    unions.alternative(chosen),
                    row);
            return true;
        }
    }

    private final class MapDecoder implements FieldDecoder {
        private static final int FEW = 16;

        private final byte itemSeparator;
        private final byte keySeparator;
        private final FieldDecoder key;
        private final FieldDecoder value;
        private int[] bounds = new int[3 * FEW];

        MapDecoder(int depth, FieldDecoder key, FieldDecoder value) {
            itemSeparator = options.separator(depth);
            keySeparator = options.separator(depth + 1);
            this.key = key;
            this.value = value;
        }

        @Override
        public boolean decode(byte[] data, int start, int length, ColumnVector out, int row) {
            MapVector maps = (MapVector) out;
            int count = length == 0 ? 0 : distinctEntries(data, start, start + length);
            int at = maps.append(row, count);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int keyStart = bounds[3 * i];
                int keyEnd = bounds[3 * i + 1];
                int end = bounds[3 * i + 2];
                int target = at + kept;
                if (key.decode(data, keyStart, keyEnd - keyStart, maps.keys(), target)) {
                    decodePart(value, data, keyEnd + 1, end - keyEnd - 1, maps.values(), target);
                    kept++;
                }
            }
            maps.lengths()[row] = kept;
            return true;
        }

        /**
         * Where the entries, their keys and they themselves begin and end; the first of a key wins.
         */
        private int distinctEntries(byte[] data, int start, int end) {
            int count = 0;
            Set<String> manyKeys = null;
            for (int from = start; from <= end; ) {
                int to = partEnd(data, from, end, itemSeparator);
                int keyEnd = Math.min(to, partEnd(data, from, to, keySeparator));
                if (count == FEW && manyKeys == null) {
                    manyKeys = keysSoFar(data, count);
                }
                boolean repeated =
                        manyKeys == null
                                ? isAmong(data, from, keyEnd, count)
                                : !manyKeys.add(string(data, from, keyEnd));
                if (!repeated && !options.isNull(data, from, keyEnd - from)) {
                    if (bounds.length < 3 * count + 3) {
                        bounds = Arrays.copyOf(bounds, 2 * bounds.length);
                    }
                    bounds[3 * count] = from;
                    bounds[3 * count + 1] = keyEnd;
                    bounds[3 * count + 2] = to;
                    count++;
                }
                from = to + 1;
            }
            return count;
        }

        private boolean isAmong(byte[] data, int from, int to, int count) {
            for (int i = 0; i < count; i++) {
                if (Arrays.equals(data, from, to, data, bounds[3 * i], bounds[3 * i + 1])) {
                    return true;
                }
            }
            return false;
        }

        private Set<String> keysSoFar(byte[] data, int count) {
            Set<String> keys = new HashSet<>();
            for (int i = 0; i < count; i++) {
                keys.add(string(data, bounds[3 * i], bounds[3 * i + 1]));
            }
            return keys;
        }

        private String string(byte[] data, int from, int to) {
            return new String(data, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
