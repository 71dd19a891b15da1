package org.skep.lsm.store.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.base.io.InputFile;
import org.skep.base.io.OutputFile;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.region.RegionServices;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.directory.Ownership;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.host.RegionRows;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.wal.WalOptions;

/**
 * A store that is looked at: its parts as far as they could be opened, what was found, and how
 * things are taken out of the way. Confined to one thread.
 */
final class CheckedStore implements AutoCloseable {
    final RegionStoreOptions options;
    final StoreDirectory directory;
    final FileSystem files;
    final boolean repairs;
    final List<Finding> findings = new ArrayList<>();

    /** The log and what regions share; null if the log cannot be read. */
    RegionServices services;

    /** Null if meta cannot be read. */
    Region metaRegion;

    /** Null if meta cannot be read. */
    MetaTable meta;

    /** The tables and regions, as they are once all that was found is repaired. */
    Catalogue catalogue = new Catalogue(List.of(), Map.of());

    /** Whether the log has lost writes, of meta too. */
    boolean logDamaged;

    /** Directories of regions whose files are not known for want of a manifest. */
    final Set<String> withoutManifest = new HashSet<>();

    private final Ownership.Lease lease;
    private final BlockCache cache;
    private long lastId;

    CheckedStore(FileSystem fileSystem, String path, RegionStoreOptions options, boolean repairs) {
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

    /** What is to be added to a repair before which tables cannot be looked at. */
    String later() {
        return repairs ? "" : "; tables can be looked at only after that";
    }

    /** Notes what is wrong, and mends it if that is wanted. */
    void found(Finding.Kind kind, String message, String repair, Runnable mend) {
        findings.add(new Finding(kind, message, repair));
        if (repairs) {
            mend.run();
        }
    }

    /**
     * Lets go on with what says that something in the store is damaged.
     *
     * @throws SkepException the failure itself, if it tells of this machine: no memory, a full disk
     */
    static void requireDamage(SkepException failure) {
        switch (failure.code()) {
            case MEMORY_LIMIT, DISK_FULL, IO_ERROR, PERMISSION_DENIED, CANCELLED, INTERNAL ->
                    throw failure;
            default -> {
                // It is of the store.
            }
        }
    }

    /** Opens the log, with what regions share. */
    RegionServices openServices(WalOptions.OnDamage damage) {
        RegionOptions region = options.region().withoutBackground();
        return RegionServices.open(
                files,
                directory.root(),
                options.clock(),
                region.withWal(region.wal().withDamage(damage)),
                options.memory(),
                cache,
                path -> {},
                1);
    }

    /** Opens the meta table. */
    void openMeta() {
        String path = directory.region(MetaTable.REGION);
        metaRegion = Region.open(services, MetaTable.REGION, MetaTable.DESCRIPTOR, path);
        meta = new MetaTable(new RegionRows(metaRegion));
    }

    /** Moves something to {@code lost/}, under the path that it had. */
    void putAside(String path) {
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

    /** Copies the files of a directory to {@code lost/}. */
    void copyAside(String path) {
        String target = directory.lost() + "/" + directory.relative(path);
        while (files.status(target).isPresent()) {
            target += ".again";
        }
        directory.makeDirectory(target);
        byte[] buffer = new byte[1 << 20];
        for (FileStatus file : listed(path)) {
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

    /** What is in a directory; nothing if there is none. */
    List<FileStatus> listed(String path) {
        return files.status(path).filter(FileStatus::directory).isPresent()
                ? files.list(path)
                : List.of();
    }

    /** The directories in a table's that are regions. */
    List<FileStatus> regionDirectories(String table) {
        return listed(table).stream()
                .filter(FileStatus::directory)
                .filter(region -> files.status(info(region.path())).isPresent())
                .toList();
    }

    /** The file in a region's directory that says which region it is. */
    static String info(String region) {
        return region + "/" + StoreDirectory.REGION_INFO;
    }

    /** Reads and checks a whole store file. */
    HFileMetadata verify(RegionFile file) {
        HFile opened = HFile.open(files, directory.absolute(file.path()), cache);
        try {
            opened.verify();
            return opened.metadata();
        } finally {
            opened.release();
        }
    }

    /** An id for a new region. */
    long freshId() {
        lastId = Math.max(lastId + 1, services.nowMillis());
        return lastId;
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
