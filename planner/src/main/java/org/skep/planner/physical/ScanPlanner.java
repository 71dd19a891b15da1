package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.metastore.Column;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.PhysicalNode;
import org.skep.planner.analysis.PartitionPredicate;
import org.skep.planner.analysis.RexFactory;
import org.skep.planner.environment.PlanEnvironment;
import org.skep.planner.environment.PlannedScan;
import org.skep.planner.rel.TableHandle;
import org.skep.storage.ColumnRange;
import org.skep.storage.ScanColumn;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.Datum;

/** Plans how a table is read: which columns, partitions and ranges. Confined to one thread. */
final class ScanPlanner {
    private final PlanEnvironment environment;
    private final RexFactory rex;
    private final List<PlannedScan> scans = new ArrayList<>();

    ScanPlanner(PlanEnvironment environment, RexFactory rex) {
        this.environment = environment;
        this.rex = rex;
    }

    List<PlannedScan> scans() {
        return scans;
    }

    /**
     * Reads a table.
     *
     * @param condition over the table's columns, or null
     */
    Part scan(TableHandle handle, RexNode condition, ImmutableBitSet required) {
        Table table = handle.table();
        int own = table.columns().size();
        int visible = table.allColumns().size();
        ImmutableBitSet needed =
                condition == null
                        ? required
                        : required.union(RelOptUtil.InputFinder.bits(condition));
        List<ScanColumn> columns = new ArrayList<>();
        List<PhysicalNode.TableScan.PartitionColumn> partitionColumns = new ArrayList<>();
        List<PhysicalNode.TableScan.VirtualColumn> virtualColumns = new ArrayList<>();
        int[] outputs = new int[handle.getRowType().getFieldCount()];
        java.util.Arrays.fill(outputs, -1);
        int next = 0;
        for (int index : needed) {
            outputs[index] = next++;
            if (index < own) {
                Column column = table.columns().get(index);
                columns.add(
                        new ScanColumn(
                                column.id(),
                                index,
                                column.name(),
                                DataType.parse(column.typeName())));
            } else if (index < visible) {
                Column column = table.partitionColumns().get(index - own);
                partitionColumns.add(
                        new PhysicalNode.TableScan.PartitionColumn(
                                index - own, column.name(), DataType.parse(column.typeName())));
            } else {
                virtualColumns.add(
                        index == visible
                                ? PhysicalNode.TableScan.VirtualColumn.INPUT_FILE_NAME
                                : PhysicalNode.TableScan.VirtualColumn.BLOCK_OFFSET_INSIDE_FILE);
            }
        }
        List<Integer> mapping = java.util.Arrays.stream(outputs).boxed().toList();
        Expression filter = null;
        List<ColumnRange> ranges = List.of();
        List<RexNode> onPartitions = new ArrayList<>();
        if (condition != null) {
            List<RexNode> rest = new ArrayList<>();
            ImmutableBitSet partitionBits = ImmutableBitSet.range(own, visible);
            for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
                ImmutableBitSet bits = RelOptUtil.InputFinder.bits(conjunct);
                boolean onlyPartitions =
                        !bits.isEmpty()
                                && partitionBits.contains(bits)
                                && RexUtil.isDeterministic(conjunct);
                if (onlyPartitions) {
                    onPartitions.add(conjunct);
                } else {
                    rest.add(conjunct);
                }
            }
            ranges = ranges(rest, mapping, columns.size());
            if (!rest.isEmpty()) {
                filter = new ExpressionConverter(mapping::get).convert(rex.and(rest));
            }
        }
        List<Partition> partitions = partitions(table, onPartitions, own);
        Map<TableLayout, Integer> layouts = new LinkedHashMap<>();
        layouts.put(PlannedScan.layout(table, null), 0);
        for (Partition partition : partitions) {
            if (partition.storage().isPresent() || partition.columns().isPresent()) {
                layouts.putIfAbsent(PlannedScan.layout(table, partition), layouts.size());
            }
        }
        PhysicalNode.TableScan node =
                new PhysicalNode.TableScan(
                        scans.size(),
                        table.qualifiedName(),
                        List.copyOf(layouts.keySet()),
                        columns,
                        partitionColumns,
                        virtualColumns,
                        ranges,
                        filter,
                        List.of());
        scans.add(new PlannedScan(scans.size(), table, partitions, node));
        return new Part(node, mapping, false);
    }

    private List<Partition> partitions(Table table, List<RexNode> conditions, int own) {
        if (!table.partitioned()) {
            return List.of();
        }
        if (conditions.isEmpty()) {
            return environment.partitions(table, values -> true);
        }
        List<DataType> types =
                table.partitionColumns().stream().map(c -> DataType.parse(c.typeName())).toList();
        List<RexNode> shifted =
                conditions.stream()
                        .map(
                                node ->
                                        node.accept(
                                                new RexShuttle() {
                                                    @Override
                                                    public RexNode visitInputRef(
                                                            RexInputRef reference) {
                                                        return new RexInputRef(
                                                                reference.getIndex() - own,
                                                                reference.getType());
                                                    }
                                                }))
                        .toList();
        return environment.partitions(table, new PartitionPredicate(rex, types, rex.and(shifted)));
    }

    private static List<ColumnRange> ranges(
            List<RexNode> conditions, List<Integer> mapping, int fileColumns) {
        List<ColumnRange> ranges = new ArrayList<>();
        for (RexNode condition : conditions) {
            if (condition instanceof RexCall call) {
                range(call, mapping, fileColumns, ranges);
            }
        }
        return ranges;
    }

    private static void range(
            RexCall call, List<Integer> mapping, int fileColumns, List<ColumnRange> ranges) {
        if (call.getOperands().size() < 2) {
            return;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        boolean flipped = !(left instanceof RexInputRef);
        RexNode column = flipped ? right : left;
        Datum value = RexFactory.constantOf(flipped ? left : right).orElse(null);
        if (!(column instanceof RexInputRef reference)
                || value == null
                || value.isNull()
                || mapping.get(reference.getIndex()) >= fileColumns
                || !value.type().equals(RexFactory.typeOf(column))
                || value.type().kind().isNested()) {
            return;
        }
        int index = mapping.get(reference.getIndex());
        switch (flipped ? call.getKind().reverse() : call.getKind()) {
            case EQUALS -> ranges.add(new ColumnRange(index, value, true, value, true, false));
            case LESS_THAN -> ranges.add(new ColumnRange(index, null, false, value, false, false));
            case LESS_THAN_OR_EQUAL ->
                    ranges.add(new ColumnRange(index, null, false, value, true, false));
            case GREATER_THAN ->
                    ranges.add(new ColumnRange(index, value, false, null, false, false));
            case GREATER_THAN_OR_EQUAL ->
                    ranges.add(new ColumnRange(index, value, true, null, false, false));
            default -> {
                // other conditions give no range
            }
        }
    }
}
