package org.skep.executor.fragment;

import java.util.function.Consumer;
import org.skep.executor.exchange.ExchangeSource;
import org.skep.executor.exchange.ExchangeTarget;
import org.skep.plan.node.PhysicalNode;
import org.skep.types.vector.ColumnBatch;

/** What joins a task to others; a runner supplies it. Confined to the task's thread. */
public interface TaskEdges {
    /** All that another stage sent to this task. */
    ExchangeSource source(PhysicalNode.ExchangeRead read);

    /** Where the rows for the stage of that name go. */
    ExchangeTarget target(String reader);

    /** Takes the rows of the query's result; a batch is valid until the next one. */
    Consumer<ColumnBatch> result();
}
