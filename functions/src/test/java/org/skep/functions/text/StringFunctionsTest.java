package org.skep.functions.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.call.RandomData;
import org.skep.functions.call.ScalarRun;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.VarcharType;

class StringFunctionsTest {
    private static final DataType TEXT = DataType.STRING;
    private static final DataType INT = DataType.INT;

    @Test
    void agreesWithPlainJava() {
        check("length", row -> (long) points((String) row.get(0)).length, TEXT);
        check("upper", row -> ((String) row.get(0)).toUpperCase(Locale.ROOT), TEXT);
        check("lower", row -> ((String) row.get(0)).toLowerCase(Locale.ROOT), TEXT);
        check("concat", row -> "" + row.get(0) + row.get(1) + row.get(2), TEXT, TEXT, TEXT);
        check("reverse", row -> new StringBuilder((String) row.get(0)).reverse().toString(), TEXT);
        check("trim", row -> ((String) row.get(0)).replaceAll("^ +| +$", ""), TEXT);
        check("ltrim", row -> ((String) row.get(0)).replaceAll("^ +", ""), TEXT);
        check("rtrim", row -> ((String) row.get(0)).replaceAll(" +$", ""), TEXT);
        check("replace", StringFunctionsTest::replaced, TEXT, TEXT, TEXT);
    }

    // halves of a character, between which an empty text is found, have no bytes of their own
    private static String replaced(List<Object> row) {
        String replaced = ((String) row.get(0)).replace((String) row.get(1), (String) row.get(2));
        return new String(replaced.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void cutsAndFillsByCharacters() {
        check("substr", row -> substring(row, (Long) row.get(2)), TEXT, INT, INT);
        check("substr", row -> substring(row, Integer.MAX_VALUE), TEXT, INT);
        check("lpad", row -> pad(row, true), TEXT, INT, TEXT);
        check("rpad", row -> pad(row, false), TEXT, INT, TEXT);
        check("instr", row -> find((String) row.get(0), (String) row.get(1), 0), TEXT, TEXT);
        check(
                "locate",
                row -> find((String) row.get(1), (String) row.get(0), (Long) row.get(2) - 1),
                TEXT,
                TEXT,
                INT);
    }

    private static int[] points(String text) {
        return text.codePoints().toArray();
    }

    private static String substring(List<Object> row, long length) {
        int[] points = points((String) row.get(0));
        long position = (Long) row.get(1);
        long start = position > 0 ? position - 1 : position < 0 ? points.length + position : 0;
        if (start < 0 || start >= points.length || length <= 0) {
            return "";
        }
        int count = (int) Math.min(length, points.length - start);
        return new String(points, (int) start, count);
    }

    private static String pad(List<Object> row, boolean left) {
        int[] text = points((String) row.get(0));
        int[] pad = points((String) row.get(2));
        int wanted = (int) Math.max(0, (Long) row.get(1));
        if (pad.length == 0) {
            return null;
        }
        StringBuilder filling = new StringBuilder();
        for (int i = 0; i < wanted - text.length; i++) {
            filling.appendCodePoint(pad[i % pad.length]);
        }
        String kept = new String(text, 0, Math.min(wanted, text.length));
        return left ? filling + kept : kept + filling;
    }

    private static Long find(String text, String wanted, long from) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (from < 0 || from > bytes) {
            return 0L;
        }
        if (wanted.isEmpty()) {
            return 1L;
        }
        int length = points(text).length;
        int start = text.offsetByCodePoints(0, (int) Math.min(from, length));
        int found = text.indexOf(wanted, start);
        return found < 0 ? 0L : text.codePointCount(0, found) + 1L;
    }

    private static void check(
            String name, Function<List<Object>, Object> model, DataType... types) {
        RandomData data = new RandomData(name, System.nanoTime());
        ScalarRun run = new ScalarRun(StringFunctions.all(), name, data.random(), types);
        for (int round = 0; round < 60; round++) {
            int rows = 2 + data.random().nextInt(20);
            List<List<Object>> columns = new ArrayList<>();
            for (int i = 0; i < types.length; i++) {
                boolean constant = data.random().nextInt(4) == 0;
                columns.add(values(data, types[i], i == 0, constant ? 1 : rows));
            }
            List<Object> results = run.results(columns, rows);
            for (int row = 0; row < rows; row++) {
                List<Object> values = new ArrayList<>();
                for (List<Object> column : columns) {
                    values.add(column.get(column.size() == 1 ? 0 : row));
                }
                Object expected = values.contains(null) ? null : model.apply(values);
                assertThat(results.get(row)).as("%s%s", name, values).isEqualTo(expected);
            }
        }
    }

    private static List<Object> values(RandomData data, DataType type, boolean first, int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isNull = data.random().nextInt(12) == 0;
            Object value =
                    type.equals(INT)
                            ? (Object) (long) (data.random().nextInt(24) - 10)
                            : data.text(first ? 14 : 2);
            values.add(isNull ? null : value);
        }
        return values;
    }

    @Test
    void typesResultsOfBoundedTextsAsHive() {
        DataType char5 = new CharType(5);
        DataType varchar7 = new VarcharType(7);
        assertThat(type("concat", char5, char5)).isEqualTo(new CharType(10));
        assertThat(type("concat", char5, varchar7)).isEqualTo(new VarcharType(12));
        assertThat(type("concat", char5, TEXT)).isEqualTo(TEXT);
        assertThat(type("concat", new CharType(200), new CharType(200))).isEqualTo(TEXT);
        assertThat(type("concat", DataType.BINARY, DataType.BINARY)).isEqualTo(DataType.BINARY);
        assertThat(type("upper", varchar7)).isEqualTo(varchar7);
        assertThat(type("substr", char5, INT)).isEqualTo(TEXT);
        assertThat(type("substr", DataType.BINARY, INT)).isEqualTo(DataType.BINARY);
    }

    private static DataType type(String name, DataType... types) {
        return new ScalarRun(StringFunctions.all(), name, new Random(1), types).returnType();
    }

    @Test
    void refusesWrongArguments() {
        assertThatThrownBy(() -> type("length", INT))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_ARGUMENT_TYPE))
                .hasMessage("Argument 1 of function length must be a string or binary: int");
        assertThatThrownBy(() -> type("substr", TEXT))
                .hasMessage("Function substr must have 2 to 3 arguments: 1");
        assertThatThrownBy(() -> type("upper", DataType.parse("array<int>")))
                .hasMessage("Argument 1 of function upper must be string: array<int>");
        assertThatThrownBy(() -> run("regexp_replace", "a", "(", ""))
                .isInstanceOf(SkepException.class)
                .hasMessage("Regular expression must be well formed: (");
        assertThatThrownBy(() -> run("regexp_replace", "a", "a", "$1"))
                .isInstanceOf(SkepException.class)
                .hasMessage("Replacement must refer to groups of the expression: $1");
    }

    private static Object run(String name, Object... values) {
        DataType[] types = new DataType[values.length];
        Arrays.fill(types, TEXT);
        List<List<Object>> columns = new ArrayList<>();
        for (Object value : values) {
            columns.add(List.of(value));
        }
        return new ScalarRun(StringFunctions.all(), name, new Random(1), types)
                .results(columns, 1)
                .get(0);
    }
}
