package org.skep.functions.arithmetic;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.decimal.PowersOfTen;
import org.skep.functions.decimal.WideInteger;
import org.skep.functions.row.Flat;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.Selection;

/**
 * What the kernels of decimal arithmetic share: they look at how large the operands are, which is
 * known, follows from the type, or is measured once a batch; run a plain loop on longs if no result
 * can overflow; and fall back on {@link WideInteger} otherwise. The result's bound is stated, so
 * that the next operation need not measure. Confined to one thread.
 */
abstract class DecimalArithmetic implements ScalarKernel {
    final DecimalType left;
    final DecimalType right;
    final DecimalType result;
    final WideInteger x = new WideInteger();
    final WideInteger y = new WideInteger();
    final WideInteger rest = new WideInteger();

    DecimalArithmetic(DecimalType left, DecimalType right, DecimalType result) {
        this.left = left;
        this.right = right;
        this.result = result;
    }

    @Override
    public final void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        if (selection.count() == 0) {
            return;
        }
        DecimalVector a = Flat.decimals(arguments[0]);
        DecimalVector b = Flat.decimals(arguments[1]);
        boolean constantA = arguments[0] instanceof ConstantVector;
        boolean constantB = arguments[1] instanceof ConstantVector;
        DecimalVector target = (DecimalVector) out;
        if (a.high() == null && b.high() == null) {
            long boundA = stated(a, constantA);
            long boundB = stated(b, constantB);
            if (!fits(boundA, boundB)) {
                boundA = Math.min(boundA, measured(a, constantA, selection));
                boundB = Math.min(boundB, measured(b, constantB, selection));
            }
            if (fits(boundA, boundB)) {
                narrow(a, constantA, b, constantB, selection, target);
                target.setBound(bound(boundA, boundB));
                return;
            }
        }
        int lost = wide(a, constantA ? 0 : -1, b, constantB ? 0 : -1, selection, target);
        if (lost > 0) {
            context.damage(Damage.TURNED_NULL, lost);
        }
    }

    /** Whether no result of operands within the bounds leaves a long. */
    abstract boolean fits(long boundA, long boundB);

    /** A bound for results of operands within the bounds, for which {@link #fits} holds. */
    abstract long bound(long boundA, long boundB);

    /** Computes on longs alone. */
    abstract void narrow(
            DecimalVector a,
            boolean constantA,
            DecimalVector b,
            boolean constantB,
            Selection selection,
            DecimalVector out);

    /**
     * Computes one row from {@link #x} and {@link #y} into x, which then has {@link #result}'s
     * scale.
     *
     * @return whether there is a result
     */
    abstract boolean row();

    /** Computes rows of any size; answers how many results did not fit. */
    int wide(
            DecimalVector a,
            int maskA,
            DecimalVector b,
            int maskB,
            Selection selection,
            DecimalVector out) {
        int[] p = selection.positions();
        int n = selection.count();
        int lost = 0;
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            x.set(a.highAt(i & maskA), a.low()[i & maskA]);
            y.set(b.highAt(i & maskB), b.low()[i & maskB]);
            if (!row()) {
                out.setNull(i);
            } else if (x.fitsDigits(result.precision())) {
                out.set(i, x.high(), x.low());
            } else {
                out.setNull(i);
                lost++;
            }
        }
        return lost;
    }

    private static long stated(DecimalVector vector, boolean constant) {
        if (constant) {
            long value = vector.low()[0];
            return value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value);
        }
        int precision = ((DecimalType) vector.type()).precision();
        return Math.min(vector.bound(), PowersOfTen.largest(precision));
    }

    private static long measured(DecimalVector vector, boolean constant, Selection selection) {
        if (constant) {
            return Long.MAX_VALUE;
        }
        long bound = LongLoops.magnitude(vector.low(), selection.positions(), selection.count());
        if (selection.positions() == null && bound < vector.bound()) {
            // Later expressions over the same batch need not measure again.
            vector.setBound(bound);
        }
        return bound;
    }

    /** The product if it is exact, else Long.MAX_VALUE; neither is negative. */
    static long product(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }

    /** The sum if it is exact, else Long.MAX_VALUE; neither is negative. */
    static long sum(long a, long b) {
        return a + b >= 0 ? a + b : Long.MAX_VALUE;
    }

    /** {@code bound * 10^digits} if that fits, else Long.MAX_VALUE. */
    static long scaled(long bound, int digits) {
        return digits > 18
                ? (bound == 0 ? 0 : Long.MAX_VALUE)
                : product(bound, PowersOfTen.ofLong(digits));
    }

    /** Quotient rounded half away from zero; {@code divisor} is positive. */
    static long rounded(long value, long divisor) {
        long quotient = value / divisor;
        long remainder = Math.abs(value % divisor);
        return remainder >= divisor - remainder ? quotient + (value < 0 ? -1 : 1) : quotient;
    }
}
