package org.skep.functions.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.functions.sql.FixedContext;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

class DecimalArithmeticTest {
    private static final int ROWS = 40;

    @Test
    void agreesWithExactArithmetic() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            DecimalType left = randomType(random);
            DecimalType right = randomType(random);
            for (String operator : List.of("+", "-", "*", "/", "%", "pmod")) {
                check(operator, left, right, random, seed);
            }
        }
    }

    private static DecimalType randomType(Random random) {
        int precision = 1 + random.nextInt(38);
        return new DecimalType(precision, random.nextInt(precision + 1));
    }

    private static BigDecimal randomValue(DecimalType type, Random random) {
        int digits = 1 + random.nextInt(type.precision());
        BigInteger limit = BigInteger.TEN.pow(digits);
        BigInteger unscaled = new BigInteger(limit.bitLength(), random).mod(limit);
        if (random.nextInt(8) == 0) {
            unscaled = limit.subtract(BigInteger.ONE);
        }
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private static void check(
            String operator, DecimalType left, DecimalType right, Random random, long seed) {
        ScalarFunction function = BuiltInFunctions.catalogue().scalar(operator).orElseThrow();
        Binding binding = function.bind(List.of(Argument.of(left), Argument.of(right)));
        assertThat(binding.argumentTypes()).containsExactly(left, right);
        DecimalType result = (DecimalType) binding.returnType();
        boolean small = random.nextBoolean();
        DecimalVector a = fill(left, small, random);
        DecimalVector b = fill(right, small, random);
        ColumnVector[] arguments = {
            random.nextInt(4) == 0 ? new ConstantVector(a) : a,
            random.nextInt(4) == 0 ? new ConstantVector(b) : b
        };
        Selection selection = random.nextBoolean() ? Selection.all(ROWS) : sparse(random);
        DecimalVector out = new DecimalVector(result, ROWS);
        function.kernel(binding.argumentTypes(), result)
                .evaluate(arguments, selection, out, new FixedContext());
        BigDecimal most = BigDecimal.ZERO;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            BigDecimal x = a.decimalAt(arguments[0] == a ? i : 0);
            BigDecimal y = b.decimalAt(arguments[1] == b ? i : 0);
            BigDecimal expected = expected(operator, x, y, result);
            BigDecimal actual = out.isNull(i) ? null : out.decimalAt(i);
            assertThat(actual)
                    .as("%s %s %s as %s, seed %d", x, operator, y, result, seed)
                    .isEqualTo(expected);
            if (actual != null) {
                most = most.max(actual.abs());
            }
        }
        if (out.high() == null) {
            assertThat(most.unscaledValue())
                    .as("bound of %s %s %s, seed %d", left, operator, right, seed)
                    .isLessThanOrEqualTo(BigInteger.valueOf(out.bound()));
        }
    }

    private static DecimalVector fill(DecimalType type, boolean small, Random random) {
        DecimalVector vector = new DecimalVector(type, ROWS);
        for (int i = 0; i < ROWS; i++) {
            if (small) {
                int digits = Math.min(type.precision(), 3);
                long limit = (long) Math.pow(10, digits);
                vector.set(i, random.nextLong(2 * limit - 1) - limit + 1);
            } else {
                vector.set(i, randomValue(type, random));
            }
        }
        return vector;
    }

    private static Selection sparse(Random random) {
        int[] positions = new int[ROWS];
        int count = 0;
        for (int i = 0; i < ROWS; i++) {
            if (random.nextInt(3) == 0) {
                positions[count++] = i;
            }
        }
        return Selection.of(positions, count);
    }

    private static BigDecimal expected(
            String operator, BigDecimal x, BigDecimal y, DecimalType type) {
        boolean divides = !List.of("+", "-", "*").contains(operator);
        if (divides && y.signum() == 0) {
            return null;
        }
        BigDecimal exact =
                switch (operator) {
                    case "+" -> x.add(y);
                    case "-" -> x.subtract(y);
                    case "*" -> x.multiply(y);
                    case "/" -> x.divide(y, type.scale(), RoundingMode.HALF_UP);
                    case "%" -> x.remainder(y);
                    default -> x.remainder(y).add(y).remainder(y);
                };
        BigDecimal rounded = exact.setScale(type.scale(), RoundingMode.HALF_UP);
        return rounded.precision() > type.precision() && rounded.signum() != 0 ? null : rounded;
    }

    @Test
    void keepsTheChainOfAnInvoiceOnLongs() {
        DecimalType money = new DecimalType(15, 2);
        DecimalVector price = new DecimalVector(money, ROWS);
        DecimalVector discount = new DecimalVector(money, ROWS);
        for (int i = 0; i < ROWS; i++) {
            price.set(i, 10_494_950L - i);
            discount.set(i, i % 11);
        }
        DecimalType one = new DecimalType(1, 0);
        ConstantVector constant = new ConstantVector(new DecimalVector(one, new long[] {1}));
        ColumnVector less = compute("-", constant, discount);
        ColumnVector reduced = compute("*", price, less);
        DecimalVector charged =
                (DecimalVector) compute("*", reduced, compute("+", constant, discount));
        assertThat(charged.type()).isEqualTo(new DecimalType(38, 6));
        assertThat(charged.high()).isNull();
        assertThat(charged.bound()).isLessThan(Long.MAX_VALUE / 1000);
        assertThat(charged.decimalAt(3))
                .isEqualTo(
                        new BigDecimal("104949.47")
                                .multiply(new BigDecimal("0.97"))
                                .multiply(new BigDecimal("1.03")));
    }

    private static ColumnVector compute(String operator, ColumnVector left, ColumnVector right) {
        ScalarFunction function = BuiltInFunctions.catalogue().scalar(operator).orElseThrow();
        Binding binding =
                function.bind(List.of(Argument.of(left.type()), Argument.of(right.type())));
        ColumnVector out = ColumnVector.create(binding.returnType(), ROWS);
        function.kernel(binding.argumentTypes(), binding.returnType())
                .evaluate(
                        new ColumnVector[] {left, right},
                        Selection.all(ROWS),
                        out,
                        new FixedContext());
        return out;
    }

    @Test
    void countsIntegersThatWrap() {
        FixedContext context = new FixedContext();
        ScalarFunction plus = BuiltInFunctions.catalogue().scalar("+").orElseThrow();
        LongVector a = new LongVector(DataType.BIGINT, new long[] {Long.MAX_VALUE, 1, -5});
        LongVector b = new LongVector(DataType.BIGINT, new long[] {1, 1, Long.MIN_VALUE});
        LongVector out = new LongVector(DataType.BIGINT, 3);
        plus.kernel(List.of(DataType.BIGINT, DataType.BIGINT), DataType.BIGINT)
                .evaluate(new ColumnVector[] {a, b}, Selection.all(3), out, context);
        assertThat(out.values()).containsExactly(Long.MIN_VALUE, 2, Long.MAX_VALUE - 4);
        assertThat(context.damaged(Damage.WRAPPED)).isEqualTo(2);
        LongVector small = new LongVector(DataType.TINYINT, new long[] {127, 1, -128});
        LongVector one = new LongVector(DataType.TINYINT, new long[] {1, 1, -1});
        LongVector wrapped = new LongVector(DataType.TINYINT, 3);
        plus.kernel(List.of(DataType.TINYINT, DataType.TINYINT), DataType.TINYINT)
                .evaluate(new ColumnVector[] {small, one}, Selection.all(3), wrapped, context);
        assertThat(wrapped.values()).containsExactly(-128, 2, 127);
        assertThat(context.damaged(Damage.WRAPPED)).isEqualTo(4);
    }
}
