package org.skep.planner.physical;

import java.util.List;
import org.skep.plan.node.PhysicalNode;

/**
 * A piece of the physical plan while it is being built: the top of a fragment that is not yet cut.
 * Immutable.
 *
 * @param node the operators so far
 * @param columns for each column of the relational node the index at which it comes out, or -1 if
 *     it is not needed
 * @param single the fragment must run as one task
 */
record Part(PhysicalNode node, List<Integer> columns, boolean single) {
    Part {
        columns = List.copyOf(columns);
    }

    int column(int relColumn) {
        return columns.get(relColumn);
    }

    Part with(PhysicalNode newNode) {
        return new Part(newNode, columns, single);
    }
}
