package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.engine.catalog.Locations;
import org.skep.engine.publish.Publication;
import org.skep.engine.publish.Staging;
import org.skep.engine.publish.TableChange;
import org.skep.engine.result.StatementResult;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.parser.ast.DataStatement;
import org.skep.planner.environment.PlannedScan;
import org.skep.storage.FileStatistics;
import org.skep.storage.TableLayout;
import org.skep.storage.WrittenFile;

/**
 * LOAD DATA: files become a table's as they are. LOCAL copies them; otherwise they are moved, from
 * another disk by copying and deleting them. Confined to the statement's thread, used once.
 */
final class LoadStatement {
    private final StatementContext context;
    private final List<String> copied = new ArrayList<>();

    LoadStatement(StatementContext context) {
        this.context = context;
    }

    StatementResult load(DataStatement.Load node) {
        Table table = context.catalogue().requireStored(node.table());
        List<String> values = List.of();
        if (node.partition().isPresent()) {
            values = new PartitionSpecs(context, table).exact(node.partition().get());
        } else if (table.partitioned()) {
            throw new SkepException(
                    ErrorCode.NEEDS_PARTITION,
                    node.table().location(),
                    "Need to specify partition columns because the destination table is partitioned: "
                            + node.table());
        }
        List<FileStatus> files = sources(node);
        Optional<Partition> partition =
                values.isEmpty()
                        ? Optional.empty()
                        : context.catalogue().catalogue().partition(table, values);
        List<FileStatistics> statistics =
                check(files, PlannedScan.layout(table, partition.orElse(null)), node);
        try (Staging staging =
                context.services()
                        .publisher()
                        .begin(context.queryId(), table.storage().location().orElseThrow())) {
            TableChange.Builder change =
                    TableChange.of(table).load(staged(node, files, statistics, staging, values));
            if (node.overwrite()) {
                if (values.isEmpty()) {
                    change.replaceTable();
                } else {
                    change.replacePartitions(List.of(values));
                }
            }
            context.cancelFlag().check();
            context.services()
                    .publisher()
                    .publish(
                            new Publication(context.queryId(), List.of(change.build())),
                            context::warn);
        }
        deleteCopied();
        return Results.done(context);
    }

    // A file that came from another disk is in the table now; left where it was it does no harm.
    private void deleteCopied() {
        for (String path : copied) {
            try {
                context.services().fileSystems().of(path).delete(path);
            } catch (SkepException e) {
                context.warn("File was loaded but stays: " + e.getMessage());
            }
        }
    }

    private List<FileStatus> sources(DataStatement.Load node) {
        String path;
        try {
            path = Locations.normalize(node.local() ? Locations.local(node.path()) : node.path());
        } catch (SkepException e) {
            throw e.at(node.pathLocation());
        }
        FileSystem fileSystem = context.services().fileSystems().of(path);
        FileStatus status =
                fileSystem
                        .status(path)
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.SEMANTIC_ERROR,
                                                node.pathLocation(),
                                                "Invalid path ''%s'': No files matching path %s"
                                                        .formatted(
                                                                node.path(),
                                                                Locations.display(path))));
        if (!status.directory()) {
            return List.of(status);
        }
        List<FileStatus> files = new ArrayList<>();
        for (FileStatus entry : fileSystem.list(path)) {
            if (entry.directory() && !entry.hidden()) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        node.pathLocation(),
                        "Invalid path ''%s'': source contains directory: %s"
                                .formatted(node.path(), Locations.display(entry.path())));
            }
            if (!entry.hidden()) {
                files.add(entry);
            }
        }
        if (files.isEmpty()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.pathLocation(),
                    "Invalid path ''%s'': No files matching path %s"
                            .formatted(node.path(), Locations.display(path)));
        }
        return files;
    }

    // A file that says of itself what it holds must be one of the table's format.
    private List<FileStatistics> check(
            List<FileStatus> files, TableLayout layout, DataStatement.Load node) {
        List<FileStatistics> all = new ArrayList<>();
        for (FileStatus file : files) {
            try {
                all.add(
                        context.services()
                                .formats()
                                .named(layout.format())
                                .statistics(
                                        context.services().fileSystems().of(file.path()),
                                        file,
                                        layout));
            } catch (SkepException e) {
                if (e.code() != ErrorCode.CORRUPT_FILE) {
                    throw e;
                }
                throw new SkepException(
                        ErrorCode.INVALID_LOAD_FILE,
                        node.location(),
                        "File must be of the format %s: %s".formatted(layout.format(), file.path()),
                        e);
            }
        }
        return all;
    }

    private List<WrittenFile> staged(
            DataStatement.Load node,
            List<FileStatus> files,
            List<FileStatistics> statistics,
            Staging staging,
            List<String> values) {
        List<WrittenFile> staged = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            FileStatus file = files.get(i);
            FileSystem from = context.services().fileSystems().of(file.path());
            FileSystem to = context.services().fileSystems().of(staging.directory());
            boolean move = !node.local() && from == to;
            boolean copy = !move || !from.onSameVolume(file.path(), staging.directory());
            String target = copy ? staging.directory() + "/" + file.name() : file.path();
            if (move) {
                from.requireMovable(file.path());
            }
            if (copy) {
                new FileCopy(context).copy(file, target);
            }
            if (move && copy) {
                copied.add(file.path());
            }
            staged.add(
                    new WrittenFile(
                            target,
                            values,
                            Math.max(DataStatistics.UNKNOWN, statistics.get(i).rowCount()),
                            file.length(),
                            file.length(),
                            statistics.get(i)));
        }
        return staged;
    }
}
