package org.skep.functions.cast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;
import org.skep.types.text.BooleanText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Casts to BOOLEAN, and what the other casts share. Stateless. */
final class NumberCasts {
    private static final int PASSED_SCALE = 18;
    private static final BigDecimal PASSED_LIMIT = BigDecimal.TEN.pow(20);

    private NumberCasts() {}

    /** Converts one value of a flat vector. */
    interface RowCast {
        /**
         * Converts the value at {@code from} to position {@code to} of {@code out}.
         *
         * @return whether there is one; else it becomes NULL
         */
        boolean convert(ColumnVector vector, int from, ColumnVector out, int to);
    }

    /** A kernel that converts row by row; values without result become NULL and are counted. */
    static ScalarKernel byRow(RowCast cast) {
        return (arguments, selection, out, context) ->
                convert(cast, arguments, selection, out, context);
    }

    static void convert(
            RowCast cast,
            ColumnVector[] arguments,
            Selection selection,
            ColumnVector out,
            EvalContext context) {
        ColumnVector vector = Flat.of(arguments[0]);
        int mask = Flat.mask(arguments[0]);
        int[] p = selection.positions();
        int lost = 0;
        for (int k = 0; k < selection.count(); k++) {
            int i = p == null ? k : p[k];
            if (!cast.convert(vector, i & mask, out, i)) {
                out.setNull(i);
                lost++;
            }
        }
        if (lost > 0) {
            context.damage(Damage.TURNED_NULL, lost);
        }
    }

    static ScalarKernel toBoolean(DataType from) {
        boolean whole = from.kind() == TypeKind.DECIMAL && isPassedWhole(from);
        return switch (from.kind()) {
            case FLOAT, DOUBLE ->
                    byRow(
                            (vector, i, out, to) ->
                                    set(out, to, ((DoubleVector) vector).values()[i] != 0));
            case DECIMAL ->
                    byRow(
                            (vector, i, out, to) -> {
                                DecimalVector decimals = (DecimalVector) vector;
                                if (whole) {
                                    long bits = decimals.low()[i] | decimals.highAt(i);
                                    return set(out, to, bits != 0);
                                }
                                BigDecimal passed = passed(decimals, i);
                                return passed != null && set(out, to, passed.signum() != 0);
                            });
            case STRING, VARCHAR, CHAR ->
                    byRow(
                            (vector, i, out, to) -> {
                                BytesVector bytes = (BytesVector) vector;
                                return set(
                                        out,
                                        to,
                                        BooleanText.parseCast(
                                                bytes.data(),
                                                bytes.starts()[i],
                                                bytes.lengths()[i]));
                            });
            case TIMESTAMP ->
                    byRow(
                            (vector, i, out, to) -> {
                                long micros = ((LongVector) vector).values()[i];
                                return set(out, to, micros != 0);
                            });
            // Hive has the cast and lets it give NULL.
            case DATE -> byRow((vector, i, out, to) -> false);
            default ->
                    byRow(
                            (vector, i, out, to) ->
                                    set(out, to, ((LongVector) vector).values()[i] != 0));
        };
    }

    /**
     * A decimal as Hive passes it to these casts, which take a DECIMAL(38,18): rounded, or null if
     * it has too many digits before its point.
     */
    static BigDecimal passed(DecimalVector decimals, int row) {
        BigDecimal value = decimals.decimalAt(row);
        BigDecimal rounded =
                value.scale() > PASSED_SCALE
                        ? value.setScale(PASSED_SCALE, RoundingMode.HALF_UP)
                        : value;
        return rounded.abs().compareTo(PASSED_LIMIT) < 0 ? rounded : null;
    }

    /** Whether {@link #passed} leaves all values of a type as they are. */
    static boolean isPassedWhole(DataType type) {
        DecimalType decimal = (DecimalType) type;
        return decimal.scale() <= PASSED_SCALE
                && decimal.precision() - decimal.scale()
                        <= DecimalType.MAX_PRECISION - PASSED_SCALE;
    }

    private static boolean set(ColumnVector out, int row, boolean value) {
        ((BooleanVector) out).values()[row] = value;
        return true;
    }
}
