package org.skep.functions.arithmetic;

import org.skep.functions.decimal.PowersOfTen;
import org.skep.types.DecimalType;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.Selection;

/** Multiplies decimals. Confined to one thread. */
final class DecimalProduct extends DecimalArithmetic {
    private final int drop;

    DecimalProduct(DecimalType left, DecimalType right, DecimalType result) {
        super(left, right, result);
        drop = left.scale() + right.scale() - result.scale();
    }

    @Override
    boolean fits(long boundA, long boundB) {
        return drop <= 18 && product(boundA, boundB) < Long.MAX_VALUE;
    }

    @Override
    long bound(long boundA, long boundB) {
        long exact = product(boundA, boundB);
        return drop == 0 ? exact : exact / PowersOfTen.ofLong(drop) + 1;
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
        long[] o = out.low();
        if (constantA && constantB) {
            LongLoops.fill(a.low()[0] * b.low()[0], o, p, n);
        } else if (constantA) {
            LongLoops.multiply(b.low(), a.low()[0], o, p, n);
        } else if (constantB) {
            LongLoops.multiply(a.low(), b.low()[0], o, p, n);
        } else {
            LongLoops.multiply(a.low(), b.low(), o, p, n);
        }
        if (drop > 0) {
            long divisor = PowersOfTen.ofLong(drop);
            for (int k = 0; k < n; k++) {
                int i = p == null ? k : p[k];
                o[i] = rounded(o[i], divisor);
            }
        }
    }

    @Override
    int wide(
            DecimalVector a,
            int maskA,
            DecimalVector b,
            int maskB,
            Selection selection,
            DecimalVector out) {
        boolean cannotOverflow =
                drop == 0 && left.precision() + right.precision() <= result.precision();
        if (!cannotOverflow || a.high() != null || b.high() != null) {
            return super.wide(a, maskA, b, maskB, selection, out);
        }
        int[] p = selection.positions();
        int n = selection.count();
        long[] u = a.low();
        long[] v = b.low();
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            long f = u[i & maskA];
            long g = v[i & maskB];
            out.set(i, Math.multiplyHigh(f, g), f * g);
        }
        return 0;
    }

    @Override
    boolean row() {
        x.multiply(y);
        x.scaleDown(drop);
        return true;
    }
}
