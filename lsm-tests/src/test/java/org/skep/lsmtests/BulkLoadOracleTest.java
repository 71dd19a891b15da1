package org.skep.lsmtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RegionInfo;
import org.apache.hadoop.hbase.client.RegionInfoBuilder;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.io.compress.Compression.Algorithm;
import org.apache.hadoop.hbase.io.encoding.DataBlockEncoding;
import org.apache.hadoop.hbase.regionserver.HRegion;
import org.apache.hadoop.hbase.regionserver.RegionScanner;
import org.apache.hadoop.hbase.util.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.LocalFileSystem;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Result;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.TableName;
import org.skep.lsm.store.RegionStore;
import org.skep.lsm.store.RegionStoreOptions;
import org.skep.lsm.store.TableScanner;
import org.skep.lsm.store.meta.RegionInfoFormat;

/** Tables move from HBase to a store of ours and back by their files. */
class BulkLoadOracleTest {
    private static final long SEED = Long.getLong("skep.seed", 20261123L);
    private static final TableName TABLE = TableName.of("t");
    private static final String[] FAMILIES = {"f", "g"};

    @TempDir Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TableDescriptor table() {
        TableDescriptorBuilder table =
                TableDescriptorBuilder.newBuilder(org.apache.hadoop.hbase.TableName.valueOf("t"));
        table.setColumnFamily(
                ColumnFamilyDescriptorBuilder.newBuilder(bytes("f"))
                        .setMaxVersions(3)
                        .setDataBlockEncoding(DataBlockEncoding.FAST_DIFF)
                        .setCompressionType(Algorithm.GZ)
                        .build());
        table.setColumnFamily(
                ColumnFamilyDescriptorBuilder.newBuilder(bytes("g"))
                        .setMaxVersions(3)
                        .setBlocksize(1024)
                        .build());
        return table.build();
    }

    // Timestamps are all different: what comes later in time is newer, in whatever file it lies.
    private static void fill(HRegion region, Random random) throws IOException {
        for (int i = 1; i <= 600; i++) {
            byte[] row = bytes("row%02d".formatted(random.nextInt(40)));
            byte[] family = bytes(FAMILIES[random.nextInt(2)]);
            byte[] qualifier = bytes("q" + random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0 -> region.delete(new Delete(row).addColumns(family, qualifier, i));
                case 1 -> region.delete(new Delete(row).addFamily(family, i));
                default -> region.put(new Put(row).addColumn(family, qualifier, i, bytes("v" + i)));
            }
            if (i % 150 == 0) {
                region.flush(true);
            }
        }
    }

    private static List<String> cells(HRegion region) throws IOException {
        List<String> cells = new ArrayList<>();
        try (RegionScanner scanner = region.getScanner(new Scan().readAllVersions())) {
            List<org.apache.hadoop.hbase.Cell> row = new ArrayList<>();
            for (boolean more = true; more; ) {
                more = scanner.next(row);
                for (org.apache.hadoop.hbase.Cell cell : row) {
                    cells.add(
                            new String(CellUtil.cloneRow(cell), StandardCharsets.UTF_8)
                                    + "/"
                                    + new String(CellUtil.cloneFamily(cell), StandardCharsets.UTF_8)
                                    + ":"
                                    + new String(
                                            CellUtil.cloneQualifier(cell), StandardCharsets.UTF_8)
                                    + "@"
                                    + cell.getTimestamp()
                                    + "/PUT="
                                    + new String(
                                            CellUtil.cloneValue(cell), StandardCharsets.UTF_8));
                }
                row.clear();
            }
        }
        return cells;
    }

    private static List<String> cells(RegionStore store) {
        List<String> cells = new ArrayList<>();
        try (TableScanner scanner =
                store.table(TABLE).scan(new org.skep.lsm.operation.Scan().readAllVersions())) {
            for (Result row = scanner.next(); row != null; row = scanner.next()) {
                row.cells().stream().map(Cell::toString).forEach(cells::add);
            }
        }
        return cells;
    }

    private void copyFamilies(Path from, Path to) throws IOException {
        for (String family : FAMILIES) {
            Files.createDirectories(to.resolve(family));
            try (Stream<Path> files = Files.list(from.resolve(family))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.getFileName().toString().startsWith(".")) {
                        Files.copy(file, to.resolve(family).resolve(file.getFileName()));
                    }
                }
            }
        }
    }

    private static List<Pair<byte[], String>> filesOf(Path export) throws IOException {
        List<Pair<byte[], String>> files = new ArrayList<>();
        for (String family : FAMILIES) {
            try (Stream<Path> found = Files.list(export.resolve(family))) {
                found.forEach(
                        file -> files.add(new Pair<>(bytes(family), file.toUri().toString())));
            }
        }
        return files;
    }

    @Test
    void movesATableFromHBaseAndBack() throws Exception {
        System.out.println("seed " + SEED);
        List<String> expected;
        Path given = directory.resolve("given");
        try (HBaseRegion region =
                HBaseRegion.create(Files.createDirectories(directory.resolve("from")), table())) {
            fill(region.region(), new Random(SEED));
            expected = cells(region.region());
            copyFamilies(
                    Path.of(region.region().getRegionFileSystem().getRegionDir().toUri().getPath()),
                    given);
        }
        assertThat(expected).hasSizeGreaterThan(100);
        Path export = directory.resolve("export");
        try (RegionStore store =
                RegionStore.open(
                        LocalFileSystem.INSTANCE,
                        directory.resolve("store").toString(),
                        RegionStoreOptions.defaults().withoutBackground())) {
            store.createTable(
                    org.skep.lsm.schema.TableDescriptor.of(
                            TABLE,
                            ColumnFamily.named("f").withMaxVersions(3),
                            ColumnFamily.named("g").withMaxVersions(3)),
                    bytes("row10"),
                    bytes("row25"));
            assertThat(store.load(TABLE, given.toString())).isGreaterThan(8);
            assertThat(cells(store)).isEqualTo(expected);
            store.split(TABLE, bytes("row17"));
            store.snapshot("whole", TABLE);
            store.exportSnapshot("whole", export.toString());
            store.majorCompact(TABLE);
            assertThat(cells(store)).isEqualTo(expected);
        }
        try (HBaseRegion region =
                HBaseRegion.create(Files.createDirectories(directory.resolve("to")), table())) {
            region.region().bulkLoadHFiles(filesOf(export), true, null);
            assertThat(cells(region.region())).isEqualTo(expected);
        }
    }

    @Test
    void namesRegionsAsHBaseDoes() throws Exception {
        for (String start : new String[] {"", "a,b", "\u0000x"}) {
            RegionInfo theirs =
                    RegionInfoBuilder.newBuilder(
                                    org.apache.hadoop.hbase.TableName.valueOf("ns:goods"))
                            .setStartKey(bytes(start))
                            .setEndKey(start.isEmpty() ? bytes("k") : new byte[0])
                            .setRegionId(1_700_000_000_123L)
                            .build();
            org.skep.lsm.schema.RegionInfo ours =
                    new org.skep.lsm.schema.RegionInfo(
                            TableName.of("ns:goods"),
                            theirs.getStartKey(),
                            theirs.getEndKey(),
                            theirs.getRegionId());
            assertThat(ours.encodedName()).isEqualTo(theirs.getEncodedName());
            assertThat(ours.metaRow()).isEqualTo(theirs.getRegionName());
            assertThat(RegionInfoFormat.decode(RegionInfo.toByteArray(theirs), "theirs"))
                    .isEqualTo(ours);
            assertThat(RegionInfo.parseFrom(RegionInfoFormat.encode(ours))).isEqualTo(theirs);
        }
    }
}
