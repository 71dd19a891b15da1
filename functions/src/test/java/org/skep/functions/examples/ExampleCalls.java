package org.skep.functions.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.call.PlainContext;
import org.skep.functions.collection.CollectionFunctions;
import org.skep.functions.json.JsonFunctions;
import org.skep.functions.text.StringFunctions;
import org.skep.functions.xml.XmlFunctions;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.Selection;

/**
 * Calls functions with single values, each in all ways in which a kernel may get them: constant,
 * flat, mixed, with other positions NULL or different, with some rows selected; all must agree.
 */
final class ExampleCalls {
    private static final int POSITIONS = 5;

    private final Map<String, ScalarFunction> functions = new HashMap<>();

    ExampleCalls() {
        List<ScalarFunction> all = new ArrayList<>(StringFunctions.all());
        all.addAll(CollectionFunctions.all());
        all.addAll(JsonFunctions.all());
        all.addAll(XmlFunctions.all());
        for (ScalarFunction function : all) {
            add(function.name(), function);
            function.aliases().forEach(alias -> add(alias, function));
        }
    }

    private void add(String name, ScalarFunction function) {
        assertThat(functions.put(name, function)).as(name).isNull();
    }

    Datum field(Datum struct, String name) {
        int ordinal = ((StructType) struct.type()).indexOf(name);
        return call("struct_field", List.of(struct, Datum.ofInt(ordinal)));
    }

    Datum call(String name, List<Datum> given) {
        ScalarFunction function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException("Function not found: " + name);
        }
        Binding binding = function.bind(given.stream().map(Argument::of).toList());
        List<Datum> arguments = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            arguments.add(cast(given.get(i), binding.argumentTypes().get(i)));
        }
        if (function.nullInNullOut() && arguments.stream().anyMatch(Datum::isNull)) {
            return Datum.nullOf(binding.returnType());
        }
        ScalarKernel kernel = function.kernel(binding.argumentTypes(), binding.returnType());
        Object expected = null;
        int variants = function.stability() == ScalarFunction.Stability.ROW ? 1 : 12;
        for (int variant = 0; variant < variants; variant++) {
            Object result = run(kernel, arguments, binding.returnType(), variant);
            if (variant == 0) {
                expected = result;
            } else {
                assertThat(result).as("%s, variant %d", name, variant).isEqualTo(expected);
            }
        }
        return new Datum(binding.returnType(), expected);
    }

    // variant 0 has only constants; bit 0 and 1 say which arguments are constant, the rest which
    // other rows there are
    private static Object run(
            ScalarKernel kernel, List<Datum> arguments, DataType returned, int variant) {
        ColumnVector[] vectors = new ColumnVector[arguments.size()];
        for (int i = 0; i < vectors.length; i++) {
            boolean constant =
                    variant == 0 || ((variant & 3) != 3 && (variant >> (i & 1) & 1) == 1);
            ColumnVector flat = ColumnVector.create(arguments.get(i).type(), POSITIONS);
            for (int row = 0; row < POSITIONS; row++) {
                boolean other = row == 1 && variant >= 4;
                DatumVector.write(flat, row, other ? null : arguments.get(i).value());
            }
            vectors[i] = constant ? new ConstantVector(flat) : flat;
        }
        Selection selection =
                variant < 4
                        ? Selection.all(variant == 0 ? 1 : POSITIONS)
                        : Selection.of(new int[] {0, 2, 4}, variant < 8 ? 3 : 2);
        ColumnVector out = ColumnVector.create(returned, selection.bound());
        kernel.evaluate(vectors, selection, out, new PlainContext());
        Object first = DatumVector.read(out, 0).value();
        for (int k = 1; k < selection.count(); k++) {
            int row = selection.position(k);
            Object value = DatumVector.read(out, row).value();
            assertThat(value).as("row %d", row).isEqualTo(first);
        }
        return first;
    }

    /** The conversions that examples need, in plain Java. */
    static Datum cast(Datum datum, DataType type) {
        return new Datum(type, convert(datum.value(), type));
    }

    private static Object convert(Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> (Boolean) value;
            case TINYINT, SMALLINT, INT, BIGINT -> new BigDecimal(value.toString()).longValue();
            case DATE ->
                    value instanceof Long
                            ? value
                            : (Object) java.time.LocalDate.parse((String) value).toEpochDay();
            case FLOAT, DOUBLE -> Double.parseDouble(value.toString());
            case DECIMAL ->
                    new BigDecimal(value.toString())
                            .setScale(((DecimalType) type).scale(), RoundingMode.HALF_UP);
            case STRING, VARCHAR, CHAR ->
                    value instanceof Datum.Bytes bytes
                            ? new String(bytes.toArray(), StandardCharsets.UTF_8)
                            : value.toString();
            case BINARY ->
                    value instanceof String text
                            ? Datum.Bytes.of(text.getBytes(StandardCharsets.UTF_8))
                            : value;
            case ARRAY -> convertAll((List<?>) value, ((ListType) type).element());
            case MAP -> convertEntries((List<?>) value, (MapType) type);
            case STRUCT -> convertFields((List<?>) value, (StructType) type);
            default -> value;
        };
    }

    private static List<Object> convertAll(List<?> values, DataType type) {
        List<Object> converted = new ArrayList<>();
        values.forEach(value -> converted.add(convert(value, type)));
        return converted;
    }

    private static List<Object> convertEntries(List<?> entries, MapType type) {
        List<Object> converted = new ArrayList<>();
        for (Object item : entries) {
            Datum.MapEntry entry = (Datum.MapEntry) item;
            converted.add(
                    new Datum.MapEntry(
                            convert(entry.key(), type.key()),
                            convert(entry.value(), type.value())));
        }
        return converted;
    }

    private static List<Object> convertFields(List<?> values, StructType type) {
        List<Object> converted = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            converted.add(convert(values.get(i), type.fields().get(i).type()));
        }
        return converted;
    }

    /** Whether two values are the same, numbers by value. */
    static boolean same(Object left, Object right) {
        if (left instanceof List<?> a && right instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = same(a.get(i), b.get(i));
            }
            return same;
        }
        if (left instanceof Datum.MapEntry a && right instanceof Datum.MapEntry b) {
            return same(a.key(), b.key()) && same(a.value(), b.value());
        }
        if (left instanceof Number && right instanceof Number) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0;
        }
        return Objects.equals(left, right);
    }

    /** All functions. */
    Iterable<ScalarFunction> functions() {
        return functions.values().stream().distinct().toList();
    }
}
