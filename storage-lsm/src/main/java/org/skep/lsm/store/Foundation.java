package org.skep.lsm.store;

import org.skep.base.io.FileSystem;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionServices;
import org.skep.lsm.store.directory.LeasedFileSystem;
import org.skep.lsm.store.directory.Ownership;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.host.RegionRows;
import org.skep.lsm.store.host.Sweeper;
import org.skep.lsm.store.meta.Catalogue;
import org.skep.lsm.store.meta.MetaTable;
import org.skep.lsm.store.meta.RegionInfoFormat;
import org.skep.lsm.store.snapshot.SnapshotDirectory;

/**
 * What has to be there before any table: the directory, owned; the log, the memory; the meta table.
 * Immutable; its parts are safe for use by many threads.
 */
record Foundation(
        RegionStoreOptions options,
        StoreDirectory directory,
        Ownership.Lease lease,
        BlockCache cache,
        RegionServices services,
        Sweeper sweeper,
        SnapshotDirectory snapshots,
        Region metaRegion,
        MetaTable meta) {
    static Foundation open(FileSystem fileSystem, String path, RegionStoreOptions options) {
        StoreDirectory place = new StoreDirectory(fileSystem, path);
        place.makeRoot();
        String root = place.root();
        Ownership.Lease lease = options.ownership().take(fileSystem, root);
        FileSystem files = lease.permanent() ? fileSystem : new LeasedFileSystem(fileSystem, lease);
        StoreDirectory directory = new StoreDirectory(files, root);
        BlockCache cache = null;
        RegionServices services = null;
        try {
            directory.prepare();
            Sweeper sweeper = new Sweeper(directory);
            cache = new BlockCache(options.cacheBytes(), options.memory());
            services =
                    RegionServices.open(
                            files,
                            directory.root(),
                            options.clock(),
                            options.region(),
                            options.memory(),
                            cache,
                            sweeper,
                            1);
            Region region = openMeta(directory, services);
            return new Foundation(
                    options,
                    directory,
                    lease,
                    cache,
                    services,
                    sweeper,
                    new SnapshotDirectory(directory),
                    region,
                    new MetaTable(new RegionRows(region)));
        } catch (RuntimeException e) {
            close(services, cache, lease);
            throw e;
        }
    }

    private static Region openMeta(StoreDirectory directory, RegionServices services) {
        String path = directory.region(MetaTable.REGION);
        directory.makeDirectory(path);
        Region region = Region.open(services, MetaTable.REGION, MetaTable.DESCRIPTOR, path);
        directory.writeOnce(
                path + "/" + StoreDirectory.REGION_INFO, RegionInfoFormat.seal(MetaTable.REGION));
        return region;
    }

    /** Lets the log keep nothing for regions that are not there any more. */
    void forgetUnknown(Catalogue catalogue) {
        services.wal()
                .forgetAllBut(
                        name ->
                                name.equals(MetaTable.REGION.encodedName())
                                        || catalogue.regions().containsKey(name));
    }

    private static void close(RegionServices services, BlockCache cache, Ownership.Lease lease) {
        try {
            if (services != null) {
                services.close();
            }
        } finally {
            if (cache != null) {
                cache.close();
            }
            lease.close();
        }
    }

    /** Closes everything, with all of meta in files. */
    void close() {
        try {
            metaRegion.close();
        } finally {
            close(services, cache, lease);
        }
    }

    /** Closes everything as it is, after a failure. */
    void abandon() {
        try {
            services.regions().forEach(Region::abandon);
        } finally {
            close(services, cache, lease);
        }
    }
}
