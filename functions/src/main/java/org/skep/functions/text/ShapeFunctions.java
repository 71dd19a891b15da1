package org.skep.functions.text;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.vector.BytesVector;

/** Declares trimming, padding and other changes to the shape of a text. */
final class ShapeFunctions {
    private static final DataType TEXT = DataType.STRING;
    private static final byte[] SPACE = {' '};

    private ShapeFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                trim("trim", true, true)
                        .example("trim('  a ')", "'a'")
                        .example("trim('xxaxx', 'x')", "'a'")
                        .evaluatedBy(new RowKernel(call -> trim(call, true, true))),
                trim("ltrim", true, false)
                        .example("ltrim('  a ')", "'a '")
                        .evaluatedBy(new RowKernel(call -> trim(call, true, false))),
                trim("rtrim", false, true)
                        .example("rtrim('  a ')", "'  a'")
                        .evaluatedBy(new RowKernel(call -> trim(call, false, true))),
                pad("lpad", "lpad(str, len, pad) - Returns str, left-padded with pad to len")
                        .example("lpad('hi', 5, '?')", "'???hi'")
                        .example("lpad('hello', 2, '?')", "'he'")
                        .example("lpad('h', 3, '\u00e9')", "'\u00e9\u00e9h'")
                        .example("lpad('h', 3, '')", "NULL")
                        .evaluatedBy(new RowKernel(call -> pad(call, true))),
                pad("rpad", "rpad(str, len, pad) - Returns str, right-padded with pad to len")
                        .example("rpad('hi', 5, 'xy')", "'hixyx'")
                        .example("rpad('h\u00e9llo', 2, 'x')", "'h\u00e9'")
                        .evaluatedBy(new RowKernel(call -> pad(call, false))),
                repeat(),
                space(),
                reverse(),
                initcap(),
                translate());
    }

    private static ScalarFunction.Builder trim(String name, boolean left, boolean right) {
        String side = left && right ? "both ends" : left ? "the left end" : "the right end";
        return ScalarFunction.named(name)
                .boundBy(Signature.of(name, TEXT, TEXT, TEXT).optional(1))
                .nullInNullOut()
                .describedAs(
                        name
                                + "(str[, chars]) - Removes spaces, or any of the given characters,"
                                + " from "
                                + side
                                + " of str");
    }

    private static void trim(RowCall call, boolean left, boolean right) {
        byte[] data = call.dataOf(0);
        int start = call.startOf(0);
        int end = start + call.lengthOf(0);
        if (call.count() == 1) {
            while (left && start < end && data[start] == ' ') {
                start++;
            }
            while (right && start < end && data[end - 1] == ' ') {
                end--;
            }
            call.returns(data, start, end - start);
            return;
        }
        while (left && start < end) {
            int next = Utf8.next(data, start, end);
            if (!contains(call, data, start, next)) {
                break;
            }
            start = next;
        }
        while (right && start < end) {
            int previous = Utf8.previous(data, start, end);
            if (!contains(call, data, previous, end)) {
                break;
            }
            end = previous;
        }
        call.returns(data, start, end - start);
    }

    // whether the second argument contains the character from start to end
    private static boolean contains(RowCall call, byte[] data, int start, int end) {
        int from = call.startOf(1);
        int to = from + call.lengthOf(1);
        return Utf8.indexOf(call.dataOf(1), from, to, data, start, end - start) >= 0;
    }

    private static ScalarFunction.Builder pad(String name, String description) {
        return ScalarFunction.named(name)
                .boundBy(Signature.of(name, TEXT, TEXT, DataType.INT, TEXT))
                .nullInNullOut()
                .describedAs(description);
    }

    private static void pad(RowCall call, boolean left) {
        int padLength = call.lengthOf(2);
        if (padLength == 0) {
            return;
        }
        byte[] data = call.dataOf(0);
        int start = call.startOf(0);
        int length = call.lengthOf(0);
        int wanted = Math.max(0, call.intAt(1));
        int missing = wanted - Utf8.count(data, start, length);
        if (missing <= 0) {
            int end = Utf8.skip(data, start, start + length, wanted);
            call.returns(data, start, end - start);
            return;
        }
        byte[] pad = call.dataOf(2);
        int padStart = call.startOf(2);
        int padCharacters = Utf8.count(pad, padStart, padLength);
        int whole = missing / padCharacters;
        int rest =
                Utf8.skip(pad, padStart, padStart + padLength, missing % padCharacters) - padStart;
        long filling = (long) whole * padLength + rest;
        BytesVector out = (BytesVector) call.returnsInto();
        int total = size(filling + length);
        int at = out.reserve(total);
        byte[] target = out.data();
        int fillAt = left ? at : at + length;
        System.arraycopy(data, start, target, left ? at + (int) filling : at, length);
        for (int i = 0; i < whole; i++) {
            System.arraycopy(pad, padStart, target, fillAt + i * padLength, padLength);
        }
        System.arraycopy(pad, padStart, target, fillAt + whole * padLength, rest);
        out.setRun(call.row(), at, total);
    }

    private static int size(long bytes) {
        if (bytes > Integer.MAX_VALUE - 64) {
            throw new SkepException(
                    ErrorCode.MEMORY_LIMIT, "Text must be shorter than 2 GB: " + bytes);
        }
        return (int) bytes;
    }

    private static ScalarFunction repeat() {
        return ScalarFunction.named("repeat")
                .boundBy(Signature.of("repeat", TEXT, TEXT, DataType.INT))
                .nullInNullOut()
                .describedAs("repeat(str, n) - repeat str n times")
                .example("repeat('ab', 3)", "'ababab'")
                .example("repeat('ab', -1)", "''")
                .evaluatedBy(
                        new RowKernel(
                                call ->
                                        repeat(
                                                call,
                                                call.dataOf(0),
                                                call.startOf(0),
                                                call.lengthOf(0),
                                                call.intAt(1))));
    }

    private static ScalarFunction space() {
        return ScalarFunction.named("space")
                .boundBy(Signature.of("space", TEXT, DataType.INT))
                .nullInNullOut()
                .describedAs("space(n) - returns n spaces")
                .example("space(2)", "'  '")
                .evaluatedBy(new RowKernel(call -> repeat(call, SPACE, 0, 1, call.intAt(0))));
    }

    private static void repeat(RowCall call, byte[] data, int start, int length, int times) {
        BytesVector out = (BytesVector) call.returnsInto();
        int total = size((long) length * Math.max(0, times));
        int at = out.reserve(total);
        byte[] target = out.data();
        for (int done = 0; done < total; done += length) {
            System.arraycopy(data, start, target, at + done, length);
        }
        out.setRun(call.row(), at, total);
    }

    private static ScalarFunction reverse() {
        return ScalarFunction.named("reverse")
                .boundBy(Signature.of("reverse", TEXT, TEXT))
                .nullInNullOut()
                .describedAs("reverse(str) - reverse str")
                .example("reverse('abc')", "'cba'")
                .example("reverse('a\u00e9\u20ac')", "'\u20ac\u00e9a'")
                .evaluatedBy(new RowKernel(ShapeFunctions::reverse));
    }

    private static void reverse(RowCall call) {
        byte[] data = call.dataOf(0);
        int start = call.startOf(0);
        int length = call.lengthOf(0);
        int end = start + length;
        BytesVector out = (BytesVector) call.returnsInto();
        int at = out.reserve(length);
        byte[] target = out.data();
        int fill = at + length;
        for (int i = start; i < end; ) {
            int next = Utf8.next(data, i, end);
            fill -= next - i;
            System.arraycopy(data, i, target, fill, next - i);
            i = next;
        }
        out.setRun(call.row(), at, length);
    }

    private static ScalarFunction initcap() {
        return ScalarFunction.named("initcap")
                .boundBy(Signature.of("initcap", TEXT, TEXT))
                .nullInNullOut()
                .describedAs(
                        "initcap(str) - Returns str, with the first letter of each word in"
                                + " uppercase, all other letters in lowercase")
                .example("initcap('hello wORLD')", "'Hello World'")
                .evaluatedBy(new RowKernel(ShapeFunctions::initcap));
    }

    private static void initcap(RowCall call) {
        String text = call.textAt(0);
        StringBuilder result = new StringBuilder(text.length());
        boolean begins = true;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point)) {
                begins = true;
                result.appendCodePoint(point);
            } else {
                result.appendCodePoint(
                        begins ? Character.toTitleCase(point) : Character.toLowerCase(point));
                begins = false;
            }
        }
        call.returns(result.toString());
    }

    private static ScalarFunction translate() {
        return ScalarFunction.named("translate")
                .boundBy(Signature.of("translate", TEXT, TEXT, TEXT, TEXT))
                .nullInNullOut()
                .describedAs(
                        "translate(input, from, to) - translates the input string by replacing the"
                                + " characters present in the from string with the corresponding"
                                + " characters in the to string")
                .example("translate('abc', 'ab', 'xy')", "'xyc'")
                .example("translate('abcab', 'abc', 'x')", "'xx'")
                .evaluatedByNew(ShapeFunctions::translateKernel);
    }

    private static ScalarKernel translateKernel() {
        return new RowKernel(new Translation());
    }

    /** Keeps the last table of characters. Confined to one thread. */
    private static final class Translation implements RowFunction {
        private static final int DELETED = -1;
        private final Map<Integer, Integer> table = new HashMap<>();
        private String from;
        private String to;

        @Override
        public void evaluate(RowCall call) {
            prepare(call.textAt(1), call.textAt(2));
            StringBuilder result = new StringBuilder();
            call.textAt(0)
                    .codePoints()
                    .forEach(
                            point -> {
                                int target = table.getOrDefault(point, point);
                                if (target != DELETED) {
                                    result.appendCodePoint(target);
                                }
                            });
            call.returns(result.toString().getBytes(StandardCharsets.UTF_8));
        }

        private void prepare(String newFrom, String newTo) {
            if (newFrom.equals(from) && newTo.equals(to)) {
                return;
            }
            from = newFrom;
            to = newTo;
            table.clear();
            int[] targets = to.codePoints().toArray();
            int i = 0;
            for (int point : from.codePoints().toArray()) {
                table.putIfAbsent(point, i < targets.length ? targets[i] : DELETED);
                i++;
            }
        }
    }
}
