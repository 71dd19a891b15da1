package org.skep.planner.rel;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptAbstractTable;
import org.apache.calcite.rel.type.RelDataType;
import org.skep.metastore.Column;
import org.skep.metastore.Table;
import org.skep.planner.environment.TableEstimate;
import org.skep.types.DataType;

/**
 * A table as Calcite sees it: the own columns, the partition columns, and the virtual columns, in
 * that order. Immutable.
 */
public final class TableHandle extends RelOptAbstractTable {
    /** Names of the virtual columns, in the order of {@code VirtualColumn}. */
    public static final List<String> VIRTUAL_COLUMNS =
            List.of("input__file__name", "block__offset__inside__file");

    private final Table table;
    private final TableEstimate estimate;

    /** A handle on a version of a table. */
    public TableHandle(Table table, TableEstimate estimate, RelTypes types) {
        super(null, table.qualifiedName(), rowType(table, types));
        this.table = table;
        this.estimate = estimate;
    }

    private static RelDataType rowType(Table table, RelTypes types) {
        List<String> names = new ArrayList<>();
        List<DataType> columnTypes = new ArrayList<>();
        for (Column column : table.allColumns()) {
            names.add(column.name());
            columnTypes.add(DataType.parse(column.typeName()));
        }
        names.addAll(VIRTUAL_COLUMNS);
        columnTypes.add(DataType.STRING);
        columnTypes.add(DataType.BIGINT);
        return types.row(names, columnTypes);
    }

    /** The table. */
    public Table table() {
        return table;
    }

    /** What is known of its content. */
    public TableEstimate estimate() {
        return estimate;
    }

    @Override
    public double getRowCount() {
        return Math.max(1, estimate.rowCount());
    }
}
