package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.skep.types.DataType;

/**
 * The aggregate calls met while the expressions of a query block are bound, each once, and the keys
 * that the block groups by. Confined to one thread.
 */
final class AggregateCollector {
    /** A call; the arguments are over the block's input and have the bound types. */
    record Spec(String function, List<RexNode> arguments, boolean distinct, DataType type) {}

    private final List<Spec> calls = new ArrayList<>();
    private final List<RexNode> keys;

    AggregateCollector(List<RexNode> keys) {
        this.keys = keys;
    }

    int add(Spec spec) {
        int index = calls.indexOf(spec);
        if (index < 0) {
            calls.add(spec);
            index = calls.size() - 1;
        }
        return index;
    }

    List<Spec> calls() {
        return calls;
    }

    List<RexNode> keys() {
        return keys;
    }
}
