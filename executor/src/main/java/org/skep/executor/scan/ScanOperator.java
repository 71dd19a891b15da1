package org.skep.executor.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.executor.expression.ExpressionCompiler;
import org.skep.executor.expression.PredicateEvaluator;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.RuntimeRanges;
import org.skep.executor.task.TaskContext;
import org.skep.functions.api.EvalContext;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.PhysicalNode.TableScan.RuntimeFilterUse;
import org.skep.plan.node.PhysicalNode.TableScan.VirtualColumn;
import org.skep.plan.stage.ScanSplit;
import org.skep.storage.BatchFilter;
import org.skep.storage.BatchSource;
import org.skep.storage.RuntimeFilter;
import org.skep.storage.ScanRequest;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.types.Datum;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.Selection;

/**
 * Reads splits of a table, one after the other, until none is left. The parts of the filter that
 * need columns of files alone are applied by the reader; the rest is applied here. Confined to one
 * thread.
 */
public final class ScanOperator extends Operator {
    private final TaskContext task;
    private final PhysicalNode.TableScan node;
    private final SplitQueue splits;
    private final RuntimeRangeFilter runtimeFilter;
    private final List<BatchFilter> filters = new ArrayList<>();
    private final PredicateEvaluator rest;
    private final int fileColumns;
    private final ExpressionCompiler compiler;
    private BatchSource source;
    private ColumnVector[] constants = new ColumnVector[0];
    private boolean closed;

    /** Reads what {@code splits} holds. */
    public ScanOperator(
            OperatorStatistics statistics,
            TaskContext task,
            PhysicalNode.TableScan node,
            SplitQueue splits,
            ExpressionCompiler compiler,
            RuntimeRanges ranges) {
        super(statistics);
        this.task = task;
        this.node = node;
        this.splits = splits;
        this.compiler = compiler;
        fileColumns = node.columns().size();
        runtimeFilter = new RuntimeRangeFilter(ranges, node.runtimeFilters());
        Map<Set<Integer>, List<Expression>> byColumns = new LinkedHashMap<>();
        List<Expression> others = new ArrayList<>();
        for (Expression conjunct : conjuncts(node.filter())) {
            Set<Integer> columns = ExpressionCompiler.columnsOf(conjunct);
            boolean inFile = columns.stream().allMatch(column -> column < fileColumns);
            if (inFile && !columns.isEmpty() && compiler.isStable(conjunct)) {
                byColumns.computeIfAbsent(columns, key -> new ArrayList<>()).add(conjunct);
            } else {
                others.add(conjunct);
            }
        }
        byColumns.forEach(
                (columns, conjuncts) ->
                        filters.add(
                                new ConjunctFilter(columns, compiler.predicate(and(conjuncts)))));
        for (RuntimeFilterUse use : node.runtimeFilters()) {
            if (use.column() < fileColumns) {
                filters.add(runtimeFilter.rows(use.column()));
            }
        }
        rest = others.isEmpty() ? null : compiler.predicate(and(others));
    }

    private static List<Expression> conjuncts(Expression filter) {
        if (filter == null) {
            return List.of();
        }
        if (filter instanceof Expression.And and) {
            return and.operands().stream().flatMap(part -> conjuncts(part).stream()).toList();
        }
        return List.of(filter);
    }

    private static Expression and(List<Expression> conjuncts) {
        return conjuncts.size() == 1 ? conjuncts.get(0) : new Expression.And(conjuncts);
    }

    @Override
    protected ColumnBatch pull() {
        while (!closed) {
            task.checkStopped();
            if (source == null && !open()) {
                closed = true;
                return null;
            }
            ColumnBatch batch = source.next();
            if (batch == null) {
                closeSource();
                continue;
            }
            if (batch.rowCount() == 0) {
                continue;
            }
            ColumnBatch whole = withConstants(batch);
            if (rest == null) {
                return whole;
            }
            Selection passed = rest.select(whole.columns(), whole.selection());
            if (passed.count() > 0) {
                return whole.select(passed);
            }
        }
        return null;
    }

    private boolean open() {
        ScanSplit next = splits.take();
        if (next == null) {
            return false;
        }
        Split split = next.split();
        TableLayout layout = node.layouts().get(next.layout());
        makeConstants(split);
        Optional<EvolvedSource.Mapping> evolved =
                next.layout() == 0
                        ? Optional.empty()
                        : EvolvedSource.Mapping.of(layout, node.columns());
        ScanRequest request =
                new ScanRequest(
                        layout,
                        evolved.map(EvolvedSource.Mapping::read).orElse(node.columns()),
                        evolved.isPresent() ? List.of() : node.ranges(),
                        evolved.isPresent() ? List.of() : filters,
                        evolved.isPresent() ? RuntimeFilter.NONE : runtimeFilter,
                        task.batchRows(),
                        task.eval().zone(),
                        task.stop(),
                        task.services().memory(),
                        count -> task.eval().damage(EvalContext.Damage.TURNED_NULL, count));
        BatchSource opened =
                task.services()
                        .formats()
                        .named(layout.format())
                        .open(task.services().fileSystems().of(split.path()), split, request);
        source = evolved.map(mapping -> mapping.over(opened, compiler, filters)).orElse(opened);
        return true;
    }

    private void makeConstants(Split split) {
        List<ColumnVector> made = new ArrayList<>();
        for (PhysicalNode.TableScan.PartitionColumn column : node.partitionColumns()) {
            Object value = split.partitionValues().get(column.index()).value();
            made.add(DatumVector.constant(new Datum(column.type(), value)));
        }
        for (VirtualColumn column : node.virtualColumns()) {
            made.add(
                    DatumVector.constant(
                            switch (column) {
                                case INPUT_FILE_NAME -> Datum.ofString(split.path());
                                case BLOCK_OFFSET_INSIDE_FILE -> Datum.ofLong(split.offset());
                            }));
        }
        constants = made.toArray(new ColumnVector[0]);
    }

    private ColumnBatch withConstants(ColumnBatch batch) {
        if (constants.length == 0) {
            return batch;
        }
        ColumnVector[] columns = Arrays.copyOf(batch.columns(), fileColumns + constants.length);
        System.arraycopy(constants, 0, columns, fileColumns, constants.length);
        return new ColumnBatch(columns, batch.selection());
    }

    private void closeSource() {
        if (source != null) {
            BatchSource closing = source;
            source = null;
            statistics().addScan(closing.statistics());
            closing.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeSource();
    }
}
