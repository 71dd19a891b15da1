package org.skep.functions.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.functions.call.ValueOrder;
import org.skep.functions.coerce.TypeRules;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/** Declares functions that look for texts in others, or compare them. */
final class SearchFunctions {
    private static final DataType TEXT = DataType.STRING;
    private static final String SOUNDEX_CODES = "01230120022455012623010202";

    private SearchFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                characterLength(),
                instr(),
                locate(),
                substringIndex(),
                replace(),
                findInSet(),
                field(),
                elt(),
                ascii(),
                chr(),
                levenshtein(),
                soundex());
    }

    private static ScalarFunction characterLength() {
        return ScalarFunction.named("character_length")
                .alsoNamed("char_length")
                .boundBy(Signature.of("character_length", DataType.INT, TEXT))
                .nullInNullOut()
                .describedAs("character_length(str) - Returns the number of characters in str")
                .example("character_length('h\u00e9llo')", "5")
                .evaluatedBy(LengthKernel.ofCharacters());
    }

    private static ScalarFunction instr() {
        return ScalarFunction.named("instr")
                .boundBy(Signature.of("instr", DataType.INT, TEXT, TEXT))
                .nullInNullOut()
                .describedAs(
                        "instr(str, substr) - Returns the index of the first occurance of substr in"
                                + " str, from 1 on, or 0")
                .example("instr('hello', 'l')", "3")
                .example("instr('hello', 'x')", "0")
                .example("instr('h\u00e9llo', 'l')", "3")
                .example("instr('hello', '')", "1")
                .evaluatedBy(new RowKernel(call -> find(call, 0, 1, 0)));
    }

    private static ScalarFunction locate() {
        return ScalarFunction.named("locate")
                .alsoNamed("position")
                .boundBy(Signature.of("locate", DataType.INT, TEXT, TEXT, DataType.INT).optional(1))
                .nullInNullOut()
                .describedAs(
                        "locate(substr, str[, pos]) - Returns the position of the first occurance of"
                                + " substr in str after position pos, from 1 on, or 0")
                .example("locate('l', 'hello')", "3")
                .example("locate('l', 'hello', 4)", "4")
                .example("locate('l', 'hello', 5)", "0")
                .example("locate('l', 'hello', 0)", "0")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    long from = call.count() > 2 ? call.longAt(2) - 1 : 0;
                                    find(call, 1, 0, from);
                                }));
    }

    private static void find(RowCall call, int textIndex, int wantedIndex, long from) {
        byte[] data = call.dataOf(textIndex);
        int start = call.startOf(textIndex);
        int length = call.lengthOf(textIndex);
        int wantedLength = call.lengthOf(wantedIndex);
        if (from < 0 || from > length) {
            call.returns(0L);
        } else if (wantedLength == 0) {
            call.returns(1L);
        } else {
            int end = start + length;
            int begin = Utf8.skip(data, start, end, (int) from);
            int found =
                    Utf8.indexOf(
                            data,
                            begin,
                            end,
                            call.dataOf(wantedIndex),
                            call.startOf(wantedIndex),
                            wantedLength);
            call.returns(found < 0 ? 0L : Utf8.count(data, start, found - start) + 1L);
        }
    }

    private static ScalarFunction substringIndex() {
        return ScalarFunction.named("substring_index")
                .boundBy(Signature.of("substring_index", TEXT, TEXT, TEXT, DataType.INT))
                .nullInNullOut()
                .describedAs(
                        "substring_index(str, delim, count) - Returns the substring from string str"
                                + " before count occurrences of the delimiter delim")
                .example("substring_index('a.b.c', '.', 2)", "'a.b'")
                .example("substring_index('a.b.c', '.', -2)", "'b.c'")
                .example("substring_index('a.b.c', '.', 9)", "'a.b.c'")
                .example("substring_index('a.b.c', '.', 0)", "''")
                .evaluatedBy(new RowKernel(SearchFunctions::substringIndex));
    }

    // What follows the delimiter found from the end begins one byte after the delimiter's start,
    // also if that is longer: so does Hive.
    private static void substringIndex(RowCall call) {
        byte[] data = call.dataOf(0);
        int start = call.startOf(0);
        int end = start + call.lengthOf(0);
        byte[] delimiter = call.dataOf(1);
        int delimiterStart = call.startOf(1);
        int delimiterLength = call.lengthOf(1);
        int count = call.intAt(2);
        if (start == end || delimiterLength == 0 || count == 0) {
            call.returns(data, start, 0);
            return;
        }
        if (count > 0) {
            int at = start - 1;
            for (int i = 0; i < count; i++) {
                at = Utf8.indexOf(data, at + 1, end, delimiter, delimiterStart, delimiterLength);
                if (at < 0) {
                    call.returns(data, start, end - start);
                    return;
                }
            }
            call.returns(data, start, at - start);
            return;
        }
        int stop = end;
        int at = end;
        for (int i = 0; i < -(long) count; i++) {
            at = Utf8.lastIndexOf(data, start, stop, delimiter, delimiterStart, delimiterLength);
            if (at < 0) {
                call.returns(data, start, end - start);
                return;
            }
            stop = at + delimiterLength - 1;
        }
        int from = Utf8.next(data, at, end);
        call.returns(data, from, end - from);
    }

    private static ScalarFunction replace() {
        return ScalarFunction.named("replace")
                .boundBy(Signature.of("replace", TEXT, TEXT, TEXT, TEXT))
                .nullInNullOut()
                .describedAs(
                        "replace(str, search, rep) - replace all substrings of str that match search"
                                + " with rep")
                .example("replace('Hack and Hue', 'H', 'BL')", "'BLack and BLue'")
                .example("replace('abc', 'x', 'y')", "'abc'")
                .evaluatedBy(
                        new RowKernel(
                                call ->
                                        call.returns(
                                                call.textAt(0)
                                                        .replace(call.textAt(1), call.textAt(2)))));
    }

    private static ScalarFunction findInSet() {
        return ScalarFunction.named("find_in_set")
                .boundBy(Signature.of("find_in_set", DataType.INT, TEXT, TEXT))
                .nullInNullOut()
                .describedAs(
                        "find_in_set(str, str_array) - Returns the first occurrence of str in"
                                + " str_array where str_array is a comma-delimited string")
                .example("find_in_set('b', 'a,b,c')", "2")
                .example("find_in_set('a,b', 'a,b,c')", "0")
                .example("find_in_set('', 'a,,c')", "2")
                .evaluatedBy(new RowKernel(SearchFunctions::findInSet));
    }

    private static void findInSet(RowCall call) {
        String wanted = call.textAt(0);
        if (wanted.indexOf(',') >= 0) {
            call.returns(0L);
            return;
        }
        String[] items = call.textAt(1).split(",", -1);
        long found = 0;
        for (int i = 0; i < items.length && found == 0; i++) {
            found = items[i].equals(wanted) ? i + 1L : 0L;
        }
        call.returns(found);
    }

    private static ScalarFunction field() {
        return ScalarFunction.named("field")
                .boundBy(SearchFunctions::bindField)
                .describedAs(
                        "field(str, str1, str2, ...) - returns the index of str in the str1,"
                                + "str2,... list or 0 if not found")
                .example("field('b', 'a', 'b')", "2")
                .example("field('x', 'a', 'b')", "0")
                .example("field(2, 1, 2)", "2")
                .example("field(null, 'a')", "0")
                .evaluatedBy(new RowKernel(SearchFunctions::field));
    }

    private static Binding bindField(List<Argument> arguments) {
        Signature.checkCount("field", arguments, 2, Integer.MAX_VALUE);
        List<DataType> types = arguments.stream().map(Argument::type).toList();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).kind().isNested()) {
                throw Signature.wrongType("field", i, types.get(i), "primitive");
            }
        }
        DataType common = TypeRules.commonType(types).orElse(TEXT);
        return new Binding(Collections.nCopies(types.size(), common), DataType.INT);
    }

    private static void field(RowCall call) {
        long found = 0;
        if (!call.isNull(0)) {
            for (int i = 1; i < call.count() && found == 0; i++) {
                boolean same =
                        !call.isNull(i)
                                && ValueOrder.equal(
                                        call.vector(0),
                                        call.position(0),
                                        call.vector(i),
                                        call.position(i));
                found = same ? i : 0;
            }
        }
        call.returns(found);
    }

    private static ScalarFunction elt() {
        return ScalarFunction.named("elt")
                .boundBy(SearchFunctions::bindElt)
                .describedAs("elt(n, str1, str2, ...) - returns the n-th string")
                .example("elt(2, 'a', 'b')", "'b'")
                .example("elt(3, 'a', 'b')", "NULL")
                .example("elt(1, null, 'b')", "NULL")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    long index = call.isNull(0) ? 0 : call.longAt(0);
                                    if (index > 0
                                            && index < call.count()
                                            && !call.isNull((int) index)) {
                                        int i = (int) index;
                                        call.returns(
                                                call.dataOf(i), call.startOf(i), call.lengthOf(i));
                                    }
                                }));
    }

    private static Binding bindElt(List<Argument> arguments) {
        Signature.checkCount("elt", arguments, 2, Integer.MAX_VALUE);
        List<DataType> types = new ArrayList<>();
        types.add(Signature.convert("elt", 0, arguments.get(0).type(), DataType.INT));
        boolean bytes = true;
        for (Argument argument : arguments.subList(1, arguments.size())) {
            bytes &= argument.type().kind() == TypeKind.BINARY;
        }
        DataType returned = bytes ? DataType.BINARY : TEXT;
        for (int i = 1; i < arguments.size(); i++) {
            types.add(Signature.convert("elt", i, arguments.get(i).type(), returned));
        }
        return new Binding(types, returned);
    }

    private static ScalarFunction ascii() {
        return ScalarFunction.named("ascii")
                .boundBy(Signature.of("ascii", DataType.INT, TEXT))
                .nullInNullOut()
                .describedAs("ascii(str) - returns the numeric value of the first byte of str")
                .example("ascii('A')", "65")
                .example("ascii('')", "0")
                .evaluatedBy(
                        new RowKernel(
                                call ->
                                        call.returns(
                                                call.lengthOf(0) == 0
                                                        ? 0L
                                                        : call.dataOf(0)[call.startOf(0)])));
    }

    private static ScalarFunction chr() {
        return ScalarFunction.named("chr")
                .boundBy(Signature.of("chr", TEXT, DataType.BIGINT))
                .nullInNullOut()
                .describedAs(
                        "chr(n) - returns the character of code n modulo 256, or an empty string if"
                                + " n is negative")
                .example("chr(65)", "'A'")
                .example("chr(-1)", "''")
                .example("chr(321)", "'A'")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    long code = call.longAt(0);
                                    short cut = (short) code;
                                    call.returns(
                                            code < 0 || cut < 0
                                                    ? ""
                                                    : String.valueOf((char) (cut % 256)));
                                }));
    }

    private static ScalarFunction levenshtein() {
        return ScalarFunction.named("levenshtein")
                .boundBy(Signature.of("levenshtein", DataType.INT, TEXT, TEXT))
                .nullInNullOut()
                .describedAs(
                        "levenshtein(str1, str2) - This function calculates the Levenshtein distance"
                                + " between two strings")
                .example("levenshtein('kitten', 'sitting')", "3")
                .example("levenshtein('', 'abc')", "3")
                .evaluatedBy(
                        new RowKernel(
                                call ->
                                        call.returns(
                                                (long) distance(call.textAt(0), call.textAt(1)))));
    }

    private static int distance(String left, String right) {
        int[] before = new int[right.length() + 1];
        int[] now = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = before[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(changed, Math.min(now[j - 1], before[j]) + 1);
            }
            int[] swap = before;
            before = now;
            now = swap;
        }
        return before[right.length()];
    }

    private static ScalarFunction soundex() {
        return ScalarFunction.named("soundex")
                .boundBy(Signature.of("soundex", TEXT, TEXT))
                .nullInNullOut()
                .describedAs("soundex(string) - Returns soundex code of the string")
                .example("soundex('Robert')", "'R163'")
                .example("soundex('Miller')", "'M460'")
                .example("soundex('Ashcraft')", "'A261'")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    String code = soundexOf(call.textAt(0));
                                    if (code != null) {
                                        call.returns(code);
                                    }
                                }));
    }

    // null if there is a letter that has no code
    private static String soundexOf(String text) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetter(c)) {
                letters.append(Character.toUpperCase(c));
            }
        }
        if (letters.length() == 0) {
            return "";
        }
        StringBuilder code = new StringBuilder();
        char last = 0;
        for (int i = 0; i < letters.length() && code.length() < 4; i++) {
            char letter = letters.charAt(i);
            if (i > 0 && (letter == 'H' || letter == 'W')) {
                continue;
            }
            if (letter < 'A' || letter > 'Z') {
                return null;
            }
            char digit = SOUNDEX_CODES.charAt(letter - 'A');
            if (i == 0) {
                code.append(letter);
            } else if (digit != '0' && digit != last) {
                code.append(digit);
            }
            last = digit;
        }
        while (code.length() < 4) {
            code.append('0');
        }
        return code.toString();
    }
}
