package org.skep.functions.arithmetic;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.Flat;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.Selection;

/** Arithmetic on DOUBLE and FLOAT; division by zero is NULL. Stateless. */
final class DoubleArithmetic implements ScalarKernel {
    enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER,
        POSITIVE_REMAINDER
    }

    private final Operation operation;
    private final boolean single;

    DoubleArithmetic(Operation operation, TypeKind kind) {
        this.operation = operation;
        single = kind == TypeKind.FLOAT;
    }

    @Override
    public void evaluate(
            ColumnVector[] arguments, Selection selection, ColumnVector out, EvalContext context) {
        double[] a = Flat.doubles(arguments[0]).values();
        double[] b = Flat.doubles(arguments[1]).values();
        int maskA = Flat.mask(arguments[0]);
        int maskB = Flat.mask(arguments[1]);
        double[] results = ((DoubleVector) out).values();
        int[] p = selection.positions();
        int n = selection.count();
        switch (operation) {
            case ADD -> add(a, maskA, b, maskB, results, p, n);
            case SUBTRACT -> subtract(a, maskA, b, maskB, results, p, n);
            case MULTIPLY -> multiply(a, maskA, b, maskB, results, p, n);
            case DIVIDE -> {
                nullZeros(b, maskB, out, p, n);
                divide(a, maskA, b, maskB, results, p, n);
            }
            case REMAINDER, POSITIVE_REMAINDER -> {
                nullZeros(b, maskB, out, p, n);
                remainder(a, maskA, b, maskB, results, p, n);
            }
        }
        if (single) {
            for (int k = 0; k < n; k++) {
                int i = p == null ? k : p[k];
                results[i] = (float) results[i];
            }
        }
    }

    private static void nullZeros(double[] b, int mask, ColumnVector out, int[] p, int n) {
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            if (b[i & mask] == 0) {
                out.setNull(i);
            }
        }
    }

    private static void add(
            double[] a, int maskA, double[] b, int maskB, double[] out, int[] p, int n) {
        if (p == null && (maskA & maskB) == -1) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] + b[i];
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            out[i] = a[i & maskA] + b[i & maskB];
        }
    }

    private static void subtract(
            double[] a, int maskA, double[] b, int maskB, double[] out, int[] p, int n) {
        if (p == null && (maskA & maskB) == -1) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] - b[i];
            }
            return;
        }
        if (p == null && maskA == 0 && maskB == -1) {
            double constant = a[0];
            for (int i = 0; i < n; i++) {
                out[i] = constant - b[i];
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            out[i] = a[i & maskA] - b[i & maskB];
        }
    }

    private static void multiply(
            double[] a, int maskA, double[] b, int maskB, double[] out, int[] p, int n) {
        if (p == null && (maskA & maskB) == -1) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] * b[i];
            }
            return;
        }
        if (p == null && maskB == 0 && maskA == -1) {
            double constant = b[0];
            for (int i = 0; i < n; i++) {
                out[i] = a[i] * constant;
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            out[i] = a[i & maskA] * b[i & maskB];
        }
    }

    private static void divide(
            double[] a, int maskA, double[] b, int maskB, double[] out, int[] p, int n) {
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            out[i] = a[i & maskA] / b[i & maskB];
        }
    }

    private void remainder(
            double[] a, int maskA, double[] b, int maskB, double[] out, int[] p, int n) {
        boolean positive = operation == Operation.POSITIVE_REMAINDER;
        for (int k = 0; k < n; k++) {
            int i = p == null ? k : p[k];
            double divisor = b[i & maskB];
            double remainder = a[i & maskA] % divisor;
            out[i] = positive ? (remainder + divisor) % divisor : remainder;
        }
    }
}
