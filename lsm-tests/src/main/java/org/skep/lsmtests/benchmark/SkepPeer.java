package org.skep.lsmtests.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Durability;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.RegionStore;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.Table;
import org.skep.lsm.store.TableScanner;

/** The region store in this process, a cell for each field. */
final class SkepPeer implements Peer {
    private static final TableName NAME = TableName.of("t");
    private static final byte[] FAMILY = {'f'};

    private final long maxFileSize;
    private RegionStore store;
    private Table table;
    private byte[][] qualifiers;

    /**
     * A store to be opened.
     *
     * @param splits whether its table is split, which happens early and only once: in a race what
     *     that costs, whichever phase it hits, is no cost of an operation. HBase's region in this
     *     process is never split either.
     */
    SkepPeer(boolean splits) {
        maxFileSize = splits ? TableDescriptor.DEFAULT_MAX_FILE_SIZE : 0;
    }

    @Override
    public void open(Path directory, int fields) {
        qualifiers = HBaseRegionPeer.qualifiers(fields);
        store =
                RegionStore.open(
                        LocalFileSystem.INSTANCE,
                        directory.toString(),
                        RegionStoreOptions.defaults());
        if (!store.exists(NAME)) {
            long flushSize =
                    Boolean.getBoolean("skep.benchmark.unflushed")
                            ? 1L << 30
                            : TableDescriptor.DEFAULT_FLUSH_SIZE;
            store.createTable(
                    new TableDescriptor(
                            NAME,
                            List.of(ColumnFamily.named("f")),
                            Durability.USE_DEFAULT,
                            flushSize,
                            maxFileSize));
        }
        table = store.table(NAME);
    }

    // Without a sync RocksDB hands each write to the operating system: that is SYNC_WAL.
    private Put mutation(byte[] row, byte[][] fields, Sync sync) {
        Put put = new Put(row);
        for (int i = 0; i < fields.length; i++) {
            put.add(FAMILY, qualifiers[i], fields[i]);
        }
        return put.durability(sync == Sync.FSYNC ? Durability.FSYNC_WAL : Durability.SYNC_WAL);
    }

    @Override
    public void put(byte[] row, byte[][] fields, Sync sync) {
        table.put(mutation(row, fields, sync));
    }

    @Override
    public void putAll(List<byte[]> rows, List<byte[][]> fields) {
        List<Put> puts = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            puts.add(mutation(rows.get(i), fields.get(i), Sync.NONE));
        }
        table.mutate(puts);
    }

    @Override
    public int get(byte[] row) {
        int bytes = 0;
        for (Cell cell : table.get(new Get(row)).cells()) {
            bytes += cell.valueLength();
        }
        return bytes;
    }

    @Override
    public long scan(byte[] start, long limit) {
        Scan scan = new Scan().startRow(start, true);
        if (limit < Integer.MAX_VALUE) {
            scan.limit((int) limit);
        }
        long rows = 0;
        long bytes = 0;
        try (TableScanner scanner = table.scan(scan)) {
            while (scanner.nextCell()) {
                rows += scanner.startsRow() ? 1 : 0;
                bytes += scanner.cell().valueLength();
                // Touches the value, as those that copy it do.
                bytes += scanner.cell().buffer().get(scanner.cell().valueOffset()) & 1;
            }
        }
        if (rows > 0 && bytes == 0) {
            throw new IllegalStateException("Rows without bytes");
        }
        return rows;
    }

    @Override
    public void doDueWork() {
        store.runChores();
    }

    @Override
    public void flush() {
        store.flush(NAME);
    }

    @Override
    public void compact() {
        store.majorCompact(NAME);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
