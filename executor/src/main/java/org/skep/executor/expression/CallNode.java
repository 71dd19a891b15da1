package org.skep.executor.expression;

import org.skep.functions.api.EvalContext;
import org.skep.functions.api.ScalarKernel;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.Selection;

/** A call of a kernel: keeps rows with NULL arguments from it if NULL in gives NULL out. */
final class CallNode extends ExpressionNode {
    private static final Selection ONE = Selection.all(1);

    private final ScalarKernel kernel;
    private final ExpressionNode[] operands;
    private final DataType type;
    private final boolean nullInNullOut;
    private final boolean varies;
    private final EvalContext context;
    private final ColumnVector[] arguments;
    private final ConstantVector nullResult;
    private ColumnVector out;

    /**
     * A call.
     *
     * @param varies whether equal arguments may give different results
     */
    CallNode(
            ScalarKernel kernel,
            ExpressionNode[] operands,
            DataType type,
            boolean nullInNullOut,
            boolean varies,
            EvalContext context) {
        this.kernel = kernel;
        this.operands = operands;
        this.type = type;
        this.nullInNullOut = nullInNullOut;
        this.varies = varies;
        this.context = context;
        arguments = new ColumnVector[operands.length];
        nullResult = DatumVector.constant(org.skep.types.Datum.nullOf(type));
    }

    @Override
    ColumnVector evaluate(BatchInput input, Selection selection) {
        boolean constant = !varies;
        boolean nulls = false;
        for (int i = 0; i < operands.length; i++) {
            ColumnVector argument = operands[i].evaluateDecoded(input, selection);
            arguments[i] = argument;
            if (argument instanceof ConstantVector value) {
                if (nullInNullOut && value.isNull()) {
                    return nullResult;
                }
            } else {
                constant = false;
                nulls |= argument.mayHaveNulls();
            }
        }
        if (selection.count() == 0) {
            return nullResult;
        }
        if (constant) {
            prepare(1);
            kernel.evaluate(arguments, ONE, out, context);
            return new ConstantVector(out);
        }
        prepare(selection.bound());
        if (nulls && nullInNullOut) {
            evaluateWithNulls(selection);
        } else {
            kernel.evaluate(arguments, selection, out, context);
        }
        return out;
    }

    private void prepare(int capacity) {
        if (out == null) {
            out = ColumnVector.create(type, Math.max(capacity, 16));
        } else {
            out.reset();
        }
        out.ensureCapacity(capacity);
    }

    private void evaluateWithNulls(Selection selection) {
        int bound = selection.bound();
        boolean[] isNull = new boolean[Math.max(bound, out.capacity())];
        for (ColumnVector argument : arguments) {
            if (!(argument instanceof ConstantVector) && argument.mayHaveNulls()) {
                Nulls.add(argument, selection, isNull);
            }
        }
        Selection valued = selection.where(isNull, false);
        if (valued.count() > 0) {
            kernel.evaluate(arguments, valued, out, context);
        }
        if (valued.count() < selection.count()) {
            if (out.nulls() == null && out.capacity() <= isNull.length) {
                out.setNulls(isNull);
            } else {
                Nulls.set(out, selection, isNull);
            }
        }
    }
}
