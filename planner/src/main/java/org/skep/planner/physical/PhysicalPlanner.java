package org.skep.planner.physical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowCall;
import org.skep.plan.node.WindowFrame;
import org.skep.plan.node.WriteTarget;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;
import org.skep.planner.analysis.RexFactory;
import org.skep.planner.environment.PlanEnvironment;
import org.skep.planner.environment.PlannedScan;
import org.skep.planner.rel.ExpandRel;
import org.skep.planner.rel.GenerateRel;
import org.skep.planner.rel.RelTypes;
import org.skep.planner.rel.TableHandle;
import org.skep.planner.rel.ValuesRel;
import org.skep.planner.rel.WindowRel;
import org.skep.types.DataType;
import org.skep.types.Datum;

/**
 * Turns optimised algebra into operators and cuts it into stages. Each node is asked for the
 * columns that are needed above it and for no others, so pruning needs no rules. Confined to one
 * thread.
 */
public final class PhysicalPlanner {
    private final RexFactory rex;
    private final ScanPlanner scans;
    private final StageCutter stages = new StageCutter();
    private final JoinPlanner joins;
    private final AggregatePlanner aggregates;

    /** A planner of one statement. */
    public PhysicalPlanner(PlanEnvironment environment, RexFactory rex) {
        this.rex = rex;
        scans = new ScanPlanner(environment, rex);
        joins = new JoinPlanner(this, stages);
        aggregates = new AggregatePlanner(this, stages, environment.functions());
    }

    /** Adds a query whose rows are the result. */
    public void addResult(RelNode rel) {
        stages.add(complete(rel), new StageOutput.Result());
    }

    /** Adds a query whose rows are written. */
    public void addWrite(RelNode rel, WriteTarget target) {
        Part part = complete(rel);
        stages.add(
                part.with(new PhysicalNode.TableWrite(part.node(), target)),
                new StageOutput.None());
    }

    /** All stages. */
    public StageGraph graph() {
        return stages.graph();
    }

    /** All scans, whose splits are still to be made. */
    public List<PlannedScan> scans() {
        return scans.scans();
    }

    private Part complete(RelNode rel) {
        ImmutableBitSet all = ImmutableBitSet.range(rel.getRowType().getFieldCount());
        return narrowed(convert(rel, all), all);
    }

    /** A node's operators, producing at least the required columns. */
    Part convert(RelNode rel, ImmutableBitSet required) {
        if (rel instanceof Filter filter) {
            return filter(filter, required);
        } else if (rel instanceof Project project) {
            return project(project, required);
        } else if (rel instanceof TableScan scan) {
            return scans.scan(scan.getTable().unwrapOrThrow(TableHandle.class), null, required);
        } else if (rel instanceof Join join) {
            return joins.convert(join, required);
        } else if (rel instanceof Aggregate aggregate) {
            return aggregates.convert(aggregate, required);
        } else if (rel instanceof Sort sort) {
            return sort(sort, required);
        } else if (rel instanceof Union union) {
            return union(union, required);
        } else if (rel instanceof ValuesRel values) {
            return values(values.rows(), RelTypes.columns(values.getRowType()), required);
        } else if (rel instanceof Values values) {
            return calciteValues(values, required);
        } else if (rel instanceof ExpandRel expand) {
            return expand(expand, required);
        } else if (rel instanceof GenerateRel generate) {
            return generate(generate, required);
        } else if (rel instanceof WindowRel window) {
            return window(window, required);
        }
        throw new SkepException(
                ErrorCode.NOT_SUPPORTED,
                "Correlated subquery of this form is not supported yet (%s)"
                        .formatted(rel.getRelTypeName()));
    }

    /** The same part producing exactly the required columns, in their order. */
    Part narrowed(Part part, ImmutableBitSet required) {
        List<Integer> wanted = new ArrayList<>();
        for (int column : required) {
            wanted.add(part.column(column));
        }
        int width = part.columns().size();
        List<Integer> mapping = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < width; i++) {
            mapping.add(required.get(i) ? next++ : -1);
        }
        return new Part(columnsOf(part.node(), wanted), mapping, part.single());
    }

    /**
     * A node that produces just these columns of another; the node itself if it does so already.
     */
    static PhysicalNode columnsOf(PhysicalNode node, List<Integer> wanted) {
        List<DataType> types = node.outputTypes();
        if (wanted.equals(IntStream.range(0, types.size()).boxed().toList())) {
            return node;
        }
        List<Expression> expressions = new ArrayList<>();
        wanted.forEach(
                index -> expressions.add(new Expression.InputColumn(index, types.get(index))));
        if (node instanceof PhysicalNode.Project project) {
            return new PhysicalNode.Project(
                    project.input(), wanted.stream().map(project.expressions()::get).toList());
        }
        return new PhysicalNode.Project(node, expressions);
    }

    /** All rows in one task. */
    Part gathered(Part part) {
        if (part.single()) {
            return part;
        }
        return new Part(
                stages.exchange(part, new StageOutput.Gather(List.of())), part.columns(), true);
    }

    private Part filter(Filter filter, ImmutableBitSet required) {
        RexNode condition = filter.getCondition();
        if (filter.getInput() instanceof TableScan scan) {
            return scans.scan(
                    scan.getTable().unwrapOrThrow(TableHandle.class), condition, required);
        }
        Part input =
                convert(filter.getInput(), required.union(RelOptUtil.InputFinder.bits(condition)));
        if (condition.isAlwaysTrue()) {
            return input;
        }
        return input.with(
                new PhysicalNode.Filter(
                        input.node(), new ExpressionConverter(input::column).convert(condition)));
    }

    private Part project(Project project, ImmutableBitSet required) {
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder();
        for (int column : required) {
            needed.addAll(RelOptUtil.InputFinder.bits(project.getProjects().get(column)));
        }
        Part input = convert(project.getInput(), needed.build());
        ExpressionConverter converter = new ExpressionConverter(input::column);
        List<Expression> expressions = new ArrayList<>();
        List<Integer> mapping = new ArrayList<>();
        for (int i = 0; i < project.getProjects().size(); i++) {
            if (required.get(i)) {
                mapping.add(expressions.size());
                expressions.add(as(converter.convert(project.getProjects().get(i)), project, i));
            } else {
                mapping.add(-1);
            }
        }
        return new Part(
                new PhysicalNode.Project(input.node(), expressions), mapping, input.single());
    }

    private static Expression as(Expression expression, RelNode rel, int column) {
        DataType type = RelTypes.fromRel(rel.getRowType().getFieldList().get(column).getType());
        return expression.type().equals(type) ? expression : new Expression.Cast(expression, type);
    }

    private Part values(List<List<Datum>> rows, List<DataType> types, ImmutableBitSet required) {
        List<Integer> mapping = new ArrayList<>();
        List<DataType> kept = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            mapping.add(required.get(i) ? kept.size() : -1);
            if (required.get(i)) {
                kept.add(types.get(i));
            }
        }
        List<List<Datum>> narrow =
                rows.stream()
                        .map(row -> required.asList().stream().map(row::get).toList())
                        .toList();
        return new Part(new PhysicalNode.Values(kept, narrow), mapping, true);
    }

    private Part calciteValues(Values values, ImmutableBitSet required) {
        List<List<Datum>> rows = new ArrayList<>();
        List<DataType> types = RelTypes.columns(values.getRowType());
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Datum> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                Datum value = ExpressionConverter.datum(tuple.get(i));
                row.add(
                        value.type().equals(types.get(i))
                                ? value
                                : new Datum(types.get(i), value.value()));
            }
            rows.add(row);
        }
        return values(rows, types, required);
    }

    private Part union(Union union, ImmutableBitSet required) {
        List<Part> parts = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            parts.add(narrowed(convert(input, required), required));
        }
        boolean single = parts.stream().allMatch(Part::single);
        List<PhysicalNode> nodes = new ArrayList<>();
        for (Part part : parts) {
            nodes.add(
                    part.single() && !single
                            ? stages.exchange(part, new StageOutput.RoundRobin())
                            : part.node());
        }
        Part first = parts.get(0);
        if (!union.all) {
            throw new IllegalStateException("UNION DISTINCT is bound as a grouping");
        }
        return new Part(new PhysicalNode.UnionAll(nodes), first.columns(), single);
    }

    private Part sort(Sort sort, ImmutableBitSet required) {
        List<RelFieldCollation> collations = sort.getCollation().getFieldCollations();
        long offset = sort.offset == null ? 0 : RexLiteral.intValue(sort.offset);
        long count = fetch(sort);
        boolean few = count >= 0 && offset + count <= MAX_SHARED;
        if (collations.isEmpty() && few && sort.getInput() instanceof Union union) {
            return limitedUnion(union, required, offset, count);
        }
        if (collations.isEmpty()
                && few
                && sort.getInput() instanceof Project project
                && project.getInput() instanceof Union union) {
            RelNode below = sort.copy(sort.getTraitSet(), List.of(union));
            return project((Project) project.copy(project.getTraitSet(), List.of(below)), required);
        }
        ImmutableBitSet needed = required.union(ImmutableBitSet.of(sort.getCollation().getKeys()));
        Part input = convert(sort.getInput(), needed);
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation collation : collations) {
            keys.add(
                    new SortKey(
                            input.column(collation.getFieldIndex()),
                            collation.direction.isDescending(),
                            collation.nullDirection == RelFieldCollation.NullDirection.FIRST));
        }
        return count < 0 ? sortAll(input, keys, offset) : limit(input, keys, offset, count);
    }

    private static long fetch(Sort sort) {
        return sort.fetch == null
                ? -1
                : ((BigDecimal) ((RexLiteral) sort.fetch).getValue()).longValue();
    }

    // Up to this many rows, LIMIT over UNION ALL takes them from the inputs in turn.
    private static final long MAX_SHARED = 10_000;

    // Any rows would be right; Hive, which reads a table once for all inputs, takes them in turn,
    // and so do we: each
    // input gives its first rows, numbered, and the lowest numbers win.
    private Part limitedUnion(Union union, ImmutableBitSet required, long offset, long count) {
        List<PhysicalNode> numbered = new ArrayList<>();
        Part first = null;
        int width = required.cardinality();
        for (RelNode rel : union.getInputs()) {
            Part input = limit(convert(rel, required), List.of(), 0, offset + count);
            input = narrowed(input, required);
            first = first == null ? input : first;
            WindowFrame.Bound start =
                    new WindowFrame.Bound(WindowFrame.BoundKind.UNBOUNDED_PRECEDING, null);
            WindowFrame.Bound end = new WindowFrame.Bound(WindowFrame.BoundKind.CURRENT_ROW, null);
            WindowCall number =
                    new WindowCall(
                            "row_number",
                            List.of(),
                            List.of(),
                            DataType.INT,
                            false,
                            false,
                            new WindowFrame(true, start, end));
            numbered.add(
                    new PhysicalNode.Window(input.node(), List.of(), List.of(), List.of(number)));
        }
        PhysicalNode sorted =
                new PhysicalNode.Sort(
                        new PhysicalNode.UnionAll(numbered),
                        List.of(new SortKey(width, false, false)));
        PhysicalNode limited = new PhysicalNode.Limit(sorted, offset, count);
        List<Integer> shown = IntStream.range(0, width).boxed().toList();
        return new Part(columnsOf(limited, shown), first.columns(), true);
    }

    private Part sortAll(Part input, List<SortKey> keys, long offset) {
        Part sorted =
                keys.isEmpty() ? input : input.with(new PhysicalNode.Sort(input.node(), keys));
        if (!sorted.single()) {
            sorted =
                    new Part(
                            stages.exchange(sorted, new StageOutput.Gather(keys)),
                            sorted.columns(),
                            true);
        }
        return offset == 0
                ? sorted
                : sorted.with(new PhysicalNode.Limit(sorted.node(), offset, Long.MAX_VALUE));
    }

    private Part limit(Part input, List<SortKey> keys, long offset, long count) {
        long most = offset + count < 0 ? Long.MAX_VALUE : offset + count;
        PhysicalNode first =
                keys.isEmpty()
                        ? new PhysicalNode.Limit(input.node(), 0, most)
                        : most > MAX_TOP
                                ? new PhysicalNode.Sort(input.node(), keys)
                                : new PhysicalNode.TopN(input.node(), keys, most);
        Part part = input.with(first);
        if (!part.single()) {
            part =
                    new Part(
                            stages.exchange(part, new StageOutput.Gather(keys)),
                            part.columns(),
                            true);
        } else if (offset == 0 && most <= MAX_TOP) {
            return part;
        }
        return part.with(new PhysicalNode.Limit(part.node(), offset, count));
    }

    // Beyond this many rows a full sort, which can spill, is better than keeping the top in memory.
    private static final long MAX_TOP = 100_000;

    private Part expand(ExpandRel expand, ImmutableBitSet required) {
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder();
        for (List<RexNode> projection : expand.projections()) {
            required.forEach(
                    column -> needed.addAll(RelOptUtil.InputFinder.bits(projection.get(column))));
        }
        Part input = convert(expand.getInput(), needed.build());
        ExpressionConverter converter = new ExpressionConverter(input::column);
        List<List<Expression>> projections = new ArrayList<>();
        for (List<RexNode> projection : expand.projections()) {
            List<Expression> row = new ArrayList<>();
            required.forEach(
                    column ->
                            row.add(as(converter.convert(projection.get(column)), expand, column)));
            projections.add(row);
        }
        List<Integer> mapping = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < expand.getRowType().getFieldCount(); i++) {
            mapping.add(required.get(i) ? next++ : -1);
        }
        return new Part(
                new PhysicalNode.Expand(input.node(), projections), mapping, input.single());
    }

    private Part generate(GenerateRel generate, ImmutableBitSet required) {
        int width = generate.getInput().getRowType().getFieldCount();
        ImmutableBitSet fromInput = required.intersect(ImmutableBitSet.range(width));
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder().addAll(fromInput);
        generate.arguments().forEach(node -> needed.addAll(RelOptUtil.InputFinder.bits(node)));
        Part input = convert(generate.getInput(), needed.build());
        ExpressionConverter converter = new ExpressionConverter(input::column);
        List<Expression> wide = new ArrayList<>();
        List<DataType> types = input.node().outputTypes();
        for (int i = 0; i < types.size(); i++) {
            wide.add(new Expression.InputColumn(i, types.get(i)));
        }
        List<Integer> arguments = new ArrayList<>();
        for (RexNode argument : generate.arguments()) {
            arguments.add(wide.size());
            wide.add(converter.convert(argument));
        }
        List<Integer> retained = new ArrayList<>();
        List<Integer> mapping = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            mapping.add(fromInput.get(i) ? retained.size() : -1);
            if (fromInput.get(i)) {
                retained.add(input.column(i));
            }
        }
        List<DataType> made =
                RelTypes.columns(generate.getRowType())
                        .subList(width, generate.getRowType().getFieldCount());
        for (int i = 0; i < made.size(); i++) {
            mapping.add(retained.size() + i);
        }
        PhysicalNode node =
                new PhysicalNode.Generate(
                        new PhysicalNode.Project(input.node(), wide),
                        generate.function(),
                        arguments,
                        made,
                        generate.outer(),
                        retained);
        return new Part(node, mapping, input.single());
    }

    private Part window(WindowRel window, ImmutableBitSet required) {
        int width = window.getInput().getRowType().getFieldCount();
        ImmutableBitSet.Builder needed =
                ImmutableBitSet.builder().addAll(required.intersect(ImmutableBitSet.range(width)));
        needed.addAll(window.partitionKeys());
        window.orderKeys().forEach(key -> needed.set(key.column()));
        window.calls().forEach(call -> needed.addAll(call.arguments()));
        ImmutableBitSet columns = needed.build();
        Part input = narrowed(convert(window.getInput(), columns), columns);
        List<Integer> partition = window.partitionKeys().stream().map(input::column).toList();
        if (!input.single()) {
            StageOutput output =
                    partition.isEmpty()
                            ? new StageOutput.Gather(List.of())
                            : new StageOutput.Hash(partition);
            input = new Part(stages.exchange(input, output), input.columns(), partition.isEmpty());
        }
        Part there = input;
        List<SortKey> order =
                window.orderKeys().stream()
                        .map(
                                key ->
                                        new SortKey(
                                                there.column(key.column()),
                                                key.descending(),
                                                key.nullsFirst()))
                        .toList();
        List<SortKey> sort = new ArrayList<>();
        partition.forEach(column -> sort.add(new SortKey(column, false, false)));
        for (SortKey key : order) {
            if (sort.stream().noneMatch(s -> s.column() == key.column())) {
                sort.add(key);
            }
        }
        PhysicalNode sorted =
                sort.isEmpty() ? input.node() : new PhysicalNode.Sort(input.node(), sort);
        List<WindowCall> calls =
                window.calls().stream()
                        .map(
                                call ->
                                        new WindowCall(
                                                call.function(),
                                                call.arguments().stream()
                                                        .map(there::column)
                                                        .toList(),
                                                call.argumentTypes(),
                                                call.type(),
                                                call.distinct(),
                                                call.ignoreNulls(),
                                                call.frame()))
                        .toList();
        List<Integer> mapping = new ArrayList<>(input.columns());
        int outputs = input.node().outputTypes().size();
        for (int i = 0; i < calls.size(); i++) {
            mapping.add(outputs + i);
        }
        return new Part(
                new PhysicalNode.Window(sorted, partition, order, calls), mapping, input.single());
    }

    RexFactory rex() {
        return rex;
    }
}
