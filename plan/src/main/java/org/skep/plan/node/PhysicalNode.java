package org.skep.plan.node;

import java.util.ArrayList;
import java.util.List;
import org.skep.plan.expression.Expression;
import org.skep.storage.ColumnRange;
import org.skep.storage.ScanColumn;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.Datum;

/** A node of the physical plan. Columns are known by their index alone. Immutable. */
public sealed interface PhysicalNode {
    /** The types of the columns that this node produces. */
    List<DataType> outputTypes();

    /** The nodes that it reads from. */
    List<PhysicalNode> inputs();

    /** Dispatches to the visitor's method for this node. */
    <R> R accept(Visitor<R> visitor);

    /** One method a node, no default: adding a node breaks every visitor until it is handled. */
    interface Visitor<R> {
        R tableScan(TableScan node);

        R values(Values node);

        R exchangeRead(ExchangeRead node);

        R filter(Filter node);

        R project(Project node);

        R expand(Expand node);

        R generate(Generate node);

        R hashJoin(HashJoin node);

        R nestedLoopJoin(NestedLoopJoin node);

        R aggregate(Aggregate node);

        R window(Window node);

        R sort(Sort node);

        R topN(TopN node);

        R limit(Limit node);

        R unionAll(UnionAll node);

        R tableWrite(TableWrite node);
    }

    /**
     * Reads the splits that travel beside the plan under {@code scanId}. Produces the columns, then
     * the partition columns, then the virtual columns; only rows that fulfil the filter.
     *
     * @param layouts how files are to be understood; each split names one by index
     * @param partitionColumns which partition values of the split come out
     * @param ranges conditions that follow from the filter, over {@code columns} alone
     * @param filter over the produced columns, or null
     * @param runtimeFilters keys of joins above that may narrow the scan
     */
    record TableScan(
            int scanId,
            String table,
            List<TableLayout> layouts,
            List<ScanColumn> columns,
            List<PartitionColumn> partitionColumns,
            List<VirtualColumn> virtualColumns,
            List<ColumnRange> ranges,
            Expression filter,
            List<RuntimeFilterUse> runtimeFilters)
            implements PhysicalNode {
        /** A partition value: its index in the split's list, and its type. */
        public record PartitionColumn(int index, String name, DataType type) {}

        /** Columns that no file holds. */
        public enum VirtualColumn {
            INPUT_FILE_NAME,
            BLOCK_OFFSET_INSIDE_FILE
        }

        /**
         * The scan's column at this index is compared with the keys that the join with this filter
         * id collects.
         */
        public record RuntimeFilterUse(int filterId, int column) {}

        /** Copies the lists. */
        public TableScan {
            layouts = List.copyOf(layouts);
            columns = List.copyOf(columns);
            partitionColumns = List.copyOf(partitionColumns);
            virtualColumns = List.copyOf(virtualColumns);
            ranges = List.copyOf(ranges);
            runtimeFilters = List.copyOf(runtimeFilters);
        }

        @Override
        public List<DataType> outputTypes() {
            List<DataType> types = new ArrayList<>();
            columns.forEach(column -> types.add(column.type()));
            partitionColumns.forEach(column -> types.add(column.type()));
            virtualColumns.forEach(
                    column ->
                            types.add(
                                    column == VirtualColumn.INPUT_FILE_NAME
                                            ? DataType.STRING
                                            : DataType.BIGINT));
            return types;
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.tableScan(this);
        }
    }

    /**
     * Rows of constants; values beside a column may be NULL. One row of no columns stands for "no
     * FROM".
     */
    record Values(List<DataType> outputTypes, List<List<Datum>> rows) implements PhysicalNode {
        /** Copies the lists. */
        public Values {
            outputTypes = List.copyOf(outputTypes);
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.values(this);
        }
    }

    /**
     * Reads what another stage sent to this task.
     *
     * @param stage name of the sending stage
     * @param mergeKeys if not empty, every sender's rows are sorted so, and are merged in that
     *     order
     */
    record ExchangeRead(String stage, List<DataType> outputTypes, List<SortKey> mergeKeys)
            implements PhysicalNode {
        /** Copies the lists. */
        public ExchangeRead {
            outputTypes = List.copyOf(outputTypes);
            mergeKeys = List.copyOf(mergeKeys);
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.exchangeRead(this);
        }
    }

    /** Passes on the rows for which the condition is true. */
    record Filter(PhysicalNode input, Expression condition) implements PhysicalNode {
        @Override
        public List<DataType> outputTypes() {
            return input.outputTypes();
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.filter(this);
        }
    }

    /** Computes an expression a column. */
    record Project(PhysicalNode input, List<Expression> expressions) implements PhysicalNode {
        /** Copies the list. */
        public Project {
            expressions = List.copyOf(expressions);
        }

        @Override
        public List<DataType> outputTypes() {
            return expressions.stream().map(Expression::type).toList();
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.project(this);
        }
    }

    /**
     * Makes of each row one row for each list of expressions; all lists have the same types. For
     * grouping sets.
     */
    record Expand(PhysicalNode input, List<List<Expression>> projections) implements PhysicalNode {
        /** Copies the lists. */
        public Expand {
            projections = projections.stream().map(List::copyOf).toList();
        }

        @Override
        public List<DataType> outputTypes() {
            return projections.get(0).stream().map(Expression::type).toList();
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.expand(this);
        }
    }

    /**
     * Calls a table function for each row: produces the retained columns of the row beside each row
     * that the function makes of it.
     *
     * @param arguments indexes of the argument columns, which have exactly the bound types
     * @param functionTypes the types of the columns that the function makes
     * @param outer whether a row of which the function makes none comes out once, with NULLs
     * @param retained indexes of the input's columns that come out before the function's
     */
    record Generate(
            PhysicalNode input,
            String function,
            List<Integer> arguments,
            List<DataType> functionTypes,
            boolean outer,
            List<Integer> retained)
            implements PhysicalNode {
        /** Copies the lists. */
        public Generate {
            arguments = List.copyOf(arguments);
            functionTypes = List.copyOf(functionTypes);
            retained = List.copyOf(retained);
        }

        @Override
        public List<DataType> outputTypes() {
            List<DataType> types = new ArrayList<>();
            retained.forEach(index -> types.add(input.outputTypes().get(index)));
            types.addAll(functionTypes);
            return types;
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.generate(this);
        }
    }

    /**
     * Joins by equal keys: keeps the right side in a hash table and streams the left. Produces the
     * left columns, then the right ones if the kind shows them, or the mark.
     *
     * @param leftKeys indexes of the left key columns
     * @param rightKeys indexes of the right key columns, of the same types
     * @param nullSafe for each key whether NULL equals NULL
     * @param residual a further condition over the left and then the right columns, or null; a pair
     *     counts only if it is true (for LEFT_MARK there is none, and there is exactly one key)
     * @param runtimeFilters a filter id for each key whose least and greatest right value is to be
     *     told to scans of the left side, or -1
     */
    record HashJoin(
            JoinKind kind,
            PhysicalNode left,
            PhysicalNode right,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            List<Boolean> nullSafe,
            Expression residual,
            List<Integer> runtimeFilters)
            implements PhysicalNode {
        /** Copies the lists. */
        public HashJoin {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
            nullSafe = List.copyOf(nullSafe);
            runtimeFilters = List.copyOf(runtimeFilters);
        }

        @Override
        public List<DataType> outputTypes() {
            return joined(kind, left, right);
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(left, right);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.hashJoin(this);
        }
    }

    /**
     * Joins by any condition: keeps the right side in memory and tries every pair.
     *
     * @param condition over the left and then the right columns; null for "all pairs"
     */
    record NestedLoopJoin(
            JoinKind kind, PhysicalNode left, PhysicalNode right, Expression condition)
            implements PhysicalNode {
        @Override
        public List<DataType> outputTypes() {
            return joined(kind, left, right);
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(left, right);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nestedLoopJoin(this);
        }
    }

    /** Which part of an aggregation a node does. */
    enum AggregateStep {
        /** All of it. */
        SINGLE,
        /** Rows to intermediate results. May pass on more than one row a group. */
        PARTIAL,
        /** Intermediate results to results. */
        FINAL
    }

    /**
     * Groups rows by equal keys (NULL equals NULL). Produces the keys, then a column a call (in the
     * PARTIAL step: the columns of each call's intermediate result). Without keys there is exactly
     * one group in the SINGLE and FINAL steps, even without rows.
     *
     * @param keys indexes of the key columns
     * @param outputTypes types of all produced columns, since intermediate types belong to the
     *     function catalogue
     */
    record Aggregate(
            PhysicalNode input,
            AggregateStep step,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<DataType> outputTypes)
            implements PhysicalNode {
        /** Copies the lists. */
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
            outputTypes = List.copyOf(outputTypes);
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.aggregate(this);
        }
    }

    /**
     * Appends a column a call. The input is sorted by the partition keys and then the order keys,
     * and a partition's rows are all in the same task.
     */
    record Window(
            PhysicalNode input,
            List<Integer> partitionKeys,
            List<SortKey> orderKeys,
            List<WindowCall> calls)
            implements PhysicalNode {
        /** Copies the lists. */
        public Window {
            partitionKeys = List.copyOf(partitionKeys);
            orderKeys = List.copyOf(orderKeys);
            calls = List.copyOf(calls);
        }

        @Override
        public List<DataType> outputTypes() {
            List<DataType> types = new ArrayList<>(input.outputTypes());
            calls.forEach(call -> types.add(call.type()));
            return types;
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.window(this);
        }
    }

    /** Sorts the rows of the task; stable. */
    record Sort(PhysicalNode input, List<SortKey> keys) implements PhysicalNode {
        /** Copies the list. */
        public Sort {
            keys = List.copyOf(keys);
        }

        @Override
        public List<DataType> outputTypes() {
            return input.outputTypes();
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sort(this);
        }
    }

    /** The first {@code count} rows of the task in the order of the keys, in that order. */
    record TopN(PhysicalNode input, List<SortKey> keys, long count) implements PhysicalNode {
        /** Copies the list. */
        public TopN {
            keys = List.copyOf(keys);
        }

        @Override
        public List<DataType> outputTypes() {
            return input.outputTypes();
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.topN(this);
        }
    }

    /**
     * Leaves out the first {@code offset} rows of the task and passes on the next {@code count}.
     */
    record Limit(PhysicalNode input, long offset, long count) implements PhysicalNode {
        /** Checks the numbers. */
        public Limit {
            if (count < 0 || offset < 0) {
                throw new IllegalArgumentException(
                        "Limit must not be negative: %d, %d".formatted(offset, count));
            }
        }

        @Override
        public List<DataType> outputTypes() {
            return input.outputTypes();
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.limit(this);
        }
    }

    /** The rows of all inputs, which have the same types. */
    record UnionAll(List<PhysicalNode> inputs) implements PhysicalNode {
        /** Copies the list. */
        public UnionAll {
            inputs = List.copyOf(inputs);
        }

        @Override
        public List<DataType> outputTypes() {
            return inputs.get(0).outputTypes();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unionAll(this);
        }
    }

    /** Writes rows to files below a staging directory; produces no rows, but tells of the files. */
    record TableWrite(PhysicalNode input, WriteTarget target) implements PhysicalNode {
        @Override
        public List<DataType> outputTypes() {
            return List.of();
        }

        @Override
        public List<PhysicalNode> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.tableWrite(this);
        }
    }

    private static List<DataType> joined(JoinKind kind, PhysicalNode left, PhysicalNode right) {
        List<DataType> types = new ArrayList<>(left.outputTypes());
        if (kind.showsRight()) {
            types.addAll(right.outputTypes());
        } else if (kind == JoinKind.LEFT_MARK) {
            types.add(DataType.BOOLEAN);
        }
        return types;
    }
}
