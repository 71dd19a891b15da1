package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowCall;
import org.skep.planner.rel.Placeholder;
import org.skep.planner.rel.RelTypes;
import org.skep.planner.rel.WindowRel;
import org.skep.types.DataType;

/**
 * The window functions of a query block: one node a window, one above the other. Confined to one
 * thread.
 */
final class Windows {
    private final BindSession session;
    private final RexFactory rex;
    private final WindowCollector collector;
    private final int[] columnOf;

    Windows(BindSession session, WindowCollector collector) {
        this.session = session;
        this.collector = collector;
        rex = session.rex();
        columnOf = new int[collector.calls().size()];
    }

    private record Window(List<RexNode> partition, List<WindowCollector.Order> order) {}

    /**
     * Builds the nodes.
     *
     * @param move moves expressions of the block to the input, where there is a GROUP BY between
     */
    RelNode build(RelNode input, List<RexNode> identity, UnaryOperator<RexNode> move) {
        List<RexNode> columns = new ArrayList<>(identity);
        Map<Window, List<Integer>> windows = new LinkedHashMap<>();
        List<WindowCollector.Spec> moved = new ArrayList<>();
        for (WindowCollector.Spec spec : collector.calls()) {
            WindowCollector.Spec there = moved(spec, move);
            moved.add(there);
            windows.computeIfAbsent(
                            new Window(there.partition(), there.order()), w -> new ArrayList<>())
                    .add(moved.size() - 1);
            there.partition().forEach(node -> indexOf(columns, node));
            there.order().forEach(order -> indexOf(columns, order.key()));
            there.arguments().forEach(node -> indexOf(columns, node));
        }
        RelNode result =
                columns.size() == identity.size() ? input : QueryBinder.project(input, columns);
        for (Map.Entry<Window, List<Integer>> window : windows.entrySet()) {
            result = append(result, window.getKey(), window.getValue(), moved, columns);
        }
        return result;
    }

    private RelNode append(
            RelNode input,
            Window window,
            List<Integer> indexes,
            List<WindowCollector.Spec> specs,
            List<RexNode> columns) {
        List<Integer> partition =
                window.partition().stream().map(node -> indexOf(columns, node)).toList();
        List<SortKey> order =
                window.order().stream()
                        .map(
                                o ->
                                        new SortKey(
                                                indexOf(columns, o.key()),
                                                o.descending(),
                                                o.nullsFirst()))
                        .toList();
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        List<DataType> types = new ArrayList<>(RelTypes.columns(input.getRowType()));
        List<WindowCall> calls = new ArrayList<>();
        for (int index : indexes) {
            WindowCollector.Spec spec = specs.get(index);
            columnOf[index] = types.size();
            calls.add(
                    new WindowCall(
                            spec.function(),
                            spec.arguments().stream().map(node -> indexOf(columns, node)).toList(),
                            spec.arguments().stream().map(RexFactory::typeOf).toList(),
                            spec.type(),
                            spec.distinct(),
                            spec.ignoreNulls(),
                            spec.frame()));
            names.add("$window" + types.size());
            types.add(spec.type());
        }
        return new WindowRel(input, partition, order, calls, session.types().row(names, types));
    }

    private static int indexOf(List<RexNode> columns, RexNode node) {
        int index = columns.indexOf(node);
        if (index < 0) {
            columns.add(node);
            index = columns.size() - 1;
        }
        return index;
    }

    private static WindowCollector.Spec moved(
            WindowCollector.Spec spec, UnaryOperator<RexNode> move) {
        return new WindowCollector.Spec(
                spec.function(),
                spec.arguments().stream().map(move).toList(),
                spec.type(),
                spec.distinct(),
                spec.ignoreNulls(),
                spec.partition().stream().map(move).toList(),
                spec.order().stream()
                        .map(
                                o ->
                                        new WindowCollector.Order(
                                                move.apply(o.key()),
                                                o.descending(),
                                                o.nullsFirst()))
                        .toList(),
                spec.frame());
    }

    /** An expression of the block over the result of the windows. */
    RexNode move(RexNode expression) {
        return expression.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall call) {
                        if (call.getOperator() instanceof Placeholder placeholder
                                && placeholder.waitsFor() == Placeholder.Kind.WINDOW) {
                            return rex.column(
                                    collector.calls().get(placeholder.index()).type(),
                                    columnOf[placeholder.index()]);
                        }
                        return super.visitCall(call);
                    }
                });
    }
}
