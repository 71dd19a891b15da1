package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.result.StatementResult;
import org.skep.engine.scan.PartitionValues;
import org.skep.engine.session.StatementContext;
import org.skep.engine.session.StatementEvaluation;
import org.skep.metastore.Column;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.PartitionName;
import org.skep.metastore.Table;
import org.skep.parser.ast.AlterTableAction;
import org.skep.parser.ast.Node;
import org.skep.parser.ast.PartitionSpec;
import org.skep.planner.analysis.TypeNameBinder;
import org.skep.types.DataType;

/** ALTER TABLE of columns and partition columns. Confined to the statement's thread. */
final class AlterColumns {
    private final StatementContext context;
    private final Table table;
    private final Optional<PartitionSpec> partition;
    private final TableCommit commit;

    /** Changes a table's columns, or those of the partition alone that the statement names. */
    AlterColumns(StatementContext context, Table table, Optional<PartitionSpec> partition) {
        this.context = context;
        this.table = table;
        this.partition = partition;
        commit = new TableCommit(context, table);
    }

    StatementResult add(AlterTableAction.AddColumns node) {
        List<Column> added = ColumnDefinitions.columns(node.columns());
        if (partition.isPresent()) {
            return changePartitionColumns(columns -> joined(columns, added));
        }
        return changeColumns(joined(table.columns(), added), node.cascade());
    }

    private static List<Column> joined(List<Column> columns, List<Column> added) {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(added);
        return all;
    }

    StatementResult replace(AlterTableAction.ReplaceColumns node) {
        List<Column> columns = new ArrayList<>();
        for (Column column : ColumnDefinitions.columns(node.columns())) {
            // A column of the same name is the same column.
            columns.add(
                    table.columns().stream()
                            .filter(old -> old.name().equals(column.name()))
                            .findFirst()
                            .map(old -> column.withId(old.id()))
                            .orElse(column));
        }
        new ColumnTypeChanges(context).check(table.columns(), columns, node);
        if (partition.isPresent()) {
            return changePartitionColumns(old -> columns);
        }
        return changeColumns(columns, node.cascade());
    }

    StatementResult change(AlterTableAction.ChangeColumn node) {
        UnaryOperator<List<Column>> change = columns -> changed(columns, node);
        if (partition.isPresent()) {
            return changePartitionColumns(change);
        }
        return changeColumns(change.apply(table.columns()), node.cascade());
    }

    private List<Column> changed(List<Column> columns, AlterTableAction.ChangeColumn node) {
        List<Column> result = new ArrayList<>(columns);
        int index = index(result, node.column().name(), node.column());
        Column old = result.remove(index);
        Column definition = ColumnDefinitions.column(node.definition());
        Optional<String> comment = definition.comment().or(old::comment);
        Column column = new Column(old.id(), definition.name(), definition.typeName(), comment);
        new ColumnTypeChanges(context).check(List.of(old), List.of(column), node);
        int place = index;
        if (node.first()) {
            place = 0;
        } else if (node.after().isPresent()) {
            place = index(result, node.after().get().name(), node.after().get()) + 1;
        }
        result.add(place, column);
        return result;
    }

    private static int index(List<Column> columns, String name, Node node) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new SkepException(
                ErrorCode.COLUMN_NOT_FOUND,
                node.location(),
                "Invalid column reference '%s'".formatted(name));
    }

    /**
     * Partitions keep the columns that they were written with unless the change cascades; a
     * partition that so far followed the table gets the old columns as its own.
     */
    private StatementResult changeColumns(List<Column> columns, boolean cascade) {
        ColumnDefinitions.check(columns, table.partitionColumns());
        Table changed = table.toBuilder().columns(columns).build();
        if (!table.partitioned() || table.isView()) {
            return commit.commit(changed);
        }
        List<Partition> edited = new ArrayList<>();
        for (Partition old : context.catalogue().partitions(table, values -> true)) {
            if (cascade) {
                if (old.columns().isPresent()) {
                    edited.add(old.withLayout(old.storage(), Optional.empty()));
                }
            } else if (old.columns().isEmpty()) {
                edited.add(old.withLayout(old.storage(), Optional.of(table.columns())));
            }
        }
        return commit.commit(changed, PartitionEdits.put(edited));
    }

    private StatementResult changePartitionColumns(UnaryOperator<List<Column>> change) {
        Partition old = new PartitionSpecs(context, table).require(partition.orElseThrow());
        List<Column> columns = change.apply(old.columns().orElse(table.columns()));
        ColumnDefinitions.check(columns, table.partitionColumns());
        // New columns are those of the table where the names agree.
        List<Column> numbered = new ArrayList<>();
        for (Column column : columns) {
            int id =
                    table.columns().stream()
                            .filter(own -> own.name().equals(column.name()))
                            .findFirst()
                            .map(Column::id)
                            .orElse(column.id());
            if (id == Column.UNASSIGNED) {
                throw new SkepException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        partition.get().location(),
                        "Partition column must be one of the table: " + column.name());
            }
            numbered.add(column.withId(id));
        }
        return commit.commit(
                table,
                PartitionEdits.put(List.of(old.withLayout(old.storage(), Optional.of(numbered)))));
    }

    StatementResult changePartitioning(AlterTableAction.ChangePartitionColumn node) {
        List<Column> columns = new ArrayList<>(table.partitionColumns());
        int index = index(columns, node.column().name(), node.column());
        Column old = columns.get(index);
        DataType type = TypeNameBinder.bind(node.type());
        if (type.kind().isNested()) {
            throw new SkepException(
                    ErrorCode.PARTITION_COLUMN_TYPE,
                    node.location(),
                    "Partition column must be of a primitive type: " + type.typeName());
        }
        PartitionValues values = new PartitionValues(new StatementEvaluation(context));
        for (List<String> texts : context.catalogue().catalogue().partitionValues(table)) {
            String text = texts.get(index);
            if (!text.equals(PartitionName.DEFAULT_VALUE) && values.typed(type, text).isNull()) {
                throw new SkepException(
                        ErrorCode.PARTITION_VALUE_TYPE,
                        node.location(),
                        "Partition value cannot be of type %s: %s".formatted(type, text));
            }
        }
        columns.set(index, new Column(old.id(), old.name(), type.typeName(), old.comment()));
        return commit.commit(table.toBuilder().partitionColumns(columns).build());
    }
}
