package org.skep.engine.statement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.engine.catalog.Locations;
import org.skep.engine.publish.Staging;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.session.StatementContext;
import org.skep.metastore.TableStorage;
import org.skep.parser.ast.InsertTarget;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.StorageFormat;
import org.skep.plan.node.WriteTarget;
import org.skep.planner.OutputColumn;
import org.skep.planner.WriteRequest;
import org.skep.storage.TableLayout;
import org.skep.storage.WrittenFile;
import org.skep.types.DataType;

/**
 * INSERT OVERWRITE [LOCAL] DIRECTORY: where the rows of one query go. Closing it deletes what was
 * not put in place. Confined to the statement's thread.
 */
final class DirectoryInsert implements AutoCloseable {
    private final FileSystem fileSystem;
    private final String directory;
    private final Staging staging;
    private final WriteRequest request;

    /** Prepares a directory for the rows of a query; {@code id} is that of the write target. */
    DirectoryInsert(StatementContext context, InsertTarget.Directory target, Query query, int id) {
        directory = path(target);
        fileSystem = context.services().fileSystems().of(directory);
        Optional<FileStatus> there = fileSystem.status(directory);
        if (there.isPresent() && !there.get().directory()) {
            throw new SkepException(
                    ErrorCode.INVALID_PATH,
                    target.location(),
                    "Path must be a directory: " + target.path());
        }
        List<OutputColumn> columns =
                new QueryRunner(context).planner().describe(query, context.text()).columns();
        TableLayout layout = layout(context, target, columns);
        List<DataType> types = columns.stream().map(OutputColumn::type).toList();
        staging = context.services().publisher().begin(context.queryId(), directory);
        WriteTarget writeTarget =
                new WriteTarget(
                        id,
                        directory,
                        staging.directory() + "/" + id,
                        layout,
                        List.of(),
                        List.of(),
                        List.of(),
                        "");
        request = new WriteRequest(query, writeTarget, types, Optional.empty());
    }

    /** What the planner is to plan. */
    WriteRequest request() {
        return request;
    }

    private static String path(InsertTarget.Directory target) {
        try {
            return Locations.normalize(
                    target.local() ? Locations.local(target.path()) : target.path());
        } catch (SkepException e) {
            throw e.at(target.location());
        }
    }

    private static TableLayout layout(
            StatementContext context, InsertTarget.Directory target, List<OutputColumn> columns) {
        Optional<StorageFormat> format =
                target.storage().isPresent() || target.rowFormat().isPresent()
                        ? target.storage()
                        : Optional.of(new StorageFormat.Named("textfile", target.span()));
        TableStorage storage = new StorageClauses(context).storage(target.rowFormat(), format);
        List<TableLayout.Column> own = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            own.add(
                    new TableLayout.Column(
                            i + 1, names.add(name) ? name : "_c" + i, columns.get(i).type()));
        }
        return new TableLayout(storage.format(), Map.copyOf(storage.serdeProperties()), own);
    }

    /** Puts the files in the place of what was there; the number of rows. */
    long replace(List<WrittenFile> written) {
        for (FileStatus entry : fileSystem.list(directory)) {
            if (!entry.hidden()) {
                fileSystem.deleteTree(entry.path());
            }
        }
        int number = 0;
        long rows = 0;
        for (WrittenFile file : written) {
            String staged = file.stagedPath();
            String name = staged.substring(staged.lastIndexOf('/') + 1);
            int dot = name.indexOf('.');
            String extension = dot < 0 ? "" : name.substring(dot);
            fileSystem.rename(staged, "%s/%06d_0%s".formatted(directory, number++, extension));
            rows += file.rowCount();
        }
        fileSystem.syncDirectory(directory);
        return rows;
    }

    @Override
    public void close() {
        staging.close();
        String hidden = directory + "/_skep_staging";
        if (fileSystem.status(hidden).isPresent() && fileSystem.list(hidden).isEmpty()) {
            fileSystem.delete(hidden);
        }
    }
}
