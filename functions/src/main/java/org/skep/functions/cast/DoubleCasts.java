package org.skep.functions.cast;

import java.math.BigDecimal;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.decimal.PowersOfTen;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.DoubleText;
import org.skep.types.text.Parsed;
import org.skep.types.text.TimestampText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;

/** Casts to FLOAT and DOUBLE. Stateless. */
final class DoubleCasts {
    private static final long EXACT = 1L << 53;
    private static final int EXACT_POWERS = 22;

    private DoubleCasts() {}

    static ScalarKernel kernel(DataType from, TypeKind to) {
        boolean single = to == TypeKind.FLOAT;
        boolean whole = from.kind() == TypeKind.DECIMAL && NumberCasts.isPassedWhole(from);
        return switch (from.kind()) {
            case BOOLEAN ->
                    NumberCasts.byRow(
                            (vector, i, out, row) ->
                                    set(
                                            out,
                                            row,
                                            ((BooleanVector) vector).values()[i] ? 1 : 0,
                                            single));
            case FLOAT, DOUBLE ->
                    NumberCasts.byRow(
                            (vector, i, out, row) ->
                                    set(out, row, ((DoubleVector) vector).values()[i], single));
            case DECIMAL ->
                    NumberCasts.byRow(
                            (vector, i, out, row) -> {
                                DecimalVector decimals = (DecimalVector) vector;
                                if (!whole) {
                                    BigDecimal passed = NumberCasts.passed(decimals, i);
                                    return passed != null
                                            && set(
                                                    out,
                                                    row,
                                                    single
                                                            ? passed.floatValue()
                                                            : passed.doubleValue(),
                                                    single);
                                }
                                double value =
                                        single && decimals.high() != null
                                                ? decimals.decimalAt(i).floatValue()
                                                : toDouble(decimals, i);
                                return set(out, row, value, single);
                            });
            case STRING, VARCHAR, CHAR -> fromText(single);
            case TIMESTAMP ->
                    (arguments, selection, out, context) ->
                            NumberCasts.convert(
                                    (vector, i, target, row) -> {
                                        LongVector times = (LongVector) vector;
                                        long micros =
                                                TimestampText.toInstant(
                                                        times.values()[i], context.zone());
                                        double seconds = Math.floorDiv(micros, 1_000_000L);
                                        double nanos =
                                                Math.floorMod(micros, 1_000_000L) * 1000.0
                                                        + times.nanosAt(i);
                                        return set(target, row, seconds + nanos / 1e9, single);
                                    },
                                    arguments,
                                    selection,
                                    out,
                                    context);
            default ->
                    NumberCasts.byRow(
                            (vector, i, out, row) -> {
                                long value = ((LongVector) vector).values()[i];
                                return set(out, row, single ? (float) value : value, false);
                            });
        };
    }

    private static ScalarKernel fromText(boolean single) {
        Parsed parsed = new Parsed();
        return NumberCasts.byRow(
                (vector, i, out, row) -> {
                    BytesVector bytes = (BytesVector) vector;
                    byte[] data = bytes.data();
                    int start = bytes.starts()[i];
                    int length = bytes.lengths()[i];
                    boolean found =
                            single
                                    ? DoubleText.parseFloat(data, start, length, parsed)
                                    : DoubleText.parse(data, start, length, parsed);
                    set(out, row, parsed.number(), false);
                    return found;
                });
    }

    /** The double nearest to a decimal. */
    static double toDouble(DecimalVector decimals, int row) {
        int scale = decimals.scale();
        long low = decimals.low()[row];
        if (decimals.high() == null && scale <= EXACT_POWERS && low <= EXACT && low >= -EXACT) {
            // Both are exact, so the division rounds once.
            return low / PowersOfTen.ofDouble(scale);
        }
        return decimals.decimalAt(row).doubleValue();
    }

    private static boolean set(ColumnVector out, int row, double value, boolean single) {
        ((DoubleVector) out).values()[row] = single ? (float) value : value;
        return true;
    }
}
