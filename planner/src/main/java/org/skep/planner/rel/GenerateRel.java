package org.skep.planner.rel;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * LATERAL VIEW: the columns of the input beside those that a table function makes of each row.
 * Immutable.
 */
public final class GenerateRel extends SingleRel {
    private final String function;
    private final List<RexNode> arguments;
    private final boolean outer;

    /**
     * Calls a table function.
     *
     * @param arguments over the input, of the bound types
     * @param rowType the input's columns and then the function's
     */
    public GenerateRel(
            RelNode input,
            String function,
            List<RexNode> arguments,
            boolean outer,
            RelDataType rowType) {
        super(input.getCluster(), input.getCluster().traitSetOf(Convention.NONE), input);
        this.function = function;
        this.arguments = List.copyOf(arguments);
        this.outer = outer;
        this.rowType = rowType;
    }

    /** The function's name. */
    public String function() {
        return function;
    }

    /** Its arguments. */
    public List<RexNode> arguments() {
        return arguments;
    }

    /** Whether a row of which the function makes none comes out once. */
    public boolean outer() {
        return outer;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new GenerateRel(inputs.get(0), function, arguments, outer, rowType);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("function", function)
                .item("arguments", arguments)
                .item("outer", outer);
    }
}
