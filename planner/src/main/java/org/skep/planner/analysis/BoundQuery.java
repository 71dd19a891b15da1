package org.skep.planner.analysis;

import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * A bound query: its algebra and the names of its columns. Immutable.
 *
 * @param relations for each column the relation that it comes from, or null
 */
public record BoundQuery(RelNode rel, List<String> names, List<String> relations) {
    /** Copies the list. */
    public BoundQuery {
        names = List.copyOf(names);
        relations = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(relations));
    }
}
