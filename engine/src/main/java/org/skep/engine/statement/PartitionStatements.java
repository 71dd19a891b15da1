package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.engine.catalog.Locations;
import org.skep.engine.publish.Publication;
import org.skep.engine.publish.TableChange;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.engine.settings.SettingKeys;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.PartitionName;
import org.skep.metastore.Table;
import org.skep.parser.ast.AddedPartition;
import org.skep.parser.ast.AlterTableAction;
import org.skep.parser.ast.PartitionSpec;
import org.skep.parser.ast.TableStatement;

/** ADD PARTITION, DROP PARTITION and MSCK. Confined to the statement's thread. */
final class PartitionStatements {
    private static final int MANY = 100;
    private static final int THREADS = 4;

    private final StatementContext context;
    private final Table table;

    PartitionStatements(StatementContext context, Table table) {
        this.context = context;
        this.table = table;
    }

    StatementResult add(AlterTableAction.AddPartitions node) {
        PartitionSpecs specs = new PartitionSpecs(context, table);
        List<Partition> added = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        for (AddedPartition each : node.partitions()) {
            List<String> values = specs.exact(each.spec());
            boolean there = specs.find(values).isPresent() || !seen.add(values);
            if (there && node.ifNotExists()) {
                continue;
            }
            if (there) {
                throw new SkepException(
                        ErrorCode.PARTITION_EXISTS,
                        each.spec().location(),
                        "Partition already exists: " + table.partitionName(values));
            }
            added.add(partition(values, each.partitionLocation()));
        }
        if (!added.isEmpty()) {
            makeDirectories(added);
            context.catalogue().catalogue().alterPartitions(table, PartitionEdits.add(added));
        }
        return Results.done(context);
    }

    private Partition partition(List<String> values, Optional<String> wanted) {
        if (table.isView()) {
            if (wanted.isPresent()) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR, "Partition of a view has no LOCATION");
            }
            return Partition.at(values, "", context.instant());
        }
        String root = table.storage().location().orElseThrow();
        String location =
                wanted.map(
                                path ->
                                        path.startsWith("/") || path.indexOf(':') > 0
                                                ? Locations.normalize(path)
                                                : root + "/" + path)
                        .orElseGet(() -> root + "/" + table.partitionName(values));
        return Partition.at(values, location, context.instant());
    }

    // With many partitions most of the time goes there, and a disk takes several requests at once.
    private void makeDirectories(List<Partition> partitions) {
        if (partitions.size() < MANY) {
            partitions.forEach(part -> makeDirectory(part.location()));
            return;
        }
        ExecutorService threads = NamedThreads.pool("partition-directories", THREADS);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            int share = partitions.size() / THREADS + 1;
            for (int from = 0; from < partitions.size(); from += share) {
                List<Partition> some =
                        partitions.subList(from, Math.min(from + share, partitions.size()));
                running.add(
                        CompletableFuture.runAsync(
                                () -> some.forEach(part -> makeDirectory(part.location())),
                                threads));
            }
            running.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof SkepException known ? known : e;
        } finally {
            threads.shutdown();
        }
    }

    private void makeDirectory(String location) {
        context.cancelFlag().check();
        FileSystem fileSystem = context.services().fileSystems().of(location);
        if (Locations.isAcid(fileSystem, location)) {
            throw new SkepException(
                    ErrorCode.ACID_DIRECTORY,
                    "Directory holds Hive's transactional files, which are not supported: "
                            + location);
        }
        fileSystem.createDirectories(location);
    }

    StatementResult drop(AlterTableAction.DropPartitions node) {
        PartitionSpecs specs = new PartitionSpecs(context, table);
        Set<List<String>> dropped = new LinkedHashSet<>();
        for (PartitionSpec spec : node.partitions()) {
            Predicate<List<String>> matching = specs.matching(spec);
            List<Partition> found = context.catalogue().partitions(table, matching);
            if (found.isEmpty()
                    && !node.ifExists()
                    && !context.settings().get(SettingKeys.DROP_IGNORES_ABSENT)) {
                throw new SkepException(
                        ErrorCode.PARTITION_NOT_FOUND,
                        spec.location(),
                        "Partition not found: " + spec.span().textIn(context.text()));
            }
            found.forEach(part -> dropped.add(part.values()));
        }
        if (table.isView() && !dropped.isEmpty()) {
            context.catalogue()
                    .catalogue()
                    .alterPartitions(
                            table, new PartitionEdits(List.of(), List.of(), List.copyOf(dropped)));
        } else if (!dropped.isEmpty()) {
            context.services()
                    .publisher()
                    .publish(
                            new Publication(
                                    context.queryId(),
                                    List.of(
                                            TableChange.of(table)
                                                    .dropPartitions(List.copyOf(dropped))
                                                    .build())),
                            context::warn);
        }
        return Results.done(context);
    }

    /** Looks for directories without a partition and partitions without a directory. */
    StatementResult repair(TableStatement.RepairTable node) {
        Predicate<List<String>> wanted =
                node.partition()
                        .map(spec -> new PartitionSpecs(context, table).matching(spec))
                        .orElse(values -> true);
        Map<List<String>, Partition> known = new HashMap<>();
        context.catalogue()
                .partitions(table, wanted)
                .forEach(part -> known.put(part.values(), part));
        Map<List<String>, String> found = new HashMap<>();
        if (table.partitioned()) {
            String root = table.storage().location().orElseThrow();
            if (context.services().fileSystems().of(root).status(root).isPresent()) {
                walk(root, new ArrayList<>(), found);
            }
        }
        List<Partition> added = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        found.forEach(
                (values, location) -> {
                    if (!known.containsKey(values) && wanted.test(values)) {
                        added.add(Partition.at(values, location, context.instant()));
                    }
                });
        List<List<String>> missing =
                known.values().stream()
                        .filter(part -> !exists(part.location()))
                        .map(Partition::values)
                        .toList();
        added.sort(java.util.Comparator.comparing(part -> table.partitionName(part.values())));
        boolean adds = node.repair() && node.addPartitions();
        boolean drops = node.repair() && node.dropPartitions();
        if (!added.isEmpty()) {
            lines.add(
                    "Partitions not in metastore:"
                            + names(added.stream().map(Partition::values).toList()));
        }
        if (!missing.isEmpty()) {
            lines.add("Partitions missing from filesystem:" + names(missing));
        }
        PartitionEdits edits =
                new PartitionEdits(
                        adds ? added : List.of(), List.of(), drops ? missing : List.of());
        if (!edits.isEmpty()) {
            context.catalogue().catalogue().alterPartitions(table, edits);
            edits.added()
                    .forEach(
                            part ->
                                    lines.add(
                                            "Repair: Added partition to metastore %s:%s"
                                                    .formatted(
                                                            table.qualifiedName(),
                                                            table.partitionName(part.values()))));
            edits.dropped()
                    .forEach(
                            values ->
                                    lines.add(
                                            "Repair: Dropped partition from metastore %s:%s"
                                                    .formatted(
                                                            table.qualifiedName(),
                                                            table.partitionName(values))));
        }
        lines.forEach(context::warn);
        return Results.done(context);
    }

    private String names(List<List<String>> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(
                each ->
                        text.append('\t')
                                .append(table.name())
                                .append(':')
                                .append(table.partitionName(each)));
        return text.toString();
    }

    private boolean exists(String directory) {
        return context.services().fileSystems().of(directory).status(directory).isPresent();
    }

    private void walk(String directory, List<String> values, Map<List<String>, String> found) {
        if (values.size() == table.partitionColumns().size()) {
            found.put(List.copyOf(values), directory);
            return;
        }
        String name = table.partitionColumns().get(values.size()).name() + "=";
        for (FileStatus entry : context.services().fileSystems().of(directory).list(directory)) {
            context.cancelFlag().check();
            boolean fits =
                    entry.directory()
                            && !entry.hidden()
                            && entry.name().toLowerCase(java.util.Locale.ROOT).startsWith(name);
            if (fits) {
                values.add(PartitionName.values(entry.name()).get(0));
                walk(directory + "/" + entry.name(), values, found);
                values.remove(values.size() - 1);
            }
        }
    }
}
