package org.skep.columnar.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.storage.ScanColumn;
import org.skep.storage.ScanRequest;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;
import org.skep.types.text.ByteSink;
import org.skep.types.text.IntegerText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;

/**
 * Makes rows out of JSON objects by Hive's rules: names in any case, unknown names ignored, missing
 * ones NULL, the last of several wins, numbers that are none are 0. A line that is not an object
 * fails the scan; an empty one is a row of NULLs. Confined to one thread.
 */
final class JsonParser implements LineParser {
    private final String path;
    private final ByteSink text = new ByteSink();
    private final JsonCursor cursor = new JsonCursor();
    private final Map<String, Integer> columns = new HashMap<>();
    private final Node[] nodes;
    private final ScalarDecoders scalars;
    private int damage;

    JsonParser(String path, ScanRequest request, TextOptions options) {
        this.path = path;
        scalars = new ScalarDecoders(options, request.zone());
        List<ScanColumn> wanted = request.columns();
        nodes = new Node[wanted.size()];
        for (int i = 0; i < nodes.length; i++) {
            columns.put(wanted.get(i).name().toLowerCase(Locale.ROOT), i);
            columns.put("_col" + wanted.get(i).ordinal(), i);
            nodes[i] = node(wanted.get(i).type());
        }
    }

    @Override
    public int parse(byte[] data, int start, int length, ColumnVector[] vectors, int row) {
        damage = 0;
        cursor.reset(data, start, length);
        for (ColumnVector vector : vectors) {
            vector.setNull(row);
        }
        if (cursor.peek() < 0) {
            return 0;
        }
        try {
            cursor.require('{');
            members(columns, nodes, vectors, row);
            if (cursor.peek() >= 0) {
                throw new JsonCursor.Malformed("something follows the object");
            }
        } catch (JsonCursor.Malformed e) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "Cannot read JSON of %s: %s at character %d of the line: %s"
                            .formatted(
                                    path,
                                    e.getMessage(),
                                    cursor.position() - start,
                                    new String(
                                            data,
                                            start,
                                            Math.min(length, 200),
                                            StandardCharsets.UTF_8)));
        }
        return damage;
    }

    private interface Node {
        /** Reads a value that is not null. */
        void read(ColumnVector out, int row) throws JsonCursor.Malformed;
    }

    private Node node(DataType type) {
        if (type instanceof ListType list) {
            Node element = node(list.element());
            return (out, row) -> readList((ListVector) out, row, element);
        }
        if (type instanceof MapType map) {
            FieldDecoder key = scalars.of(map.key());
            Node value = node(map.value());
            return (out, row) -> readMap((MapVector) out, row, key, value);
        }
        if (type instanceof StructType struct) {
            return structNode(struct);
        }
        if (type.kind() == TypeKind.UNION) {
            throw new SkepException(ErrorCode.NOT_SUPPORTED, "JSON holds no unions: " + type);
        }
        FieldDecoder decoder = scalars.of(type);
        return (out, row) -> readScalar(decoder, out, row);
    }

    private Node structNode(StructType struct) {
        Map<String, Integer> names = new HashMap<>();
        Node[] fields = new Node[struct.fields().size()];
        for (int i = 0; i < fields.length; i++) {
            names.put(struct.fields().get(i).name().toLowerCase(Locale.ROOT), i);
            fields[i] = node(struct.fields().get(i).type());
        }
        return (out, row) -> {
            StructVector structs = (StructVector) out;
            ColumnVector[] vectors = new ColumnVector[fields.length];
            for (int i = 0; i < fields.length; i++) {
                vectors[i] = structs.field(i);
                vectors[i].setNull(row);
            }
            if (opens('{', out, row)) {
                members(names, fields, vectors, row);
            }
        };
    }

    /** Passes an opening bracket, or else the whole value, which then counts as damage. */
    private boolean opens(char bracket, ColumnVector out, int row) throws JsonCursor.Malformed {
        if (cursor.skip(bracket)) {
            return true;
        }
        cursor.skipValue(text, 0);
        out.setNull(row);
        damage++;
        return false;
    }

    private void members(Map<String, Integer> names, Node[] fields, ColumnVector[] vectors, int row)
            throws JsonCursor.Malformed {
        boolean more = !cursor.skip('}');
        while (more) {
            cursor.string(text);
            String name = text.toString();
            Integer index = names.get(name);
            if (index == null) {
                index = names.get(name.toLowerCase(Locale.ROOT));
            }
            cursor.require(':');
            if (index == null) {
                cursor.skipValue(text, 0);
            } else {
                readOrNull(fields[index], vectors[index], row);
            }
            more = cursor.skip(',');
            if (!more) {
                cursor.require('}');
            }
        }
    }

    private void readOrNull(Node node, ColumnVector out, int row) throws JsonCursor.Malformed {
        if (cursor.peek() == 'n') {
            cursor.bare(text);
            out.setNull(row);
            if (!text.toString().equals("null")) {
                throw new JsonCursor.Malformed("an unknown word");
            }
            return;
        }
        out.clearNull(row);
        node.read(out, row);
    }

    private void readList(ListVector lists, int row, Node element) throws JsonCursor.Malformed {
        if (!opens('[', lists, row)) {
            return;
        }
        int first = cursor.position();
        int count = 0;
        if (!cursor.skip(']')) {
            do {
                cursor.skipValue(text, 0);
                count++;
            } while (cursor.skip(','));
            cursor.require(']');
        }
        int end = cursor.position();
        int at = lists.append(row, count);
        cursor.moveTo(first);
        for (int i = 0; i < count; i++) {
            readOrNull(element, lists.elements(), at + i);
            cursor.skip(',');
        }
        cursor.moveTo(end);
    }

    private void readMap(MapVector maps, int row, FieldDecoder key, Node value)
            throws JsonCursor.Malformed {
        if (!opens('{', maps, row)) {
            return;
        }
        // By key, where its value begins; the last of equal keys wins in the first one's place.
        Map<String, Integer> entries = new LinkedHashMap<>();
        boolean more = !cursor.skip('}');
        while (more) {
            cursor.string(text);
            String name = text.toString();
            cursor.require(':');
            entries.put(name, cursor.position());
            cursor.skipValue(text, 0);
            more = cursor.skip(',');
            if (!more) {
                cursor.require('}');
            }
        }
        int end = cursor.position();
        int at = maps.append(row, entries.size());
        int kept = 0;
        for (Map.Entry<String, Integer> entry : entries.entrySet()) {
            byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
            if (!key.decode(name, 0, name.length, maps.keys(), at + kept)) {
                damage++;
                continue;
            }
            cursor.moveTo(entry.getValue());
            readOrNull(value, maps.values(), at + kept);
            kept++;
        }
        maps.lengths()[row] = kept;
        cursor.moveTo(end);
    }

    private void readScalar(FieldDecoder decoder, ColumnVector out, int row)
            throws JsonCursor.Malformed {
        int first = cursor.peek();
        if (first == '{' || first == '[') {
            cursor.skipValue(text, 0);
            out.setNull(row);
            damage++;
            return;
        }
        if (first == '"') {
            cursor.string(text);
        } else {
            cursor.bare(text);
            checkBare();
        }
        if (out instanceof BooleanVector booleans) {
            booleans.values()[row] = isTrue(first == '"');
        } else if (!decoder.decode(text.data(), 0, text.length(), out, row)) {
            damage++;
            if (out instanceof LongVector longs && out.type().kind().isInteger()) {
                longs.values()[row] = truncated(out.type().kind());
            } else {
                out.setNull(row);
            }
        }
    }

    /** Words are true if they say so, numbers if they are not 0. */
    private boolean isTrue(boolean quoted) {
        String word = text.toString().trim();
        boolean number = !quoted && !word.equals("false") && !word.equals("true");
        return number ? !word.matches("-?0+([.]0*)?") : word.equals("true");
    }

    /** A number that is not a plain integer in range, cut to one; 0 if it is no number. */
    private long truncated(TypeKind kind) {
        try {
            double number = Double.parseDouble(text.toString());
            if (text.toString().matches("[+-]?[0-9]+")) {
                long whole = new BigInteger(text.toString()).longValue();
                return kind == TypeKind.BIGINT ? whole : (int) whole;
            }
            long limit = IntegerText.greatest(kind);
            return Math.max(-limit - 1, Math.min(limit, (long) number));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void checkBare() throws JsonCursor.Malformed {
        byte first = text.data()[0];
        if (first == '-' || (first >= '0' && first <= '9')) {
            return;
        }
        String word = text.toString();
        if (!word.equals("true") && !word.equals("false") && !word.equals("NaN")) {
            throw new JsonCursor.Malformed("an unknown word");
        }
    }
}
