package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Binding;
import org.skep.parser.ast.Expression;
import org.skep.plan.node.WindowFrame;
import org.skep.planner.rel.Placeholder;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * Binds lag and lead without OVER in the arguments of a call over a window: they look at the
 * neighbours of each row in the order of that window, and become calls of their own below it.
 * Confined to one thread.
 */
final class NeighbourBinder {
    /** The functions that this binds. */
    static final Set<String> NAMES = Set.of("lag", "lead");

    private static final WindowFrame WHOLE =
            new WindowFrame(
                    false,
                    new WindowFrame.Bound(WindowFrame.BoundKind.UNBOUNDED_PRECEDING, null),
                    new WindowFrame.Bound(WindowFrame.BoundKind.UNBOUNDED_FOLLOWING, null));

    private final ExpressionBinder expressions;
    private final WindowCollector windows;
    private final RexFactory rex;

    NeighbourBinder(ExpressionBinder expressions, WindowCollector windows) {
        this.expressions = expressions;
        this.windows = windows;
        rex = expressions.rex();
    }

    /** Binds a call; the collector has an enclosing call. */
    RexNode bind(Expression.FunctionCall node) {
        String function = node.name().toString();
        if (node.nullTreatment().isPresent()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.location(),
                    "Function without OVER takes no treatment of NULL: " + function);
        }
        List<RexNode> arguments = expressions.bindAll(node.arguments());
        Binding binding =
                rex.environment()
                        .functions()
                        .window(function)
                        .orElseThrow()
                        .binder()
                        .bind(arguments.stream().map(WindowBinder::argument).toList());
        List<RexNode> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            cast.add(rex.cast(arguments.get(i), binding.argumentTypes().get(i)));
        }
        return Windows.awaited(cast).isEmpty()
                ? collected(function, cast, binding.returnType())
                : nested(function, cast);
    }

    private RexNode collected(String function, List<RexNode> arguments, DataType type) {
        WindowCollector.Rows rows = windows.enclosing().orElseThrow();
        int index =
                windows.add(
                        new WindowCollector.Spec(
                                function,
                                arguments,
                                type,
                                false,
                                false,
                                rows.partition(),
                                rows.order(),
                                WHOLE));
        return rex.raw(type, new Placeholder(Placeholder.Kind.WINDOW, index), List.of());
    }

    /*
     * Lag and lead inside lag and lead look at the neighbours of the current row as well, as in
     * Hive: only the columns around them are those of the other row.
     */
    private RexNode nested(String function, List<RexNode> arguments) {
        List<RexNode> offset = arguments.size() > 1 ? List.of(arguments.get(1)) : List.of();
        RexNode there =
                rex.isNotNull(shifted(function, rex.constant(Datum.ofBoolean(true)), offset));
        RexNode value =
                arguments
                        .get(0)
                        .accept(
                                new RexShuttle() {
                                    @Override
                                    public RexNode visitInputRef(RexInputRef column) {
                                        return shifted(function, column, offset);
                                    }

                                    @Override
                                    public RexNode visitCall(RexCall call) {
                                        return call.getOperator() instanceof Placeholder placeholder
                                                        && placeholder.waitsFor()
                                                                != Placeholder.Kind.WINDOW
                                                ? shifted(function, call, offset)
                                                : super.visitCall(call);
                                    }
                                });
        RexNode otherwise =
                arguments.size() > 2
                        ? arguments.get(2)
                        : rex.constant(Datum.nullOf(RexFactory.typeOf(arguments.get(0))));
        return rex.caseWhen(List.of(there), List.of(value), otherwise);
    }

    private RexNode shifted(String function, RexNode value, List<RexNode> offset) {
        List<RexNode> arguments = new ArrayList<>();
        arguments.add(value);
        arguments.addAll(offset);
        return collected(function, arguments, RexFactory.typeOf(value));
    }
}
