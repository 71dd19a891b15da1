package org.skep.executor.join;

import java.util.concurrent.atomic.AtomicInteger;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.vector.RowBuffer;
import org.skep.plan.node.PhysicalNode;
import org.skep.types.vector.ColumnBatch;

/**
 * The right side of a join without keys. Once collected it may be used by many threads; {@link
 * #close} gives the memory back.
 */
public final class RightRows implements AutoCloseable {
    private final OperatorMemory memory;
    private final RowBuffer rows;
    private final AtomicInteger probes;
    // Raised by many threads without order, but only ever to 1, and read after all are done.
    private byte[] matched;

    private RightRows(PhysicalNode.NestedLoopJoin node, OperatorMemory memory, int probes) {
        this.memory = memory;
        this.probes = new AtomicInteger(probes);
        rows = new RowBuffer(node.right().outputTypes());
    }

    /** Reads all rows of {@code right} and closes it. */
    public static RightRows collect(
            PhysicalNode.NestedLoopJoin node, Operator right, OperatorMemory memory, int probes) {
        RightRows collected = new RightRows(node, memory, probes);
        boolean done = false;
        try (right) {
            for (ColumnBatch batch = right.next(); batch != null; batch = right.next()) {
                collected.rows.append(batch);
                memory.hold(collected.rows.retainedBytes());
            }
            if (node.kind().keepsUnmatchedRight()) {
                collected.matched = new byte[collected.rows.rows()];
            }
            done = true;
            return collected;
        } finally {
            if (!done) {
                memory.close();
            }
        }
    }

    /** The rows. */
    RowBuffer rows() {
        return rows;
    }

    /** Flags of the rows that found a partner, or null if nobody asks. */
    byte[] matched() {
        return matched;
    }

    /** Notes that a probe has ended; true for the last one. */
    boolean endProbe() {
        return probes.decrementAndGet() == 0;
    }

    @Override
    public void close() {
        memory.close();
    }
}
