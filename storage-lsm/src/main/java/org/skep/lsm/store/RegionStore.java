package org.skep.lsm.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.FileSystem;
import org.skep.lsm.cell.CellLayout;
import org.skep.lsm.hfile.HFileWriter;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionClosedException;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.host.HostedRegion;
import org.skep.lsm.store.host.Hosting;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.ProcedureRecord;
import org.skep.lsm.store.meta.TableState;
import org.skep.lsm.store.procedure.LoadFiles;
import org.skep.lsm.store.procedure.ModifyTable;
import org.skep.lsm.store.procedure.NamedLocks;
import org.skep.lsm.store.procedure.Procedure;
import org.skep.lsm.store.procedure.ProcedureExecutor;
import org.skep.lsm.store.procedure.ReplaceRegions;
import org.skep.lsm.store.procedure.StoredProcedures;
import org.skep.lsm.store.snapshot.Snapshot;

/**
 * Tables of sorted rows with column families, as HBase has them, in one directory that one process
 * owns. {@code docs/region-store.md} shows how it is used. Safe for use by many threads.
 *
 * <pre>{@code
 * try (RegionStore store = RegionStore.open(LocalFileSystem.INSTANCE, "/data/regions",
 *         RegionStoreOptions.defaults())) {
 *     store.createTable(TableDescriptor.of(TableName.of("goods"), ColumnFamily.named("f")));
 *     Table goods = store.table(TableName.of("goods"));
 *     goods.put(new Put(row).add(family, qualifier, value));
 * }
 * }</pre>
 *
 * <p>What changes tables is done when the call returns, and survives the end of the process; if
 * that comes meanwhile, the change is ended or undone when the store is opened again.
 */
public final class RegionStore implements AutoCloseable {
    private final Foundation foundation;
    private final Hosting hosting;
    private final ProcedureExecutor executor;
    private final NamedLocks locks = new NamedLocks();
    private final AtomicLong lastRegionId = new AtomicLong();
    private final AtomicLong lastLoad = new AtomicLong();
    private final Chores chores;
    private boolean closed;

    private RegionStore(Foundation foundation) {
        this.foundation = foundation;
        MetaTable.Content content = foundation.meta().load();
        foundation.sweeper().survey(content.catalogue());
        hosting =
                new Hosting(
                        foundation.directory(),
                        foundation.services(),
                        foundation.meta(),
                        content.catalogue(),
                        foundation.sweeper(),
                        foundation.options().patience().toNanos());
        for (RegionInfo region : content.catalogue().regions().values()) {
            lastRegionId.accumulateAndGet(region.regionId(), Math::max);
        }
        executor = new ProcedureExecutor(foundation.meta(), foundation.options().clock(), locks);
        resume(content.procedures());
        if (!content.catalogue().namespaces().contains(TableName.DEFAULT_NAMESPACE)) {
            addNamespace(TableName.DEFAULT_NAMESPACE);
        }
        foundation.forgetUnknown(hosting.catalogue());
        hosting.openAll(executor.closed());
        if (executor.stuck().isEmpty()) {
            hosting.clearTemporary();
        }
        chores = new Chores(this, hosting, executor, foundation);
        chores.sweep();
        if (foundation.options().region().background()) {
            chores.start();
        }
    }

    private void resume(List<ProcedureRecord> records) {
        StoredProcedures procedures = new StoredProcedures(hosting);
        for (ProcedureRecord record : records) {
            Procedure procedure = procedures.decode(record);
            // One that cannot go on is tried again later, and keeps nobody else from working.
            hosting.quietly(() -> executor.resume(record, procedure));
        }
    }

    /**
     * Opens the store in a directory; makes it if the directory is missing or empty. What an
     * earlier process left undone is ended first.
     *
     * @param path absolute
     * @throws SkepException DATA_DIRECTORY_IN_USE naming the owner, FORMAT_TOO_NEW, INVALID_PATH if
     *     something else is there, CORRUPT_FILE naming file and offset, IO_ERROR
     */
    public static RegionStore open(FileSystem fileSystem, String path, RegionStoreOptions options) {
        Foundation foundation = Foundation.open(fileSystem, path, options);
        try {
            return new RegionStore(foundation);
        } catch (RuntimeException e) {
            foundation.abandon();
            throw e;
        }
    }

    private static String lock(TableName table) {
        return "table " + table;
    }

    private void holding(Runnable work, String... names) {
        holding(
                () -> {
                    work.run();
                    return null;
                },
                names);
    }

    private <T> T holding(Supplier<T> work, String... names) {
        synchronized (this) {
            if (closed) {
                throw new SkepException(
                        ErrorCode.IO_ERROR,
                        "Region store is closed: " + foundation.directory().root());
            }
        }
        foundation.lease().check();
        TreeSet<String> wanted = new TreeSet<>(List.of(names));
        executor.retry(wanted);
        return locks.holding(
                wanted,
                () -> {
                    executor.requireSettled(wanted);
                    return work.get();
                });
    }

    private static SkepException refused(ErrorCode code, String message) {
        return new SkepException(code, message);
    }

    private void run(Procedure procedure) {
        executor.run(procedure);
        // What went can be deleted now; a failure of that is not one of the change.
        chores.sweepSoon();
    }

    // ---- Namespaces

    /** The namespaces, sorted; without that of the store's own tables. */
    public List<String> namespaces() {
        return List.copyOf(hosting.catalogue().namespaces());
    }

    /**
     * Adds a namespace: letters, digits and underscores.
     *
     * @throws SkepException DATABASE_EXISTS
     */
    public void createNamespace(String namespace) {
        checkName(namespace);
        holding(
                () -> {
                    if (namespace.equals(MetaTable.SYSTEM_NAMESPACE)
                            || hosting.catalogue().namespaces().contains(namespace)) {
                        throw refused(
                                ErrorCode.DATABASE_EXISTS,
                                "Namespace exists already: " + namespace);
                    }
                    addNamespace(namespace);
                },
                "namespace " + namespace);
    }

    private void addNamespace(String namespace) {
        foundation
                .meta()
                .putNamespace(namespace, foundation.options().clock().now().toEpochMilli());
        hosting.publish(catalogue -> catalogue.withNamespace(namespace));
    }

    private static void checkName(String namespace) {
        try {
            new TableName(namespace, "t");
        } catch (IllegalArgumentException e) {
            throw new SkepException(
                    ErrorCode.INVALID_TABLE_NAME,
                    "Namespace must be letters, digits and underscores: " + namespace,
                    e);
        }
    }

    /**
     * Takes an empty namespace away.
     *
     * @throws SkepException DATABASE_NOT_FOUND, DATABASE_NOT_EMPTY
     */
    public void dropNamespace(String namespace) {
        holding(
                () -> {
                    requireNamespace(namespace);
                    if (!tables(namespace).isEmpty()
                            || namespace.equals(TableName.DEFAULT_NAMESPACE)) {
                        throw refused(
                                ErrorCode.DATABASE_NOT_EMPTY,
                                "Namespace is not empty: " + namespace);
                    }
                    foundation.meta().deleteNamespace(namespace);
                    hosting.publish(catalogue -> catalogue.withoutNamespace(namespace));
                },
                "namespace " + namespace);
    }

    private void requireNamespace(String namespace) {
        if (!hosting.catalogue().namespaces().contains(namespace)) {
            throw refused(ErrorCode.DATABASE_NOT_FOUND, "Namespace not found: " + namespace);
        }
    }

    // ---- Tables

    /** A table to read and write; that it exists is looked at when it is used. */
    public Table table(TableName name) {
        return new Table(hosting, name);
    }

    /** The names of all tables, sorted. */
    public List<TableName> tables() {
        return List.copyOf(hosting.catalogue().tables().keySet());
    }

    /** The names of the tables of a namespace, sorted. */
    public List<TableName> tables(String namespace) {
        return tables().stream().filter(table -> table.namespace().equals(namespace)).toList();
    }

    /** Whether there is such a table. */
    public boolean exists(TableName table) {
        return hosting.catalogue().find(table).isPresent();
    }

    /** Whether a table can be read and written. */
    public boolean isEnabled(TableName table) {
        return hosting.catalogue().require(table).state() == TableState.ENABLED;
    }

    /** What a table is. */
    public TableDescriptor describe(TableName table) {
        return hosting.catalogue().require(table).descriptor();
    }

    /** The regions of a table, first rows first. */
    public List<RegionInfo> regions(TableName table) {
        return hosting.catalogue().require(table).regions();
    }

    /**
     * Makes a table.
     *
     * @param splits rows with which regions begin, besides the first; in any order
     * @throws SkepException TABLE_EXISTS, DATABASE_NOT_FOUND, INVALID_OPTION if a split row is
     *     empty or there twice or too long to begin a region, NOT_SUPPORTED for an encoding or a
     *     compression that is not written
     */
    public void createTable(TableDescriptor table, byte[]... splits) {
        table.families().forEach(HFileWriter::requireWritable);
        TableName name = table.name();
        holding(
                () -> {
                    requireNamespace(name.namespace());
                    checkAbsent(name);
                    List<RegionInfo> regions = fresh(name, splits);
                    run(ReplaceRegions.create(hosting, table, regions));
                },
                "namespace " + name.namespace(),
                lock(name));
    }

    private void checkAbsent(TableName table) {
        if (exists(table)) {
            throw refused(ErrorCode.TABLE_EXISTS, "Table already exists: " + table);
        }
    }

    private long freshId() {
        long now = foundation.services().nowMillis();
        return lastRegionId.updateAndGet(last -> Math.max(last + 1, now));
    }

    /** A region that meta can name: its row there is longer than the region's first. */
    private RegionInfo region(TableName table, byte[] start, byte[] stop) {
        RegionInfo region = new RegionInfo(table, start, stop, freshId());
        if (region.metaRow().length > CellLayout.MAX_ROW) {
            throw refused(
                    ErrorCode.INVALID_OPTION,
                    "Row is too long to begin a region of table %s: %d bytes, %d at most"
                            .formatted(
                                    table,
                                    start.length,
                                    CellLayout.MAX_ROW - region.metaRow().length + start.length));
        }
        return region;
    }

    private boolean canBegin(TableName table, byte[] row) {
        RegionInfo region = new RegionInfo(table, row, new byte[0], lastRegionId.get() + 1);
        return region.metaRow().length <= CellLayout.MAX_ROW;
    }

    private List<RegionInfo> fresh(TableName table, byte[]... splits) {
        byte[][] sorted = splits.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        List<RegionInfo> regions = new ArrayList<>();
        byte[] start = {};
        for (byte[] split : sorted) {
            if (Arrays.equals(split, start)) {
                throw refused(
                        ErrorCode.INVALID_OPTION,
                        "Split rows must be different and not empty: "
                                + RegionInfo.printable(split));
            }
            regions.add(region(table, start, split));
            start = split;
        }
        regions.add(region(table, start, new byte[0]));
        return regions;
    }

    private Catalogue.Entry disabled(TableName table, String verb) {
        Catalogue.Entry entry = hosting.catalogue().require(table);
        if (entry.state() != TableState.DISABLED) {
            throw refused(
                    ErrorCode.RUNTIME_ERROR,
                    "Cannot %s table %s: it must be disabled".formatted(verb, table));
        }
        return entry;
    }

    private Catalogue.Entry enabled(TableName table, String verb) {
        Catalogue.Entry entry = hosting.catalogue().require(table);
        if (entry.state() != TableState.ENABLED) {
            throw refused(
                    ErrorCode.RUNTIME_ERROR,
                    "Cannot %s table %s: it is disabled".formatted(verb, table));
        }
        return entry;
    }

    /** Takes a disabled table away with all that is in it. */
    public void dropTable(TableName table) {
        holding(
                () -> {
                    run(ReplaceRegions.drop(hosting, disabled(table, "drop")));
                },
                lock(table));
    }

    /** Lets a table not be read or written any more; nothing happens if it is disabled. */
    public void disableTable(TableName table) {
        holding(
                () -> {
                    Catalogue.Entry entry = hosting.catalogue().require(table);
                    if (entry.state() == TableState.ENABLED) {
                        run(ModifyTable.disable(hosting, entry));
                    }
                },
                lock(table));
    }

    /** Lets a disabled table be read and written; nothing happens if it is enabled. */
    public void enableTable(TableName table) {
        holding(
                () -> {
                    Catalogue.Entry entry = hosting.catalogue().require(table);
                    if (entry.state() == TableState.DISABLED) {
                        run(ModifyTable.enable(hosting, entry));
                    }
                },
                lock(table));
    }

    /** Empties a disabled table, which then has one region and is enabled. */
    public void truncateTable(TableName table) {
        truncate(table, new byte[0][]);
    }

    /** Empties a disabled table, which then has the same regions, empty, and is enabled. */
    public void truncateTablePreservingSplits(TableName table) {
        byte[][] splits =
                regions(table).stream()
                        .map(RegionInfo::startRow)
                        .filter(row -> row.length > 0)
                        .toArray(byte[][]::new);
        truncate(table, splits);
    }

    private void truncate(TableName table, byte[][] splits) {
        holding(
                () -> {
                    run(
                            ReplaceRegions.truncate(
                                    hosting, disabled(table, "truncate"), fresh(table, splits)));
                },
                lock(table));
    }

    /**
     * Gives a table other options and families; cells of families that are gone are deleted. The
     * table may be enabled; calls that concern it wait meanwhile.
     *
     * @throws SkepException TABLE_NOT_FOUND, INVALID_OPTION, NOT_SUPPORTED for an encoding or a
     *     compression that is not written
     */
    public void alterTable(TableDescriptor table) {
        holding(
                () -> {
                    alter(
                            hosting.catalogue().require(table.name()),
                            table.families(),
                            Optional.of(table));
                },
                lock(table.name()));
    }

    private void alter(
            Catalogue.Entry entry, List<ColumnFamily> families, Optional<TableDescriptor> table) {
        families.forEach(HFileWriter::requireWritable);
        TableDescriptor old = table.orElse(entry.descriptor());
        TableDescriptor changed;
        try {
            changed =
                    new TableDescriptor(
                            old.name(),
                            families,
                            old.durability(),
                            old.flushSize(),
                            old.maxFileSize());
        } catch (IllegalArgumentException e) {
            throw new SkepException(ErrorCode.INVALID_OPTION, e.getMessage(), e);
        }
        run(ModifyTable.alter(hosting, entry, changed));
    }

    /** Adds a family to a table. */
    public void addFamily(TableName table, ColumnFamily family) {
        holding(
                () -> {
                    Catalogue.Entry entry = hosting.catalogue().require(table);
                    if (entry.descriptor().family(family.name()).isPresent()) {
                        throw refused(
                                ErrorCode.INVALID_OPTION,
                                "Column family exists already: " + family.name());
                    }
                    List<ColumnFamily> families = new ArrayList<>(entry.descriptor().families());
                    families.add(family);
                    alter(entry, families, Optional.empty());
                },
                lock(table));
    }

    /** Gives a family of a table other options. */
    public void modifyFamily(TableName table, ColumnFamily family) {
        holding(
                () -> {
                    Catalogue.Entry entry = hosting.catalogue().require(table);
                    List<ColumnFamily> families = without(entry, family.name());
                    families.add(family);
                    alter(entry, families, Optional.empty());
                },
                lock(table));
    }

    /** Takes a family away from a table, with all its cells. */
    public void deleteFamily(TableName table, String family) {
        holding(
                () -> {
                    Catalogue.Entry entry = hosting.catalogue().require(table);
                    alter(entry, without(entry, family), Optional.empty());
                },
                lock(table));
    }

    private static List<ColumnFamily> without(Catalogue.Entry entry, String family) {
        List<ColumnFamily> families = new ArrayList<>(entry.descriptor().families());
        if (!families.removeIf(each -> each.name().equals(family))) {
            throw refused(ErrorCode.INVALID_OPTION, "Column family not found: " + family);
        }
        return families;
    }

    // ---- Regions

    /** Writes what a table has in memory to files. */
    public void flush(TableName table) {
        inEach(table, Region::flush);
    }

    /** Lets each region of a table merge files, if there is a good choice of some. */
    public void compact(TableName table) {
        inEach(table, Region::compact);
    }

    /** Lets each region of a table merge all files, without what is deleted or expired. */
    public void majorCompact(TableName table) {
        inEach(table, Region::majorCompact);
    }

    private void inEach(TableName table, Consumer<Region> work) {
        enabled(table, "flush or compact");
        for (HostedRegion region : hosting.regions(table)) {
            try {
                work.accept(region.region());
            } catch (RegionClosedException e) {
                // It was split or merged meanwhile, with all its writes in files.
            } catch (SkepException e) {
                // Who closes a region does not wait for its compactions.
                if (e.code() != ErrorCode.CANCELLED) {
                    throw e;
                }
            }
        }
    }

    /**
     * Parts the region that has a row, so that the row is the first of a region.
     *
     * @throws SkepException INVALID_OPTION if it is the first of a region already, or so long that
     *     the region could not be named: together with the table's name some 60 bytes less than a
     *     row may have
     */
    public void split(TableName table, byte[] row) {
        holding(
                () -> {
                    Catalogue.Entry entry = enabled(table, "split");
                    RegionInfo parent =
                            entry.regions().stream()
                                    .filter(region -> region.contains(row))
                                    .findFirst()
                                    .orElseThrow(
                                            () ->
                                                    refused(
                                                            ErrorCode.RUNTIME_ERROR,
                                                            "Row is in no region of table %s: %s"
                                                                    .formatted(
                                                                            table,
                                                                            RegionInfo.printable(
                                                                                    row))));
                    if (Arrays.equals(parent.startRow(), row)) {
                        throw refused(
                                ErrorCode.INVALID_OPTION,
                                "Cannot split table %s: row is the first of a region: %s"
                                        .formatted(table, RegionInfo.printable(row)));
                    }
                    split(parent, row);
                },
                lock(table));
    }

    // With the table's lock.
    private void split(RegionInfo parent, byte[] row) {
        run(
                ReplaceRegions.reshape(
                        hosting,
                        parent.table(),
                        List.of(parent),
                        List.of(
                                region(parent.table(), parent.startRow(), row),
                                region(parent.table(), row, parent.stopRow()))));
        chores.compactSoon(parent.table());
    }

    /**
     * Parts a region in the middle of its largest file.
     *
     * @return whether there was a row to split it at
     */
    public boolean split(RegionInfo region) {
        return holding(
                () -> {
                    if (!enabled(region.table(), "split").regions().contains(region)) {
                        throw refused(ErrorCode.RUNTIME_ERROR, "Region not found: " + region);
                    }
                    Optional<byte[]> row =
                            hosting.middle(region).filter(each -> canBegin(region.table(), each));
                    row.ifPresent(middle -> split(region, middle));
                    return row.isPresent();
                },
                lock(region.table()));
    }

    /**
     * Joins two regions of a table that lie side by side.
     *
     * @throws SkepException INVALID_OPTION if they do not
     */
    public void merge(RegionInfo first, RegionInfo second) {
        holding(
                () -> {
                    List<RegionInfo> regions = enabled(first.table(), "merge").regions();
                    if (!regions.contains(first) || !regions.contains(second)) {
                        throw refused(
                                ErrorCode.RUNTIME_ERROR,
                                "Region not found: %s, %s".formatted(first, second));
                    }
                    boolean ordered =
                            Arrays.compareUnsigned(first.startRow(), second.startRow()) < 0;
                    RegionInfo left = ordered ? first : second;
                    RegionInfo right = ordered ? second : first;
                    if (left.equals(right) || !Arrays.equals(left.stopRow(), right.startRow())) {
                        throw refused(
                                ErrorCode.INVALID_OPTION,
                                "Regions must be neighbours: %s, %s".formatted(first, second));
                    }
                    run(
                            ReplaceRegions.reshape(
                                    hosting,
                                    left.table(),
                                    List.of(left, right),
                                    List.of(
                                            region(
                                                    left.table(),
                                                    left.startRow(),
                                                    right.stopRow()))));
                    chores.compactSoon(left.table());
                },
                lock(first.table()));
    }

    // ---- Snapshots

    /**
     * Keeps a table as it is now under a name, without copying it.
     *
     * @throws SkepException TABLE_NOT_FOUND, CONFLICT if there is a snapshot of this name or a
     *     region of the table is damaged, INVALID_OPTION if it is no name
     */
    public void snapshot(String name, TableName table) {
        holding(
                () -> {
                    takeSnapshot(name, table);
                },
                "snapshot " + name,
                lock(table));
    }

    // With the locks.
    private void takeSnapshot(String name, TableName table) {
        Catalogue.Entry entry = hosting.catalogue().require(table);
        if (foundation.snapshots().exists(name)) {
            throw refused(ErrorCode.CONFLICT, "Snapshot exists already: " + name);
        }
        List<HostedRegion> hosted = hosting.regions(table);
        List<RegionInfo> served = hosted.stream().map(HostedRegion::info).toList();
        if (entry.state() == TableState.ENABLED && !served.containsAll(entry.regions())) {
            throw refused(
                    ErrorCode.CONFLICT,
                    "Cannot take a snapshot of table %s: not all of its regions can be read"
                            .formatted(table));
        }
        hosted.forEach(region -> region.region().flush());
        Lock keep = foundation.sweeper().keepAll();
        keep.lock();
        try {
            List<Snapshot.RegionFiles> regions = new ArrayList<>();
            for (RegionInfo region : entry.regions()) {
                regions.add(new Snapshot.RegionFiles(region, hosting.files(region)));
            }
            long now = foundation.options().clock().now().toEpochMilli();
            foundation.snapshots().write(new Snapshot(name, now, entry.descriptor(), regions));
        } catch (IllegalArgumentException e) {
            throw new SkepException(ErrorCode.INVALID_OPTION, e.getMessage(), e);
        } finally {
            keep.unlock();
        }
    }

    /** All snapshots, sorted by name. */
    public List<Snapshot> snapshots() {
        return foundation.snapshots().names().stream().map(foundation.snapshots()::read).toList();
    }

    /** Forgets a snapshot; files that only it named are deleted. */
    public void deleteSnapshot(String name) {
        holding(
                () -> {
                    foundation.snapshots().delete(name);
                    foundation.sweeper().look();
                    chores.sweepSoon();
                },
                "snapshot " + name);
    }

    /**
     * Makes a table of a snapshot, without copying it.
     *
     * @throws SkepException FILE_NOT_FOUND, TABLE_EXISTS, DATABASE_NOT_FOUND, INVALID_OPTION if
     *     regions begin with rows that are too long for a table with this name
     */
    public void cloneSnapshot(String name, TableName table) {
        holding(
                () -> {
                    requireNamespace(table.namespace());
                    checkAbsent(table);
                    Snapshot snapshot = foundation.snapshots().read(name);
                    run(
                            ReplaceRegions.cloneOf(
                                    hosting,
                                    name,
                                    named(snapshot, table),
                                    ranges(snapshot, table)));
                },
                "namespace " + table.namespace(),
                "snapshot " + name,
                lock(table));
    }

    private static TableDescriptor named(Snapshot snapshot, TableName table) {
        TableDescriptor from = snapshot.table();
        return new TableDescriptor(
                table, from.families(), from.durability(), from.flushSize(), from.maxFileSize());
    }

    private List<RegionInfo> ranges(Snapshot snapshot, TableName table) {
        return snapshot.regions().stream()
                .map(part -> region(table, part.region().startRow(), part.region().stopRow()))
                .toList();
    }

    /**
     * Gives a disabled table the cells, families and regions that it had when a snapshot was taken.
     * It stays disabled. Before, a snapshot of what it is now is taken; it is deleted when the
     * table is restored, and left with the name {@code failsafe-<snapshot>-<milliseconds>} if that
     * fails.
     */
    public void restoreSnapshot(String name) {
        TableName table = foundation.snapshots().read(name).table().name();
        String failsafe = "failsafe-%s-%d".formatted(name, freshId());
        holding(
                () -> {
                    Snapshot snapshot = foundation.snapshots().read(name);
                    Catalogue.Entry entry = disabled(table, "restore");
                    takeSnapshot(failsafe, table);
                    Crash.point("restore.after-failsafe");
                    run(
                            ReplaceRegions.restore(
                                    hosting,
                                    name,
                                    snapshot.table(),
                                    entry.regions(),
                                    ranges(snapshot, table)));
                    foundation.snapshots().delete(failsafe);
                    foundation.sweeper().look();
                    chores.sweepSoon();
                },
                "snapshot " + failsafe,
                "snapshot " + name,
                lock(table));
    }

    /**
     * Copies the files of a snapshot to {@code <target>/<family>/<file>}, from where HBase, or
     * {@link #load}, can load them.
     *
     * @param target a directory that does not exist or is empty
     * @return how many files there are
     */
    public int exportSnapshot(String name, String target) {
        return holding(
                () -> {
                    return new SnapshotExport(foundation)
                            .run(foundation.snapshots().read(name), target);
                },
                "snapshot " + name);
    }

    // ---- Loads

    /**
     * Gives a table the cells of HFiles {@code <source>/<family>/<file>}, ours or HBase's, which
     * are copied; those that reach over several regions are cut. They count as written now: all at
     * once in each region.
     *
     * @return how many files the regions were given
     * @throws SkepException INVALID_LOAD_FILE if there is a family that the table does not have or
     *     a file that is none of its family; CORRUPT_FILE. Nothing was loaded then
     */
    public int load(TableName table, String source) {
        return holding(
                () -> {
                    enabled(table, "load files into");
                    String staging =
                            "%s/load-%d-%d"
                                    .formatted(
                                            foundation.directory().temporary(),
                                            freshId(),
                                            lastLoad.incrementAndGet());
                    LoadFiles load = LoadFiles.of(hosting, table, source, staging);
                    run(load);
                    return load.loaded();
                },
                lock(table));
    }

    // ---- The whole

    /** The regions that are damaged and cannot be read, with the reasons. */
    public List<String> brokenRegions() {
        return hosting.broken().entrySet().stream()
                .map(region -> region.getKey() + ": " + region.getValue().getMessage())
                .sorted()
                .toList();
    }

    /** Tries once more to open a region that is damaged. */
    void reopen(RegionInfo region) {
        holding(() -> hosting.reopen(region), lock(region.table()));
    }

    /** What could not be ended so far and is tried again from time to time, in words. */
    public List<String> stuckProcedures() {
        return executor.stuck().values().stream()
                .map(stuck -> stuck.procedure().describe() + ": " + stuck.reason())
                .toList();
    }

    /** Looks now whether regions should be split, files deleted, and procedures be gone on with. */
    public void runChores() {
        chores.run();
    }

    /** The files of the regions of a table, those of other regions that they share too. */
    public List<RegionFile> files(TableName table) {
        return regions(table).stream().flatMap(region -> files(region).stream()).toList();
    }

    /** The files of a region. */
    public List<RegionFile> files(RegionInfo region) {
        return hosting.files(region);
    }

    /** Bytes of a file on disk, also if a region has only some rows of it. */
    public long bytes(RegionFile file) {
        return hosting.bytes(file);
    }

    /** Writes what is in memory to files, closes all and gives the directory up. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        chores.close();
        try {
            hosting.close();
            chores.awaitEnd();
            chores.sweep();
        } finally {
            foundation.close();
        }
    }
}
