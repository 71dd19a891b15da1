package org.skep.lsmtests;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.client.RegionInfo;
import org.apache.hadoop.hbase.client.RegionInfoBuilder;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.regionserver.ChunkCreator;
import org.apache.hadoop.hbase.regionserver.HRegion;
import org.apache.hadoop.hbase.regionserver.MemStoreLAB;
import org.apache.hadoop.hbase.wal.WALFactory;

/**
 * A region of HBase's own in this process, without servers, on the local disk. Confined to one
 * thread but for what {@link #region} allows.
 */
public final class HBaseRegion implements AutoCloseable {
    // It is read from large files.
    private static final Configuration DEFAULTS = HBaseConfiguration.create();

    private final WALFactory walFactory;
    private final HRegion region;

    private HBaseRegion(WALFactory walFactory, HRegion region) {
        this.walFactory = walFactory;
        this.region = region;
    }

    /** Options that HBase needs in one process on a local disk. */
    public static Configuration configuration(Path directory) {
        Configuration configuration = new Configuration(DEFAULTS);
        configuration.setClass("fs.file.impl", LocalFiles.class, FileSystem.class);
        configuration.set(HConstants.HBASE_DIR, directory.toUri().toString());
        configuration.set("hadoop.tmp.dir", directory.resolve("tmp").toString());
        configuration.setBoolean("hbase.unsafe.stream.capability.enforce", false);
        configuration.set("hbase.wal.provider", "filesystem");
        configuration.setBoolean("hbase.regionserver.hsync", false);
        return configuration;
    }

    /** Makes an empty region of a table under {@code directory}, which must exist. */
    public static HBaseRegion create(Path directory, TableDescriptor table) throws IOException {
        Configuration configuration = configuration(directory);
        if (ChunkCreator.getInstance() == null) {
            ChunkCreator.initialize(
                    MemStoreLAB.CHUNK_SIZE_DEFAULT,
                    false,
                    0,
                    0,
                    0,
                    null,
                    MemStoreLAB.INDEX_CHUNK_SIZE_PERCENTAGE_DEFAULT);
        }
        RegionInfo info = RegionInfoBuilder.newBuilder(table.getTableName()).build();
        WALFactory walFactory = new WALFactory(configuration, "oracle");
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(directory.toUri());
        HRegion region =
                HRegion.createHRegion(info, root, configuration, table, walFactory.getWAL(info));
        return new HBaseRegion(walFactory, region);
    }

    /** The region. */
    public HRegion region() {
        return region;
    }

    /** Ends the region without writing what is in memory. */
    @Override
    public void close() throws IOException {
        region.close(true);
        walFactory.close();
    }
}
