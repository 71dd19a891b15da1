package org.skep.plan.stage;

import java.util.List;
import org.skep.plan.node.PhysicalNode;

/**
 * A fragment of the plan that tasks run side by side, each on its share of the input. Immutable.
 *
 * @param name as in Tez: {@code Map 1} if it reads tables, {@code Reducer 2} if it reads exchanges
 * @param tasks how many tasks there must be: 1 when the fragment needs all rows in one place, 0 for
 *     as many as the runner likes
 * @param readers names of the stages that read this one's output; a stage feeds at least one,
 *     unless its output is the result or none
 */
public record Stage(
        String name, PhysicalNode root, StageOutput output, int tasks, List<String> readers) {
    /** Copies the list. */
    public Stage {
        readers = List.copyOf(readers);
    }
}
