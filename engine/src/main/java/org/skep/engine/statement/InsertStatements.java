package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.publish.Publication;
import org.skep.engine.publish.Staging;
import org.skep.engine.publish.TableChange;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.query.RunningQuery;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SettingKeys;
import org.skep.metastore.Column;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionName;
import org.skep.metastore.Table;
import org.skep.parser.ast.DataStatement;
import org.skep.parser.ast.InsertBranch;
import org.skep.parser.ast.InsertTarget;
import org.skep.parser.ast.PartitionSpec;
import org.skep.parser.ast.Query;
import org.skep.plan.node.WriteTarget;
import org.skep.planner.OutputColumn;
import org.skep.planner.PlannedQuery;
import org.skep.planner.WriteRequest;
import org.skep.planner.environment.PlannedScan;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;

/**
 * INSERT in all its forms and the writing half of CREATE TABLE AS: one plan for all targets, then
 * one commit. Confined to the statement's thread.
 */
final class InsertStatements {
    private final StatementContext context;

    InsertStatements(StatementContext context) {
        this.context = context;
    }

    /** Where rows of one query go; knows what of them is to be published. */
    private record Destination(
            Table table,
            Optional<InsertTarget.Table> target,
            List<String> staticValues,
            Staging staging,
            WriteRequest request) {
        boolean allStatic() {
            return table.partitioned() && staticValues.size() == table.partitionColumns().size();
        }

        boolean overwrites() {
            return target.isPresent() && target.get().overwrite();
        }
    }

    StatementResult insert(DataStatement.Insert node) {
        List<Query> queries = InsertQueries.of(node);
        refuseSameTwice(node);
        List<Destination> destinations = new ArrayList<>();
        List<DirectoryInsert> directories = new ArrayList<>();
        try {
            for (int i = 0; i < queries.size(); i++) {
                InsertTarget target = node.branches().get(i).target();
                if (target instanceof InsertTarget.Directory directory) {
                    directories.add(new DirectoryInsert(context, directory, queries.get(i), i));
                } else {
                    destination((InsertTarget.Table) target, queries.get(i), i)
                            .ifPresent(destinations::add);
                }
            }
            if (destinations.isEmpty() && directories.isEmpty()) {
                return Results.written(context, 0);
            }
            return write(destinations, directories);
        } finally {
            destinations.forEach(destination -> destination.staging().close());
            directories.forEach(DirectoryInsert::close);
        }
    }

    /** Fills a table that is created in the same commit. */
    StatementResult createAs(Table table, Query query) {
        List<OutputColumn> output =
                new QueryRunner(context).planner().describe(query, context.text()).columns();
        List<String> names = output.stream().map(OutputColumn::name).toList();
        List<DataType> types = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (Column column : table.allColumns()) {
            types.add(DataType.parse(column.typeName()));
            positions.add(names.indexOf(column.name()));
        }
        Staging staging = begin(table);
        try {
            WriteTarget target = target(0, table, null, List.of(), staging);
            WriteRequest request = new WriteRequest(query, target, types, Optional.of(positions));
            return write(
                    List.of(new Destination(table, Optional.empty(), List.of(), staging, request)),
                    List.of());
        } finally {
            staging.close();
        }
    }

    private Staging begin(Table table) {
        return context.services()
                .publisher()
                .begin(context.queryId(), table.storage().location().orElseThrow());
    }

    private WriteTarget target(
            int id, Table table, Partition partition, List<String> staticValues, Staging staging) {
        List<Column> dynamic =
                table.partitionColumns()
                        .subList(staticValues.size(), table.partitionColumns().size());
        return new WriteTarget(
                id,
                table.qualifiedName(),
                staging.directory() + "/" + id,
                PlannedScan.layout(table, partition),
                staticValues,
                dynamic.stream().map(Column::name).toList(),
                dynamic.stream().map(column -> DataType.parse(column.typeName())).toList(),
                context.settings().get(SettingKeys.DEFAULT_PARTITION_NAME));
    }

    private Optional<Destination> destination(InsertTarget.Table target, Query query, int id) {
        Table table = context.catalogue().requireStored(target.name());
        List<String> staticValues =
                target.partition().map(spec -> staticValues(table, spec)).orElse(List.of());
        boolean allStatic =
                table.partitioned() && staticValues.size() == table.partitionColumns().size();
        if (table.partitioned() && !allStatic) {
            checkDynamic(target, staticValues);
        }
        Optional<Partition> existing =
                allStatic
                        ? context.catalogue().catalogue().partition(table, staticValues)
                        : Optional.empty();
        if (target.ifNotExists() && existing.isPresent()) {
            return Optional.empty();
        }
        Staging staging = begin(table);
        // As in Hive new files have the table's columns, even in a partition that was made before
        // some of them.
        Partition layout =
                existing.map(
                                partition ->
                                        partition.withLayout(partition.storage(), Optional.empty()))
                        .orElse(null);
        WriteTarget writeTarget = target(id, table, layout, staticValues, staging);
        List<Column> wanted = new ArrayList<>(table.columns());
        wanted.addAll(
                table.partitionColumns()
                        .subList(staticValues.size(), table.partitionColumns().size()));
        WriteRequest request =
                new WriteRequest(
                        query,
                        writeTarget,
                        wanted.stream().map(column -> DataType.parse(column.typeName())).toList(),
                        InsertQueries.positions(target, wanted));
        return Optional.of(
                new Destination(table, Optional.of(target), staticValues, staging, request));
    }

    private List<String> staticValues(Table table, PartitionSpec spec) {
        List<String> texts = new PartitionSpecs(context, table).texts(spec);
        if (spec.values().size() != texts.size()) {
            throw new SkepException(
                    ErrorCode.PARTITION_NOT_FOUND,
                    spec.values().get(0).location(),
                    "Partition spec must name all %d partition columns: %s"
                            .formatted(texts.size(), spec.span().textIn(context.text())));
        }
        int given = 0;
        while (given < texts.size() && texts.get(given) != null) {
            given++;
        }
        for (int i = given; i < texts.size(); i++) {
            if (texts.get(i) != null) {
                throw new SkepException(
                        ErrorCode.DYNAMIC_BEFORE_STATIC,
                        spec.values().get(0).location(),
                        "Dynamic partition cannot be the parent of a static partition '%s'"
                                .formatted(table.partitionColumns().get(i).name()));
            }
        }
        return List.copyOf(texts.subList(0, given));
    }

    private void checkDynamic(InsertTarget.Table target, List<String> staticValues) {
        if (!context.settings().get(SettingKeys.DYNAMIC_PARTITION)) {
            throw new SkepException(
                    ErrorCode.DYNAMIC_PARTITION_DISABLED,
                    target.location(),
                    "Dynamic partition is disabled. Either enable it by setting hive.exec.dynamic.partition=true or specify partition column values");
        }
        boolean strict =
                context.settings()
                        .get(SettingKeys.DYNAMIC_PARTITION_MODE)
                        .equalsIgnoreCase("strict");
        if (strict && staticValues.isEmpty()) {
            throw new SkepException(
                    ErrorCode.DYNAMIC_PARTITION_STRICT,
                    target.location(),
                    "Dynamic partition strict mode requires at least one static partition column. To turn this off set hive.exec.dynamic.partition.mode=nonstrict");
        }
    }

    // The same table may stand twice only with different static partitions.
    private void refuseSameTwice(DataStatement.Insert node) {
        Set<String> seen = new HashSet<>();
        Map<String, Boolean> whole = new LinkedHashMap<>();
        for (InsertBranch branch : node.branches()) {
            if (!(branch.target() instanceof InsertTarget.Table target)) {
                continue;
            }
            Table table = context.catalogue().requireStored(target.name());
            List<String> texts =
                    target.partition()
                            .map(spec -> new PartitionSpecs(context, table).texts(spec))
                            .orElse(List.of());
            boolean dynamic = texts.isEmpty() || texts.contains(null);
            Boolean before = whole.putIfAbsent(table.qualifiedName(), dynamic);
            boolean clash =
                    before != null
                            && (before || dynamic)
                            && !(table.partitioned() && !texts.isEmpty() && !before);
            if (clash || !seen.add(table.qualifiedName() + texts)) {
                throw new SkepException(
                        ErrorCode.SAME_OUTPUT_TWICE,
                        "The same output cannot be present multiple times:  " + table.name());
            }
        }
    }

    private StatementResult write(
            List<Destination> destinations, List<DirectoryInsert> directories) {
        QueryRunner runner = new QueryRunner(context);
        PlannedQuery planned = plan(runner, destinations, directories);
        Map<Integer, List<WrittenFile>> files;
        try (RunningQuery running = runner.run(planned)) {
            running.await();
            files = running.writtenFiles();
        }
        context.cancelFlag().check();
        long rows = 0;
        Map<String, TableChange.Builder> changes = new LinkedHashMap<>();
        for (Destination destination : destinations) {
            int id = destination.request().target().id();
            List<WrittenFile> written =
                    files.getOrDefault(id, List.of()).stream().map(this::named).toList();
            rows += written.stream().mapToLong(WrittenFile::rowCount).sum();
            Table table = destination.table();
            addTo(
                    changes.computeIfAbsent(table.qualifiedName(), name -> TableChange.of(table)),
                    destination,
                    written);
        }
        if (!changes.isEmpty()) {
            List<TableChange> all =
                    changes.values().stream().map(TableChange.Builder::build).toList();
            context.services()
                    .publisher()
                    .publish(new Publication(context.queryId(), all), context::warn);
        }
        for (DirectoryInsert directory : directories) {
            int id = directory.request().target().id();
            rows += directory.replace(files.getOrDefault(id, List.of()));
        }
        return Results.written(context, rows);
    }

    private static PlannedQuery plan(
            QueryRunner runner, List<Destination> destinations, List<DirectoryInsert> directories) {
        List<WriteRequest> requests = new ArrayList<>();
        destinations.forEach(destination -> requests.add(destination.request()));
        directories.forEach(directory -> requests.add(directory.request()));
        try {
            return runner.planner().planWrites(requests);
        } catch (SkepException e) {
            boolean single = requests.size() == 1 && destinations.size() == 1;
            if (e.code() != ErrorCode.COLUMN_COUNT_MISMATCH
                    || !single
                    || destinations.get(0).target().isEmpty()) {
                throw e;
            }
            throw InsertQueries.mismatch(e, destinations.get(0).target().get());
        }
    }

    // The default partition's value is written as text in the catalogue.
    private WrittenFile named(WrittenFile file) {
        if (!file.partitionValues().contains(null)) {
            return file;
        }
        List<String> values =
                file.partitionValues().stream()
                        .map(value -> value == null ? PartitionName.DEFAULT_VALUE : value)
                        .toList();
        return new WrittenFile(
                file.stagedPath(),
                values,
                file.rowCount(),
                file.byteCount(),
                file.rawBytes(),
                file.statistics());
    }

    private Partition emptyPartition(Table table, List<String> values) {
        String location =
                table.storage().location().orElseThrow() + "/" + table.partitionName(values);
        context.services().fileSystems().of(location).createDirectories(location);
        return Partition.at(values, location, context.instant())
                .withStatistics(DataStatistics.EMPTY, Map.of());
    }

    private void addTo(
            TableChange.Builder change, Destination destination, List<WrittenFile> written) {
        change.add(written);
        Table table = destination.table();
        List<String> values = destination.staticValues();
        if (!destination.overwrites()) {
            boolean makesEmpty =
                    destination.allStatic()
                            && written.isEmpty()
                            && context.catalogue().catalogue().partition(table, values).isEmpty();
            if (makesEmpty) {
                change.createPartitions(List.of(emptyPartition(table, values)));
            }
            return;
        }
        if (!table.partitioned()) {
            change.replaceTable();
        } else if (destination.allStatic()) {
            change.replacePartitions(List.of(values));
        } else {
            change.replacePartitions(
                    written.stream().map(WrittenFile::partitionValues).distinct().toList());
        }
    }
}
