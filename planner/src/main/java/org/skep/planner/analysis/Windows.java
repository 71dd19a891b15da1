package org.skep.planner.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowCall;
import org.skep.planner.rel.Placeholder;
import org.skep.planner.rel.WindowRel;

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
     * Builds the nodes. Calls whose arguments wait for other calls are computed above those.
     *
     * @param move moves expressions of the block to the input, where there is a GROUP BY between
     */
    RelNode build(RelNode input, List<RexNode> identity, UnaryOperator<RexNode> move) {
        List<WindowCollector.Spec> specs =
                collector.calls().stream().map(spec -> moved(spec, move)).toList();
        // What the columns of the result hold, as expressions over those before them.
        List<RexNode> columns = new ArrayList<>(identity);
        RelNode result = input;
        for (List<Integer> layer : layers(specs)) {
            result = layer(result, layer, specs, columns);
        }
        return result;
    }

    private static List<List<Integer>> layers(List<WindowCollector.Spec> specs) {
        List<List<Integer>> layers = new ArrayList<>();
        int[] layerOf = new int[specs.size()];
        for (int i = 0; i < specs.size(); i++) {
            for (int below : awaited(specs.get(i).arguments())) {
                layerOf[i] = Math.max(layerOf[i], layerOf[below] + 1);
            }
            while (layers.size() <= layerOf[i]) {
                layers.add(new ArrayList<>());
            }
            layers.get(layerOf[i]).add(i);
        }
        return layers;
    }

    /** The calls whose results expressions wait for. */
    static Set<Integer> awaited(List<RexNode> expressions) {
        Set<Integer> indexes = new TreeSet<>();
        RexVisitorImpl<Void> finder =
                new RexVisitorImpl<>(true) {
                    @Override
                    public Void visitCall(RexCall call) {
                        if (call.getOperator() instanceof Placeholder placeholder
                                && placeholder.waitsFor() == Placeholder.Kind.WINDOW) {
                            indexes.add(placeholder.index());
                        }
                        return super.visitCall(call);
                    }
                };
        expressions.forEach(expression -> expression.accept(finder));
        return indexes;
    }

    private RelNode layer(
            RelNode input,
            List<Integer> layer,
            List<WindowCollector.Spec> specs,
            List<RexNode> columns) {
        Map<Window, List<Integer>> windows = new LinkedHashMap<>();
        for (int index : layer) {
            WindowCollector.Spec spec = specs.get(index);
            windows.computeIfAbsent(
                            new Window(spec.partition(), spec.order()), w -> new ArrayList<>())
                    .add(index);
            spec.partition().forEach(node -> indexOf(columns, node));
            spec.order().forEach(order -> indexOf(columns, order.key()));
            spec.arguments().forEach(node -> indexOf(columns, move(node)));
        }
        int width = input.getRowType().getFieldCount();
        RelNode result = input;
        if (columns.size() > width) {
            List<RexNode> projected = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                projected.add(i < width ? rex.column(input.getRowType(), i) : columns.get(i));
            }
            result = QueryBinder.project(input, projected);
        }
        for (Map.Entry<Window, List<Integer>> window : windows.entrySet()) {
            result = append(result, window.getKey(), window.getValue(), specs, columns);
            for (int index : window.getValue()) {
                columns.add(rex.column(specs.get(index).type(), columnOf[index]));
            }
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
        List<RelDataType> types = new ArrayList<>();
        input.getRowType().getFieldList().forEach(field -> types.add(field.getType()));
        List<WindowCall> calls = new ArrayList<>();
        for (int index : indexes) {
            WindowCollector.Spec spec = specs.get(index);
            columnOf[index] = types.size();
            calls.add(
                    new WindowCall(
                            spec.function(),
                            spec.arguments().stream()
                                    .map(node -> indexOf(columns, move(node)))
                                    .toList(),
                            spec.arguments().stream().map(RexFactory::typeOf).toList(),
                            spec.type(),
                            spec.distinct(),
                            spec.ignoreNulls(),
                            spec.frame()));
            names.add("$window" + types.size());
            types.add(session.types().toRel(spec.type()));
        }
        return new WindowRel(
                input,
                partition,
                order,
                calls,
                session.types().factory().createStructType(types, names));
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
