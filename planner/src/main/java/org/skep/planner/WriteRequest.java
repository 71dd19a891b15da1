package org.skep.planner;

import java.util.List;
import java.util.Optional;
import org.skep.parser.ast.Query;
import org.skep.plan.node.WriteTarget;
import org.skep.types.DataType;

/**
 * A query whose rows are to be written. Immutable.
 *
 * @param columnTypes the layout's columns and then the dynamic partition columns
 * @param positions for each of these the index of the query's column that fills it, -1 for NULL;
 *     without it the query's columns in their order
 */
public record WriteRequest(
        Query query,
        WriteTarget target,
        List<DataType> columnTypes,
        Optional<List<Integer>> positions) {
    /** Copies the lists. */
    public WriteRequest {
        columnTypes = List.copyOf(columnTypes);
        positions = positions.map(List::copyOf);
    }
}
