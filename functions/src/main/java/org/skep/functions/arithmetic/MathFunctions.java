package org.skep.functions.arithmetic;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarFunction.Stability;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.decimal.WideInteger;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** The mathematical functions. Stateless. */
public final class MathFunctions {
    // A NaN that no calculation makes stands for NULL.
    private static final long UNDEFINED_BITS = 0x7ff8_dead_0000_0001L;
    private static final double UNDEFINED = Double.longBitsToDouble(UNDEFINED_BITS);

    private MathFunctions() {}

    /** All declarations. */
    public static List<ScalarFunction> all() {
        List<ScalarFunction> all = new ArrayList<>(Rounding.all());
        all.addAll(reals());
        all.addAll(BaseFunctions.all());
        all.add(
                ScalarFunction.named("abs")
                        .boundBy(MathFunctions::bindAbs)
                        .nullInNullOut()
                        .describedAs("abs(x) - returns the absolute value of x")
                        .example("abs(-5)", "5")
                        .example("abs(-1.5)", "1.5")
                        .implementedBy((types, returned) -> absKernel(returned)));
        all.add(
                ScalarFunction.named("sign")
                        .boundBy(MathFunctions::bindSign)
                        .nullInNullOut()
                        .describedAs("sign(x) - returns the sign of x")
                        .example("sign(-3)", "-1.0D")
                        .example("sign(1.5)", "1")
                        .evaluatedBy(MathFunctions::sign));
        all.add(
                ScalarFunction.named("factorial")
                        .boundBy(
                                arguments -> {
                                    MathArguments.requireCount("factorial", arguments, 1, 1);
                                    MathArguments.requireInteger("factorial", arguments, 0);
                                    return new Binding(List.of(DataType.INT), DataType.BIGINT);
                                })
                        .nullInNullOut()
                        .describedAs("factorial(expr) - Returns n factorial. Valid n is [0..20].")
                        .example("factorial(20)", "2432902008176640000L")
                        .example("factorial(21)", "NULL")
                        .evaluatedBy(
                                new LongOperation(
                                        (a, b) -> factorial(b),
                                        n -> n >= 0 && n <= 20,
                                        TypeKind.BIGINT)));
        all.add(
                ScalarFunction.named("width_bucket")
                        .boundBy(MathFunctions::bindWidthBucket)
                        .nullInNullOut()
                        .describedAs(
                                "width_bucket(expr, min_value, max_value, num_buckets) - Returns"
                                        + " the number of the equal-sized bucket that expr falls"
                                        + " into")
                        .example("width_bucket(5, 0, 10, 5)", "3")
                        .example("width_bucket(10, 0, 10, 5)", "6")
                        .evaluatedBy(MathFunctions::widthBucket));
        all.add(
                ScalarFunction.named("rand")
                        .boundBy(MathFunctions::bindRand)
                        .stability(Stability.ROW)
                        .describedAs("rand([seed]) - Returns a pseudorandom number between 0 and 1")
                        .evaluatedByNew(Rand::new));
        all.add(
                ScalarFunction.named("format_number")
                        .boundBy(MathFunctions::bindFormat)
                        .nullInNullOut()
                        .describedAs(
                                "format_number(X, D or F) - Formats the number X to a format like"
                                        + " '#,###,###.##', rounded to D decimal places")
                        .example("format_number(12345.678, 2)", "'12,345.68'")
                        .example("format_number(12332.2, '##################.###')", "'12332.2'")
                        .evaluatedByNew(FormatNumber::new));
        return all;
    }

    private static List<ScalarFunction> reals() {
        List<ScalarFunction> all = new ArrayList<>();
        all.add(
                real(
                        "sqrt",
                        "the square root of x",
                        "sqrt(4)",
                        "2.0D",
                        x -> x < 0 ? UNDEFINED : Math.sqrt(x)));
        all.add(real("exp", "e to the power of x", "exp(0)", "1.0D", StrictMath::exp));
        all.add(
                real(
                        "ln",
                        "the natural logarithm of x",
                        "ln(1)",
                        "0.0D",
                        x -> x <= 0 ? UNDEFINED : StrictMath.log(x)));
        all.add(
                real(
                        "log10",
                        "the logarithm of x with base 10",
                        "log10(0)",
                        "NULL",
                        x -> x <= 0 ? UNDEFINED : StrictMath.log10(x)));
        all.add(
                real(
                        "log2",
                        "the logarithm of x with base 2",
                        "log2(8)",
                        "3.0D",
                        x -> x <= 0 ? UNDEFINED : StrictMath.log(x) / StrictMath.log(2)));
        all.add(real("sin", "the sine of x", "sin(0)", "0.0D", StrictMath::sin));
        all.add(
                real(
                        "asin",
                        "the arc sine of x",
                        "asin(0)",
                        "0.0D",
                        x -> Math.abs(x) > 1 ? UNDEFINED : StrictMath.asin(x)));
        all.add(real("cos", "the cosine of x", "cos(0)", "1.0D", StrictMath::cos));
        all.add(
                real(
                        "acos",
                        "the arc cosine of x",
                        "acos(1)",
                        "0.0D",
                        x -> Math.abs(x) > 1 ? UNDEFINED : StrictMath.acos(x)));
        all.add(real("tan", "the tangent of x", "tan(0)", "0.0D", StrictMath::tan));
        all.add(real("atan", "the arc tangent of x", "atan(0)", "0.0D", StrictMath::atan));
        all.add(real("sinh", "the hyperbolic sine of x", "sinh(0)", "0.0D", StrictMath::sinh));
        all.add(real("cosh", "the hyperbolic cosine of x", "cosh(0)", "1.0D", StrictMath::cosh));
        all.add(real("tanh", "the hyperbolic tangent of x", "tanh(0)", "0.0D", StrictMath::tanh));
        all.add(real("degrees", "x radians in degrees", "degrees(0)", "0.0D", Math::toDegrees));
        all.add(real("radians", "x degrees in radians", "radians(0)", "0.0D", Math::toRadians));
        all.add(real("cbrt", "the cube root of x", "cbrt(27)", "3.0D", StrictMath::cbrt));
        all.add(
                ScalarFunction.named("pow")
                        .alsoNamed("power")
                        .boundBy(arguments -> bindReals("pow", arguments, 2, 2))
                        .nullInNullOut()
                        .describedAs("pow(x1, x2) - raise x1 to the power of x2")
                        .example("pow(2, 10)", "1024.0D")
                        .example("power(2, 0.5)", "1.4142135623730951D")
                        .evaluatedBy(pairs(StrictMath::pow)));
        all.add(
                ScalarFunction.named("log")
                        .boundBy(arguments -> bindReals("log", arguments, 1, 2))
                        .nullInNullOut()
                        .describedAs("log([b], x) - Returns the logarithm of x with base b, or e")
                        .example("log(1)", "0.0D")
                        .example("log(2, 8)", "3.0D")
                        .example("log(1, 8)", "NULL")
                        .implementedBy(
                                (types, returned) ->
                                        types.size() == 1
                                                ? reals(x -> x <= 0 ? UNDEFINED : StrictMath.log(x))
                                                : pairs(MathFunctions::log)));
        all.add(constant("e", Math.E));
        all.add(constant("pi", Math.PI));
        return all;
    }

    private static ScalarKernel reals(DoubleUnaryOperator function) {
        return (arguments, selection, out, context) -> {
            double[] values = Flat.doubles(arguments[0]).values();
            int mask = Flat.mask(arguments[0]);
            double[] results = ((DoubleVector) out).values();
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                double result = function.applyAsDouble(values[i & mask]);
                if (Double.doubleToRawLongBits(result) == UNDEFINED_BITS) {
                    out.setNull(i);
                } else {
                    results[i] = result;
                }
            }
        };
    }

    private static ScalarKernel pairs(DoubleBinaryOperator operator) {
        return (arguments, selection, out, context) -> {
            double[] a = Flat.doubles(arguments[0]).values();
            double[] b = Flat.doubles(arguments[1]).values();
            int maskA = Flat.mask(arguments[0]);
            int maskB = Flat.mask(arguments[1]);
            double[] results = ((DoubleVector) out).values();
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                double result = operator.applyAsDouble(a[i & maskA], b[i & maskB]);
                if (Double.doubleToRawLongBits(result) == UNDEFINED_BITS) {
                    out.setNull(i);
                } else {
                    results[i] = result;
                }
            }
        };
    }

    private static double log(double base, double x) {
        return base <= 1 || x <= 0 ? UNDEFINED : StrictMath.log(x) / StrictMath.log(base);
    }

    private static ScalarFunction real(
            String name, String text, String call, String result, DoubleUnaryOperator function) {
        return ScalarFunction.named(name)
                .boundBy(arguments -> bindReals(name, arguments, 1, 1))
                .nullInNullOut()
                .describedAs(name + "(x) - returns " + text)
                .example(call, result)
                .evaluatedBy(reals(function));
    }

    private static ScalarFunction constant(String name, double value) {
        return ScalarFunction.named(name)
                .takes()
                .returns(DataType.DOUBLE)
                .describedAs(name + "() - returns " + name)
                .example(name + "()", value + "D")
                .evaluatedBy(
                        (arguments, selection, out, context) -> {
                            for (int k = 0; k < selection.count(); k++) {
                                ((DoubleVector) out).values()[selection.position(k)] = value;
                            }
                        });
    }

    private static Binding bindReals(String name, List<Argument> arguments, int least, int most) {
        MathArguments.requireCount(name, arguments, least, most);
        for (int i = 0; i < arguments.size(); i++) {
            MathArguments.requireNumber(name, arguments, i);
        }
        return new Binding(Collections.nCopies(arguments.size(), DataType.DOUBLE), DataType.DOUBLE);
    }

    private static Binding bindAbs(List<Argument> arguments) {
        MathArguments.requireCount("abs", arguments, 1, 1);
        MathArguments.requireNumber("abs", arguments, 0);
        DataType type = arguments.get(0).type();
        DataType result =
                switch (type.kind()) {
                    case TINYINT, SMALLINT, INT -> DataType.INT;
                    case BIGINT, DECIMAL -> type;
                    default -> DataType.DOUBLE;
                };
        return new Binding(List.of(result), result);
    }

    private static ScalarKernel absKernel(DataType type) {
        return switch (type.kind()) {
            case DECIMAL -> MathFunctions::absDecimals;
            case DOUBLE -> reals(Math::abs);
            default -> new LongOperation((a, b) -> Math.abs(a), b -> true, type.kind());
        };
    }

    private static void absDecimals(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        DecimalVector values = Flat.decimals(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        WideInteger wide = new WideInteger();
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            wide.set(values.highAt(i & mask), values.low()[i & mask]);
            wide.absolute();
            ((DecimalVector) out).set(i, wide.high(), wide.low());
        }
    }

    private static Binding bindSign(List<Argument> arguments) {
        MathArguments.requireCount("sign", arguments, 1, 1);
        MathArguments.requireNumber("sign", arguments, 0);
        DataType type = arguments.get(0).type();
        return type.kind() == TypeKind.DECIMAL
                ? new Binding(List.of(type), DataType.INT)
                : new Binding(List.of(DataType.DOUBLE), DataType.DOUBLE);
    }

    private static void sign(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        ColumnVector vector = Flat.of(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            if (vector instanceof DecimalVector decimals) {
                long high = decimals.highAt(i & mask);
                long bits = high | decimals.low()[i & mask];
                ((LongVector) out).values()[i] = bits == 0 ? 0 : high < 0 ? -1 : 1;
            } else {
                double value = ((DoubleVector) vector).values()[i & mask];
                ((DoubleVector) out).values()[i] = value == 0 ? 0 : value > 0 ? 1 : -1;
            }
        }
    }

    private static long factorial(long n) {
        long product = 1;
        for (long factor = 2; factor <= n; factor++) {
            product *= factor;
        }
        return product;
    }

    private static Binding bindWidthBucket(List<Argument> arguments) {
        MathArguments.requireCount("width_bucket", arguments, 4, 4);
        for (int i = 0; i < 3; i++) {
            MathArguments.requireNumber("width_bucket", arguments, i);
        }
        MathArguments.requireInteger("width_bucket", arguments, 3);
        return new Binding(
                List.of(DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE, DataType.INT),
                DataType.INT);
    }

    private static void widthBucket(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            double value = Flat.doubles(arguments[0]).values()[i & Flat.mask(arguments[0])];
            double least = Flat.doubles(arguments[1]).values()[i & Flat.mask(arguments[1])];
            double most = Flat.doubles(arguments[2]).values()[i & Flat.mask(arguments[2])];
            long buckets = Flat.longs(arguments[3]).values()[i & Flat.mask(arguments[3])];
            if (buckets <= 0) {
                throw new SkepException(
                        ErrorCode.RUNTIME_ERROR,
                        "num_buckets in width_bucket function must be above 0: " + buckets);
            }
            if (least == most) {
                throw new SkepException(
                        ErrorCode.RUNTIME_ERROR,
                        "min_value and max_value in width_bucket function must differ: " + least);
            }
            boolean rising = least < most;
            long bucket;
            if (rising ? value < least : value > least) {
                bucket = 0;
            } else if (rising ? value >= most : value <= most) {
                bucket = buckets + 1;
            } else {
                bucket = (long) Math.floor(buckets * (value - least) / (most - least)) + 1;
            }
            ((LongVector) out).values()[i] = bucket;
        }
    }

    private static Binding bindRand(List<Argument> arguments) {
        MathArguments.requireCount("rand", arguments, 0, 1);
        if (arguments.isEmpty()) {
            return new Binding(List.of(), DataType.DOUBLE);
        }
        MathArguments.requireInteger("rand", arguments, 0);
        return new Binding(List.of(DataType.BIGINT), DataType.DOUBLE);
    }

    /** Random numbers of one task. Confined to one thread. */
    private static final class Rand implements ScalarKernel {
        private Random random;

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            if (random == null && selection.count() > 0) {
                random =
                        arguments.length == 0
                                ? new Random()
                                : new Random(
                                        Flat.longs(arguments[0])
                                                .values()[
                                                selection.position(0) & Flat.mask(arguments[0])]);
            }
            double[] results = ((DoubleVector) out).values();
            for (int k = 0; k < selection.count(); k++) {
                results[selection.position(k)] = random.nextDouble();
            }
        }
    }

    private static Binding bindFormat(List<Argument> arguments) {
        MathArguments.requireCount("format_number", arguments, 2, 2);
        DataType type = arguments.get(0).type();
        if (!type.kind().isNumeric() && type.kind() != TypeKind.VOID) {
            throw MathArguments.wrong("format_number", arguments, 0, "a number");
        }
        DataType number =
                type.kind() == TypeKind.DECIMAL
                        ? type
                        : type.kind().isInteger() ? DataType.BIGINT : DataType.DOUBLE;
        DataType format = arguments.get(1).type();
        if (format.kind().isCharacter()) {
            return new Binding(List.of(number, DataType.STRING), DataType.STRING);
        }
        MathArguments.requireInteger("format_number", arguments, 1);
        return new Binding(List.of(number, DataType.INT), DataType.STRING);
    }

    /** Numbers as text with separators. Confined to one thread. */
    private static final class FormatNumber implements ScalarKernel {
        private String pattern;
        private DecimalFormat format;

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                String wanted = pattern(arguments[1], i & Flat.mask(arguments[1]));
                if (wanted == null || !use(wanted)) {
                    out.setNull(i);
                    continue;
                }
                int at = i & Flat.mask(arguments[0]);
                ColumnVector numbers = Flat.of(arguments[0]);
                String text;
                if (numbers instanceof LongVector longs) {
                    text = format.format(longs.values()[at]);
                } else if (numbers instanceof DecimalVector decimals) {
                    text = format.format(decimals.decimalAt(at));
                } else {
                    text = format.format(((DoubleVector) numbers).values()[at]);
                }
                ((BytesVector) out).set(i, text);
            }
        }

        private static String pattern(ColumnVector argument, int row) {
            if (Flat.of(argument) instanceof BytesVector texts) {
                String text = texts.stringAt(row);
                return text.isEmpty() ? "#,###,###,###,###,###,##0" : text;
            }
            long digits = Flat.longs(argument).values()[row];
            if (digits < 0) {
                return null;
            }
            String fraction = "0".repeat((int) Math.min(digits, 400));
            return "#,###,###,###,###,###,##0" + (fraction.isEmpty() ? "" : "." + fraction);
        }

        private boolean use(String wanted) {
            if (!wanted.equals(pattern)) {
                try {
                    format =
                            new DecimalFormat(
                                    wanted, DecimalFormatSymbols.getInstance(Locale.ENGLISH));
                } catch (IllegalArgumentException e) {
                    return false;
                }
                pattern = wanted;
            }
            return true;
        }
    }
}
