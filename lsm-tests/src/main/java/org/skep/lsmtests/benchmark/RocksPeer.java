package org.skep.lsmtests.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
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

/**
 * RocksDB through JNI. The fields of a row are one value, as in YCSB's binding; or each has a key
 * of its own, the row's with the field's number behind it, as a store of cells on RocksDB would do
 * it.
 */
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
    private final boolean cells;
    private int fields;
    private RocksDB db;

    RocksPeer(boolean cells) {
        this.cells = cells;
    }

    @Override
    public void open(Path directory, int count) throws Exception {
        fields = count;
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
    public void put(byte[] row, byte[][] values, Sync sync) throws Exception {
        WriteOptions how = sync == Sync.FSYNC ? synced : unsynced;
        if (!cells) {
            db.put(how, row, value(values));
            return;
        }
        try (WriteBatch batch = new WriteBatch()) {
            putCells(batch, row, values);
            db.write(how, batch);
        }
    }

    private static byte[] key(byte[] row, int field) {
        byte[] key = Arrays.copyOf(row, row.length + 1);
        key[row.length] = (byte) field;
        return key;
    }

    private static void putCells(WriteBatch batch, byte[] row, byte[][] values) throws Exception {
        for (int i = 0; i < values.length; i++) {
            batch.put(key(row, i), values[i]);
        }
    }

    private static byte[] value(byte[][] values) {
        if (values.length == 1) {
            return values[0];
        }
        int length = 0;
        for (byte[] field : values) {
            length += 4 + field.length;
        }
        java.nio.ByteBuffer value = java.nio.ByteBuffer.allocate(length);
        for (byte[] field : values) {
            value.putInt(field.length).put(field);
        }
        return value.array();
    }

    @Override
    public void putAll(List<byte[]> rows, List<byte[][]> values) throws Exception {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < rows.size(); i++) {
                if (cells) {
                    putCells(batch, rows.get(i), values.get(i));
                } else {
                    batch.put(rows.get(i), value(values.get(i)));
                }
            }
            db.write(unsynced, batch);
        }
    }

    @Override
    public int get(byte[] row) throws Exception {
        if (cells) {
            return getCells(row);
        }
        byte[] value = db.get(row);
        return value == null ? 0 : value.length;
    }

    private int getCells(byte[] row) {
        int bytes = 0;
        try (RocksIterator iterator = db.newIterator()) {
            int field = 0;
            for (iterator.seek(row); iterator.isValid() && field < fields; iterator.next()) {
                if (!Arrays.equals(key(row, field), iterator.key())) {
                    break;
                }
                bytes += iterator.value().length;
                field++;
            }
        }
        return bytes;
    }

    @Override
    public long scan(byte[] start, long limit) {
        long rows = 0;
        long bytes = 0;
        try (RocksIterator iterator = db.newIterator(scans)) {
            int left = 0;
            for (iterator.seek(start);
                    iterator.isValid() && (left > 0 || rows < limit);
                    iterator.next()) {
                bytes += iterator.key().length + iterator.value().length;
                if (left == 0) {
                    rows++;
                    left = cells ? fields : 1;
                }
                left--;
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
