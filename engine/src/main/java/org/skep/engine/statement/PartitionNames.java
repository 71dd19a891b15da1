package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.SkepException;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.Column;
import org.skep.metastore.Table;
import org.skep.parser.SqlPrinter;
import org.skep.parser.ast.ShowStatement;
import org.skep.parser.ast.SortItem;

/**
 * Chooses and sorts the partitions that SHOW PARTITIONS shows, by a query over their values.
 * Confined to the statement's thread.
 */
final class PartitionNames {
    private static final String NAME = "`_skep_name`";

    private final StatementContext context;
    private final Table table;

    PartitionNames(StatementContext context, Table table) {
        this.context = context;
        this.table = table;
    }

    /** The names of those partitions for which WHERE is true, by ORDER BY or else by name. */
    List<String> select(List<List<String>> partitions, ShowStatement.ShowPartitions node) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        StringBuilder sql = new StringBuilder("select " + NAME + " from (select " + NAME);
        List<Column> columns = table.partitionColumns();
        for (Column column : columns) {
            String name = quoted(column);
            sql.append(", cast(%s as %s) as %s".formatted(name, column.typeName(), name));
        }
        sql.append(" from (values ");
        for (int i = 0; i < partitions.size(); i++) {
            List<String> values = partitions.get(i);
            sql.append(i == 0 ? "(" : ", (");
            sql.append(SqlPrinter.quote(table.partitionName(values)));
            values.forEach(value -> sql.append(", ").append(SqlPrinter.quote(value)));
            sql.append(')');
        }
        sql.append(") as v(").append(NAME);
        columns.forEach(column -> sql.append(", ").append(quoted(column)));
        sql.append(")) as p");
        node.where()
                .ifPresent(
                        where -> sql.append(" where ").append(where.span().textIn(context.text())));
        sql.append(" order by ");
        for (SortItem item : node.orderBy()) {
            sql.append(item.span().textIn(context.text())).append(", ");
        }
        sql.append(NAME);
        List<String> names = new ArrayList<>();
        try (StatementResult result = new InnerQuery(context).run(sql.toString())) {
            for (RowCursor row = result.rows(); row.next(); ) {
                names.add(row.text(0));
            }
        } catch (SkepException e) {
            // Places in the query are none of the statement's.
            throw new SkepException(e.code(), node.location(), e.getMessage(), e);
        }
        return names;
    }

    private static String quoted(Column column) {
        return "`" + column.name().replace("`", "``") + "`";
    }
}
