package org.skep.functions.arithmetic;

import org.skep.functions.decimal.PowersOfTen;
import org.skep.types.DecimalType;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.Selection;

/** Adds or subtracts decimals. Confined to one thread. */
final class DecimalSum extends DecimalArithmetic {
    private final boolean subtract;
    private final int raiseA;
    private final int raiseB;
    private final int drop;

    DecimalSum(DecimalType left, DecimalType right, DecimalType result, boolean subtract) {
        super(left, right, result);
        this.subtract = subtract;
        int scale = Math.max(left.scale(), right.scale());
        raiseA = scale - left.scale();
        raiseB = scale - right.scale();
        drop = scale - result.scale();
    }

    @Override
    boolean fits(long boundA, long boundB) {
        return drop == 0 && bound(boundA, boundB) < Long.MAX_VALUE;
    }

    @Override
    long bound(long boundA, long boundB) {
        return sum(scaled(boundA, raiseA), scaled(boundB, raiseB));
    }

    @Override
    void narrow(
            DecimalVector a,
            boolean constantA,
            DecimalVector b,
            boolean constantB,
            Selection selection,
            DecimalVector out) {
        int[] p = selection.positions();
        int n = selection.count();
        // A raise beyond 18 digits passes the test of bounds only for zeros.
        long x = PowersOfTen.ofLong(Math.min(raiseA, 18));
        long y = PowersOfTen.ofLong(Math.min(raiseB, 18)) * (subtract ? -1 : 1);
        long[] u = a.low();
        long[] v = b.low();
        long[] o = out.low();
        if (constantA && constantB) {
            LongLoops.fill(u[0] * x + v[0] * y, o, p, n);
        } else if (constantA) {
            if (y == 1) {
                LongLoops.add(v, u[0] * x, o, p, n);
            } else if (y == -1) {
                LongLoops.subtract(u[0] * x, v, o, p, n);
            } else {
                LongLoops.combine(v, y, u[0] * x, o, p, n);
            }
        } else if (constantB) {
            if (x == 1) {
                LongLoops.add(u, v[0] * y, o, p, n);
            } else {
                LongLoops.combine(u, x, v[0] * y, o, p, n);
            }
        } else if (x == 1 && y == 1) {
            LongLoops.add(u, v, o, p, n);
        } else if (x == 1 && y == -1) {
            LongLoops.subtract(u, v, o, p, n);
        } else {
            LongLoops.combine(u, x, v, y, o, p, n);
        }
    }

    @Override
    boolean row() {
        x.scaleUp(raiseA);
        y.scaleUp(raiseB);
        if (subtract) {
            x.subtract(y);
        } else {
            x.add(y);
        }
        x.scaleDown(drop);
        return true;
    }
}
