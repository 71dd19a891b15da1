package org.skep.lsm.region;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

/**
 * One region with all that it needs, in a directory that can be opened again. Confined to one
 * thread; the region is not.
 */
final class TestStore implements AutoCloseable {
    static final byte[] F = bytes("f");
    static final byte[] G = bytes("g");
    static final byte[] Q = bytes("q");
    static final String ROOT = "/store";

    private static final byte[] NONE = {};

    final RegionServices services;
    final Region region;
    final MemoryPool memory;
    final BlockCache cache;

    TestStore(FileSystem files, String root, RegionOptions options, ColumnFamily... families) {
        this(files, root, options, Clock.SYSTEM, 128 << 20, families);
    }

    TestStore(
            FileSystem files,
            String root,
            RegionOptions options,
            Clock clock,
            long memoryBytes,
            ColumnFamily... families) {
        this(files, root, options, clock, memoryBytes, MarkerRule.ONLY_WITH_ALL_FILES, families);
    }

    TestStore(
            FileSystem files,
            String root,
            RegionOptions options,
            Clock clock,
            long memoryBytes,
            MarkerRule markers,
            ColumnFamily... families) {
        memory = MemoryPool.root("test", 2 * memoryBytes);
        cache = new BlockCache(memoryBytes / 4, memory);
        files.createDirectories(root);
        services =
                RegionServices.open(
                        files, root, clock, options, memory, cache, files::delete, 1, markers);
        TableDescriptor table = TableDescriptor.of(TableName.of("t"), families);
        RegionInfo info = new RegionInfo(table.name(), NONE, NONE, 1);
        region = Region.open(services, info, table, root + "/" + info.encodedName());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String get(String row) {
        return text(region.get(new Get(bytes(row))));
    }

    /** All rows, the newest version of each column. */
    List<String> scan() {
        return scan(new Scan());
    }

    List<String> scan(Scan scan) {
        List<String> rows = new ArrayList<>();
        try (Region.Rows found = region.scanner(scan)) {
            for (Result row = found.next(); row != null; row = found.next()) {
                rows.add(text(row));
            }
        }
        return rows;
    }

    private static String text(Result result) {
        StringBuilder text = new StringBuilder();
        for (Cell cell : result.cells()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(new String(cell.row(), StandardCharsets.UTF_8))
                    .append('/')
                    .append(new String(cell.family(), StandardCharsets.UTF_8))
                    .append(':')
                    .append(new String(cell.qualifier(), StandardCharsets.UTF_8))
                    .append('=')
                    .append(new String(cell.value(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /** Ends without flushing, as far as a process can. */
    void abandon() {
        region.abandon();
        services.close();
        cache.close();
    }

    @Override
    public void close() {
        region.close();
        services.close();
        cache.close();
    }

    /** Ends, and checks that no memory is left. */
    void closeAndCheckLeaks() {
        close();
        if (services.chunks().bytesInUse() != 0 || memory.reserved() != 0) {
            throw new AssertionError(
                    "Leaked: %d bytes of memstores, %d in all"
                            .formatted(services.chunks().bytesInUse(), memory.reserved()));
        }
    }
}
