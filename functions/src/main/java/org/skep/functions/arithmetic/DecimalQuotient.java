package org.skep.functions.arithmetic;

import org.skep.functions.decimal.PowersOfTen;
import org.skep.types.DecimalType;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.Selection;

/**
 * Divides decimals, rounding halves away from zero; division by zero is NULL. Confined to one
 * thread.
 */
final class DecimalQuotient extends DecimalArithmetic {
    private final int raiseA;
    private final int raiseB;

    DecimalQuotient(DecimalType left, DecimalType right, DecimalType result) {
        super(left, right, result);
        int raise = result.scale() + right.scale() - left.scale();
        raiseA = Math.max(raise, 0);
        raiseB = Math.max(-raise, 0);
    }

    @Override
    boolean fits(long boundA, long boundB) {
        long dividend = scaled(boundA, raiseA);
        return dividend < Long.MAX_VALUE
                && dividend <= PowersOfTen.largest(result.precision())
                && scaled(boundB, raiseB) < Long.MAX_VALUE;
    }

    @Override
    long bound(long boundA, long boundB) {
        return scaled(boundA, raiseA);
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
        int maskA = constantA ? 0 : -1;
        int maskB = constantB ? 0 : -1;
        long up = PowersOfTen.ofLong(Math.min(raiseA, 18));
        long down = PowersOfTen.ofLong(Math.min(raiseB, 18));
        long[] u = a.low();
        long[] v = b.low();
        long[] o = out.low();
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            long divisor = v[i & maskB] * down;
            if (divisor == 0) {
                out.setNull(i);
            } else {
                long dividend = u[i & maskA] * up;
                o[i] = divisor > 0 ? rounded(dividend, divisor) : -rounded(dividend, -divisor);
            }
        }
    }

    @Override
    boolean row() {
        if (y.signum() == 0) {
            return false;
        }
        x.scaleUp(raiseA);
        y.scaleUp(raiseB);
        x.divideRounded(y, rest);
        return true;
    }
}
