package org.skep.functions.cast;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.decimal.WideInteger;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.IntegerText;
import org.skep.types.text.Parsed;
import org.skep.types.text.TimestampText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Casts to integers: integers wrap around, doubles saturate at 32 or 64 bits and then wrap, texts
 * and decimals out of range become NULL. Stateless.
 */
final class IntegerCasts {
    private IntegerCasts() {}

    static ScalarKernel kernel(DataType from, TypeKind to) {
        long greatest = IntegerText.greatest(to);
        int shift = Long.numberOfLeadingZeros(greatest) - 1;
        return switch (from.kind()) {
            case BOOLEAN ->
                    NumberCasts.byRow(
                            (vector, i, out, row) -> {
                                boolean value = ((BooleanVector) vector).values()[i];
                                ((LongVector) out).values()[row] = value ? 1 : 0;
                                return true;
                            });
            case FLOAT, DOUBLE ->
                    (arguments, selection, out, context) ->
                            fromDoubles(arguments, selection, out, context, to, shift);
            case DECIMAL -> fromDecimals(((org.skep.types.DecimalType) from).scale(), greatest);
            case STRING, VARCHAR, CHAR -> {
                Parsed parsed = new Parsed();
                yield NumberCasts.byRow(
                        (vector, i, out, row) -> {
                            BytesVector bytes = (BytesVector) vector;
                            boolean found =
                                    IntegerText.parseCast(
                                            bytes.data(),
                                            bytes.starts()[i],
                                            bytes.lengths()[i],
                                            greatest,
                                            parsed);
                            ((LongVector) out).values()[row] = parsed.value();
                            return found;
                        });
            }
            case TIMESTAMP ->
                    (arguments, selection, out, context) ->
                            NumberCasts.convert(
                                    (vector, i, target, row) -> {
                                        long micros =
                                                TimestampText.toInstant(
                                                        ((LongVector) vector).values()[i],
                                                        context.zone());
                                        long seconds = Math.floorDiv(micros, 1_000_000L);
                                        ((LongVector) target).values()[row] = seconds;
                                        return seconds <= greatest && seconds >= -greatest - 1;
                                    },
                                    arguments,
                                    selection,
                                    out,
                                    context);
            default ->
                    (arguments, selection, out, context) ->
                            fromIntegers(arguments, selection, out, context, shift);
        };
    }

    private static void fromIntegers(
            ColumnVector[] arguments,
            Selection selection,
            ColumnVector out,
            EvalContext context,
            int shift) {
        long[] values = Flat.longs(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        long[] results = ((LongVector) out).values();
        int[] p = selection.positions();
        int n = selection.count();
        long changed = 0;
        if (p == null && mask == -1) {
            for (int i = 0; i < n; i++) {
                long value = values[i];
                long wrapped = (value << shift) >> shift;
                changed |= wrapped ^ value;
                results[i] = wrapped;
            }
        } else {
            for (int k = 0; k < n; k++) {
                int i = p == null ? k : p[k];
                long value = values[i & mask];
                long wrapped = (value << shift) >> shift;
                changed |= wrapped ^ value;
                results[i] = wrapped;
            }
        }
        if (changed != 0) {
            int count = 0;
            for (int k = 0; k < n; k++) {
                int i = p == null ? k : p[k];
                count += values[i & mask] == results[i] ? 0 : 1;
            }
            context.damage(Damage.WRAPPED, count);
        }
    }

    private static void fromDoubles(
            ColumnVector[] arguments,
            Selection selection,
            ColumnVector out,
            EvalContext context,
            TypeKind to,
            int shift) {
        double[] values = Flat.doubles(arguments[0]).values();
        int mask = Flat.mask(arguments[0]);
        long[] results = ((LongVector) out).values();
        int wrapped = 0;
        for (int k = 0; k < selection.count(); k++) {
            int i = selection.position(k);
            double value = values[i & mask];
            long whole = to == TypeKind.BIGINT ? (long) value : (int) value;
            long result = (whole << shift) >> shift;
            // The difference is below 1 unless the value was out of range or no number.
            wrapped += Math.abs(value - result) < 1 || (value == result) ? 0 : 1;
            results[i] = result;
        }
        if (wrapped > 0) {
            context.damage(Damage.WRAPPED, wrapped);
        }
    }

    private static ScalarKernel fromDecimals(int scale, long greatest) {
        WideInteger wide = new WideInteger();
        long divisor =
                scale <= 18 ? org.skep.functions.decimal.PowersOfTen.ofLong(scale) : Long.MAX_VALUE;
        return NumberCasts.byRow(
                (vector, i, out, row) -> {
                    DecimalVector decimals = (DecimalVector) vector;
                    long whole;
                    if (decimals.high() == null && scale <= 18) {
                        whole = decimals.low()[i] / divisor;
                    } else {
                        wide.set(decimals.highAt(i), decimals.low()[i]);
                        wide.truncateDigits(scale);
                        whole = wide.low();
                        if (wide.high() != whole >> 63) {
                            return false;
                        }
                    }
                    ((LongVector) out).values()[row] = whole;
                    return whole <= greatest && whole >= -greatest - 1;
                });
    }
}
