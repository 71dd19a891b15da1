package org.skep.functions.text;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.VarcharType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.LongVector;

/**
 * Declares the functions that hide characters or digits. All take, after the value and for four of
 * them a number of characters: what stands for upper-case letters, for lower-case letters, for
 * digits and for others (-1 leaves them alone), then the digit that stands for digits of numbers,
 * and the day, month and year that stand for those of dates.
 */
final class MaskFunctions {
    private static final int KEPT = -1;
    private static final int USUAL_COUNT = 4;

    private MaskFunctions() {}

    /** Which characters are hidden. */
    private enum Part {
        ALL,
        FIRST,
        LAST,
        ALL_BUT_FIRST,
        ALL_BUT_LAST
    }

    static List<ScalarFunction> all() {
        return List.of(
                mask("mask", Part.ALL, "masks the given value")
                        .example("mask('Abc-123')", "'Xxx-nnn'")
                        .example("mask('Abc-123', 'U', 'l', '#', '.')", "'Ull.###'")
                        .example("mask(-1234)", "-1111")
                        .example("mask(cast('2017-04-05' as date))", "cast('0001-01-01' as date)")
                        .evaluatedBy(new RowKernel(new Masking(Part.ALL))),
                mask("mask_first_n", Part.FIRST, "masks the first n characters of the value")
                        .example("mask_first_n('1234-5678', 4)", "'nnnn-5678'")
                        .example("mask_first_n(12345, 2)", "11345")
                        .evaluatedBy(new RowKernel(new Masking(Part.FIRST))),
                mask("mask_last_n", Part.LAST, "masks the last n characters of the value")
                        .example("mask_last_n('1234-5678', 4)", "'1234-nnnn'")
                        .example("mask_last_n(12345, 2)", "12311")
                        .evaluatedBy(new RowKernel(new Masking(Part.LAST))),
                mask(
                                "mask_show_first_n",
                                Part.ALL_BUT_FIRST,
                                "masks all but first n characters of the value")
                        .example("mask_show_first_n('1234-5678', 4)", "'1234-nnnn'")
                        .evaluatedBy(new RowKernel(new Masking(Part.ALL_BUT_FIRST))),
                mask(
                                "mask_show_last_n",
                                Part.ALL_BUT_LAST,
                                "masks all but last n characters of the value")
                        .example("mask_show_last_n('1234-5678', 4)", "'nnnn-5678'")
                        .evaluatedBy(new RowKernel(new Masking(Part.ALL_BUT_LAST))));
    }

    private static ScalarFunction.Builder mask(String name, Part part, String description) {
        int most = part == Part.ALL ? 9 : 10;
        return ScalarFunction.named(name)
                .boundBy(arguments -> bind(name, arguments, most))
                .describedAs(name + "(value, ...) - " + description);
    }

    private static Binding bind(String name, List<Argument> arguments, int most) {
        Signature.checkCount(name, arguments, 1, most);
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            if (type.kind().isNested()) {
                throw Signature.wrongType(name, i, type, "primitive");
            }
            if (type.kind() == TypeKind.VOID) {
                types.add(DataType.STRING);
            } else if (i == 0 || type.kind().isInteger()) {
                types.add(type);
            } else {
                types.add(Signature.convert(name, i, type, DataType.STRING));
            }
        }
        return new Binding(types, resultType(types.get(0)));
    }

    private static DataType resultType(DataType type) {
        return switch (type.kind()) {
            case CHAR -> new CharType(CharType.MAX_LENGTH);
            case VARCHAR -> new VarcharType(VarcharType.MAX_LENGTH);
            default -> type;
        };
    }

    /** Hides a part of each value. Stateless. */
    private static final class Masking implements RowFunction {
        private final Part part;

        Masking(Part part) {
            this.part = part;
        }

        @Override
        public void evaluate(RowCall call) {
            if (call.isNull(0)) {
                return;
            }
            TypeKind kind = call.vector(0).type().kind();
            int options = part == Part.ALL ? 1 : 2;
            if (kind.isCharacter()) {
                call.returns(maskText(call, options));
            } else if (kind.isInteger()) {
                call.returns(cut(maskNumber(call, options), kind));
            } else if (kind == TypeKind.DATE) {
                call.returns(maskDate(call, options));
            }
        }

        private int count(RowCall call) {
            return part == Part.ALL ? 0 : Math.max(0, number(call, 1, USUAL_COUNT));
        }

        // The wanted range among length positions, as its start and end.
        private int[] range(RowCall call, int length) {
            int count = Math.min(count(call), length);
            return switch (part) {
                case ALL -> new int[] {0, length};
                case FIRST -> new int[] {0, count};
                case LAST -> new int[] {length - count, length};
                case ALL_BUT_FIRST -> new int[] {count, length};
                case ALL_BUT_LAST -> new int[] {0, length - count};
            };
        }

        private String maskText(RowCall call, int options) {
            String text = padded(call.textAt(0), call.vector(0).type());
            int upper = character(call, options, 'X');
            int lower = character(call, options + 1, 'x');
            int digit = character(call, options + 2, 'n');
            int other = character(call, options + 3, KEPT);
            int[] range = range(call, text.length());
            StringBuilder masked = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                int mask = KEPT;
                if (i >= range[0] && i < range[1]) {
                    mask =
                            switch (Character.getType(c)) {
                                case Character.UPPERCASE_LETTER -> upper;
                                case Character.LOWERCASE_LETTER -> lower;
                                case Character.DECIMAL_DIGIT_NUMBER -> digit;
                                default -> other;
                            };
                }
                masked.append(mask == KEPT ? c : (char) mask);
            }
            return masked.toString();
        }

        // The blanks at the end of a CHAR are hidden like others.
        private static String padded(String text, DataType type) {
            if (!(type instanceof CharType chars)) {
                return text;
            }
            int length = text.codePointCount(0, text.length());
            return text + " ".repeat(Math.max(0, chars.length() - length));
        }

        private long maskNumber(RowCall call, int options) {
            long value = call.longAt(0);
            int mask = number(call, options + 4, 1);
            if (mask < 0 || mask > 9) {
                mask = 1;
            }
            String digits = Long.toString(value).replace("-", "");
            int[] range = range(call, digits.length());
            long result = 0;
            for (int i = 0; i < digits.length(); i++) {
                boolean hidden = i >= range[0] && i < range[1] && value != 0;
                result = result * 10 + (hidden ? mask : digits.charAt(i) - '0');
            }
            return value < 0 ? -result : result;
        }

        private static long cut(long value, TypeKind kind) {
            return switch (kind) {
                case TINYINT -> (byte) value;
                case SMALLINT -> (short) value;
                case INT -> (int) value;
                default -> value;
            };
        }

        private long maskDate(RowCall call, int options) {
            LocalDate date = LocalDate.ofEpochDay(call.longAt(0));
            int day = number(call, options + 5, 1);
            int month = number(call, options + 6, 0);
            int year = number(call, options + 7, 0);
            if (day != KEPT && (day < 1 || day > 31)) {
                day = 1;
            }
            if (month != KEPT && (month < 0 || month > 11)) {
                month = 0;
            }
            LocalDate masked =
                    LocalDate.of(
                            year == KEPT ? date.getYear() : year == 0 ? 1 : year,
                            month == KEPT ? date.getMonthValue() : month + 1,
                            1);
            int wanted = day == KEPT ? date.getDayOfMonth() : day;
            return masked.plusDays(wanted - 1L).toEpochDay();
        }

        private static int character(RowCall call, int index, int usual) {
            if (call.count() <= index || call.isNull(index)) {
                return usual;
            }
            if (call.vector(index) instanceof LongVector) {
                return call.intAt(index);
            }
            String text = call.textAt(index);
            return text.isEmpty() ? usual : text.charAt(0);
        }

        private static int number(RowCall call, int index, int usual) {
            if (call.count() <= index || call.isNull(index)) {
                return usual;
            }
            if (call.vector(index) instanceof BytesVector) {
                try {
                    return Integer.parseInt(call.textAt(index));
                } catch (NumberFormatException e) {
                    return usual;
                }
            }
            return call.intAt(index);
        }
    }
}
