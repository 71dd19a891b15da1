package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.rex.RexNode;
import org.skep.parser.ast.WindowSpec;
import org.skep.plan.node.WindowFrame;
import org.skep.types.DataType;

/**
 * The calls over windows met while the expressions of a query block are bound. Confined to one
 * thread.
 */
final class WindowCollector {
    /** A key to order by. */
    record Order(RexNode key, boolean descending, boolean nullsFirst) {}

    /** A call with its window. */
    record Spec(
            String function,
            List<RexNode> arguments,
            DataType type,
            boolean distinct,
            boolean ignoreNulls,
            List<RexNode> partition,
            List<Order> order,
            WindowFrame frame) {}

    /** The rows that a call sees, and in which order. */
    record Rows(List<RexNode> partition, List<Order> order) {}

    private final List<Spec> calls = new ArrayList<>();
    private final Map<String, WindowSpec> named = new HashMap<>();
    private Rows enclosing;

    /** Collects a call; whatever its arguments wait for has been collected before. */
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

    /** The rows of the call whose arguments are being bound, if one's are. */
    Optional<Rows> enclosing() {
        return Optional.ofNullable(enclosing);
    }

    /** Does work that binds the arguments of a call over these rows. */
    <T> T inside(Rows rows, Supplier<T> work) {
        Rows before = enclosing;
        enclosing = rows;
        try {
            return work.get();
        } finally {
            enclosing = before;
        }
    }

    Map<String, WindowSpec> named() {
        return named;
    }
}
