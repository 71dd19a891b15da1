package org.skep.lsm.store.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionClosedException;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.region.RegionServices;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.DescriptorFormat;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.RegionInfoFormat;
import org.skep.lsm.store.meta.TableState;
import org.skep.lsm.store.procedure.LoadFiles;
import org.skep.lsm.store.procedure.RegionHost;
import org.skep.lsm.store.snapshot.SnapshotDirectory;
import org.skep.lsm.wal.Mvcc;

/**
 * The regions of a store that are served. Clients ask it for the region of a row, and wait while
 * that is being split, merged or altered; procedures let regions come and go. Safe for use by many
 * threads.
 */
public final class Hosting implements RegionHost {
    private static final long POLL_NANOS = 50_000_000;
    private static final int FLUSHES_BEFORE_CLOSE = 4;
    private static final long LITTLE = 4 << 20;

    private final StoreDirectory directory;
    private final RegionServices services;
    private final MetaTable meta;
    private final SnapshotDirectory snapshots;
    private final Sweeper sweeper;
    private final long patienceNanos;
    private final LoadedFiles loads;

    private final Map<String, HostedRegion> hosted = new ConcurrentHashMap<>();
    private final Map<String, SkepException> broken = new ConcurrentHashMap<>();
    // Replaced, never edited; guarded by this when replaced.
    private volatile Map<TableName, Route> routes = Map.of();
    private volatile Catalogue catalogue;
    private volatile boolean closed;
    private volatile SkepException lastFailure;

    /**
     * Serves nothing yet.
     *
     * @param patienceNanos how long a client waits for a region that is not served
     */
    public Hosting(
            StoreDirectory directory,
            RegionServices services,
            MetaTable meta,
            Catalogue catalogue,
            Sweeper sweeper,
            long patienceNanos) {
        this.directory = directory;
        this.services = services;
        this.meta = meta;
        this.catalogue = catalogue;
        this.sweeper = sweeper;
        this.patienceNanos = patienceNanos;
        snapshots = new SnapshotDirectory(directory);
        loads = new LoadedFiles(services);
    }

    @Override
    public MetaTable meta() {
        return meta;
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public StoreDirectory directory() {
        return directory;
    }

    @Override
    public synchronized void publish(UnaryOperator<Catalogue> change) {
        catalogue = change.apply(catalogue);
        notifyAll();
    }

    /**
     * Returns if the store is open.
     *
     * @throws SkepException IO_ERROR
     */
    public void checkOpen() {
        if (closed) {
            throw closed();
        }
    }

    /** A read point of the whole store, kept until it is closed. */
    public Mvcc.Pin pin() {
        return services.mvcc().pin();
    }

    /** All regions that are served. */
    public List<HostedRegion> all() {
        return List.copyOf(hosted.values());
    }

    /** The regions of a table that are served, first rows first. */
    public List<HostedRegion> regions(TableName table) {
        Route route = routes.get(table);
        return route == null ? List.of() : route.regions();
    }

    /**
     * The region of a row. Waits while it is not served though the table is enabled. It may be
     * closed when the caller comes to use it: then he asks again.
     *
     * @param row empty for the first region
     * @throws SkepException TABLE_NOT_FOUND, RUNTIME_ERROR if the table is disabled, IO_ERROR if
     *     the region does not come
     */
    public HostedRegion find(TableName table, byte[] row) {
        Route route = routes.get(table);
        HostedRegion region = route == null ? null : route.find(row);
        return region != null ? region : await(table, row, false);
    }

    /** Like {@link #find}, for the region with the greatest rows before {@code row}. */
    public HostedRegion findBefore(TableName table, byte[] row) {
        Route route = routes.get(table);
        HostedRegion region = route == null ? null : route.findBefore(row);
        return region != null ? region : await(table, row, true);
    }

    private HostedRegion await(TableName table, byte[] row, boolean before) {
        long deadline = services.clock().nanoTime() + patienceNanos;
        while (true) {
            synchronized (this) {
                if (closed) {
                    throw closed();
                }
                if (catalogue.require(table).state() == TableState.DISABLED) {
                    throw new SkepException(ErrorCode.RUNTIME_ERROR, "Table is disabled: " + table);
                }
                Route route = routes.get(table);
                HostedRegion region =
                        route == null ? null : before ? route.findBefore(row) : route.find(row);
                if (region != null) {
                    return region;
                }
                refuseBroken(table, row, before);
                long left = deadline - services.clock().nanoTime();
                if (left <= 0) {
                    throw new SkepException(
                            ErrorCode.IO_ERROR,
                            "Region is not available: %s, row %s"
                                    .formatted(table, RegionInfo.printable(row)));
                }
                pause(Math.min(left, POLL_NANOS));
            }
        }
    }

    private void refuseBroken(TableName table, byte[] row, boolean before) {
        if (broken.isEmpty()) {
            return;
        }
        for (RegionInfo region : catalogue.require(table).regions()) {
            byte[] stop = region.stopRow();
            boolean last =
                    row.length == 0
                            ? stop.length == 0
                            : Arrays.compareUnsigned(region.startRow(), row) < 0
                                    && (stop.length == 0 || Arrays.compareUnsigned(stop, row) >= 0);
            SkepException reason = broken.get(region.encodedName());
            if (reason != null && (before ? last : region.contains(row))) {
                throw new SkepException(
                        reason.code(),
                        "Region cannot be opened: %s: %s".formatted(region, reason.getMessage()),
                        reason);
            }
        }
    }

    // With the lock.
    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkepException(ErrorCode.CANCELLED, "Waiting for a region was interrupted", e);
        }
    }

    private SkepException closed() {
        return new SkepException(ErrorCode.IO_ERROR, "Region store is closed: " + directory.root());
    }

    @Override
    public void open(RegionInfo region) {
        if (!hosted.containsKey(region.encodedName())) {
            host(new HostedRegion(region, openAlone(region)));
        }
    }

    /**
     * Opens the regions of all tables that are enabled, as far as that is possible. To be called
     * before anybody else has to do with the store.
     *
     * @param closed regions that must not be served yet
     */
    public void openAll(Set<RegionInfo> closed) {
        List<Catalogue.Entry> tables =
                catalogue.tables().values().stream()
                        .filter(table -> table.state() == TableState.ENABLED)
                        .toList();
        List<RegionInfo> wanted =
                tables.stream()
                        .flatMap(table -> table.regions().stream())
                        .filter(region -> !hosted.containsKey(region.encodedName()))
                        .filter(region -> !closed.contains(region))
                        .toList();
        if (!openTogether(wanted)) {
            wanted.forEach(this::tryToOpen);
        }
        synchronized (this) {
            tables.forEach(table -> route(table.descriptor().name()));
        }
    }

    // The log is read once for all of them; false if one of them cannot be opened.
    private boolean openTogether(List<RegionInfo> regions) {
        List<Region> opened;
        try {
            opened = Region.openAll(services, regions.stream().map(this::opening).toList());
        } catch (RuntimeException e) {
            // Each is tried by itself then, and says what is wrong with it.
            return false;
        }
        for (int i = 0; i < opened.size(); i++) {
            RegionInfo region = regions.get(i);
            hosted.put(region.encodedName(), new HostedRegion(region, opened.get(i)));
            broken.remove(region.encodedName());
        }
        return true;
    }

    // One region that is damaged does not keep the others from being served.
    private void tryToOpen(RegionInfo region) {
        String name = region.encodedName();
        try {
            if (!hosted.containsKey(name)) {
                hosted.put(name, new HostedRegion(region, openAlone(region)));
            }
            broken.remove(name);
        } catch (RuntimeException e) {
            broken.put(name, told(e));
        }
    }

    /** The regions that could not be opened, but for those that are not there any more. */
    public List<RegionInfo> brokenRegions() {
        Map<String, RegionInfo> known = catalogue.regions();
        broken.keySet().retainAll(known.keySet());
        return broken.keySet().stream().map(known::get).filter(Objects::nonNull).toList();
    }

    /** Tries once more to open a region, if it is wanted; with the lock of its table. */
    public void reopen(RegionInfo region) {
        Optional<Catalogue.Entry> table = catalogue.find(region.table());
        if (table.isPresent()
                && table.get().state() == TableState.ENABLED
                && table.get().regions().contains(region)) {
            tryToOpen(region);
            synchronized (this) {
                route(region.table());
            }
        }
    }

    private static SkepException told(Throwable failure) {
        return failure instanceof SkepException known
                ? known
                : new SkepException(ErrorCode.INTERNAL, "Unexpected failure: " + failure, failure);
    }

    /** The regions that could not be opened, by the names of their directories, and why. */
    public Map<String, SkepException> broken() {
        return Map.copyOf(broken);
    }

    private Region openAlone(RegionInfo region) {
        return Region.openAll(services, List.of(opening(region))).get(0);
    }

    private Region.Opening opening(RegionInfo region) {
        return new Region.Opening(
                region, catalogue.require(region.table()).descriptor(), directory.region(region));
    }

    private synchronized void host(HostedRegion region) {
        hosted.put(region.info().encodedName(), region);
        broken.remove(region.info().encodedName());
        route(region.info().table());
    }

    private synchronized void unhost(HostedRegion region) {
        hosted.remove(region.info().encodedName());
        route(region.info().table());
    }

    // With the lock.
    private void route(TableName table) {
        List<HostedRegion> regions =
                hosted.values().stream()
                        .filter(region -> region.info().table().equals(table))
                        .toList();
        Map<TableName, Route> all = new HashMap<>(routes);
        if (regions.isEmpty()) {
            all.remove(table);
        } else {
            all.put(table, new Route(regions));
        }
        routes = Map.copyOf(all);
        notifyAll();
    }

    @Override
    public void closeFlushed(List<RegionInfo> regions) {
        // Before the first is closed, so that its clients do not wait for the others' flushes.
        for (RegionInfo info : regions) {
            HostedRegion region = hosted.get(info.encodedName());
            if (region != null) {
                flushMost(region.region());
            }
        }
        regions.forEach(this::closeFlushed);
    }

    // Each time less is left, so clients do not wait long for the last flush.
    private static void flushMost(Region region) {
        for (int i = 0; i < FLUSHES_BEFORE_CLOSE; i++) {
            region.flush();
            if (region.memstoreBytes() < LITTLE) {
                break;
            }
        }
    }

    private void closeFlushed(RegionInfo info) {
        HostedRegion region = hosted.get(info.encodedName());
        if (region == null) {
            // After a crash the log may have writes of it.
            if (services.files().status(directory.region(info)).isPresent()) {
                openAlone(info).close();
            }
            return;
        }
        unhost(region);
        try {
            region.region().close();
        } catch (RuntimeException e) {
            host(region);
            throw e;
        }
    }

    @Override
    public void closeDiscarded(RegionInfo info) {
        HostedRegion region = hosted.get(info.encodedName());
        if (region != null) {
            unhost(region);
            region.region().discard();
        }
    }

    @Override
    public List<RegionFile> files(RegionInfo region) {
        return sweeper.files(directory.region(region));
    }

    @Override
    public List<RegionFile> snapshotFiles(String snapshot) {
        return snapshots.read(snapshot).files();
    }

    @Override
    public void make(RegionInfo region, TableDescriptor descriptor, List<RegionFile> files) {
        String path = directory.region(region);
        directory.remove(path);
        directory.makeDirectory(path);
        long last = files.stream().mapToLong(RegionFile::sequence).max().orElse(0);
        Region.create(services, descriptor, path, files, last);
        directory.writeOnce(path + "/" + StoreDirectory.REGION_INFO, RegionInfoFormat.seal(region));
    }

    @Override
    public void keepFamilies(RegionInfo region, Set<String> families) {
        String path = directory.region(region);
        Manifest before = Manifest.readNewest(services.files(), path).orElseGet(Manifest::empty);
        // All writes are in files, so nothing in the log concerns a family that is new.
        long all = before.flushed().values().stream().mapToLong(id -> id).max().orElse(0);
        Map<String, Long> flushed = new HashMap<>();
        families.forEach(family -> flushed.put(family, before.flushed().getOrDefault(family, all)));
        List<RegionFile> kept = new ArrayList<>();
        List<RegionFile> gone = new ArrayList<>();
        before.files().forEach(f -> (families.contains(f.family()) ? kept : gone).add(f));
        if (!gone.isEmpty() || !flushed.equals(before.flushed())) {
            new Manifest(before.number() + 1, flushed, kept).write(services.files(), path);
        }
        gone.forEach(file -> sweeper.retired(file.path()));
    }

    @Override
    public void keepDescriptor(TableDescriptor descriptor) {
        FileSystem files = services.files();
        String table = directory.table(descriptor.name());
        directory.makeDirectory(table);
        List<FileStatus> old = new ArrayList<>();
        int last = 0;
        for (FileStatus file : files.list(table)) {
            OptionalInt number = StoreDirectory.tableInfoNumber(file.name());
            if (number.isPresent()) {
                old.add(file);
                last = Math.max(last, number.getAsInt());
            }
        }
        directory.writeOnce(
                table + "/" + StoreDirectory.TABLE_INFO + (last + 1),
                DescriptorFormat.encode(descriptor));
        old.forEach(file -> files.delete(file.path()));
    }

    @Override
    public void retire(RegionInfo region) {
        String path = directory.region(region);
        if (services.files().status(path).isPresent()) {
            directory.remove(path + "/" + StoreDirectory.REGION_INFO);
            sweeper.retiredDirectory(path);
        }
    }

    @Override
    public void retireTable(TableDescriptor descriptor) {
        String path = directory.table(descriptor.name());
        if (services.files().status(path).isEmpty()) {
            return;
        }
        for (FileStatus file : services.files().list(path)) {
            if (!file.directory()) {
                services.files().delete(file.path());
            }
        }
        services.files().syncDirectory(path);
    }

    @Override
    public List<LoadFiles.Staged> stage(TableName table, String source, String staging) {
        return loads.stage(catalogue.require(table), source, staging);
    }

    @Override
    public void load(RegionInfo info, List<LoadFiles.Staged> files, String staging) {
        if (!catalogue.regions().containsKey(info.encodedName())) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR, "Region was split before files were loaded: " + info);
        }
        open(info);
        Map<String, String> families = new HashMap<>();
        files.forEach(file -> families.put(staging + "/" + file.name(), file.family()));
        hosted.get(info.encodedName()).region().bulkLoad(families);
    }

    /** Bytes of a file on disk; 0 if it is gone. */
    public long bytes(RegionFile file) {
        return services.files()
                .status(directory.absolute(file.path()))
                .map(FileStatus::length)
                .orElse(0L);
    }

    /**
     * A row in the middle of a region: that of the largest file of the largest family. Empty if
     * there is none that could part the region.
     */
    public Optional<byte[]> middle(RegionInfo region) {
        Map<String, Long> sizes = new HashMap<>();
        List<RegionFile> files = new ArrayList<>(files(region));
        files.forEach(file -> sizes.merge(file.family(), bytes(file), Long::sum));
        files.sort(
                Comparator.comparing((RegionFile file) -> sizes.get(file.family()))
                        .thenComparing(this::bytes)
                        .reversed());
        for (RegionFile entry : files) {
            Optional<byte[]> row = middle(entry);
            if (row.isPresent()
                    && region.contains(row.get())
                    && !Arrays.equals(row.get(), region.startRow())) {
                return row;
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> middle(RegionFile entry) {
        String path = directory.absolute(entry.path());
        if (services.files().status(path).isEmpty()) {
            return Optional.empty();
        }
        HFile file = HFile.open(services.files(), path, services.cache());
        try {
            return file.midRow();
        } finally {
            file.release();
        }
    }

    /**
     * Does something that can fail without harm because it is tried again: a region may just be
     * closed, a disk full for a while.
     */
    public void quietly(Runnable work) {
        try {
            work.run();
        } catch (RegionClosedException e) {
            return;
        } catch (RuntimeException | OutOfMemoryError e) {
            lastFailure = told(e);
        }
    }

    /** The last failure of something that is tried again. */
    public Optional<SkepException> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Takes away what an earlier process left of files it was making. */
    public void clearTemporary() {
        for (FileStatus left : services.files().list(directory.temporary())) {
            services.files().deleteTree(left.path());
        }
    }

    /** Closes all regions; clients that wait fail. */
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        RuntimeException failure = null;
        for (HostedRegion region : all()) {
            try {
                region.region().close();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
                region.region().abandon();
            } finally {
                // Who finds a region that is closed looks for it again.
                unhost(region);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
