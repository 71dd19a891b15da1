package org.skep.engine.explain;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.skep.plan.node.AggregateCall;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.SortKey;
import org.skep.storage.ColumnRange;

/** One line for each operator of a plan, without its inputs. Immutable. */
final class OperatorText implements PhysicalNode.Visitor<String> {
    private final ZoneId zone;

    OperatorText(ZoneId zone) {
        this.zone = zone;
    }

    private ExpressionText over(PhysicalNode input) {
        return new ExpressionText(names(input), zone);
    }

    /** Column names as far as a node passes on those of a table. */
    private List<String> names(PhysicalNode node) {
        List<String> names = new ArrayList<>();
        if (node instanceof PhysicalNode.TableScan scan) {
            scan.columns().forEach(column -> names.add(column.name()));
            scan.partitionColumns().forEach(column -> names.add(column.name()));
            scan.virtualColumns()
                    .forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
        } else if (node instanceof PhysicalNode.Filter
                || node instanceof PhysicalNode.Sort
                || node instanceof PhysicalNode.TopN
                || node instanceof PhysicalNode.Limit) {
            return names(node.inputs().get(0));
        }
        return names;
    }

    private static String columns(ExpressionText text, List<Integer> indexes) {
        return indexes.stream().map(text::column).collect(Collectors.joining(", "));
    }

    private String keys(PhysicalNode input, List<SortKey> keys) {
        ExpressionText text = over(input);
        return keys.stream()
                .map(
                        key ->
                                text.column(key.column())
                                        + (key.descending() ? " desc" : "")
                                        + (key.nullsFirst() == key.descending()
                                                ? ""
                                                : key.nullsFirst()
                                                        ? " nulls first"
                                                        : " nulls last"))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String tableScan(PhysicalNode.TableScan node) {
        StringBuilder line = new StringBuilder("TableScan ").append(node.table());
        line.append(" [").append(String.join(", ", names(node))).append(']');
        ExpressionText text = over(node);
        if (node.filter() != null) {
            line.append(" filter: ").append(text.print(node.filter()));
        }
        if (!node.ranges().isEmpty()) {
            line.append(" ranges: ")
                    .append(
                            node.ranges().stream()
                                    .map(range -> range(text, range))
                                    .collect(Collectors.joining(", ")));
        }
        if (!node.runtimeFilters().isEmpty()) {
            line.append(" runtime filters: ")
                    .append(
                            node.runtimeFilters().stream()
                                    .map(use -> text.column(use.column()))
                                    .collect(Collectors.joining(", ")));
        }
        return line.toString();
    }

    private static String range(ExpressionText text, ColumnRange range) {
        String low =
                range.low() == null
                        ? "(-inf"
                        : (range.lowInclusive() ? "[" : "(") + text.literal(range.low());
        String high =
                range.high() == null
                        ? "+inf)"
                        : text.literal(range.high()) + (range.highInclusive() ? "]" : ")");
        return "%s in %s, %s".formatted(text.column(range.column()), low, high);
    }

    @Override
    public String values(PhysicalNode.Values node) {
        return "Values rows: " + node.rows().size();
    }

    @Override
    public String exchangeRead(PhysicalNode.ExchangeRead node) {
        return "Exchange from " + node.stage() + (node.mergeKeys().isEmpty() ? "" : " merged");
    }

    @Override
    public String filter(PhysicalNode.Filter node) {
        return "Filter " + over(node.input()).print(node.condition());
    }

    @Override
    public String project(PhysicalNode.Project node) {
        ExpressionText text = over(node.input());
        return "Project "
                + node.expressions().stream().map(text::print).collect(Collectors.joining(", "));
    }

    @Override
    public String expand(PhysicalNode.Expand node) {
        return "Expand sets: " + node.projections().size();
    }

    @Override
    public String generate(PhysicalNode.Generate node) {
        return "Generate %s(%s)%s"
                .formatted(
                        node.function(),
                        columns(over(node.input()), node.arguments()),
                        node.outer() ? " outer" : "");
    }

    @Override
    public String hashJoin(PhysicalNode.HashJoin node) {
        String line =
                "HashJoin %s keys: %s = %s"
                        .formatted(
                                node.kind(),
                                columns(over(node.left()), node.leftKeys()),
                                columns(over(node.right()), node.rightKeys()));
        return node.residual() == null
                ? line
                : line + " residual: " + new ExpressionText(List.of(), zone).print(node.residual());
    }

    @Override
    public String nestedLoopJoin(PhysicalNode.NestedLoopJoin node) {
        return node.condition() == null
                ? "NestedLoopJoin " + node.kind()
                : "NestedLoopJoin %s condition: %s"
                        .formatted(
                                node.kind(),
                                new ExpressionText(List.of(), zone).print(node.condition()));
    }

    @Override
    public String aggregate(PhysicalNode.Aggregate node) {
        ExpressionText text = over(node.input());
        String calls =
                node.calls().stream()
                        .map(call -> call(text, call))
                        .collect(Collectors.joining(", "));
        return "Aggregate %s keys: [%s] calls: [%s]"
                .formatted(node.step(), columns(text, node.keys()), calls);
    }

    private static String call(ExpressionText text, AggregateCall call) {
        return "%s(%s%s)"
                .formatted(
                        call.function(),
                        call.distinct() ? "DISTINCT " : "",
                        columns(text, call.arguments()));
    }

    @Override
    public String window(PhysicalNode.Window node) {
        ExpressionText text = over(node.input());
        return "Window %s partition by: [%s] order by: [%s]"
                .formatted(
                        node.calls().stream()
                                .map(
                                        call ->
                                                call.function()
                                                        + "("
                                                        + columns(text, call.arguments())
                                                        + ")")
                                .collect(Collectors.joining(", ")),
                        columns(text, node.partitionKeys()),
                        keys(node.input(), node.orderKeys()));
    }

    @Override
    public String sort(PhysicalNode.Sort node) {
        return "Sort " + keys(node.input(), node.keys());
    }

    @Override
    public String topN(PhysicalNode.TopN node) {
        return "TopN %d %s".formatted(node.count(), keys(node.input(), node.keys()));
    }

    @Override
    public String limit(PhysicalNode.Limit node) {
        return node.offset() == 0
                ? "Limit " + node.count()
                : "Limit %d offset: %d".formatted(node.count(), node.offset());
    }

    @Override
    public String unionAll(PhysicalNode.UnionAll node) {
        return "UnionAll inputs: " + node.inputs().size();
    }

    @Override
    public String tableWrite(PhysicalNode.TableWrite node) {
        return "TableWrite %s format: %s"
                .formatted(node.target().table(), node.target().layout().format());
    }
}
