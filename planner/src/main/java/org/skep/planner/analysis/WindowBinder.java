package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.WindowFunction;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.FrameBound;
import org.skep.parser.ast.NullTreatment;
import org.skep.parser.ast.SortItem;
import org.skep.parser.ast.WindowSpec;
import org.skep.plan.node.WindowFrame;
import org.skep.planner.rel.Placeholder;
import org.skep.types.Datum;

/** Binds calls with an OVER clause. Confined to one thread. */
final class WindowBinder {
    private static final Set<String> EDGES = Set.of("first_value", "last_value");

    private final ExpressionBinder expressions;
    private final WindowCollector windows;
    private final RexFactory rex;

    WindowBinder(ExpressionBinder expressions, WindowCollector windows) {
        this.expressions = expressions;
        this.windows = windows;
        rex = expressions.rex();
    }

    RexNode bind(Expression.FunctionCall node) {
        try {
            return bound(node);
        } catch (SkepException e) {
            if (e.code() == ErrorCode.FUNCTION_NOT_FOUND) {
                throw e;
            }
            // Hive has one number for whatever is wrong inside a window.
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    e.location().orElse(node.location()),
                    e.getMessage(),
                    e);
        }
    }

    private RexNode bound(Expression.FunctionCall node) {
        String name = node.name().toString();
        if (windows.enclosing().isPresent()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.location(),
                    "Window function is not allowed in an argument of another: " + name);
        }
        WindowSpec spec = resolve(node.over().orElseThrow());
        List<RexNode> partition = expressions.bindAll(spec.partitionBy());
        List<WindowCollector.Order> order = spec.orderBy().stream().map(this::order).toList();
        List<RexNode> arguments = arguments(node, new WindowCollector.Rows(partition, order));
        Optional<WindowFunction> window = rex.environment().functions().window(name);
        Optional<AggregateFunction> aggregate = rex.environment().functions().aggregate(name);
        Binding binding;
        String function;
        if (window.isPresent()) {
            function = window.get().name();
            binding =
                    window.get()
                            .binder()
                            .bind(arguments.stream().map(WindowBinder::argument).toList());
        } else if (aggregate.isPresent()) {
            function = aggregate.get().name();
            binding = AggregateBinder.bind(aggregate.get(), arguments);
        } else {
            throw new SkepException(
                    ErrorCode.FUNCTION_NOT_FOUND, "Window function not found: " + name);
        }
        List<RexNode> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            cast.add(rex.cast(arguments.get(i), binding.argumentTypes().get(i)));
        }
        int index =
                windows.add(
                        new WindowCollector.Spec(
                                function,
                                cast,
                                binding.returnType(),
                                node.distinct(),
                                node.nullTreatment()
                                        .filter(t -> t == NullTreatment.IGNORE)
                                        .isPresent(),
                                partition,
                                order,
                                frame(spec, !order.isEmpty())));
        return rex.raw(
                binding.returnType(), new Placeholder(Placeholder.Kind.WINDOW, index), List.of());
    }

    // Lag and lead in the arguments of what looks at several rows need no window of their own.
    private List<RexNode> arguments(Expression.FunctionCall node, WindowCollector.Rows rows) {
        String name = node.name().toString();
        if (node.arguments().size() == 1 && node.arguments().get(0) instanceof Expression.Star) {
            return List.of();
        }
        boolean several =
                EDGES.contains(name) || rex.environment().functions().window(name).isEmpty();
        return several
                ? windows.inside(rows, () -> expressions.bindAll(node.arguments()))
                : expressions.bindAll(node.arguments());
    }

    static Argument argument(RexNode node) {
        return RexFactory.constantOf(node)
                .map(Argument::of)
                .orElseGet(() -> Argument.of(RexFactory.typeOf(node)));
    }

    private WindowCollector.Order order(SortItem item) {
        boolean descending = item.direction() == SortItem.Direction.DESCENDING;
        return new WindowCollector.Order(
                expressions.bind(item.expression()),
                descending,
                nullsFirst(item, rex.environment().isOn("hive.default.nulls.last", true)));
    }

    /**
     * Where NULL goes: as said, else last for ascending and first for descending order, unless the
     * setting is off.
     */
    static boolean nullsFirst(SortItem item, boolean nullsLast) {
        boolean descending = item.direction() == SortItem.Direction.DESCENDING;
        return item.nulls()
                .map(nulls -> nulls == SortItem.Nulls.FIRST)
                .orElse(descending == nullsLast);
    }

    private WindowSpec resolve(WindowSpec spec) {
        if (spec.base().isEmpty()) {
            return spec;
        }
        String name = spec.base().get().name();
        WindowSpec base = windows.named().get(name);
        if (base == null) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    spec.base().get().location(),
                    "Window not found: " + name);
        }
        WindowSpec resolved = resolve(base);
        return new WindowSpec(
                Optional.empty(),
                spec.partitionBy().isEmpty() ? resolved.partitionBy() : spec.partitionBy(),
                spec.orderBy().isEmpty() ? resolved.orderBy() : spec.orderBy(),
                spec.frame().or(resolved::frame),
                spec.span());
    }

    private WindowFrame frame(WindowSpec spec, boolean ordered) {
        var unboundedStart = new WindowFrame.Bound(WindowFrame.BoundKind.UNBOUNDED_PRECEDING, null);
        var unboundedEnd = new WindowFrame.Bound(WindowFrame.BoundKind.UNBOUNDED_FOLLOWING, null);
        var current = new WindowFrame.Bound(WindowFrame.BoundKind.CURRENT_ROW, null);
        if (spec.frame().isEmpty()) {
            return new WindowFrame(false, unboundedStart, ordered ? current : unboundedEnd);
        }
        org.skep.parser.ast.WindowFrame written = spec.frame().get();
        WindowFrame.Bound start = bound(written.start());
        WindowFrame.Bound end =
                written.end()
                        .map(this::bound)
                        .orElse(
                                written.start().kind() == FrameBound.Kind.FOLLOWING
                                                || written.start().kind()
                                                        == FrameBound.Kind.UNBOUNDED_FOLLOWING
                                        ? unboundedEnd
                                        : current);
        checkBounds(written, start, end);
        boolean rows = written.unit() == org.skep.parser.ast.WindowFrame.Unit.ROWS;
        if (!ordered && !rows) {
            return new WindowFrame(false, unboundedStart, unboundedEnd);
        }
        return new WindowFrame(rows, start, end);
    }

    private static void checkBounds(
            org.skep.parser.ast.WindowFrame written,
            WindowFrame.Bound start,
            WindowFrame.Bound end) {
        boolean backwards =
                start.kind().compareTo(end.kind()) > 0
                        || (start.kind() == end.kind()
                                && start.offset() != null
                                && isAfter(start, end));
        if (start.kind() == WindowFrame.BoundKind.UNBOUNDED_FOLLOWING || backwards) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    written.location(),
                    "Window range invalid, start boundary is greater than end boundary");
        }
    }

    private static boolean isAfter(WindowFrame.Bound start, WindowFrame.Bound end) {
        if (!(start.offset().value() instanceof Long from)
                || !(end.offset().value() instanceof Long to)) {
            return false;
        }
        return start.kind() == WindowFrame.BoundKind.PRECEDING ? from < to : from > to;
    }

    private WindowFrame.Bound bound(FrameBound bound) {
        WindowFrame.BoundKind kind = WindowFrame.BoundKind.valueOf(bound.kind().name());
        Datum offset = null;
        if (bound.offset().isPresent()) {
            RexNode value = expressions.bind(bound.offset().get());
            offset =
                    RexFactory.constantOf(value)
                            .orElseThrow(
                                    () ->
                                            new SkepException(
                                                    ErrorCode.SEMANTIC_ERROR,
                                                    bound.location(),
                                                    "Frame bound must be a constant"));
        }
        return new WindowFrame.Bound(kind, offset);
    }
}
