package org.skep.functions.arithmetic;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.EvalContext.Damage;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * Adds, subtracts or multiplies integers of one type; results wrap around at its width, and those
 * that do are counted. Confined to one thread.
 */
final class IntegerArithmetic implements ScalarKernel {
    enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY
    }

    private final Operation operation;
    private final int shift;

    IntegerArithmetic(Operation operation, TypeKind kind) {
        this.operation = operation;
        this.shift = shift(kind);
    }

    /** How far to shift left and back to wrap to the width of the type. */
    static int shift(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 56;
            case SMALLINT -> 48;
            case INT -> 32;
            default -> 0;
        };
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        int[] p = selection.positions();
        int n = selection.count();
        if (n == 0) {
            return;
        }
        long[] a = Flat.longs(arguments[0]).values();
        long[] b = Flat.longs(arguments[1]).values();
        long[] results = ((LongVector) out).values();
        boolean constantA = arguments[0] instanceof ConstantVector;
        boolean constantB = arguments[1] instanceof ConstantVector;
        compute(a, constantA, b, constantB, results, p, n);
        int wrapped;
        if (shift != 0) {
            wrapped =
                    LongLoops.exceeds(results, shift, p, n)
                            ? LongLoops.wrap(results, shift, p, n)
                            : 0;
        } else {
            wrapped = overflows(a, constantA ? 0 : -1, b, constantB ? 0 : -1, results, p, n);
        }
        if (wrapped > 0) {
            context.damage(Damage.WRAPPED, wrapped);
        }
    }

    private void compute(
            long[] a, boolean constantA, long[] b, boolean constantB, long[] out, int[] p, int n) {
        if (constantA && constantB) {
            LongLoops.fill(single(a[0], b[0]), out, p, n);
            return;
        }
        switch (operation) {
            case ADD -> {
                if (constantA) {
                    LongLoops.add(b, a[0], out, p, n);
                } else if (constantB) {
                    LongLoops.add(a, b[0], out, p, n);
                } else {
                    LongLoops.add(a, b, out, p, n);
                }
            }
            case SUBTRACT -> {
                if (constantA) {
                    LongLoops.subtract(a[0], b, out, p, n);
                } else if (constantB) {
                    LongLoops.add(a, -b[0], out, p, n);
                } else {
                    LongLoops.subtract(a, b, out, p, n);
                }
            }
            case MULTIPLY -> {
                if (constantA) {
                    LongLoops.multiply(b, a[0], out, p, n);
                } else if (constantB) {
                    LongLoops.multiply(a, b[0], out, p, n);
                } else {
                    LongLoops.multiply(a, b, out, p, n);
                }
            }
        }
    }

    private long single(long a, long b) {
        return switch (operation) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
        };
    }

    private int overflows(long[] a, int maskA, long[] b, int maskB, long[] out, int[] p, int n) {
        int count = 0;
        switch (operation) {
            case ADD -> {
                for (int k = 0; k < n; k++) {
                    int i = p == null ? k : p[k];
                    count += (int) (((a[i & maskA] ^ out[i]) & (b[i & maskB] ^ out[i])) >>> 63);
                }
            }
            case SUBTRACT -> {
                for (int k = 0; k < n; k++) {
                    int i = p == null ? k : p[k];
                    long x = a[i & maskA];
                    count += (int) (((x ^ b[i & maskB]) & (x ^ out[i])) >>> 63);
                }
            }
            case MULTIPLY -> {
                for (int k = 0; k < n; k++) {
                    int i = p == null ? k : p[k];
                    long high = Math.multiplyHigh(a[i & maskA], b[i & maskB]);
                    count += high == out[i] >> 63 ? 0 : 1;
                }
            }
        }
        return count;
    }
}
