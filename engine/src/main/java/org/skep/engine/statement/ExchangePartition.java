package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.engine.publish.Publication;
import org.skep.engine.publish.Staging;
import org.skep.engine.publish.TableChange;
import org.skep.engine.publish.TableSnapshot;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.Column;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.metastore.TableKind;
import org.skep.metastore.TableStorage;
import org.skep.parser.ast.AlterTableAction;
import org.skep.parser.ast.PartitionValue;
import org.skep.storage.FileStatistics;
import org.skep.storage.WrittenFile;

/**
 * ALTER TABLE target EXCHANGE PARTITION (..) WITH TABLE source: partitions of the source become the
 * target's. Their files are copied, and the source's go in the commit that makes the target's, so
 * that a crash leaves the one or the other. Confined to the statement's thread.
 */
final class ExchangePartition {
    private final StatementContext context;
    private final Table target;

    ExchangePartition(StatementContext context, Table target) {
        this.context = context;
        this.target = target;
    }

    StatementResult exchange(AlterTableAction.ExchangePartition node) {
        Table source = context.catalogue().requireStored(node.source());
        requireAlike(source, node);
        requireNoGap(node);
        Predicate<List<String>> wanted =
                new PartitionSpecs(context, source).matching(node.partition());
        List<Partition> partitions = context.catalogue().partitions(source, wanted);
        if (partitions.isEmpty()) {
            throw new SkepException(
                    ErrorCode.PARTITION_NOT_FOUND,
                    node.partition().location(),
                    "Partition not found: " + node.partition().span().textIn(context.text()));
        }
        context.catalogue().partitions(target, wanted).stream()
                .findFirst()
                .ifPresent(
                        there -> {
                            throw new SkepException(
                                    ErrorCode.EXCHANGED_PARTITION_EXISTS,
                                    node.partition().location(),
                                    "Partition already exists: %s(%s)"
                                            .formatted(
                                                    target.name(),
                                                    target.partitionName(there.values())));
                        });
        move(source, partitions);
        return Results.done(context);
    }

    private void requireAlike(Table source, AlterTableAction.ExchangePartition node) {
        boolean alike =
                target.partitioned()
                        && shape(source.columns()).equals(shape(target.columns()))
                        && shape(source.partitionColumns())
                                .equals(shape(target.partitionColumns()));
        if (!alike) {
            throw new SkepException(
                    ErrorCode.TABLES_NOT_COMPATIBLE,
                    node.source().location(),
                    "Tables have incompatible schemas and their partitions cannot be exchanged.");
        }
    }

    private static List<String> shape(List<Column> columns) {
        return columns.stream().map(column -> column.name() + " " + column.typeName()).toList();
    }

    // Values of outer partition columns come with those of inner ones.
    private void requireNoGap(AlterTableAction.ExchangePartition node) {
        List<String> named =
                node.partition().values().stream()
                        .filter(value -> value.value().isPresent())
                        .map(PartitionValue::column)
                        .map(column -> column.name())
                        .toList();
        boolean gap = false;
        for (Column column : target.partitionColumns()) {
            if (!named.contains(column.name())) {
                gap = true;
            } else if (gap) {
                throw new SkepException(
                        ErrorCode.PARTITION_VALUES_WITH_GAP,
                        node.partition().location(),
                        "Partition values specified are not continuous. A subpartition value is"
                                + " specified without specifying the parent partition's value");
            }
        }
    }

    private void move(Table source, List<Partition> partitions) {
        List<Partition> created = new ArrayList<>();
        List<WrittenFile> files = new ArrayList<>();
        List<String> copied = new ArrayList<>();
        String root = target.storage().location().orElseThrow();
        try (Staging staging = context.services().publisher().begin(context.queryId(), root);
                TableSnapshot snapshot =
                        context.services().publisher().snapshot(source, partitions)) {
            for (Partition partition : partitions) {
                created.add(created(source, partition, root));
                for (FileStatus file : snapshot.files(partition.values())) {
                    files.add(copy(file, partition, staging, created.size()));
                    copied.add(file.path());
                }
            }
            context.cancelFlag().check();
            List<TableChange> changes =
                    List.of(
                            TableChange.of(target).createPartitions(created).load(files).build(),
                            TableChange.of(source)
                                    .dropPartitions(
                                            partitions.stream().map(Partition::values).toList())
                                    .exact()
                                    .build());
            context.services()
                    .publisher()
                    .publish(new Publication(context.queryId(), changes), context::warn);
        }
        if (source.kind() == TableKind.EXTERNAL) {
            deleteCopied(copied);
        }
    }

    // Files of an external table outlive its partitions; left there they do no harm.
    private void deleteCopied(List<String> copied) {
        for (String path : copied) {
            try {
                context.services().fileSystems().of(path).delete(path);
            } catch (SkepException e) {
                context.warn("File was exchanged but stays: " + e.getMessage());
            }
        }
    }

    // The files add their number and size when they come.
    private Partition created(Table source, Partition partition, String root) {
        TableStorage storage = partition.storage().orElse(source.storage());
        boolean own = !storage.withLocation(root).equals(target.storage().withLocation(root));
        return Partition.at(
                        partition.values(),
                        root + "/" + target.partitionName(partition.values()),
                        context.instant())
                .withParameters(partition.parameters())
                .withLayout(
                        own ? Optional.of(storage.withLocation(root)) : Optional.empty(),
                        partition.columns().map(columns -> renumbered(source, columns)))
                .withStatistics(
                        new DataStatistics(partition.statistics().rows(), 0, 0),
                        java.util.Map.of());
    }

    // Columns of the target have the places of those of the source, and numbers of their own.
    private List<Column> renumbered(Table source, List<Column> columns) {
        List<Column> numbered = new ArrayList<>();
        for (Column column : columns) {
            for (int i = 0; i < source.columns().size(); i++) {
                if (source.columns().get(i).id() == column.id()) {
                    numbered.add(column.withId(target.columns().get(i).id()));
                }
            }
        }
        return numbered;
    }

    private WrittenFile copy(
            FileStatus file, Partition partition, Staging staging, int partitionNumber) {
        String directory = staging.directory() + "/" + partitionNumber;
        FileSystem fileSystem = context.services().fileSystems().of(directory);
        fileSystem.createDirectories(directory);
        String path = directory + "/" + file.name();
        new FileCopy(context).copy(file, path);
        return new WrittenFile(
                path,
                partition.values(),
                0,
                file.length(),
                file.length(),
                new FileStatistics(-1, List.of()));
    }
}
