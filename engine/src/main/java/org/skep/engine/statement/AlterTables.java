package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.catalog.CatalogueView;
import org.skep.engine.catalog.Locations;
import org.skep.engine.catalog.TableName;
import org.skep.engine.publish.Publication;
import org.skep.engine.publish.TableChange;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.SessionState;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.Bucketing;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.metastore.TableStorage;
import org.skep.parser.ast.AlterTableAction;
import org.skep.parser.ast.Constraint;
import org.skep.parser.ast.Node;
import org.skep.parser.ast.PartitionSpec;
import org.skep.parser.ast.Property;

/** ALTER TABLE and ALTER VIEW, one action. Confined to the statement's thread. */
final class AlterTables implements AlterTableAction.Visitor<StatementResult> {
    private final StatementContext context;
    private final CatalogueView catalogue;
    private final Table table;
    private final Optional<PartitionSpec> partition;
    private final TableCommit commit;

    AlterTables(StatementContext context, Table table, Optional<PartitionSpec> partition) {
        this.context = context;
        this.catalogue = context.catalogue();
        this.table = table;
        this.partition = partition;
        commit = new TableCommit(context, table);
    }

    /** Changes how the table, or the one partition that the statement names, is stored. */
    private StatementResult store(UnaryOperator<TableStorage> change) {
        if (partition.isEmpty()) {
            return commit.commit(table.toBuilder().storage(change.apply(table.storage())).build());
        }
        Partition old = new PartitionSpecs(context, table).require(partition.get());
        TableStorage storage = change.apply(old.storage().orElse(table.storage()));
        Partition changed =
                old.withLayout(
                        Optional.of(storage), Optional.of(old.columns().orElse(table.columns())));
        return commit.commit(table, PartitionEdits.put(List.of(changed)));
    }

    @Override
    public StatementResult rename(AlterTableAction.Rename node) {
        TableName name = catalogue.resolve(node.newName());
        if (table.database().startsWith(SessionState.HIDDEN_PREFIX)) {
            return renameTemporary(name, node);
        }
        if (catalogue.table(name.database(), name.table()).isPresent()) {
            throw new SkepException(
                    ErrorCode.RENAME_TARGET_EXISTS,
                    node.newName().location(),
                    "Unable to alter table. new table %s.%s already exists"
                            .formatted(name.database(), name.table()));
        }
        if (!catalogue.databaseExists(name.database())) {
            throw new SkepException(
                    ErrorCode.DATABASE_NOT_FOUND,
                    node.newName().location(),
                    "Database not found: " + name.database());
        }
        return rename(name);
    }

    private StatementResult renameTemporary(TableName name, AlterTableAction.Rename node) {
        TableName hidden = context.session().hidden(name);
        if (!hidden.database().equals(table.database())) {
            throw StatementExecutor.unsupported(
                    "ALTER TABLE RENAME of a temporary table to another database", node);
        }
        if (context.session().temporaryTable(name).isPresent()) {
            throw new SkepException(
                    ErrorCode.RENAME_TARGET_EXISTS,
                    node.newName().location(),
                    "Unable to alter table. new temporary table %s.%s already exists"
                            .formatted(name.database(), name.table()));
        }
        StatementResult result = rename(hidden);
        context.session().removeTemporary(new TableName(table.database(), table.name()));
        context.session().addTemporary(name);
        return result;
    }

    private StatementResult rename(TableName name) {
        Table renamed = table.toBuilder().name(name.database(), name.table()).build();
        Optional<String> location = table.storage().location();
        if (table.kind() != TableKind.MANAGED || !location.equals(Optional.of(ownPlace(table)))) {
            return commit.commit(renamed);
        }
        Database database = catalogue.catalogue().requireDatabase(name.database());
        String target =
                Locations.ofNewTable(
                        context.services().fileSystems(),
                        context.services().warehouseDirectory(),
                        database,
                        name.table());
        Table moved = renamed.toBuilder().storage(table.storage().withLocation(target)).build();
        context.services()
                .publisher()
                .publish(
                        new Publication(
                                context.queryId(),
                                List.of(TableChange.of(table).target(moved).moveFiles().build())),
                        context::warn);
        return Results.done(context);
    }

    // The directory that a managed table gets by its name, which is renamed with it.
    private String ownPlace(Table managed) {
        Database database = catalogue.catalogue().requireDatabase(managed.database());
        return Locations.ofDatabase(context.services().warehouseDirectory(), database)
                + "/"
                + managed.name();
    }

    @Override
    public StatementResult renamePartition(AlterTableAction.RenamePartition node) {
        PartitionSpecs specs = new PartitionSpecs(context, table);
        Partition old = specs.require(required(node));
        List<String> values = specs.exact(node.newSpec());
        if (specs.find(values).isPresent()) {
            throw partitionExists(node, values);
        }
        Partition renamed =
                new Partition(
                        values,
                        old.location(),
                        old.parameters(),
                        old.storage(),
                        old.columns(),
                        old.statistics(),
                        old.columnStatistics(),
                        old.createTime());
        return commit.commit(
                table, new PartitionEdits(List.of(renamed), List.of(), List.of(old.values())));
    }

    private SkepException partitionExists(Node node, List<String> values) {
        return new SkepException(
                ErrorCode.PARTITION_EXISTS,
                node.location(),
                "Partition already exists: " + table.partitionName(values));
    }

    private PartitionSpec required(Node node) {
        return partition.orElseThrow(
                () ->
                        new SkepException(
                                ErrorCode.INVALID_PARTITION_SPEC,
                                node.location(),
                                "Statement must name a partition"));
    }

    private AlterColumns columns() {
        return new AlterColumns(context, table, partition);
    }

    @Override
    public StatementResult addColumns(AlterTableAction.AddColumns node) {
        return columns().add(node);
    }

    @Override
    public StatementResult replaceColumns(AlterTableAction.ReplaceColumns node) {
        return columns().replace(node);
    }

    @Override
    public StatementResult changeColumn(AlterTableAction.ChangeColumn node) {
        return columns().change(node);
    }

    @Override
    public StatementResult changePartitionColumn(AlterTableAction.ChangePartitionColumn node) {
        return columns().changePartitioning(node);
    }

    @Override
    public StatementResult dropColumn(AlterTableAction.DropColumn node) {
        throw StatementExecutor.unsupported("ALTER TABLE DROP COLUMN", node);
    }

    @Override
    public StatementResult addPartitions(AlterTableAction.AddPartitions node) {
        return new PartitionStatements(context, table).add(node);
    }

    @Override
    public StatementResult dropPartitions(AlterTableAction.DropPartitions node) {
        return new PartitionStatements(context, table).drop(node);
    }

    @Override
    public StatementResult addConstraint(AlterTableAction.AddConstraint node) {
        Constraint constraint = node.constraint();
        List<String> all = new ArrayList<>(table.constraints());
        all.add(constraint.span().textIn(context.text()));
        return commit.commit(table.toBuilder().constraints(all).build());
    }

    @Override
    public StatementResult dropConstraint(AlterTableAction.DropConstraint node) {
        String name = node.name().name();
        List<String> kept = new ArrayList<>(table.constraints());
        boolean found =
                kept.removeIf(
                        text ->
                                text.toLowerCase(java.util.Locale.ROOT)
                                        .matches("(?s).*constraint\\s+`?" + name + "`?\\s.*"));
        if (!found) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.location(),
                    "Constraint not found: " + node.name());
        }
        return commit.commit(table.toBuilder().constraints(kept).build());
    }

    @Override
    public StatementResult setProperties(AlterTableAction.SetProperties node) {
        Table.Builder changed = table.toBuilder();
        Map<String, String> properties = new TreeMap<>(table.properties());
        for (Property property : node.properties()) {
            if (property.key().equalsIgnoreCase("EXTERNAL")) {
                changed.kind(
                        Boolean.parseBoolean(property.value())
                                ? TableKind.EXTERNAL
                                : TableKind.MANAGED);
            } else if (property.key().equalsIgnoreCase("transactional")
                    && Boolean.parseBoolean(property.value())) {
                throw StatementExecutor.unsupported("Transactional table", node);
            } else if (property.key().equals("comment")) {
                changed.comment(Optional.of(property.value()));
            } else {
                properties.put(property.key(), property.value());
            }
        }
        return commit.commit(changed.properties(properties).build());
    }

    @Override
    public StatementResult unsetProperties(AlterTableAction.UnsetProperties node) {
        Map<String, String> properties = new TreeMap<>(table.properties());
        for (String key : node.keys()) {
            if (properties.remove(key) == null && !node.ifExists()) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR, node.location(), "Property not found: " + key);
            }
        }
        return commit.commit(table.toBuilder().properties(properties).build());
    }

    @Override
    public StatementResult setLocation(AlterTableAction.SetLocation node) {
        String location;
        try {
            location = Locations.normalize(node.path());
        } catch (SkepException e) {
            throw e.at(node.location());
        }
        context.services().fileSystems().of(location).createDirectories(location);
        if (partition.isPresent()) {
            Partition old = new PartitionSpecs(context, table).require(partition.get());
            return commit.commit(table, PartitionEdits.put(List.of(old.withLocation(location))));
        }
        return commit.commit(
                table.toBuilder().storage(table.storage().withLocation(location)).build());
    }

    @Override
    public StatementResult setFileFormat(AlterTableAction.SetFileFormat node) {
        TableStorage wanted =
                new StorageClauses(context).storage(Optional.empty(), Optional.of(node.format()));
        return store(
                old ->
                        new TableStorage(
                                wanted.format(),
                                wanted.serdeClass(),
                                old.serdeProperties(),
                                wanted.inputFormat(),
                                wanted.outputFormat(),
                                old.location()));
    }

    @Override
    public StatementResult setSerde(AlterTableAction.SetSerde node) {
        TableStorage wanted =
                new StorageClauses(context)
                        .storage(
                                Optional.of(
                                        new org.skep.parser.ast.RowFormat.Serde(
                                                node.className(), node.properties(), node.span())),
                                Optional.empty());
        return store(
                old -> {
                    Map<String, String> properties = new TreeMap<>(old.serdeProperties());
                    properties.putAll(DatabaseStatements.properties(node.properties()));
                    return new TableStorage(
                            wanted.format(),
                            wanted.serdeClass(),
                            new TreeMap<>(properties),
                            old.inputFormat(),
                            old.outputFormat(),
                            old.location());
                });
    }

    @Override
    public StatementResult setSerdeProperties(AlterTableAction.SetSerdeProperties node) {
        return store(
                old -> {
                    Map<String, String> properties = new TreeMap<>(old.serdeProperties());
                    properties.putAll(DatabaseStatements.properties(node.properties()));
                    return old.withSerdeProperties(properties);
                });
    }

    @Override
    public StatementResult unsetSerdeProperties(AlterTableAction.UnsetSerdeProperties node) {
        return store(
                old -> {
                    Map<String, String> properties = new TreeMap<>(old.serdeProperties());
                    node.keys().forEach(properties::remove);
                    return old.withSerdeProperties(properties);
                });
    }

    @Override
    public StatementResult setOwner(AlterTableAction.SetOwner node) {
        return commit.commit(table.toBuilder().owner(node.owner().text()).build());
    }

    @Override
    public StatementResult clusterBy(AlterTableAction.ClusterBy node) {
        refusePartition(node);
        return commit.commit(
                bucketed(Optional.of(BucketingClause.bind(node.bucketing(), table.columns()))));
    }

    @Override
    public StatementResult setBucketCount(AlterTableAction.SetBucketCount node) {
        refusePartition(node);
        BucketingClause.requireCount(node.buckets(), node.location());
        Bucketing old =
                table.bucketing()
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.NOT_BUCKETED,
                                                node.location(),
                                                "Table is not bucketized."));
        return commit.commit(
                bucketed(
                        Optional.of(
                                new Bucketing(old.columns(), old.sortColumns(), node.buckets()))));
    }

    @Override
    public StatementResult dropBucketing(AlterTableAction.DropBucketing node) {
        refusePartition(node);
        Optional<Bucketing> left =
                node.orderOnly()
                        ? table.bucketing()
                                .map(old -> new Bucketing(old.columns(), List.of(), old.count()))
                        : Optional.empty();
        return commit.commit(bucketed(left));
    }

    // Data that are there stay where they are.
    private Table bucketed(Optional<Bucketing> bucketing) {
        return table.toBuilder().bucketing(bucketing).build();
    }

    private void refusePartition(Node node) {
        if (partition.isPresent()) {
            throw StatementExecutor.unsupported("Bucketing of a single partition", node);
        }
    }

    @Override
    public StatementResult touch(AlterTableAction.Touch node) {
        PartitionSpecs specs = new PartitionSpecs(context, table);
        return commit.commit(
                table,
                node.partition()
                        .map(specs::require)
                        .map(touched -> PartitionEdits.put(List.of(touched)))
                        .orElse(PartitionEdits.NONE));
    }

    @Override
    public StatementResult exchangePartition(AlterTableAction.ExchangePartition node) {
        return new ExchangePartition(context, table).exchange(node);
    }
}
