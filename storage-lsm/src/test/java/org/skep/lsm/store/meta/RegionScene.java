package org.skep.lsm.store.meta;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.region.Manifest;
import org.skep.lsm.region.Region;
import org.skep.lsm.region.RegionFile;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.region.RegionServices;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.store.directory.StoreDirectory;
import org.skep.lsm.store.host.RegionRows;

/** Changes stores behind their backs. Stateless. */
public final class RegionScene {
    private RegionScene() {}

    /** Changes the meta table of a store that nobody has open. */
    public static void inMeta(String root, Consumer<MetaTable> change) {
        StoreDirectory directory = new StoreDirectory(LocalFileSystem.INSTANCE, root);
        MemoryPool memory = MemoryPool.root("scene", 64 << 20);
        try (BlockCache cache = new BlockCache(1 << 20, memory);
                RegionServices services =
                        RegionServices.open(
                                LocalFileSystem.INSTANCE,
                                root,
                                Clock.SYSTEM,
                                RegionOptions.DEFAULT.withoutBackground(),
                                memory,
                                cache,
                                path -> {},
                                1);
                Region region =
                        Region.open(
                                services,
                                MetaTable.REGION,
                                MetaTable.DESCRIPTOR,
                                directory.region(MetaTable.REGION))) {
            change.accept(new MetaTable(new RegionRows(region)));
        }
    }

    /** Gives a region a manifest. */
    public static void manifest(
            StoreDirectory directory, RegionInfo region, List<RegionFile> files) {
        new Manifest(1, Map.of(), files).write(directory.fileSystem(), directory.region(region));
    }
}
