package org.skep.executor.build;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.executor.aggregate.AggregateOperator;
import org.skep.executor.exchange.ExchangeReadOperator;
import org.skep.executor.exchange.ExchangeSource;
import org.skep.executor.expression.ExpressionCompiler;
import org.skep.executor.join.HashJoinOperator;
import org.skep.executor.join.JoinTable;
import org.skep.executor.join.NestedLoopJoinOperator;
import org.skep.executor.join.RightRows;
import org.skep.executor.operator.ExpandOperator;
import org.skep.executor.operator.FilterOperator;
import org.skep.executor.operator.GenerateOperator;
import org.skep.executor.operator.LimitOperator;
import org.skep.executor.operator.Operator;
import org.skep.executor.operator.ProjectOperator;
import org.skep.executor.operator.UnionAllOperator;
import org.skep.executor.operator.ValuesOperator;
import org.skep.executor.scan.ScanOperator;
import org.skep.executor.sort.SortOperator;
import org.skep.executor.sort.TopNOperator;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.RuntimeRanges;
import org.skep.executor.task.TaskContext;
import org.skep.executor.window.WindowOperator;
import org.skep.executor.write.TableWriteOperator;
import org.skep.functions.api.TableFunction;
import org.skep.plan.node.PhysicalNode;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;
import org.skep.types.StructType;

/**
 * Makes the operators of one task. Confined to one thread.
 *
 * <p>The right side of a join that is the same for all tasks (it reads broadcasts, constants or
 * whole tables) is built once a process and shared. Constants elsewhere are produced by the first
 * task alone.
 */
public final class OperatorBuilder {
    private final TaskContext task;
    private final StageState stage;
    private final BiConsumer<Integer, WrittenFile> written;
    private final ExpressionCompiler compiler;
    private final RuntimeRanges ranges = new RuntimeRanges();

    /**
     * A builder for a task.
     *
     * @param written told of each file and the id of its target
     */
    public OperatorBuilder(
            TaskContext task, StageState stage, BiConsumer<Integer, WrittenFile> written) {
        this.task = task;
        this.stage = stage;
        this.written = written;
        compiler = new ExpressionCompiler(task.services().functions(), task.eval());
    }

    /** The operator of a fragment's root. */
    public Operator build(PhysicalNode root) {
        return build(root, 0, stage.tasks() == 1);
    }

    private Operator build(PhysicalNode node, int index, boolean whole) {
        return node.accept(new At(node, index, whole));
    }

    private static int size(PhysicalNode node) {
        int size = 1;
        for (PhysicalNode input : node.inputs()) {
            size += size(input);
        }
        return size;
    }

    /** Whether a node's rows are the same in every task of the stage. */
    private boolean isReplicated(PhysicalNode node) {
        if (node instanceof PhysicalNode.ExchangeRead read) {
            return stage.exchange(read.stage()).isShared();
        }
        if (node.inputs().isEmpty()) {
            return true;
        }
        return node.inputs().stream().allMatch(this::isReplicated);
    }

    /** Makes the operator of a node at its place in the plan. */
    private final class At implements PhysicalNode.Visitor<Operator> {
        private final int index;
        private final boolean whole;
        private final OperatorStatistics statistics;

        /**
         * A place.
         *
         * @param whole whether this operator is to produce the rows of all tasks
         */
        At(PhysicalNode node, int index, boolean whole) {
            this.index = index;
            this.whole = whole;
            statistics = stage.statistics(index, node.getClass().getSimpleName());
        }

        private Operator input(PhysicalNode input) {
            return build(input, index + 1, whole);
        }

        @Override
        public Operator tableScan(PhysicalNode.TableScan node) {
            return new ScanOperator(
                    statistics, task, node, stage.splits(node.scanId()), compiler, ranges);
        }

        @Override
        public Operator values(PhysicalNode.Values node) {
            boolean mine = whole || task.task() == 0;
            return new ValuesOperator(
                    statistics,
                    node.outputTypes(),
                    mine ? node.rows() : List.of(),
                    task.batchRows());
        }

        @Override
        public Operator exchangeRead(PhysicalNode.ExchangeRead node) {
            ExchangeSource exchange = stage.exchange(node.stage());
            return new ExchangeReadOperator(statistics, task, exchange, node.mergeKeys());
        }

        @Override
        public Operator filter(PhysicalNode.Filter node) {
            return new FilterOperator(
                    statistics, input(node.input()), compiler.predicate(node.condition()));
        }

        @Override
        public Operator project(PhysicalNode.Project node) {
            return new ProjectOperator(
                    statistics, input(node.input()), compiler.projection(node.expressions()));
        }

        @Override
        public Operator expand(PhysicalNode.Expand node) {
            return new ExpandOperator(
                    statistics,
                    input(node.input()),
                    node.projections().stream().map(compiler::projection).toList());
        }

        @Override
        public Operator generate(PhysicalNode.Generate node) {
            TableFunction function =
                    task.services()
                            .functions()
                            .table(node.function())
                            .orElseThrow(
                                    () ->
                                            new SkepException(
                                                    ErrorCode.FUNCTION_NOT_FOUND,
                                                    "Function not found: " + node.function()));
            List<DataType> inputs = node.input().outputTypes();
            List<DataType> arguments = node.arguments().stream().map(inputs::get).toList();
            List<StructType.Field> fields = new ArrayList<>();
            for (DataType type : node.functionTypes()) {
                fields.add(new StructType.Field("col" + fields.size(), type));
            }
            return new GenerateOperator(
                    statistics,
                    input(node.input()),
                    function.kernels().apply(arguments, new StructType(fields)),
                    node,
                    task.batchRows(),
                    task.eval());
        }

        @Override
        public Operator hashJoin(PhysicalNode.HashJoin node) {
            boolean shares = shares(node.right());
            OperatorMemory memory = task.memoryOf(statistics);
            Supplier<JoinTable> maker =
                    () ->
                            HashJoinOperator.build(
                                    task,
                                    node,
                                    right(node.left(), node.right(), shares),
                                    memory,
                                    shares ? stage.tasks() : 1);
            Supplier<JoinTable> table =
                    shares ? () -> stage.once(index, JoinTable.class, maker) : maker;
            return new HashJoinOperator(
                    statistics, task, input(node.left()), table, !shares, node, compiler, ranges);
        }

        @Override
        public Operator nestedLoopJoin(PhysicalNode.NestedLoopJoin node) {
            boolean shares = shares(node.right());
            OperatorMemory memory = task.memoryOf(statistics);
            Supplier<RightRows> maker =
                    () ->
                            RightRows.collect(
                                    node,
                                    right(node.left(), node.right(), shares),
                                    memory,
                                    shares ? stage.tasks() : 1);
            Supplier<RightRows> rows =
                    shares ? () -> stage.once(index, RightRows.class, maker) : maker;
            return new NestedLoopJoinOperator(
                    statistics, task, input(node.left()), rows, !shares, node, compiler);
        }

        // Within a side that is built whole there is only the one task that builds it.
        private boolean shares(PhysicalNode right) {
            return !whole && isReplicated(right);
        }

        private Operator right(PhysicalNode left, PhysicalNode right, boolean shares) {
            return build(right, index + 1 + size(left), whole || shares);
        }

        @Override
        public Operator aggregate(PhysicalNode.Aggregate node) {
            return new AggregateOperator(statistics, task, input(node.input()), node);
        }

        @Override
        public Operator window(PhysicalNode.Window node) {
            return new WindowOperator(statistics, task, input(node.input()), node);
        }

        @Override
        public Operator sort(PhysicalNode.Sort node) {
            return new SortOperator(
                    statistics, task, input(node.input()), node.keys(), node.outputTypes());
        }

        @Override
        public Operator topN(PhysicalNode.TopN node) {
            return new TopNOperator(
                    statistics,
                    task,
                    input(node.input()),
                    node.keys(),
                    node.count(),
                    node.outputTypes());
        }

        @Override
        public Operator limit(PhysicalNode.Limit node) {
            return new LimitOperator(statistics, input(node.input()), node.offset(), node.count());
        }

        @Override
        public Operator unionAll(PhysicalNode.UnionAll node) {
            List<Operator> inputs = new ArrayList<>();
            int at = index + 1;
            for (PhysicalNode input : node.inputs()) {
                inputs.add(build(input, at, whole));
                at += size(input);
            }
            return new UnionAllOperator(statistics, inputs);
        }

        @Override
        public Operator tableWrite(PhysicalNode.TableWrite node) {
            int id = node.target().id();
            return new TableWriteOperator(
                    statistics,
                    task,
                    input(node.input()),
                    node.target(),
                    file -> written.accept(id, file));
        }
    }
}
