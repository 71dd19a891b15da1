package org.skep.functions.arithmetic;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.decimal.WideInteger;
import org.skep.functions.row.Flat;
import org.skep.functions.time.DateTruncation;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** {@code round}, {@code bround}, {@code trunc}, {@code floor} and {@code ceil}. Stateless. */
final class Rounding {
    private Rounding() {}

    static List<ScalarFunction> all() {
        return List.of(
                rounding("round", RoundingMode.HALF_UP)
                        .describedAs("round(x[, d]) - round x to d decimal places")
                        .example("round(2.5)", "3")
                        .example("round(-2.5)", "-3")
                        .example("round(2.5D)", "3.0D")
                        .example("round(1.235D, 2)", "1.24D")
                        .example("round(125, -1)", "130")
                        .implementedBy((types, returned) -> kernel(returned, RoundingMode.HALF_UP)),
                rounding("bround", RoundingMode.HALF_EVEN)
                        .describedAs(
                                "bround(x[, d]) - round x to d decimal places using HALF_EVEN"
                                        + " rounding mode.")
                        .example("bround(2.5)", "2")
                        .example("bround(3.5D)", "4.0D")
                        .example("bround(-125, -1)", "-120")
                        .implementedBy(
                                (types, returned) -> kernel(returned, RoundingMode.HALF_EVEN)),
                ScalarFunction.named("trunc")
                        .boundBy(Rounding::bindTrunc)
                        .nullInNullOut()
                        .describedAs(
                                "trunc(date, fmt) / trunc(N,D) - Returns the date with the time"
                                        + " portion of the day truncated to the unit, or the number"
                                        + " truncated to D decimal places")
                        .example("trunc(1234.567, 1)", "1234.5")
                        .example("trunc(-1234.567D, -2)", "-1200.0D")
                        .example("trunc('2020-05-17', 'MM')", "'2020-05-01'")
                        .example("trunc('2020-05-17', 'Q')", "'2020-04-01'")
                        .implementedBy(
                                (types, returned) ->
                                        returned.kind() == TypeKind.STRING
                                                ? DateTruncation::evaluate
                                                : kernel(returned, RoundingMode.DOWN)),
                whole("floor", RoundingMode.FLOOR, List.of())
                        .example("floor(-1.2)", "-2")
                        .example("floor(-1.2D)", "-2L")
                        .implementedBy((types, returned) -> wholeKernel(types, RoundingMode.FLOOR)),
                whole("ceil", RoundingMode.CEILING, List.of("ceiling"))
                        .example("ceil(1.2)", "2")
                        .example("ceil(1.2D)", "2L")
                        .implementedBy(
                                (types, returned) -> wholeKernel(types, RoundingMode.CEILING)));
    }

    private static ScalarFunction.Builder rounding(String name, RoundingMode mode) {
        return ScalarFunction.named(name)
                .boundBy(arguments -> bindRound(name, arguments, mode))
                .nullInNullOut();
    }

    private static Binding bindRound(String name, List<Argument> arguments, RoundingMode mode) {
        MathArguments.requireCount(name, arguments, 1, 2);
        MathArguments.requireNumber(name, arguments, 0);
        long digits = 0;
        if (arguments.size() == 2) {
            MathArguments.requireInteger(name, arguments, 1);
            Long constant = MathArguments.constant(arguments, 1);
            if (constant != null) {
                digits = constant;
            } else if (arguments.get(0).type().kind() == TypeKind.DECIMAL
                    && !arguments.get(1).isConstant()) {
                throw SkepException.ofArgument(
                        ErrorCode.WRONG_ARGUMENT_TYPE,
                        1,
                        name.toUpperCase(java.util.Locale.ROOT)
                                + " scale argument for decimal must be constant");
            }
        }
        DataType type = roundedType(arguments.get(0).type(), digits, mode);
        DataType from = type.kind() == TypeKind.DECIMAL ? arguments.get(0).type() : type;
        return arguments.size() == 1
                ? new Binding(List.of(from), type)
                : new Binding(List.of(from, DataType.INT), type);
    }

    private static DataType roundedType(DataType type, long digits, RoundingMode mode) {
        if (type.kind().isCharacter() || type.kind() == TypeKind.VOID) {
            return DataType.DOUBLE;
        }
        if (!(type instanceof DecimalType decimal)) {
            return type;
        }
        int integers = decimal.precision() - decimal.scale();
        if (digits < decimal.scale() && mode != RoundingMode.DOWN) {
            // Rounding may carry into one more digit.
            integers++;
        }
        int scale = (int) Math.min(Math.max(digits, 0), DecimalType.MAX_PRECISION);
        int precision = Math.min(integers + scale, DecimalType.MAX_PRECISION);
        return new DecimalType(Math.max(precision, 1), Math.min(scale, precision));
    }

    private static Binding bindTrunc(List<Argument> arguments) {
        MathArguments.requireCount("trunc", arguments, 1, 2);
        boolean number = arguments.get(0).type().kind().isNumeric();
        if (!number && arguments.size() == 2) {
            return DateTruncation.bind(arguments);
        }
        DataType given = arguments.get(0).type();
        if (!given.kind().isNumeric() && given.kind() != TypeKind.VOID) {
            throw MathArguments.wrong("trunc", arguments, 0, "a number");
        }
        if (arguments.size() == 2) {
            MathArguments.requireInteger("trunc", arguments, 1);
        }
        DataType type = arguments.get(0).type();
        DataType result = type;
        Long digits =
                arguments.size() == 1 ? Long.valueOf(0) : MathArguments.constant(arguments, 1);
        if (type instanceof DecimalType decimal && digits != null) {
            result = roundedType(type, Math.min(digits, decimal.scale()), RoundingMode.DOWN);
        } else if (!type.kind().isNumeric()) {
            result = DataType.DOUBLE;
        }
        DataType from = result.kind() == TypeKind.DECIMAL ? type : result;
        return arguments.size() == 1
                ? new Binding(List.of(from), result)
                : new Binding(List.of(from, DataType.INT), result);
    }

    private static ScalarKernel kernel(DataType returned, RoundingMode mode) {
        return switch (returned.kind()) {
            case DECIMAL -> new DecimalRounding(mode);
            case FLOAT, DOUBLE ->
                    (arguments, selection, out, context) ->
                            doubles(arguments, selection, (DoubleVector) out, mode);
            default ->
                    (arguments, selection, out, context) ->
                            longs(arguments, selection, (LongVector) out, mode);
        };
    }

    private static int digits(ColumnVector[] arguments, int row) {
        if (arguments.length == 1) {
            return 0;
        }
        long digits = Flat.longs(arguments[1]).values()[row & Flat.mask(arguments[1])];
        return (int) Math.max(-400, Math.min(400, digits));
    }

    private static void longs(
            ColumnVector[] arguments, Selection selection, LongVector out, RoundingMode mode) {
        long[] values = Flat.longs(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        int shift = IntegerArithmetic.shift(out.type().kind());
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            long value = values[i & mask];
            int digits = digits(arguments, i);
            long rounded =
                    digits >= 0
                            ? value
                            : BigDecimal.valueOf(value).setScale(digits, mode).longValue();
            out.values()[i] = (rounded << shift) >> shift;
        }
    }

    private static void doubles(
            ColumnVector[] arguments, Selection selection, DoubleVector out, RoundingMode mode) {
        double[] values = Flat.doubles(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        boolean single = out.type().kind() == TypeKind.FLOAT;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            double value = values[i & mask];
            int digits = digits(arguments, i);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                out.values()[i] = value;
                continue;
            }
            // Hive rounds the decimal text of the number, so that 1.235 becomes 1.24.
            BigDecimal exact =
                    single
                            ? new BigDecimal(Float.toString((float) value))
                            : BigDecimal.valueOf(value);
            double rounded = exact.setScale(digits, mode).doubleValue();
            out.values()[i] = single ? (float) rounded : rounded;
        }
    }

    /** Rounds decimals to a digit, on words of 128 bits. Confined to one thread. */
    private static final class DecimalRounding implements ScalarKernel {
        private final RoundingMode mode;
        private final WideInteger wide = new WideInteger();

        DecimalRounding(RoundingMode mode) {
            this.mode = mode;
        }

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            DecimalVector values = Flat.decimals(arguments[0]);
            int mask = Flat.mask(arguments[0]);
            DecimalVector results = (DecimalVector) out;
            int from = values.scale();
            int to = results.scale();
            int precision = ((DecimalType) out.type()).precision();
            int lost = 0;
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                wide.set(values.highAt(i & mask), values.low()[i & mask]);
                int drop = Math.min(from - digits(arguments, i), 77);
                if (drop > 0) {
                    round(drop);
                    wide.scaleUp(Math.min(drop, 77));
                }
                if (to >= from) {
                    wide.scaleUp(to - from);
                } else {
                    wide.truncateDigits(from - to);
                }
                if (wide.fitsDigits(precision)) {
                    results.set(i, wide.high(), wide.low());
                } else {
                    out.setNull(i);
                    lost++;
                }
            }
            if (lost > 0) {
                context.damage(Damage.TURNED_NULL, lost);
            }
        }

        private void round(int drop) {
            boolean negative = wide.signum() < 0;
            switch (mode) {
                case HALF_UP -> wide.scaleDown(drop);
                case HALF_EVEN -> wide.scaleDownToEven(drop);
                case DOWN -> wide.truncateDigits(drop);
                default -> {
                    boolean away = negative == (mode == RoundingMode.FLOOR);
                    if (wide.truncateDigits(drop) && away) {
                        step(negative);
                    }
                }
            }
        }

        private void step(boolean negative) {
            WideInteger one = new WideInteger();
            one.set(negative ? -1L : 1L);
            wide.add(one);
        }
    }

    private static ScalarFunction.Builder whole(
            String name, RoundingMode mode, List<String> aliases) {
        return ScalarFunction.named(name)
                .alsoNamed(aliases.toArray(String[]::new))
                .boundBy(arguments -> bindWhole(name, arguments))
                .nullInNullOut()
                .describedAs(
                        name
                                + "(x) - Find the "
                                + (mode == RoundingMode.FLOOR
                                        ? "largest integer not greater than x"
                                        : "smallest integer not smaller than x"));
    }

    private static Binding bindWhole(String name, List<Argument> arguments) {
        MathArguments.requireCount(name, arguments, 1, 1);
        MathArguments.requireNumber(name, arguments, 0);
        DataType type = arguments.get(0).type();
        if (type instanceof DecimalType decimal) {
            int precision = decimal.precision() - decimal.scale() + 1;
            return new Binding(
                    List.of(type),
                    new DecimalType(Math.min(precision, DecimalType.MAX_PRECISION), 0));
        }
        if (type.kind().isInteger()) {
            return new Binding(List.of(DataType.BIGINT), DataType.BIGINT);
        }
        return new Binding(List.of(DataType.DOUBLE), DataType.BIGINT);
    }

    private static ScalarKernel wholeKernel(List<DataType> types, RoundingMode mode) {
        boolean floor = mode == RoundingMode.FLOOR;
        return switch (types.get(0).kind()) {
            case DECIMAL -> new DecimalRounding(mode);
            case BIGINT -> new LongOperation((a, b) -> a, b -> true, TypeKind.BIGINT);
            default ->
                    (arguments, selection, out, context) -> {
                        double[] values = Flat.doubles(arguments[0]).values();
                        int mask = Flat.mask(arguments[0]);
                        long[] results = ((LongVector) out).values();
                        for (int k = 0; k < selection.count(); k++) {
                            int i = selection.position(k);
                            double value = values[i & mask];
                            results[i] = (long) (floor ? Math.floor(value) : Math.ceil(value));
                        }
                    };
        };
    }
}
