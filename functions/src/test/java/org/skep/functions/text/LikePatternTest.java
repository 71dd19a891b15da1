package org.skep.functions.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.skep.functions.call.RandomData;
import org.skep.functions.compare.PredicateKernel;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.Selection;

class LikePatternTest {
    private static final String[] PIECES = {"%", "_", "a", "b", "\u00e9", "\\%", "\\_", "\\", "ab"};

    @Test
    void agreesWithRegularExpressions() {
        RandomData data = new RandomData("like", System.nanoTime());
        for (int i = 0; i < 50_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int n = data.random().nextInt(6); n > 0; n--) {
                pattern.append(PIECES[data.random().nextInt(PIECES.length)]);
            }
            StringBuilder text = new StringBuilder();
            for (int n = data.random().nextInt(9); n > 0; n--) {
                text.append(
                        "ab\u00e9%_\\"
                                .charAt(
                                        data.random()
                                                .nextInt(data.random().nextBoolean() ? 2 : 6)));
            }
            boolean expected =
                    Pattern.compile(regex(pattern.toString()), Pattern.DOTALL)
                            .matcher(text)
                            .matches();
            assertThat(matches(pattern.toString(), text.toString()))
                    .as("'%s' like '%s'", text, pattern)
                    .isEqualTo(expected);
        }
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean escapes =
                    c == '\\'
                            && i + 1 < pattern.length()
                            && "%_".indexOf(pattern.charAt(i + 1)) >= 0;
            if (escapes) {
                i++;
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private static boolean matches(String pattern, String text) {
        byte[] before = "xxa%".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ("xxa%" + text + "ab%").getBytes(StandardCharsets.UTF_8);
        return LikePattern.compile(pattern.getBytes(StandardCharsets.UTF_8), (byte) '\\')
                .matches(bytes, before.length, bytes.length - before.length - 3);
    }

    @Test
    void findsRunsInLongTexts() {
        RandomData data = new RandomData("search", System.nanoTime());
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = data.random().nextInt(60); n > 0; n--) {
                text.append((char) ('a' + data.random().nextInt(3)));
            }
            StringBuilder wanted = new StringBuilder();
            for (int n = data.random().nextInt(5); n > 0; n--) {
                wanted.append((char) ('a' + data.random().nextInt(3)));
            }
            int from = data.random().nextInt(text.length() + 1);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            byte[] needle = wanted.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(new BytesSearch(needle).find(bytes, from, bytes.length))
                    .isEqualTo(text.indexOf(wanted.toString(), from));
        }
    }

    @Test
    void filtersRowsWithoutBooleans() {
        List<Object> values = new ArrayList<>(List.of("foo", "bar", "foobar"));
        values.add(null);
        ColumnVector[] arguments = {
            RandomData.vector(DataType.STRING, values),
            new ConstantVector(RandomData.vector(DataType.STRING, List.of("foo%")))
        };
        Selection all = Selection.all(4);
        PredicateKernel like = StringPredicates.predicate("like").orElseThrow();
        PredicateKernel notLike = StringPredicates.negatedPredicate("like").orElseThrow();
        assertThat(rows(like.select(arguments, all))).containsExactly(0, 2);
        assertThat(rows(notLike.select(arguments, all))).containsExactly(1);
        assertThat(rows(like.select(arguments, Selection.of(new int[] {1, 2}, 2))))
                .containsExactly(2);
        assertThat(StringPredicates.predicate("upper")).isEmpty();
        List<Object> none = new ArrayList<>();
        none.add(null);
        arguments[1] = new ConstantVector(RandomData.vector(DataType.STRING, none));
        assertThat(rows(notLike.select(arguments, all))).isEmpty();
    }

    private static List<Integer> rows(Selection selection) {
        List<Integer> rows = new ArrayList<>();
        for (int k = 0; k < selection.count(); k++) {
            rows.add(selection.position(k));
        }
        return rows;
    }
}
