package org.skep.engine.statement;

import java.util.List;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.catalog.TableName;
import org.skep.engine.publish.Publication;
import org.skep.engine.publish.TableChange;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.parser.ast.AlterTableAction;
import org.skep.parser.ast.TableStatement;

/** Statements that make, change and remove tables. Confined to the statement's thread. */
final class TableStatements implements TableStatement.Visitor<StatementResult> {
    private final StatementContext context;

    TableStatements(StatementContext context) {
        this.context = context;
    }

    @Override
    public StatementResult createTable(TableStatement.CreateTable node) {
        return new CreateTables(context).create(node);
    }

    @Override
    public StatementResult createTableLike(TableStatement.CreateTableLike node) {
        return new CreateTables(context).like(node);
    }

    // As in Hive, a table that is not there is dropped without complaint.
    @Override
    public StatementResult dropTable(TableStatement.DropTable node) {
        Optional<Table> table = context.catalogue().find(node.name());
        if (table.isPresent()) {
            if (table.get().isView()) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        node.name().location(),
                        "Cannot drop a view with DROP TABLE: " + node.name());
            }
            drop(context, table.get());
        }
        return Results.done(context);
    }

    static void drop(StatementContext context, Table table) {
        context.services().publisher().drop(context.queryId(), List.of(table), Optional.empty());
        context.session().removeTemporary(new TableName(table.database(), table.name()));
    }

    @Override
    public StatementResult truncateTable(TableStatement.TruncateTable node) {
        Table table = context.catalogue().require(node.name());
        if (!node.columns().isEmpty()) {
            throw StatementExecutor.unsupported("TRUNCATE TABLE COLUMNS", node);
        }
        boolean purge = "true".equalsIgnoreCase(table.properties().get("external.table.purge"));
        boolean kept = table.kind() == TableKind.EXTERNAL && !purge && !node.force();
        if (kept || table.isView()) {
            throw new SkepException(
                    ErrorCode.NOT_MANAGED,
                    node.name().location(),
                    "Cannot truncate non-managed table %s.".formatted(table.name()));
        }
        TableChange.Builder change = TableChange.of(table);
        if (node.partition().isPresent()) {
            if (!table.partitioned()) {
                throw new SkepException(
                        ErrorCode.PARTITION_OF_PLAIN_TABLE,
                        node.partition().get().location(),
                        "Partition spec for non partitioned table %s.".formatted(table.name()));
            }
            List<Partition> partitions =
                    context.catalogue()
                            .partitions(
                                    table,
                                    new PartitionSpecs(context, table)
                                            .matching(node.partition().get()));
            if (partitions.isEmpty()) {
                throw new SkepException(
                        ErrorCode.PARTITION_NOT_FOUND,
                        node.partition().get().location(),
                        "Partition not found: "
                                + node.partition().get().span().textIn(context.text()));
            }
            change.replacePartitions(partitions.stream().map(Partition::values).toList());
        } else {
            change.replaceTable();
        }
        context.services()
                .publisher()
                .publish(
                        new Publication(context.queryId(), List.of(change.build())), context::warn);
        return Results.done(context);
    }

    @Override
    public StatementResult alterTable(TableStatement.AlterTable node) {
        Table table = context.catalogue().require(node.name());
        if (table.isView() && !(node.action() instanceof AlterTableAction.Rename)) {
            throw new SkepException(
                    ErrorCode.NEEDS_ALTER_VIEW,
                    node.name().location(),
                    "To alter a view you need to use the ALTER VIEW command: " + node.name());
        }
        return node.action().accept(new AlterTables(context, table, node.partition()));
    }

    @Override
    public StatementResult analyzeTable(TableStatement.AnalyzeTable node) {
        return new AnalyzeStatement(context).analyze(node);
    }

    @Override
    public StatementResult repairTable(TableStatement.RepairTable node) {
        return new PartitionStatements(context, context.catalogue().requireStored(node.name()))
                .repair(node);
    }
}
