package org.skep.functions.arithmetic;

import org.skep.functions.decimal.PowersOfTen;
import org.skep.types.DecimalType;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.Selection;

/**
 * The remainder of decimals, with the sign of the dividend, or made positive for {@code pmod};
 * division by zero is NULL. Confined to one thread.
 */
final class DecimalRemainder extends DecimalArithmetic {
    private final boolean positive;
    private final int raiseA;
    private final int raiseB;
    private final int drop;

    DecimalRemainder(DecimalType left, DecimalType right, DecimalType result, boolean positive) {
        super(left, right, result);
        this.positive = positive;
        int scale = Math.max(left.scale(), right.scale());
        raiseA = scale - left.scale();
        raiseB = scale - right.scale();
        drop = scale - result.scale();
    }

    @Override
    boolean fits(long boundA, long boundB) {
        // With a negative divisor, pmod can have more digits than its type.
        long most = positive ? PowersOfTen.largest(result.precision()) : Long.MAX_VALUE;
        return drop == 0
                && scaled(boundA, raiseA) < Long.MAX_VALUE
                && scaled(boundB, raiseB) < Math.min(most, Long.MAX_VALUE / 2);
    }

    @Override
    long bound(long boundA, long boundB) {
        return scaled(boundB, raiseB);
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
        long other = PowersOfTen.ofLong(Math.min(raiseB, 18));
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            long divisor = b.low()[i & maskB] * other;
            if (divisor == 0) {
                out.setNull(i);
            } else {
                long remainder = (a.low()[i & maskA] * up) % divisor;
                out.low()[i] = positive ? (remainder + divisor) % divisor : remainder;
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
        x.divide(y, rest);
        if (positive) {
            x.set(rest);
            x.add(y);
            x.divide(y, rest);
        }
        x.set(rest);
        x.scaleDown(drop);
        return true;
    }
}
