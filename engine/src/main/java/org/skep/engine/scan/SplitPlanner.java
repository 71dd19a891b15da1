package org.skep.engine.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.engine.catalog.Locations;
import org.skep.engine.publish.TableSnapshot;
import org.skep.engine.session.StatementContext;
import org.skep.engine.session.StatementEvaluation;
import org.skep.engine.settings.SettingKeys;
import org.skep.metastore.Partition;
import org.skep.metastore.Table;
import org.skep.plan.stage.ScanSplit;
import org.skep.planner.environment.PlannedScan;
import org.skep.storage.Split;
import org.skep.storage.TableFormat;
import org.skep.storage.TableLayout;
import org.skep.types.Datum;

/**
 * Cuts the tables of a statement into splits. The files that it names can be read until it is
 * closed. Confined to one thread at a time.
 */
public final class SplitPlanner implements AutoCloseable {
    private static final Pattern ACID =
            Pattern.compile(".*/(base_\\d+|delta_\\d+_\\d+.*|delete_delta_\\d+_\\d+.*)/[^/]*");
    private static final int SPLITS_A_THREAD = 4;
    private static final long LEAST_SPLIT = 1L << 20;

    private final StatementContext context;
    private final List<TableSnapshot> snapshots = new ArrayList<>();
    private final PartitionValues values;

    /** Splits for a statement. */
    public SplitPlanner(StatementContext context) {
        this.context = context;
        values = new PartitionValues(new StatementEvaluation(context));
    }

    /** The splits of a scan. */
    public List<ScanSplit> splits(PlannedScan scan) {
        Table table = scan.table();
        TableSnapshot snapshot = context.services().publisher().snapshot(table, scan.partitions());
        snapshots.add(snapshot);
        List<Piece> pieces = new ArrayList<>();
        if (!table.partitioned()) {
            add(table, snapshot.files(List.of()), 0, List.of(), location(table), pieces);
        }
        for (Partition partition : scan.partitions()) {
            add(
                    table,
                    snapshot.files(partition.values()),
                    scan.layoutIndex(partition),
                    values.typed(table, partition.values()),
                    partition.location(),
                    pieces);
        }
        return cut(scan, pieces);
    }

    /** A file on its way to splits. */
    private record Piece(FileStatus file, int layout, List<Datum> values) {}

    private static String location(Table table) {
        return table.storage().location().orElse("");
    }

    private void add(
            Table table,
            List<FileStatus> files,
            int layout,
            List<Datum> values,
            String directory,
            List<Piece> pieces) {
        boolean recursive = context.settings().get(SettingKeys.RECURSIVE_INPUT);
        String plain = plain(directory);
        for (FileStatus file : files) {
            String path = plain(file.path());
            if (ACID.matcher(path).matches()) {
                throw new SkepException(
                        ErrorCode.ACID_DIRECTORY,
                        "Table is stored as Hive's transactional files, which are not supported: "
                                + table.qualifiedName());
            }
            boolean below = isBelow(path, plain);
            if (file.length() > 0 && (recursive || !below)) {
                pieces.add(new Piece(named(file), layout, values));
            }
        }
    }

    // Hidden directories are never listed; a file there is one that is yet to be moved in.
    private static boolean isBelow(String path, String directory) {
        if (!path.startsWith(directory + "/")) {
            return false;
        }
        String relative = path.substring(directory.length() + 1);
        return relative.indexOf('/') >= 0 && !relative.startsWith("_");
    }

    // INPUT__FILE__NAME shows the path as the split has it: with a scheme, as Hive does.
    private static FileStatus named(FileStatus file) {
        return new FileStatus(
                Locations.display(file.path()),
                file.directory(),
                file.length(),
                file.modifiedMillis());
    }

    private static String plain(String path) {
        String text = path.startsWith("file:") ? path.substring("file:".length()) : path;
        int from = 0;
        while (text.startsWith("//", from)) {
            from++;
        }
        String rooted = text.substring(from);
        return rooted.endsWith("/") ? rooted.substring(0, rooted.length() - 1) : rooted;
    }

    private List<ScanSplit> cut(PlannedScan scan, List<Piece> pieces) {
        long total = pieces.stream().mapToLong(piece -> piece.file().length()).sum();
        long wanted = context.settings().get(SettingKeys.SPLIT_SIZE);
        long fair = total / Math.max(1, (long) context.services().threads() * SPLITS_A_THREAD);
        long target = Math.max(Math.min(wanted, fair), Math.min(wanted, LEAST_SPLIT));
        List<ScanSplit> splits = new ArrayList<>();
        for (Piece piece : pieces) {
            context.cancelFlag().check();
            TableLayout layout = scan.node().layouts().get(piece.layout());
            TableFormat format = context.services().formats().named(layout.format());
            FileSystem fileSystem = context.services().fileSystems().of(piece.file().path());
            for (Split split :
                    format.splits(fileSystem, piece.file(), layout, piece.values(), target)) {
                splits.add(new ScanSplit(scan.scanId(), piece.layout(), split));
            }
        }
        return splits;
    }

    @Override
    public void close() {
        snapshots.forEach(TableSnapshot::close);
        snapshots.clear();
    }
}
