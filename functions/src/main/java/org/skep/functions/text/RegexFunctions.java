package org.skep.functions.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.MapVector;

/** Declares functions that take texts apart by regular expressions. */
final class RegexFunctions {
    private static final DataType TEXT = DataType.STRING;
    private static final DataType TEXTS = new ListType(TEXT);
    private static final DataType TEXT_MAP = new MapType(TEXT, TEXT);
    private static final String SPECIAL = "\\[](){}.*+?^$|";

    private RegexFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(regexpReplace(), regexpExtract(), split(), strToMap());
    }

    private static ScalarFunction regexpReplace() {
        return ScalarFunction.named("regexp_replace")
                .boundBy(Signature.of("regexp_replace", TEXT, TEXT, TEXT, TEXT))
                .nullInNullOut()
                .describedAs(
                        "regexp_replace(str, regexp, rep) - replace all substrings of str that match"
                                + " regexp with rep")
                .example("regexp_replace('foobar', 'oo|ar', '')", "'fb'")
                .example("regexp_replace('100-200', '(\\\\d+)', 'num')", "'num-num'")
                .example("regexp_replace('ab', '(a)(b)', '$2$1')", "'ba'")
                .evaluatedByNew(() -> new RowKernel(new Replacement()));
    }

    private static ScalarFunction regexpExtract() {
        return ScalarFunction.named("regexp_extract")
                .boundBy(Signature.of("regexp_extract", TEXT, TEXT, TEXT, DataType.INT).optional(1))
                .nullInNullOut()
                .describedAs(
                        "regexp_extract(str, regexp[, idx]) - extracts a group that matches regexp")
                .example("regexp_extract('foothebar', 'foo(.*?)(bar)', 1)", "'the'")
                .example("regexp_extract('foothebar', 'foo(.*?)(bar)', 0)", "'foothebar'")
                .example("regexp_extract('foothebar', 'foo(.*?)(bar)')", "'the'")
                .example("regexp_extract('foo', 'x(.*)', 1)", "''")
                .evaluatedByNew(() -> new RowKernel(new Extraction()));
    }

    private static ScalarFunction split() {
        return ScalarFunction.named("split")
                .boundBy(Signature.of("split", TEXTS, TEXT, TEXT))
                .nullInNullOut()
                .describedAs("split(str, regex) - Splits str around occurances that match regex")
                .example("split('a,b,c', ',')", "array('a', 'b', 'c')")
                .example("split('a,b,', ',')", "array('a', 'b', '')")
                .example("split('', ',')", "array('')")
                .example("split('a|b|c', '|')", "array('a', '|', 'b', '|', 'c', '')")
                .example("split('a.b', '.')", "array('', '', '', '')")
                .example("split('oneAtwoBthree', '[ABC]')", "array('one', 'two', 'three')")
                .evaluatedByNew(() -> new RowKernel(new Splitting()));
    }

    private static ScalarFunction strToMap() {
        return ScalarFunction.named("str_to_map")
                .boundBy(Signature.of("str_to_map", TEXT_MAP, TEXT, TEXT, TEXT).optional(2))
                .describedAs("str_to_map(text[, delim1[, delim2]]) - Creates a map by parsing text")
                .example("str_to_map('a:1,b:2')", "map('a', '1', 'b', '2')")
                .example("str_to_map('a=1;b', ';', '=')", "map('a', '1', 'b', null)")
                .example("size(str_to_map(null))", "0")
                .evaluatedByNew(() -> new RowKernel(new Mapping()));
    }

    /** Keeps the last compiled expression. Confined to one thread. */
    private static final class CompiledRegex {
        private String source;
        private Matcher matcher;

        Matcher on(String expression, String text) {
            if (!expression.equals(source)) {
                matcher = RegexMatcher.pattern(expression).matcher("");
                source = expression;
            }
            return matcher.reset(text);
        }

        Pattern pattern(String expression) {
            return on(expression, "").pattern();
        }
    }

    private static final class Replacement implements RowFunction {
        private final CompiledRegex regex = new CompiledRegex();

        @Override
        public void evaluate(RowCall call) {
            Matcher matcher = regex.on(call.textAt(1), call.textAt(0));
            String replacement = call.textAt(2);
            if (!matcher.find()) {
                call.returns(call.dataOf(0), call.startOf(0), call.lengthOf(0));
                return;
            }
            StringBuilder result = new StringBuilder();
            try {
                do {
                    matcher.appendReplacement(result, replacement);
                } while (matcher.find());
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new SkepException(
                        ErrorCode.RUNTIME_ERROR,
                        "Replacement must refer to groups of the expression: " + replacement,
                        e);
            }
            call.returns(matcher.appendTail(result).toString());
        }
    }

    private static final class Extraction implements RowFunction {
        private final CompiledRegex regex = new CompiledRegex();

        @Override
        public void evaluate(RowCall call) {
            Matcher matcher = regex.on(call.textAt(1), call.textAt(0));
            int group = call.count() > 2 ? call.intAt(2) : 1;
            if (group < 0 || group > matcher.groupCount()) {
                throw new SkepException(
                        ErrorCode.RUNTIME_ERROR,
                        "Group of regexp_extract must be between 0 and %d: %d"
                                .formatted(matcher.groupCount(), group));
            }
            String found = matcher.find() ? matcher.group(group) : "";
            call.returns(found == null ? "" : found);
        }
    }

    private static final class Splitting implements RowFunction {
        private final CompiledRegex regex = new CompiledRegex();

        @Override
        public void evaluate(RowCall call) {
            if (call.lengthOf(1) == 1 && isPlain(call.dataOf(1)[call.startOf(1)])) {
                splitAt(call, call.dataOf(1)[call.startOf(1)]);
                return;
            }
            String[] parts = regex.pattern(call.textAt(1)).split(call.textAt(0), -1);
            ListVector out = (ListVector) call.returnsInto();
            int at = out.append(call.row(), parts.length);
            BytesVector elements = (BytesVector) out.elements();
            for (int i = 0; i < parts.length; i++) {
                elements.set(at + i, parts[i]);
            }
        }

        private static boolean isPlain(byte value) {
            return value > 0 && SPECIAL.indexOf(value) < 0;
        }

        private static void splitAt(RowCall call, byte separator) {
            byte[] data = call.dataOf(0);
            int start = call.startOf(0);
            int end = start + call.lengthOf(0);
            int parts = 1;
            for (int i = start; i < end; i++) {
                parts += data[i] == separator ? 1 : 0;
            }
            ListVector out = (ListVector) call.returnsInto();
            int at = out.append(call.row(), parts);
            BytesVector elements = (BytesVector) out.elements();
            int from = start;
            for (int i = start; i < end; i++) {
                if (data[i] == separator) {
                    elements.set(at++, data, from, i - from);
                    from = i + 1;
                }
            }
            elements.set(at, data, from, end - from);
        }
    }

    private static final class Mapping implements RowFunction {
        private final CompiledRegex pairRegex = new CompiledRegex();
        private final CompiledRegex valueRegex = new CompiledRegex();

        @Override
        public void evaluate(RowCall call) {
            MapVector out = (MapVector) call.returnsInto();
            Map<String, String> entries = new LinkedHashMap<>();
            if (!call.isNull(0)) {
                Pattern pairs = pairRegex.pattern(delimiter(call, 1, ","));
                Pattern values = valueRegex.pattern(delimiter(call, 2, ":"));
                for (String pair : pairs.split(call.textAt(0), 0)) {
                    String[] parts = values.split(pair, 2);
                    if (parts.length < 2) {
                        entries.put(pair, null);
                    } else {
                        entries.put(parts[0], parts[1]);
                    }
                }
            }
            int at = out.append(call.row(), entries.size());
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                ((BytesVector) out.keys()).set(at, entry.getKey());
                if (entry.getValue() == null) {
                    out.values().setNull(at);
                } else {
                    ((BytesVector) out.values()).set(at, entry.getValue());
                }
                at++;
            }
        }

        private static String delimiter(RowCall call, int index, String otherwise) {
            return call.count() > index && !call.isNull(index) ? call.textAt(index) : otherwise;
        }
    }
}
