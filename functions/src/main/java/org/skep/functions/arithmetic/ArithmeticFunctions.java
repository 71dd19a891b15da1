package org.skep.functions.arithmetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.coerce.TypeRules;
import org.skep.functions.decimal.WideInteger;
import org.skep.functions.row.Flat;
import org.skep.functions.time.DateTimeArithmetic;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.Selection;

/** The operators of arithmetic and on bits. Stateless. */
public final class ArithmeticFunctions {
    private ArithmeticFunctions() {}

    /** All declarations. */
    public static List<ScalarFunction> all() {
        List<ScalarFunction> all = new ArrayList<>();
        all.add(
                ScalarFunction.named("+")
                        .boundBy(ArithmeticFunctions::bindPlus)
                        .nullInNullOut()
                        .describedAs("a + b - Returns a+b; + a - Returns a")
                        .example("2147483647 + 1", "-2147483648")
                        .example("1.10 + 2.205", "3.305")
                        .example("'1' + 2", "3.0D")
                        .implementedBy(ArithmeticFunctions::plusKernel));
        all.add(
                ScalarFunction.named("-")
                        .boundBy(ArithmeticFunctions::bindMinus)
                        .nullInNullOut()
                        .describedAs("a - b - Returns the difference a-b")
                        .example("5 - 7", "-2")
                        .implementedBy(ArithmeticFunctions::minusKernel));
        all.add(
                ScalarFunction.named("*")
                        .boundBy(arguments -> bindNumbers("*", arguments, TypeRules::productType))
                        .nullInNullOut()
                        .describedAs("a * b - Multiplies a by b")
                        .example("1.10 * 2.205", "2.4255")
                        .implementedBy(ArithmeticFunctions::timesKernel));
        all.add(
                ScalarFunction.named("/")
                        .boundBy(ArithmeticFunctions::bindQuotient)
                        .nullInNullOut()
                        .describedAs("a / b - Divide a by b")
                        .example("3 / 2", "1.5D")
                        .example("1 / 0", "NULL")
                        .example("10.0 / 3", "3.333333")
                        .implementedBy(ArithmeticFunctions::quotientKernel));
        all.add(
                ScalarFunction.named("%")
                        .alsoNamed("mod")
                        .boundBy(arguments -> bindNumbers("%", arguments, TypeRules::remainderType))
                        .nullInNullOut()
                        .describedAs("a % b - Returns the remainder when dividing a by b")
                        .example("-7 % 3", "-1")
                        .example("5.5 % 2", "1.5")
                        .implementedBy(
                                (types, returned) -> remainderKernel(types, returned, false)));
        all.add(
                ScalarFunction.named("pmod")
                        .boundBy(
                                arguments ->
                                        bindNumbers("pmod", arguments, TypeRules::remainderType))
                        .nullInNullOut()
                        .describedAs("a pmod b - Compute the positive modulo")
                        .example("pmod(-7, 3)", "2")
                        .implementedBy(
                                (types, returned) -> remainderKernel(types, returned, true)));
        all.add(
                ScalarFunction.named("div")
                        .boundBy(ArithmeticFunctions::bindDiv)
                        .nullInNullOut()
                        .describedAs("a div b - Divide a by b rounded to the long integer")
                        .example("-5 div 2", "-2L")
                        .implementedBy(
                                (types, returned) ->
                                        new LongOperation(
                                                ArithmeticFunctions::divide,
                                                b -> true,
                                                TypeKind.BIGINT)));
        all.add(bits("&", "Bitwise and", "5 & 3", "1", (a, b) -> a & b));
        all.add(bits("|", "Bitwise or", "5 | 3", "7", (a, b) -> a | b));
        all.add(bits("^", "Bitwise exclusive or", "5 ^ 3", "6", (a, b) -> a ^ b));
        all.add(
                ScalarFunction.named("~")
                        .boundBy(arguments -> bindBits("~", arguments, 1))
                        .nullInNullOut()
                        .describedAs("~ n - Bitwise not")
                        .example("~5", "-6")
                        .evaluatedBy(new LongOperation((a, b) -> ~a, b -> true, TypeKind.BIGINT)));
        all.add(
                shift(
                        "shiftleft",
                        "shiftleft(1, 33)",
                        "2",
                        (a, b) -> (int) a << (int) b,
                        (a, b) -> a << b));
        all.add(
                shift(
                        "shiftright",
                        "shiftright(-4, 1)",
                        "-2",
                        (a, b) -> (int) a >> (int) b,
                        (a, b) -> a >> b));
        all.add(
                shift(
                        "shiftrightunsigned",
                        "shiftrightunsigned(-4, 1)",
                        "2147483646",
                        (a, b) -> (int) a >>> (int) b,
                        (a, b) -> a >>> b));
        all.add(
                ScalarFunction.named("negative")
                        .boundBy(arguments -> bindSign("negative", arguments))
                        .nullInNullOut()
                        .describedAs("negative a - Returns -a")
                        .example("negative(5)", "-5")
                        .implementedBy((types, returned) -> negativeKernel(returned)));
        all.add(
                ScalarFunction.named("positive")
                        .boundBy(arguments -> bindSign("positive", arguments))
                        .nullInNullOut()
                        .describedAs("positive a - Returns a")
                        .example("positive(5)", "5")
                        .evaluatedBy(ArithmeticFunctions::copy));
        return all;
    }

    private interface DecimalRule {
        DecimalType of(DecimalType left, DecimalType right);
    }

    private static ScalarFunction bits(
            String name, String text, String call, String result, LongBinaryOperator operator) {
        return ScalarFunction.named(name)
                .boundBy(arguments -> bindBits(name, arguments, 2))
                .nullInNullOut()
                .describedAs("a " + name + " b - " + text)
                .example(call, result)
                .evaluatedBy(new LongOperation(operator, b -> true, TypeKind.BIGINT));
    }

    private static ScalarFunction shift(
            String name,
            String call,
            String result,
            LongBinaryOperator narrow,
            LongBinaryOperator wide) {
        return ScalarFunction.named(name)
                .boundBy(arguments -> bindShift(name, arguments))
                .nullInNullOut()
                .describedAs(name + "(a, b) - Bitwise shift of a by b positions")
                .example(call, result)
                .implementedBy(
                        (types, returned) ->
                                new LongOperation(
                                        returned.kind() == TypeKind.BIGINT ? wide : narrow,
                                        b -> true,
                                        TypeKind.BIGINT));
    }

    private static Binding bindPlus(List<Argument> arguments) {
        if (arguments.size() == 1) {
            return bindSign("+", arguments);
        }
        if (takesTime(arguments)) {
            return DateTimeArithmetic.bindPlus(arguments);
        }
        return bindNumbers("+", arguments, TypeRules::sumType);
    }

    private static Binding bindMinus(List<Argument> arguments) {
        if (arguments.size() == 1) {
            return bindSign("-", arguments);
        }
        if (takesTime(arguments)) {
            return DateTimeArithmetic.bindMinus(arguments);
        }
        return bindNumbers("-", arguments, TypeRules::sumType);
    }

    private static boolean takesTime(List<Argument> arguments) {
        return arguments.stream().anyMatch(a -> DateTimeArithmetic.takes(a.type().kind()));
    }

    private static Binding bindNumbers(String name, List<Argument> arguments, DecimalRule rule) {
        requireCount(name, arguments, 2);
        Optional<TypeKind> kind =
                TypeRules.arithmeticKind(arguments.get(0).type(), arguments.get(1).type());
        if (kind.isEmpty()) {
            throw noMatch(name, arguments);
        }
        if (kind.get() == TypeKind.DECIMAL) {
            return decimals(arguments, rule);
        }
        DataType type = TypeRules.simple(kind.get());
        return new Binding(List.of(type, type), type);
    }

    private static Binding decimals(List<Argument> arguments, DecimalRule rule) {
        DecimalType left = TypeRules.decimalOperand(arguments.get(0));
        DecimalType right = TypeRules.decimalOperand(arguments.get(1));
        return new Binding(List.of(left, right), rule.of(left, right));
    }

    private static Binding bindQuotient(List<Argument> arguments) {
        requireCount("/", arguments, 2);
        Optional<TypeKind> kind =
                TypeRules.arithmeticKind(arguments.get(0).type(), arguments.get(1).type());
        if (kind.isEmpty()) {
            throw noMatch("/", arguments);
        }
        if (kind.get() == TypeKind.DECIMAL) {
            return decimals(arguments, TypeRules::quotientType);
        }
        return new Binding(List.of(DataType.DOUBLE, DataType.DOUBLE), DataType.DOUBLE);
    }

    // As in Hive, of all divisions only this one fails.
    private static long divide(long a, long b) {
        if (b == 0) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR, "Cannot divide by 0: %d div 0".formatted(a));
        }
        return a / b;
    }

    private static Binding bindDiv(List<Argument> arguments) {
        requireCount("div", arguments, 2);
        bindBits("div", arguments, 2);
        if (arguments.get(1).isConstant()
                && arguments.get(0).isConstant()
                && Long.valueOf(0).equals(arguments.get(1).constant().value())) {
            throw new SkepException(ErrorCode.WRONG_ARGUMENTS, "Cannot divide by the constant: 0");
        }
        return new Binding(List.of(DataType.BIGINT, DataType.BIGINT), DataType.BIGINT);
    }

    private static Binding bindBits(String name, List<Argument> arguments, int count) {
        requireCount(name, arguments, count);
        TypeKind widest = TypeKind.VOID;
        for (Argument argument : arguments) {
            TypeKind kind = argument.type().kind();
            if (!kind.isInteger() && kind != TypeKind.VOID) {
                throw noMatch(name, arguments);
            }
            widest = kind.compareTo(widest) > 0 ? kind : widest;
        }
        DataType type = TypeRules.simple(widest == TypeKind.VOID ? TypeKind.TINYINT : widest);
        return new Binding(java.util.Collections.nCopies(count, type), type);
    }

    private static Binding bindShift(String name, List<Argument> arguments) {
        requireCount(name, arguments, 2);
        Binding operands = bindBits(name, arguments, 2);
        boolean wide = arguments.get(0).type().kind() == TypeKind.BIGINT;
        if (operands.returnType().kind() == TypeKind.BIGINT && !wide) {
            throw noMatch(name, arguments);
        }
        DataType type = wide ? DataType.BIGINT : DataType.INT;
        return new Binding(List.of(type, DataType.INT), type);
    }

    private static Binding bindSign(String name, List<Argument> arguments) {
        requireCount(name, arguments, 1);
        DataType type = arguments.get(0).type();
        if (type.kind().isCharacter() || type.kind() == TypeKind.VOID) {
            return new Binding(List.of(DataType.DOUBLE), DataType.DOUBLE);
        }
        boolean interval =
                type.kind() == TypeKind.INTERVAL_DAY_TIME
                        || type.kind() == TypeKind.INTERVAL_YEAR_MONTH;
        if (!type.kind().isNumeric() && !interval) {
            throw noMatch(name, arguments);
        }
        return new Binding(List.of(type), type);
    }

    private static void requireCount(String name, List<Argument> arguments, int count) {
        if (arguments.size() != count) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENT_COUNT,
                    "Function %s takes %d arguments: %d".formatted(name, count, arguments.size()));
        }
    }

    private static SkepException noMatch(String name, List<Argument> arguments) {
        String types =
                arguments.stream()
                        .map(argument -> argument.type().typeName())
                        .collect(Collectors.joining(", "));
        String message = "Cannot apply %s to types: %s".formatted(name, types);
        return arguments.size() == 1
                ? SkepException.ofArgument(ErrorCode.WRONG_ARGUMENT_TYPE, 0, message)
                : new SkepException(ErrorCode.WRONG_ARGUMENTS, message);
    }

    private static ScalarKernel plusKernel(List<DataType> types, DataType returned) {
        if (types.size() == 1) {
            return ArithmeticFunctions::copy;
        }
        if (types.stream().anyMatch(type -> DateTimeArithmetic.takes(type.kind()))) {
            return DateTimeArithmetic.plusKernel(types, returned);
        }
        return switch (returned.kind()) {
            case DECIMAL ->
                    new DecimalSum(
                            (DecimalType) types.get(0),
                            (DecimalType) types.get(1),
                            (DecimalType) returned,
                            false);
            case FLOAT, DOUBLE ->
                    new DoubleArithmetic(DoubleArithmetic.Operation.ADD, returned.kind());
            case VOID -> ArithmeticFunctions::nothing;
            default -> new IntegerArithmetic(IntegerArithmetic.Operation.ADD, returned.kind());
        };
    }

    private static ScalarKernel minusKernel(List<DataType> types, DataType returned) {
        if (types.size() == 1) {
            return negativeKernel(returned);
        }
        if (types.stream().anyMatch(type -> DateTimeArithmetic.takes(type.kind()))) {
            return DateTimeArithmetic.minusKernel(types, returned);
        }
        return switch (returned.kind()) {
            case DECIMAL ->
                    new DecimalSum(
                            (DecimalType) types.get(0),
                            (DecimalType) types.get(1),
                            (DecimalType) returned,
                            true);
            case FLOAT, DOUBLE ->
                    new DoubleArithmetic(DoubleArithmetic.Operation.SUBTRACT, returned.kind());
            case VOID -> ArithmeticFunctions::nothing;
            default -> new IntegerArithmetic(IntegerArithmetic.Operation.SUBTRACT, returned.kind());
        };
    }

    private static ScalarKernel timesKernel(List<DataType> types, DataType returned) {
        return switch (returned.kind()) {
            case DECIMAL ->
                    new DecimalProduct(
                            (DecimalType) types.get(0),
                            (DecimalType) types.get(1),
                            (DecimalType) returned);
            case FLOAT, DOUBLE ->
                    new DoubleArithmetic(DoubleArithmetic.Operation.MULTIPLY, returned.kind());
            case VOID -> ArithmeticFunctions::nothing;
            default -> new IntegerArithmetic(IntegerArithmetic.Operation.MULTIPLY, returned.kind());
        };
    }

    private static ScalarKernel quotientKernel(List<DataType> types, DataType returned) {
        if (returned instanceof DecimalType decimal) {
            return new DecimalQuotient(
                    (DecimalType) types.get(0), (DecimalType) types.get(1), decimal);
        }
        return new DoubleArithmetic(DoubleArithmetic.Operation.DIVIDE, returned.kind());
    }

    private static ScalarKernel remainderKernel(
            List<DataType> types, DataType returned, boolean positive) {
        return switch (returned.kind()) {
            case DECIMAL ->
                    new DecimalRemainder(
                            (DecimalType) types.get(0),
                            (DecimalType) types.get(1),
                            (DecimalType) returned,
                            positive);
            case FLOAT, DOUBLE ->
                    new DoubleArithmetic(
                            positive
                                    ? DoubleArithmetic.Operation.POSITIVE_REMAINDER
                                    : DoubleArithmetic.Operation.REMAINDER,
                            returned.kind());
            case VOID -> ArithmeticFunctions::nothing;
            default ->
                    new LongOperation(
                            positive ? (a, b) -> (a % b + b) % b : (a, b) -> a % b,
                            b -> b != 0,
                            returned.kind());
        };
    }

    private static ScalarKernel negativeKernel(DataType type) {
        return switch (type.kind()) {
            case DECIMAL -> ArithmeticFunctions::negateDecimals;
            case FLOAT, DOUBLE -> ArithmeticFunctions::negateDoubles;
            case INTERVAL_DAY_TIME -> DateTimeArithmetic::negate;
            default -> new LongOperation((a, b) -> -a, b -> true, type.kind());
        };
    }

    private static void nothing(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        // The type has no values, so no row arrives here.
    }

    private static void copy(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        if (selection.positions() == null) {
            out.copyFrom(arguments[0], null, 0, selection.count(), 0);
            return;
        }
        for (int k = 0; k < selection.count(); k++) {
            out.copyOne(arguments[0], selection.position(k), selection.position(k));
        }
    }

    // Hive's unary minus on a zero gives a zero without sign, hence the subtraction.
    private static void negateDoubles(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        double[] values = Flat.doubles(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        double[] results = ((DoubleVector) out).values();
        int[] p = selection.positions();
        for (int k = 0; k < selection.count(); k++) {
            int i = p == null ? k : p[k];
            results[i] = 0.0 - values[i & mask];
        }
    }

    private static void negateDecimals(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        DecimalVector values = Flat.decimals(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        DecimalVector results = (DecimalVector) out;
        WideInteger wide = new WideInteger();
        int[] p = selection.positions();
        for (int k = 0; k < selection.count(); k++) {
            int i = p == null ? k : p[k];
            wide.set(values.highAt(i & mask), values.low()[i & mask]);
            wide.negate();
            results.set(i, wide.high(), wide.low());
        }
    }
}
