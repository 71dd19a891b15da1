package org.skep.lsmtests.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.HConstants;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RegionInfo;
import org.apache.hadoop.hbase.client.RegionInfoBuilder;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.io.hfile.BlockCache;
import org.apache.hadoop.hbase.io.hfile.BlockCacheFactory;
import org.apache.hadoop.hbase.mob.MobFileCache;
import org.apache.hadoop.hbase.regionserver.ChunkCreator;
import org.apache.hadoop.hbase.regionserver.HRegion;
import org.apache.hadoop.hbase.regionserver.MemStoreLAB;
import org.apache.hadoop.hbase.regionserver.RegionScanner;
import org.apache.hadoop.hbase.wal.WALFactory;

/** One of HBase's regions in this process, without servers; its local file system never syncs. */
final class HBaseRegionPeer implements Peer {
    static final byte[] FAMILY = {'f'};

    private static final long FLUSH_SIZE = 128L << 20;

    private final AtomicBoolean flushing = new AtomicBoolean();

    private WALFactory walFactory;
    private HRegion region;
    private byte[][] qualifiers;

    /** Qualifiers as YCSB names them, numbered from 0 on. */
    static byte[][] qualifiers(int fields) {
        byte[][] names = new byte[fields][];
        for (int i = 0; i < fields; i++) {
            names[i] = ("field" + i).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }
        return names;
    }

    // HBase offers no other way to give a region without a server its block cache.
    @SuppressWarnings("deprecation")
    @Override
    public void open(Path directory, int fields) throws Exception {
        qualifiers = qualifiers(fields);
        Configuration configuration = HBaseConfiguration.create();
        configuration.set(HConstants.HBASE_DIR, directory.toUri().toString());
        configuration.setBoolean("hbase.unsafe.stream.capability.enforce", false);
        configuration.set("hbase.wal.provider", "filesystem");
        configuration.setFloat(
                "hfile.block.cache.size", (float) (256L << 20) / Runtime.getRuntime().maxMemory());
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
        TableDescriptor table =
                TableDescriptorBuilder.newBuilder(TableName.valueOf("t"))
                        .setColumnFamily(
                                ColumnFamilyDescriptorBuilder.newBuilder(FAMILY)
                                        .setBlocksize(16 << 10)
                                        .build())
                        .build();
        RegionInfo info = RegionInfoBuilder.newBuilder(table.getTableName()).build();
        walFactory = new WALFactory(configuration, "benchmark");
        BlockCache cache = BlockCacheFactory.createBlockCache(configuration);
        region =
                HRegion.createHRegion(
                        info,
                        new org.apache.hadoop.fs.Path(directory.toUri()),
                        configuration,
                        table,
                        walFactory.getWAL(info),
                        false);
        region.setBlockCache(cache);
        region.setMobFileCache(new MobFileCache(configuration));
        region.initialize();
    }

    private Put put(byte[] row, byte[][] fields, Durability durability) {
        Put put = new Put(row);
        for (int i = 0; i < fields.length; i++) {
            put.addColumn(FAMILY, qualifiers[i], fields[i]);
        }
        return put.setDurability(durability);
    }

    @Override
    public void put(byte[] row, byte[][] fields, Sync sync) throws Exception {
        region.put(
                put(row, fields, sync == Sync.FSYNC ? Durability.FSYNC_WAL : Durability.ASYNC_WAL));
        flushIfFull();
    }

    // Nobody but a region server starts flushes.
    private void flushIfFull() throws Exception {
        if (region.getMemStoreDataSize() > FLUSH_SIZE && flushing.compareAndSet(false, true)) {
            try {
                region.flush(true);
            } finally {
                flushing.set(false);
            }
        }
    }

    @Override
    public void putAll(List<byte[]> rows, List<byte[][]> fields) throws Exception {
        Put[] puts = new Put[rows.size()];
        for (int i = 0; i < puts.length; i++) {
            puts[i] = put(rows.get(i), fields.get(i), Durability.ASYNC_WAL);
        }
        region.batchMutate(puts);
        flushIfFull();
    }

    @Override
    public int get(byte[] row) throws Exception {
        int bytes = 0;
        for (Cell cell : region.get(new Get(row)).rawCells()) {
            bytes += cell.getValueLength();
        }
        return bytes;
    }

    @Override
    public long scan(byte[] start, long limit) throws Exception {
        long rows = 0;
        long bytes = 0;
        List<Cell> cells = new ArrayList<>();
        try (RegionScanner scanner = region.getScanner(new Scan().withStartRow(start))) {
            boolean more = true;
            while (more && rows < limit) {
                cells.clear();
                more = scanner.next(cells);
                for (Cell cell : cells) {
                    bytes += cell.getValueLength();
                }
                rows += cells.isEmpty() ? 0 : 1;
            }
        }
        if (rows > 0 && bytes == 0) {
            throw new IllegalStateException("Rows without bytes");
        }
        return rows;
    }

    @Override
    public void flush() throws Exception {
        region.flush(true);
    }

    @Override
    public void compact() throws Exception {
        region.compact(true);
    }

    @Override
    public void close() throws java.io.IOException {
        region.close();
        walFactory.close();
    }
}
