package org.skep.lsm.store.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.region.RegionServices;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.directory.Ownership;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.host.Hosting;
import org.skep.lsm.store.host.RegionRows;
import org.skep.lsm.store.host.Sweeper;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.DescriptorFormat;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.ProcedureRecord;
import org.skep.lsm.store.meta.RegionInfoFormat;
import org.skep.lsm.store.meta.TableState;
import org.skep.lsm.store.procedure.NamedLocks;
import org.skep.lsm.store.procedure.ProcedureExecutor;
import org.skep.lsm.store.procedure.StoredProcedures;
import org.skep.lsm.store.snapshot.RowBounds;
import org.skep.lsm.store.snapshot.Snapshot;
import org.skep.lsm.store.snapshot.SnapshotDirectory;
import org.skep.lsm.wal.WalOptions;

/**
 * Looks for damage in a store that nobody has open, and mends it if that is wanted: every byte of
 * every file is read. Repairs delete nothing: what they take away is moved to {@code lost/}.
 * Confined to one thread.
 */
public final class StoreCheck implements AutoCloseable {
    private static final String LATER = "; tables can be looked at only after that";

    private final RegionStoreOptions options;
    private final StoreDirectory directory;
    private final FileSystem files;
    private final boolean repairs;
    private final Ownership.Lease lease;
    private final BlockCache cache;
    private final List<Finding> findings = new ArrayList<>();

    private RegionServices services;
    private Region metaRegion;
    private MetaTable meta;
    private Catalogue catalogue = new Catalogue(List.of(), Map.of());
    private long lastId;
    // Whether the log has lost writes, of meta too.
    private boolean logDamaged;
    private final Set<String> withoutManifest = new HashSet<>();

    private StoreCheck(
            FileSystem fileSystem, String path, RegionStoreOptions options, boolean repairs) {
        this.options = options;
        this.repairs = repairs;
        files = fileSystem;
        directory = new StoreDirectory(fileSystem, path);
        if (!directory.wasStore()) {
            throw new SkepException(ErrorCode.INVALID_PATH, "No region store in: " + path);
        }
        lease = options.ownership().take(fileSystem, directory.root());
        cache = new BlockCache(options.cacheBytes(), options.memory());
    }

    /**
     * Says what is wrong.
     *
     * @throws SkepException DATA_DIRECTORY_IN_USE, INVALID_PATH if there is no store
     */
    public static List<Finding> check(FileSystem files, String path, RegionStoreOptions options) {
        return run(files, path, options, false);
    }

    /** Says what was wrong, and mends it. */
    public static List<Finding> repair(FileSystem files, String path, RegionStoreOptions options) {
        return run(files, path, options, true);
    }

    private static List<Finding> run(
            FileSystem files, String path, RegionStoreOptions options, boolean repairs) {
        try (StoreCheck check = new StoreCheck(files, path, options, repairs)) {
            check.run();
            return check.findings;
        }
    }

    private void found(Finding.Kind kind, String message, String repair, Runnable mend) {
        findings.add(new Finding(kind, message, repair));
        if (repairs) {
            mend.run();
        }
    }

    private void run() {
        checkFormat();
        openLog();
        openMeta();
        if (meta != null) {
            checkProcedures();
            catalogue = meta.survey().catalogue();
        }
        checkTables();
        for (TableName table : List.copyOf(catalogue.tables().keySet())) {
            checkRegions(table);
            checkRanges(table);
        }
        checkSnapshots();
        checkOrphanFiles();
        if (logDamaged) {
            emptyLog();
        }
    }

    private void checkFormat() {
        try {
            directory.prepare();
        } catch (SkepException e) {
            if (e.code() != ErrorCode.CORRUPT_FILE && e.code() != ErrorCode.INVALID_PATH) {
                throw e;
            }
            found(
                    Finding.Kind.DESCRIPTION,
                    "Store's directory does not say what it is: " + directory.format(),
                    "written anew",
                    () -> {
                        putAside(directory.format());
                        directory.writeFormat();
                        directory.prepare();
                    });
        }
    }

    // ---- Log and meta

    private RegionOptions quiet(WalOptions.OnDamage damage) {
        RegionOptions region = options.region().withoutBackground();
        return region.withWal(region.wal().withDamage(damage));
    }

    private RegionServices openServices(WalOptions.OnDamage damage) {
        return RegionServices.open(
                files,
                directory.root(),
                options.clock(),
                quiet(damage),
                options.memory(),
                cache,
                path -> {},
                1);
    }

    private void openLog() {
        try {
            services = openServices(WalOptions.OnDamage.REFUSE);
        } catch (SkepException e) {
            found(
                    Finding.Kind.LOG,
                    e.getMessage(),
                    "read as far as it goes; a copy stays in lost/" + (repairs ? "" : LATER),
                    () -> {
                        copyLog();
                        services = openServices(WalOptions.OnDamage.DROP_REST_OF_FILE);
                        logDamaged = true;
                    });
        }
    }

    private void copyLog() {
        String target = directory.lost() + "/wal";
        while (files.status(target).isPresent()) {
            target += ".again";
        }
        directory.makeDirectory(target);
        byte[] buffer = new byte[1 << 20];
        for (FileStatus file : listed(directory.wal())) {
            try (InputFile input = files.open(file.path());
                    OutputFile output = files.create(target + "/" + file.name())) {
                for (long at = 0; at < input.length(); ) {
                    int count = (int) Math.min(buffer.length, input.length() - at);
                    input.readFully(at, buffer, 0, count);
                    output.write(buffer, 0, count);
                    at += count;
                }
                output.sync();
            }
        }
        files.syncDirectory(target);
    }

    // What could be read goes to files: a damaged log would be refused again.
    private void emptyLog() {
        for (RegionInfo region : catalogue.regions().values()) {
            try {
                TableDescriptor table = catalogue.require(region.table()).descriptor();
                Region.open(services, region, table, directory.region(region)).close();
            } catch (SkepException e) {
                found(
                        Finding.Kind.LOG,
                        "Writes of region %s stay in the copy of the log: %s"
                                .formatted(region, e.getMessage()),
                        "none",
                        () -> {});
            }
        }
        metaRegion.flush();
        services.wal().sync();
        services.wal().forgetAllBut(name -> false);
        services.wal().trim(0);
    }

    private void openMeta() {
        if (services == null) {
            return;
        }
        String path = directory.region(MetaTable.REGION);
        try {
            Optional<Manifest> manifest =
                    files.status(path).isPresent()
                            ? Manifest.readNewest(files, path)
                            : Optional.empty();
            if (manifest.isEmpty()) {
                throw new SkepException(
                        ErrorCode.CORRUPT_FILE, "Meta table has no manifest: " + path);
            }
            for (RegionFile file : manifest.get().files()) {
                verify(file);
            }
            useMeta(path);
        } catch (SkepException e) {
            found(
                    Finding.Kind.META,
                    e.getMessage(),
                    "made anew from the directories of tables and regions" + (repairs ? "" : LATER),
                    this::renewMeta);
            return;
        }
        for (String problem : meta.survey().problems()) {
            findings.add(new Finding(Finding.Kind.META, problem, "the row is made anew"));
        }
        if (repairs) {
            meta.survey().damaged().forEach(meta::deleteDamaged);
        }
    }

    private void useMeta(String path) {
        metaRegion = Region.open(services, MetaTable.REGION, MetaTable.DESCRIPTOR, path);
        meta = new MetaTable(new RegionRows(metaRegion));
    }

    private void renewMeta() {
        String path = directory.region(MetaTable.REGION);
        if (metaRegion != null) {
            metaRegion.abandon();
        }
        putAside(path);
        directory.makeDirectory(path);
        // What the log has of it is as doubtful.
        long last = services.sequences().next();
        Region.create(services, MetaTable.DESCRIPTOR, path, List.of(), last);
        directory.writeOnce(
                path + "/" + StoreDirectory.REGION_INFO, RegionInfoFormat.seal(MetaTable.REGION));
        useMeta(path);
    }

    /** Moves something to {@code lost/}, under the path that it had. */
    private void putAside(String path) {
        if (files.status(path).isEmpty()) {
            return;
        }
        String target = directory.lost() + "/" + directory.relative(path);
        while (files.status(target).isPresent()) {
            target += ".again";
        }
        directory.makeDirectory(target.substring(0, target.lastIndexOf('/')));
        files.rename(path, target);
        files.syncDirectory(target.substring(0, target.lastIndexOf('/')));
        files.syncDirectory(path.substring(0, path.lastIndexOf('/')));
    }

    private void checkProcedures() {
        MetaTable.Content content = meta.survey();
        if (content.procedures().isEmpty()) {
            return;
        }
        Sweeper sweeper = new Sweeper(directory);
        Hosting hosting = new Hosting(directory, services, meta, content.catalogue(), sweeper, 0);
        ProcedureExecutor executor = new ProcedureExecutor(meta, options.clock(), new NamedLocks());
        StoredProcedures procedures = new StoredProcedures(hosting);
        for (ProcedureRecord record : content.procedures()) {
            if (logDamaged) {
                // How far it came is lost. What is there counts: to begin anew would overwrite it.
                found(
                        Finding.Kind.PROCEDURE,
                        "%s, at step %d or behind".formatted(record.kind(), record.step()),
                        "given up, since the log does not say how far it came",
                        () -> meta.deleteProcedure(record.id()));
                continue;
            }
            found(
                    Finding.Kind.PROCEDURE,
                    "%s, at step %d".formatted(record.kind(), record.step()),
                    "gone on with, or given up",
                    () -> {
                        try {
                            executor.resume(record, procedures.decode(record));
                        } catch (SkepException e) {
                            meta.deleteProcedure(record.id());
                        }
                    });
        }
        hosting.close();
    }

    // ---- Tables

    private List<FileStatus> listed(String path) {
        return files.status(path).filter(FileStatus::directory).isPresent()
                ? files.list(path)
                : List.of();
    }

    // Tables that have directories, and what they say of themselves.
    private void checkTables() {
        for (FileStatus namespace : listed(directory.data())) {
            for (FileStatus table : listed(namespace.path())) {
                boolean system = namespace.name().equals(MetaTable.SYSTEM_NAMESPACE);
                if (table.directory() && !system) {
                    checkTable(new TableName(namespace.name(), table.name()), table.path());
                }
            }
        }
        for (Catalogue.Entry table : catalogue.tables().values()) {
            TableDescriptor descriptor = table.descriptor();
            String path = directory.table(descriptor.name());
            if (newestDescriptor(path, new ArrayList<>()).isEmpty()) {
                found(
                        Finding.Kind.DESCRIPTION,
                        "Table's directory does not say what it is: " + descriptor.name(),
                        "written from meta",
                        () -> writeDescriptor(descriptor));
            }
        }
    }

    private Optional<TableDescriptor> newestDescriptor(String path, List<String> damaged) {
        int newest = -1;
        Optional<TableDescriptor> found = Optional.empty();
        for (FileStatus file : listed(path)) {
            OptionalInt number = StoreDirectory.tableInfoNumber(file.name());
            if (number.isPresent()) {
                try {
                    TableDescriptor read =
                            DescriptorFormat.decode(directory.read(file.path()), file.path());
                    if (number.getAsInt() > newest) {
                        newest = number.getAsInt();
                        found = Optional.of(read);
                    }
                } catch (SkepException e) {
                    damaged.add(file.path());
                }
            }
        }
        return found;
    }

    private void writeDescriptor(TableDescriptor descriptor) {
        String path = directory.table(descriptor.name());
        directory.makeDirectory(path);
        int last = 0;
        for (FileStatus file : listed(path)) {
            last = Math.max(last, StoreDirectory.tableInfoNumber(file.name()).orElse(0));
        }
        directory.writeOnce(
                path + "/" + StoreDirectory.TABLE_INFO + (last + 1),
                DescriptorFormat.encode(descriptor));
    }

    private void checkTable(TableName table, String path) {
        List<String> damaged = new ArrayList<>();
        Optional<TableDescriptor> descriptor = newestDescriptor(path, damaged);
        for (String file : damaged) {
            found(
                    Finding.Kind.DESCRIPTION,
                    "Table's description is damaged: " + file,
                    "moved to lost/",
                    () -> putAside(file));
        }
        if (catalogue.find(table).isPresent() || regionDirectories(path).isEmpty()) {
            return;
        }
        if (meta == null) {
            return;
        }
        TableDescriptor added = descriptor.orElseGet(() -> guess(table, path));
        found(
                Finding.Kind.META,
                "Meta does not have table " + table,
                descriptor.isPresent()
                        ? "added as its directory says"
                        : "added with default options and the families that it has files of",
                () -> addTable(added));
        // As it will be, so that the regions are looked at.
        catalogue =
                catalogue
                        .withNamespace(table.namespace())
                        .with(table, new Catalogue.Entry(added, TableState.ENABLED, List.of()));
    }

    private void addTable(TableDescriptor table) {
        if (!catalogue.namespaces().contains(table.name().namespace())) {
            meta.putNamespace(table.name().namespace(), options.clock().now().toEpochMilli());
        }
        writeDescriptor(table);
        meta.putTable(table, TableState.ENABLED);
    }

    // The directories in a table's that are regions.
    private List<FileStatus> regionDirectories(String table) {
        return listed(table).stream()
                .filter(FileStatus::directory)
                .filter(region -> files.status(info(region.path())).isPresent())
                .toList();
    }

    private static String info(String region) {
        return region + "/" + StoreDirectory.REGION_INFO;
    }

    private TableDescriptor guess(TableName table, String path) {
        Map<String, ColumnFamily> families = new TreeMap<>();
        for (FileStatus region : regionDirectories(path)) {
            for (FileStatus family : listed(region.path())) {
                if (family.directory()) {
                    families.put(family.name(), ColumnFamily.named(family.name()));
                }
            }
        }
        if (families.isEmpty()) {
            families.put("f", ColumnFamily.named("f"));
        }
        return TableDescriptor.of(table, families.values().toArray(new ColumnFamily[0]));
    }

    // ---- Regions

    private void checkRegions(TableName table) {
        Map<String, RegionInfo> known = new HashMap<>();
        catalogue.require(table).regions().forEach(r -> known.put(r.encodedName(), r));
        for (RegionInfo region : known.values()) {
            if (files.status(directory.region(region)).isEmpty()) {
                found(
                        Finding.Kind.MISSING_REGION,
                        "Region has no directory: " + region,
                        "taken out of meta; its cells are lost",
                        () -> meta.deleteRegion(region));
                catalogue = catalogue.withoutRegion(region);
            } else {
                checkInfo(region);
            }
        }
        for (FileStatus found : regionDirectories(directory.table(table))) {
            if (!known.containsKey(found.name())) {
                checkOrphan(table, found.path());
            }
        }
        for (RegionInfo region : catalogue.require(table).regions()) {
            if (files.status(directory.region(region)).isPresent()) {
                checkFiles(region);
            }
        }
    }

    private void removeRegion(RegionInfo region) {
        meta.deleteRegion(region);
        catalogue = catalogue.withoutRegion(region);
    }

    private void addRegion(RegionInfo region) {
        meta.putRegion(region);
        catalogue = catalogue.withRegion(region);
    }

    private void checkInfo(RegionInfo region) {
        String path = info(directory.region(region));
        try {
            RegionInfo said = RegionInfoFormat.unseal(directory.read(path), path);
            if (said.equals(region)) {
                return;
            }
        } catch (SkepException e) {
            // Whatever is wrong with it, it is written anew.
        }
        found(
                Finding.Kind.DESCRIPTION,
                "Region's directory does not say which it is: " + directory.region(region),
                "written from meta",
                () -> {
                    putAside(path);
                    directory.writeOnce(path, RegionInfoFormat.seal(region));
                });
    }

    private void checkOrphan(TableName table, String path) {
        RegionInfo region;
        try {
            region = RegionInfoFormat.unseal(directory.read(info(path)), info(path));
        } catch (SkepException e) {
            found(
                    Finding.Kind.ORPHAN_REGION,
                    "Directory is in no meta row and does not say which region it is: " + path,
                    "moved to lost/",
                    () -> putAside(path));
            return;
        }
        boolean fits =
                region.table().equals(table)
                        && directory.region(region).equals(path)
                        && (findings.stream().anyMatch(f -> f.kind() == Finding.Kind.META)
                                || catalogue.require(table).regions().stream()
                                        .noneMatch(region::overlaps));
        if (fits) {
            found(
                    Finding.Kind.ORPHAN_REGION,
                    "Region is not in meta: " + region,
                    "added to meta",
                    () -> meta.putRegion(region));
            catalogue = catalogue.withRegion(region);
        } else {
            found(
                    Finding.Kind.ORPHAN_REGION,
                    "Region is not in meta, where others have its rows: " + region,
                    "moved to lost/",
                    () -> putAside(path));
        }
    }

    private void checkFiles(RegionInfo region) {
        String path = directory.region(region);
        Manifest manifest;
        try {
            Optional<Manifest> newest = Manifest.readNewest(files, path);
            if (newest.isEmpty()) {
                throw new SkepException(ErrorCode.CORRUPT_FILE, "Region has no manifest: " + path);
            }
            manifest = newest.get();
        } catch (SkepException e) {
            found(
                    Finding.Kind.MANIFEST,
                    e.getMessage(),
                    "made anew of the files in the region's directory",
                    () -> renewManifest(region));
            if (!repairs) {
                withoutManifest.add(path);
            }
            return;
        }
        List<RegionFile> good = new ArrayList<>();
        for (RegionFile file : manifest.files()) {
            checkFile(region, file, good);
        }
        if (repairs && good.size() < manifest.files().size()) {
            new Manifest(manifest.number() + 1, manifest.flushed(), good).write(files, path);
        }
    }

    private void checkFile(RegionInfo region, RegionFile file, List<RegionFile> good) {
        String path = directory.absolute(file.path());
        if (files.status(path).isEmpty()) {
            found(
                    Finding.Kind.MISSING_FILE,
                    "File of region %s is gone: %s".formatted(region, path),
                    "taken out of the manifest; its cells are lost",
                    () -> {});
            return;
        }
        try {
            HFileMetadata metadata = verify(file);
            boolean outside =
                    file.isWhole()
                            && !metadata.empty()
                            && !(region.contains(metadata.firstRow())
                                    && region.contains(metadata.lastRow()));
            if (outside) {
                found(
                        Finding.Kind.FILE,
                        "File has rows that are not of region %s: %s".formatted(region, path),
                        "only the region's rows are used",
                        () -> good.add(RowBounds.within(file, region).orElseThrow()));
                return;
            }
            good.add(file);
        } catch (SkepException e) {
            found(
                    Finding.Kind.FILE,
                    e.getMessage(),
                    "moved to lost/; its cells are lost",
                    () -> putAside(path));
        }
    }

    private HFileMetadata verify(RegionFile file) {
        HFile opened = HFile.open(files, directory.absolute(file.path()), cache);
        try {
            opened.verify();
            return opened.metadata();
        } finally {
            opened.release();
        }
    }

    // Also files that a compaction had replaced come back, and those of other regions do not.
    private void renewManifest(RegionInfo region) {
        String path = directory.region(region);
        List<RegionFile> good = new ArrayList<>();
        Map<String, Long> flushed = new HashMap<>();
        long number = 0;
        for (FileStatus entry : listed(path)) {
            if (entry.name().startsWith("manifest.")) {
                number = Math.max(number, numberOf(entry.name()));
                putAside(entry.path());
            }
        }
        for (ColumnFamily family : catalogue.require(region.table()).descriptor().families()) {
            long last = 0;
            for (FileStatus entry : listed(path + "/" + family.name())) {
                RegionFile file =
                        RegionFile.whole(family.name(), directory.relative(entry.path()), 0);
                try {
                    HFileMetadata metadata = verify(file);
                    last = Math.max(last, metadata.maxSequence());
                    good.add(RegionFile.whole(family.name(), file.path(), metadata.maxSequence()));
                } catch (SkepException e) {
                    putAside(entry.path());
                }
            }
            flushed.put(family.name(), last);
        }
        new Manifest(number + 1, flushed, good).write(files, path);
    }

    private static long numberOf(String manifest) {
        String digits = manifest.replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
    }

    // ---- Ranges

    private void checkRanges(TableName table) {
        Ranges ranges = Ranges.of(catalogue.require(table).regions());
        for (List<RegionInfo> group : ranges.overlaps()) {
            found(
                    Finding.Kind.OVERLAP,
                    "Regions have the same rows: " + group,
                    "joined to one region",
                    () -> join(table, group));
        }
        for (Ranges.Hole hole : ranges.holes()) {
            found(
                    Finding.Kind.HOLE,
                    "Rows %s of table %s are in no region".formatted(hole, table),
                    "an empty region is made",
                    () ->
                            make(
                                    new RegionInfo(table, hole.start(), hole.stop(), freshId()),
                                    List.of()));
        }
    }

    private long freshId() {
        lastId = Math.max(lastId + 1, services.nowMillis());
        return lastId;
    }

    private void make(RegionInfo region, List<RegionFile> content) {
        String path = directory.region(region);
        directory.makeDirectory(path);
        long last = content.stream().mapToLong(RegionFile::sequence).max().orElse(0);
        Region.create(
                services, catalogue.require(region.table()).descriptor(), path, content, last);
        directory.writeOnce(info(path), RegionInfoFormat.seal(region));
        addRegion(region);
    }

    private void join(TableName table, List<RegionInfo> group) {
        byte[] stop = group.get(0).stopRow();
        List<RegionFile> content = new ArrayList<>();
        for (RegionInfo region : group) {
            boolean further =
                    stop.length > 0
                            && (region.stopRow().length == 0
                                    || Arrays.compareUnsigned(region.stopRow(), stop) > 0);
            stop = further ? region.stopRow() : stop;
            // The log may have writes of it.
            Region.open(
                            services,
                            region,
                            catalogue.require(table).descriptor(),
                            directory.region(region))
                    .close();
            Manifest.readNewest(files, directory.region(region))
                    .map(Manifest::files)
                    .orElse(List.of())
                    .forEach(file -> RowBounds.within(file, region).ifPresent(content::add));
        }
        make(new RegionInfo(table, group.get(0).startRow(), stop, freshId()), content);
        for (RegionInfo region : group) {
            removeRegion(region);
            directory.remove(info(directory.region(region)));
        }
    }

    // ---- Snapshots and files

    private void checkSnapshots() {
        SnapshotDirectory snapshots = new SnapshotDirectory(directory);
        for (String name : snapshots.names()) {
            try {
                Snapshot snapshot = snapshots.read(name);
                for (RegionFile file : snapshot.files()) {
                    if (files.status(directory.absolute(file.path())).isEmpty()) {
                        throw new SkepException(
                                ErrorCode.CORRUPT_FILE,
                                "File of snapshot %s is gone: %s".formatted(name, file.path()));
                    }
                    verify(file);
                }
            } catch (SkepException e) {
                found(
                        Finding.Kind.SNAPSHOT,
                        e.getMessage(),
                        "moved to lost/",
                        () -> putAside(snapshots.path(name)));
            }
        }
    }

    private Set<String> named() {
        Set<String> named = new HashSet<>();
        SnapshotDirectory snapshots = new SnapshotDirectory(directory);
        for (String name : snapshots.names()) {
            try {
                snapshots.read(name).files().forEach(file -> named.add(file.path()));
            } catch (SkepException e) {
                // It was found damaged before.
            }
        }
        for (RegionInfo region : catalogue.regions().values()) {
            try {
                Manifest.readNewest(files, directory.region(region))
                        .ifPresent(m -> m.files().forEach(file -> named.add(file.path())));
            } catch (SkepException e) {
                // It was found damaged before.
            }
        }
        return named;
    }

    private void checkOrphanFiles() {
        Set<String> named = named();
        for (RegionInfo region : catalogue.regions().values()) {
            if (withoutManifest.contains(directory.region(region))) {
                continue;
            }
            for (FileStatus family : listed(directory.region(region))) {
                for (FileStatus file : listed(family.path())) {
                    if (!named.contains(directory.relative(file.path()))) {
                        found(
                                Finding.Kind.ORPHAN_FILE,
                                "File is in no manifest and no snapshot: " + file.path(),
                                "moved to lost/",
                                () -> putAside(file.path()));
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            if (metaRegion != null) {
                metaRegion.close();
            }
        } finally {
            try {
                if (services != null) {
                    services.close();
                }
            } finally {
                cache.close();
                lease.close();
            }
        }
    }
}
