package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.vector.SamePositions;
import org.skep.functions.api.EvalContext;
import org.skep.functions.api.TableFunction;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * Calls a table function for each row and puts what it makes beside the row's retained columns.
 * Confined to one thread. A batch comes out for each batch that goes in, whatever its size.
 */
public final class GenerateOperator extends Operator {
    private final Operator input;
    private final TableFunction.Kernel kernel;
    private final int[] arguments;
    private final int[] retained;
    private final boolean outer;
    private final List<DataType> functionTypes;
    private final List<DataType> outputTypes;
    private final int batchRows;
    private final EvalContext context;
    private ColumnVector[] all;
    private int allRows;
    private int at;

    /** Calls {@code kernel} for the rows of {@code input}. */
    public GenerateOperator(
            OperatorStatistics statistics,
            Operator input,
            TableFunction.Kernel kernel,
            org.skep.plan.node.PhysicalNode.Generate node,
            int batchRows,
            EvalContext context) {
        super(statistics);
        this.input = input;
        this.kernel = kernel;
        arguments = node.arguments().stream().mapToInt(Integer::intValue).toArray();
        retained = node.retained().stream().mapToInt(Integer::intValue).toArray();
        outer = node.outer();
        functionTypes = node.functionTypes();
        outputTypes = node.outputTypes();
        this.batchRows = batchRows;
        this.context = context;
    }

    @Override
    protected ColumnBatch pull() {
        while (at >= allRows) {
            ColumnBatch batch = input.next();
            if (batch == null) {
                return null;
            }
            generate(batch);
        }
        int count = Math.min(batchRows, allRows - at);
        ColumnBatch out;
        if (count == allRows) {
            out = ColumnBatch.dense(all, count);
        } else {
            ColumnVector[] part = ColumnBatch.vectors(outputTypes, count);
            for (int i = 0; i < part.length; i++) {
                part[i].copyFrom(all[i], null, at, count, 0);
            }
            out = ColumnBatch.dense(part, count);
        }
        at += count;
        return out;
    }

    private void generate(ColumnBatch batch) {
        Selection selection = batch.selection();
        ColumnVector[] inputs = new ColumnVector[arguments.length];
        for (int i = 0; i < inputs.length; i++) {
            ColumnVector column = batch.column(arguments[i]);
            inputs[i] =
                    column instanceof DictionaryVector || column instanceof ConstantVector
                            ? SamePositions.flatten(
                                    column,
                                    selection,
                                    ColumnVector.create(column.type(), selection.bound()))
                            : column;
        }
        int[] counts = new int[selection.count()];
        ColumnVector[] made = ColumnBatch.vectors(functionTypes, selection.count());
        kernel.evaluate(inputs, selection, counts, made, context);
        int total = 0;
        int kept = 0;
        for (int count : counts) {
            total += count;
            kept += outer && count == 0 ? 1 : count;
        }
        int[] sources = new int[kept];
        int[] madeRows = kept == total ? null : new int[kept];
        int row = 0;
        int from = 0;
        for (int k = 0; k < counts.length; k++) {
            int position = selection.position(k);
            if (counts[k] == 0 && outer) {
                madeRows[row] = -1;
                sources[row++] = position;
            }
            for (int i = 0; i < counts[k]; i++) {
                if (madeRows != null) {
                    madeRows[row] = from;
                }
                from++;
                sources[row++] = position;
            }
        }
        all = new ColumnVector[outputTypes.size()];
        for (int i = 0; i < retained.length; i++) {
            all[i] = ColumnVector.create(outputTypes.get(i), kept);
            all[i].copyFrom(batch.column(retained[i]), sources, 0, kept, 0);
        }
        for (int i = 0; i < made.length; i++) {
            int column = retained.length + i;
            all[column] = made[i];
            if (madeRows != null) {
                all[column] = ColumnVector.create(outputTypes.get(column), kept);
                all[column].copyFrom(made[i], madeRows, 0, kept, 0);
            }
        }
        allRows = kept;
        at = 0;
    }

    @Override
    public void close() {
        all = null;
        allRows = 0;
        at = 0;
        input.close();
    }
}
