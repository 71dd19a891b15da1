package org.skep.plan.stage;

import java.util.List;
import org.skep.plan.node.SortKey;

/** What becomes of the rows that a stage's tasks produce. Immutable. */
public sealed interface StageOutput {
    /** They are the result of the query. */
    record Result() implements StageOutput {}

    /** There are none: the stage writes files. */
    record None() implements StageOutput {}

    /**
     * All go to the one task of the reading stage; if there are keys, each task's rows are sorted
     * so.
     */
    record Gather(List<SortKey> order) implements StageOutput {
        /** Copies the list. */
        public Gather {
            order = List.copyOf(order);
        }
    }

    /**
     * Each goes to the reading task that its keys' hash names: {@code PartitionHash} of the
     * columns, modulo tasks. All stages that feed one join have keys of the same types in the same
     * order.
     */
    record Hash(List<Integer> keys) implements StageOutput {
        /** Copies the list. */
        public Hash {
            keys = List.copyOf(keys);
        }
    }

    /** Each goes to every task of the reading stage. */
    record Broadcast() implements StageOutput {}

    /** Each goes to some task of the reading stage. */
    record RoundRobin() implements StageOutput {}
}
