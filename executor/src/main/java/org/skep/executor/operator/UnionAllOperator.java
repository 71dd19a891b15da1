package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.task.OperatorStatistics;
import org.skep.types.vector.ColumnBatch;

/** Passes on the rows of one input after the other. Confined to one thread. */
public final class UnionAllOperator extends Operator {
    private final List<Operator> inputs;
    private int current;

    /** The rows of all inputs. */
    public UnionAllOperator(OperatorStatistics statistics, List<Operator> inputs) {
        super(statistics);
        this.inputs = List.copyOf(inputs);
    }

    @Override
    protected ColumnBatch pull() {
        while (current < inputs.size()) {
            ColumnBatch batch = inputs.get(current).next();
            if (batch != null) {
                return batch;
            }
            inputs.get(current++).close();
        }
        return null;
    }

    @Override
    public void close() {
        current = inputs.size();
        inputs.forEach(Operator::close);
    }
}
