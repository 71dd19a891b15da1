package org.skep.lsmtests.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB through JNI; the fields of a row in one value. */
final class RocksPeer implements Peer {
    static {
        RocksDB.loadLibrary();
    }

    private final LRUCache cache = new LRUCache(256L << 20);
    private final BloomFilter bloom = new BloomFilter(10);
    private final Options options = new Options();
    private final WriteOptions unsynced = new WriteOptions();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final ReadOptions scans = new ReadOptions().setReadaheadSize(1 << 20);
    private RocksDB db;

    @Override
    public void open(Path directory, int fields) throws Exception {
        options.setCreateIfMissing(true)
                .setMaxBackgroundJobs(2)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(
                        new BlockBasedTableConfig()
                                .setBlockCache(cache)
                                .setBlockSize(16 << 10)
                                .setFormatVersion(5)
                                .setFilterPolicy(bloom));
        if (Boolean.getBoolean("skep.benchmark.unflushed")) {
            options.setWriteBufferSize(1 << 30);
        }
        db = RocksDB.open(options, directory.toString());
    }

    @Override
    public void put(byte[] row, byte[][] fields, Sync sync) throws Exception {
        db.put(sync == Sync.FSYNC ? synced : unsynced, row, value(fields));
    }

    private static byte[] value(byte[][] fields) {
        if (fields.length == 1) {
            return fields[0];
        }
        int length = 0;
        for (byte[] field : fields) {
            length += 4 + field.length;
        }
        java.nio.ByteBuffer value = java.nio.ByteBuffer.allocate(length);
        for (byte[] field : fields) {
            value.putInt(field.length).put(field);
        }
        return value.array();
    }

    @Override
    public void putAll(List<byte[]> rows, List<byte[][]> fields) throws Exception {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < rows.size(); i++) {
                batch.put(rows.get(i), value(fields.get(i)));
            }
            db.write(unsynced, batch);
        }
    }

    @Override
    public int get(byte[] row) throws Exception {
        byte[] value = db.get(row);
        return value == null ? 0 : value.length;
    }

    @Override
    public long scan(byte[] start, long limit) {
        long rows = 0;
        long bytes = 0;
        try (RocksIterator iterator = db.newIterator(scans)) {
            for (iterator.seek(start); iterator.isValid() && rows < limit; iterator.next()) {
                bytes += iterator.key().length + iterator.value().length;
                rows++;
            }
        }
        if (rows > 0 && bytes == 0) {
            throw new IllegalStateException("Rows without bytes");
        }
        return rows;
    }

    @Override
    public void flush() throws Exception {
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait);
        }
    }

    @Override
    public void compact() throws Exception {
        db.compactRange();
    }

    @Override
    public void close() {
        db.close();
        scans.close();
        synced.close();
        unsynced.close();
        options.close();
        bloom.close();
        cache.close();
    }
}
