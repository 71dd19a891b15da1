package org.skep.functions.arithmetic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Numbers written in other bases. Stateless. */
final class BaseFunctions {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private BaseFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                ScalarFunction.named("bin")
                        .boundBy(
                                arguments -> {
                                    MathArguments.requireCount("bin", arguments, 1, 1);
                                    MathArguments.requireInteger("bin", arguments, 0);
                                    return new Binding(List.of(DataType.BIGINT), DataType.STRING);
                                })
                        .nullInNullOut()
                        .describedAs("bin(n) - returns n in binary")
                        .example("bin(5)", "'101'")
                        .evaluatedBy(BaseFunctions::bin),
                ScalarFunction.named("hex")
                        .boundBy(BaseFunctions::bindHex)
                        .nullInNullOut()
                        .describedAs("hex(n, bin, or str) - Convert the argument to hexadecimal")
                        .example("hex(255)", "'FF'")
                        .example("hex('abc')", "'616263'")
                        .evaluatedBy(BaseFunctions::hex),
                ScalarFunction.named("unhex")
                        .boundBy(
                                arguments -> {
                                    MathArguments.requireCount("unhex", arguments, 1, 1);
                                    if (!arguments.get(0).type().kind().isCharacter()
                                            && arguments.get(0).type().kind() != TypeKind.VOID) {
                                        throw MathArguments.wrong("unhex", arguments, 0, "a text");
                                    }
                                    return new Binding(List.of(DataType.STRING), DataType.BINARY);
                                })
                        .nullInNullOut()
                        .describedAs("unhex(str) - Converts hexadecimal argument to binary")
                        .example("hex(unhex('616263'))", "'616263'")
                        .example("unhex('xy')", "NULL")
                        .evaluatedBy(BaseFunctions::unhex),
                ScalarFunction.named("conv")
                        .boundBy(BaseFunctions::bindConv)
                        .nullInNullOut()
                        .describedAs(
                                "conv(num, from_base, to_base) - convert num from from_base to"
                                        + " to_base")
                        .example("conv('ff', 16, 10)", "'255'")
                        .example("conv(-10, 16, -10)", "'-16'")
                        .example("conv('100', 2, 10)", "'4'")
                        .evaluatedBy(BaseFunctions::conv));
    }

    private static void bin(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        long[] values = Flat.longs(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            ((BytesVector) out).set(i, Long.toBinaryString(values[i & mask]));
        }
    }

    private static Binding bindHex(List<Argument> arguments) {
        MathArguments.requireCount("hex", arguments, 1, 1);
        DataType type = arguments.get(0).type();
        if (type.kind().isInteger()) {
            return new Binding(List.of(DataType.BIGINT), DataType.STRING);
        }
        if (type.kind() == TypeKind.BINARY) {
            return new Binding(List.of(type), DataType.STRING);
        }
        if (type.kind().isNested()) {
            throw MathArguments.wrong("hex", arguments, 0, "a number, a text or binary");
        }
        return new Binding(List.of(DataType.STRING), DataType.STRING);
    }

    private static void hex(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        ColumnVector vector = Flat.of(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        BytesVector results = (BytesVector) out;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            if (vector instanceof LongVector longs) {
                long value = longs.values()[i & mask];
                results.set(i, Long.toHexString(value).toUpperCase(java.util.Locale.ROOT));
                continue;
            }
            BytesVector bytes = (BytesVector) vector;
            int from = bytes.starts()[i & mask];
            int length = bytes.lengths()[i & mask];
            int start = results.reserve(2 * length);
            byte[] target = results.data();
            for (int b = 0; b < length; b++) {
                int value = bytes.data()[from + b];
                target[start + 2 * b] = DIGITS[(value >> 4) & 15];
                target[start + 2 * b + 1] = DIGITS[value & 15];
            }
            results.setRun(i, start, 2 * length);
        }
    }

    private static void unhex(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        BytesVector texts = Flat.bytes(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        BytesVector results = (BytesVector) out;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            int from = texts.starts()[i & mask];
            int length = texts.lengths()[i & mask];
            int bytes = (length + 1) / 2;
            int start = results.reserve(bytes);
            byte[] target = results.data();
            boolean valid = true;
            int odd = length & 1;
            for (int b = 0; b < bytes; b++) {
                // An odd number of digits is as if a 0 stood before them.
                int at = from + 2 * b - odd;
                int high = at < from ? 0 : Character.digit(texts.data()[at], 16);
                int low = Character.digit(texts.data()[at + 1], 16);
                valid &= (high | low) >= 0;
                target[start + b] = (byte) (high << 4 | low);
            }
            if (valid) {
                results.setRun(i, start, bytes);
            } else {
                out.setNull(i);
            }
        }
    }

    private static Binding bindConv(List<Argument> arguments) {
        MathArguments.requireCount("conv", arguments, 3, 3);
        MathArguments.requireInteger("conv", arguments, 1);
        MathArguments.requireInteger("conv", arguments, 2);
        return new Binding(List.of(DataType.STRING, DataType.INT, DataType.INT), DataType.STRING);
    }

    private static void conv(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        BytesVector texts = Flat.bytes(arguments[0]);
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            long from = Flat.longs(arguments[1]).values()[i & Flat.mask(arguments[1])];
            long to = Flat.longs(arguments[2]).values()[i & Flat.mask(arguments[2])];
            String text = texts.stringAt(i & Flat.mask(arguments[0]));
            String result = convert(text, from, to);
            if (result == null) {
                out.setNull(i);
            } else {
                ((BytesVector) out).set(i, result);
            }
        }
    }

    private static String convert(String text, long fromBase, long toBase) {
        long from = Math.abs(fromBase);
        long to = Math.abs(toBase);
        if (text.isEmpty()
                || from < Character.MIN_RADIX
                || from > Character.MAX_RADIX
                || to < Character.MIN_RADIX
                || to > Character.MAX_RADIX) {
            return null;
        }
        boolean negative = text.charAt(0) == '-';
        long value = 0;
        for (int at = negative ? 1 : 0; at < text.length(); at++) {
            int digit = Character.digit(text.charAt(at), (int) from);
            if (digit < 0) {
                break;
            }
            if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, from)) > 0) {
                // More than 64 bits count as the largest number.
                value = -1L;
                break;
            }
            value = value * from + digit;
        }
        if (negative && toBase > 0) {
            value = value < 0 ? -1L : -value;
        }
        if (toBase < 0 && value < 0) {
            value = -value;
            negative = true;
        }
        String digits = Long.toUnsignedString(value, (int) to).toUpperCase(java.util.Locale.ROOT);
        return negative && toBase < 0 ? "-" + digits : digits;
    }
}
