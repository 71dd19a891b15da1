package org.skep.functions.cast;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.decimal.PowersOfTen;
import org.skep.functions.decimal.WideInteger;
import org.skep.functions.row.Flat;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;
import org.skep.types.text.ByteSink;
import org.skep.types.text.DecimalText;
import org.skep.types.text.DoubleText;
import org.skep.types.text.Parsed;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/** Casts to DECIMAL: fractions round half away from zero, what is too large becomes NULL. */
final class DecimalCasts {
    private DecimalCasts() {}

    static ScalarKernel kernel(DataType from, DataType target) {
        DecimalType to = (DecimalType) target;
        return switch (from.kind()) {
            case BOOLEAN ->
                    NumberCasts.byRow(
                            (vector, i, out, row) -> {
                                boolean value = ((BooleanVector) vector).values()[i];
                                WideInteger wide = new WideInteger();
                                wide.set(value ? 1L : 0L);
                                wide.scaleUp(to.scale());
                                return set(wide, to, out, row);
                            });
            case FLOAT, DOUBLE -> fromDoubles(from.kind() == TypeKind.FLOAT, to);
            case DECIMAL -> new Rescale(((DecimalType) from).scale(), to);
            case STRING, VARCHAR, CHAR -> {
                Parsed parsed = new Parsed();
                yield NumberCasts.byRow(
                        (vector, i, out, row) -> {
                            BytesVector bytes = (BytesVector) vector;
                            return parse(
                                    bytes.data(),
                                    bytes.starts()[i],
                                    bytes.lengths()[i],
                                    to,
                                    parsed,
                                    out,
                                    row);
                        });
            }
            case TIMESTAMP -> fromTimestamps(to);
            default -> new Rescale(0, to);
        };
    }

    private static boolean parse(
            byte[] data,
            int start,
            int length,
            DecimalType to,
            Parsed parsed,
            ColumnVector out,
            int row) {
        if (!DecimalText.parse(data, start, length, to.precision(), to.scale(), parsed)) {
            return false;
        }
        if (to.fitsLong()) {
            ((DecimalVector) out).set(row, parsed.value());
        } else {
            ((DecimalVector) out).set(row, parsed.high(), parsed.value());
        }
        return true;
    }

    // Hive converts the shortest text of the number, not its exact binary value.
    private static ScalarKernel fromDoubles(boolean single, DecimalType to) {
        ByteSink sink = new ByteSink();
        Parsed parsed = new Parsed();
        return NumberCasts.byRow(
                (vector, i, out, row) ->
                        fromDouble(
                                ((DoubleVector) vector).values()[i],
                                single,
                                to,
                                sink,
                                parsed,
                                out,
                                row));
    }

    private static boolean fromDouble(
            double value,
            boolean single,
            DecimalType to,
            ByteSink sink,
            Parsed parsed,
            ColumnVector out,
            int row) {
        double magnitude = Math.abs(value);
        if (!(magnitude < 1e39)) {
            return false;
        }
        if (magnitude < 1e-40) {
            ((DecimalVector) out).set(row, 0L);
            return true;
        }
        sink.reset();
        if (single) {
            DoubleText.append((float) value, sink);
        } else {
            DoubleText.append(value, sink);
        }
        return parse(sink.data(), 0, sink.length(), to, parsed, out, row);
    }

    private static ScalarKernel fromTimestamps(DecimalType to) {
        WideInteger wide = new WideInteger();
        return (arguments, selection, out, context) ->
                NumberCasts.convert(
                        (vector, i, target, row) -> {
                            LongVector times = (LongVector) vector;
                            wide.set(times.values()[i]);
                            wide.scaleUp(3);
                            WideInteger below = new WideInteger();
                            below.set((long) times.nanosAt(i));
                            wide.add(below);
                            if (to.scale() >= 9) {
                                wide.scaleUp(to.scale() - 9);
                            } else {
                                wide.scaleDown(9 - to.scale());
                            }
                            return set(wide, to, target, row);
                        },
                        arguments,
                        selection,
                        out,
                        context);
    }

    private static boolean set(WideInteger wide, DecimalType to, ColumnVector out, int row) {
        if (!wide.fitsDigits(to.precision())) {
            return false;
        }
        ((DecimalVector) out).set(row, wide.high(), wide.low());
        return true;
    }

    /** From integers, whose scale is 0, and decimals. Confined to one thread. */
    private static final class Rescale implements ScalarKernel {
        private final DecimalType to;
        private final int raise;
        private final int drop;
        private final long largest;
        private final WideInteger wide = new WideInteger();

        Rescale(int scale, DecimalType to) {
            this.to = to;
            raise = Math.max(0, to.scale() - scale);
            drop = Math.max(0, scale - to.scale());
            largest = PowersOfTen.largest(to.precision());
        }

        @Override
        public void evaluate(
                ColumnVector[] arguments,
                Selection selection,
                ColumnVector out,
                EvalContext context) {
            ColumnVector vector = Flat.of(arguments[0]);
            int mask = Flat.mask(arguments[0]);
            DecimalVector results = (DecimalVector) out;
            DecimalVector decimals = vector instanceof DecimalVector d ? d : null;
            long[] values = decimals == null ? ((LongVector) vector).values() : decimals.low();
            int lost;
            if ((decimals == null || decimals.high() == null) && raise <= 18 && drop <= 18) {
                lost = narrow(values, mask, selection, results);
                if (decimals != null && drop == 0 && lost == 0) {
                    long bound = decimals.bound();
                    long scaled = bound * PowersOfTen.ofLong(raise);
                    boolean exact =
                            Math.multiplyHigh(bound, PowersOfTen.ofLong(raise)) == 0 && scaled >= 0;
                    if (exact && results.high() == null) {
                        results.setBound(scaled);
                    }
                }
            } else {
                lost = wide(decimals, values, mask, selection, results);
            }
            if (lost > 0) {
                context.damage(Damage.TURNED_NULL, lost);
            }
        }

        private int narrow(long[] values, int mask, Selection selection, DecimalVector out) {
            int[] p = selection.positions();
            int n = selection.count();
            long factor = PowersOfTen.ofLong(raise);
            long divisor = PowersOfTen.ofLong(drop);
            long most = drop == 0 ? largest / factor : Long.MAX_VALUE;
            int lost = 0;
            for (int k = 0; k < n; k++) {
                int i = p == null ? k : p[k];
                long value = values[i & mask];
                if (value > most || value < -most) {
                    wide.set(value);
                    wide.scaleUp(raise);
                    wide.scaleDown(drop);
                    if (!set(wide, to, out, i)) {
                        out.setNull(i);
                        lost++;
                    }
                } else if (drop == 0) {
                    out.set(i, value * factor);
                } else {
                    long rounded = rounded(value, divisor);
                    if (rounded > largest || rounded < -largest) {
                        out.setNull(i);
                        lost++;
                    } else {
                        out.set(i, rounded);
                    }
                }
            }
            return lost;
        }

        private static long rounded(long value, long divisor) {
            long quotient = value / divisor;
            long remainder = Math.abs(value % divisor);
            return remainder >= divisor - remainder ? quotient + (value < 0 ? -1 : 1) : quotient;
        }

        private int wide(
                DecimalVector decimals,
                long[] values,
                int mask,
                Selection selection,
                DecimalVector out) {
            int lost = 0;
            for (int k = 0; k < selection.count(); k++) {
                int i = selection.position(k);
                if (decimals == null) {
                    wide.set(values[i & mask]);
                } else {
                    wide.set(decimals.highAt(i & mask), values[i & mask]);
                }
                wide.scaleUp(raise);
                wide.scaleDown(drop);
                if (!set(wide, to, out, i)) {
                    out.setNull(i);
                    lost++;
                }
            }
            return lost;
        }
    }
}
