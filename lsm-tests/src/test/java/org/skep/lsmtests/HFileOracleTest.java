package org.skep.lsmtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hbase.CellComparator;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.ExtendedCell;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.PrivateCellUtil;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.io.compress.Compression.Algorithm;
import org.apache.hadoop.hbase.io.encoding.DataBlockEncoding;
import org.apache.hadoop.hbase.io.hfile.CacheConfig;
import org.apache.hadoop.hbase.io.hfile.HFileContext;
import org.apache.hadoop.hbase.io.hfile.HFileContextBuilder;
import org.apache.hadoop.hbase.io.hfile.HFilePrettyPrinter;
import org.apache.hadoop.hbase.io.hfile.HFileScanner;
import org.apache.hadoop.hbase.regionserver.HStoreFile;
import org.apache.hadoop.hbase.regionserver.RegionScanner;
import org.apache.hadoop.hbase.regionserver.StoreFileInfo;
import org.apache.hadoop.hbase.regionserver.StoreFileReader;
import org.apache.hadoop.hbase.regionserver.StoreFileWriter;
import org.apache.hadoop.hbase.util.BloomFilterFactory;
import org.apache.hadoop.hbase.util.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileOptions;
import org.skep.lsm.hfile.HFileWriter;
import org.skep.lsm.hfile.ReadMode;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;

/** HBase's own code reads the store files that we write, and we read those that it writes. */
class HFileOracleTest {
    private static final byte[] FAMILY = {'f'};
    private static final byte[] NONE = {};
    private static final List<BloomType> BLOOMS = List.of(BloomType.values());
    private static final KeyValue.Type[] TYPES = {
        KeyValue.Type.Put,
        KeyValue.Type.Put,
        KeyValue.Type.Put,
        KeyValue.Type.Delete,
        KeyValue.Type.DeleteColumn,
        KeyValue.Type.DeleteFamily,
        KeyValue.Type.DeleteFamilyVersion
    };

    @TempDir Path directory;

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private static byte[] bytes(Random random, int least, int most) {
        byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            Arrays.fill(bytes, 0, bytes.length / 2, (byte) 'x');
        }
        return bytes;
    }

    private static List<KeyValue> cells(Random random, int count, boolean tags) {
        TreeSet<KeyValue> sorted = new TreeSet<>(CellComparator.getInstance());
        byte[] row = bytes(random, 1, 12);
        byte[] value = NONE;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                row = bytes(random, 1, 12);
            }
            KeyValue.Type type = TYPES[random.nextInt(TYPES.length)];
            boolean family =
                    type == KeyValue.Type.DeleteFamily || type == KeyValue.Type.DeleteFamilyVersion;
            if (random.nextInt(3) > 0) {
                value = bytes(random, 0, 60);
            }
            KeyValue cell =
                    new KeyValue(
                            row,
                            FAMILY,
                            family ? NONE : bytes(random, 0, 6),
                            random.nextInt(3) == 0
                                    ? 1_700_000_000_000L + random.nextInt(100_000)
                                    : random.nextInt(4),
                            type,
                            type == KeyValue.Type.Put ? value : NONE,
                            tags && random.nextBoolean()
                                    ? List.of(
                                            new org.apache.hadoop.hbase.ArrayBackedTag(
                                                    (byte) 8, bytes(random, 1, 9)))
                                    : List.of());
            cell.setSequenceId(random.nextInt(3) == 0 ? 0 : random.nextLong() >>> 1);
            sorted.add(cell);
        }
        return new ArrayList<>(sorted);
    }

    private static Cell ours(KeyValue cell) {
        CellView view =
                Cell.of(
                                CellUtil.cloneRow(cell),
                                CellUtil.cloneFamily(cell),
                                CellUtil.cloneQualifier(cell),
                                cell.getTimestamp(),
                                CellType.of(cell.getTypeByte() & 0xff),
                                CellUtil.cloneValue(cell),
                                PrivateCellUtil.cloneTags(cell))
                        .view();
        view.sequence(cell.getSequenceId());
        return Cell.copyOf(view);
    }

    private static void assertSame(
            org.apache.hadoop.hbase.Cell found, KeyValue expected, boolean sequences) {
        assertThat(CellComparator.getInstance().compare(found, expected, true)).isZero();
        assertThat(CellUtil.cloneValue(found)).isEqualTo(CellUtil.cloneValue(expected));
        assertThat(PrivateCellUtil.cloneTags(found)).isEqualTo(PrivateCellUtil.cloneTags(expected));
        assertThat(((ExtendedCell) found).getSequenceId())
                .isEqualTo(sequences ? expected.getSequenceId() : 0);
    }

    @Test
    void hbaseReadsOurFiles() throws Exception {
        Random random = seeded();
        Compression[] compressions = {Compression.NONE, Compression.GZ, Compression.SNAPPY};
        for (int round = 0; round < 24; round++) {
            boolean tags = random.nextBoolean();
            boolean sequences = random.nextInt(4) > 0;
            ColumnFamily family =
                    ColumnFamily.named("f")
                            .withEncoding(
                                    round % 2 == 0
                                            ? BlockEncoding.ROW_INDEX_V1
                                            : BlockEncoding.NONE)
                            .withBloomType(BLOOMS.get(round % 3))
                            .withCompression(compressions[round % 4 % 3])
                            .withBlockSize(256 << random.nextInt(7));
            HFileOptions options = HFileOptions.of(family, 42, 1);
            options = tags ? options : options.withoutTags();
            options = sequences ? options : options.withoutSequences();
            if (random.nextBoolean()) {
                options = options.withChunks(256 << random.nextInt(4), 128 << random.nextInt(6));
            }
            List<KeyValue> cells = cells(random, round == 0 ? 0 : 100 << random.nextInt(7), tags);
            Path path = directory.resolve("ours" + round);
            try (HFileWriter writer =
                    HFileWriter.create(LocalFileSystem.INSTANCE, path.toString(), options)) {
                for (KeyValue cell : cells) {
                    writer.append(ours(cell).view());
                }
                writer.finish();
            }
            readByHBase(path, cells, sequences, family.bloomType(), random);
            prettyPrint(path, cells.size());
        }
    }

    @Test
    void hbaseBulkLoadsOurFiles() throws Exception {
        Random random = seeded();
        byte[][] rows = new byte[3000][];
        TreeSet<KeyValue> sorted = new TreeSet<>(CellComparator.getInstance());
        for (int i = 0; i < rows.length; i++) {
            rows[i] = bytes(random, 1, 12);
            sorted.add(new KeyValue(rows[i], FAMILY, new byte[] {'q'}, 5L, bytes(random, 0, 99)));
        }
        Path path = Files.createDirectories(directory.resolve("load/f")).resolve("file");
        HFileOptions options =
                HFileOptions.of(ColumnFamily.named("f"), 0, 1).withoutSequences().withoutTags();
        try (HFileWriter writer =
                HFileWriter.create(LocalFileSystem.INSTANCE, path.toString(), options)) {
            for (KeyValue cell : sorted) {
                writer.append(ours(cell).view());
            }
            writer.finish();
        }
        TableDescriptor table =
                TableDescriptorBuilder.newBuilder(TableName.valueOf("t"))
                        .setColumnFamily(ColumnFamilyDescriptorBuilder.of(FAMILY))
                        .build();
        Path root = Files.createDirectories(directory.resolve("root"));
        try (HBaseRegion region = HBaseRegion.create(root, table)) {
            region.region()
                    .bulkLoadHFiles(
                            List.of(new Pair<>(FAMILY, path.toUri().toString())), true, null);
            for (byte[] row : rows) {
                assertThat(region.region().get(new Get(row)).size()).isEqualTo(1);
            }
            List<org.apache.hadoop.hbase.Cell> found = new ArrayList<>();
            try (RegionScanner scanner = region.region().getScanner(new Scan())) {
                while (scanner.next(found)) {
                    // All cells are collected.
                }
            }
            assertThat(found).hasSize(sorted.size());
            int i = 0;
            for (KeyValue cell : sorted) {
                assertThat(CellUtil.matchingRows(found.get(i), cell)).isTrue();
                assertThat(CellUtil.cloneValue(found.get(i))).isEqualTo(CellUtil.cloneValue(cell));
                i++;
            }
        }
    }

    private void readByHBase(
            Path path, List<KeyValue> cells, boolean sequences, BloomType bloom, Random random)
            throws IOException {
        Configuration configuration = HBaseRegion.configuration(directory);
        FileSystem files = FileSystem.getLocal(configuration).getRawFileSystem();
        HStoreFile file =
                new HStoreFile(
                        new StoreFileInfo(
                                configuration,
                                files,
                                files.getFileStatus(new org.apache.hadoop.fs.Path(path.toUri())),
                                (org.apache.hadoop.hbase.io.HFileLink) null),
                        org.apache.hadoop.hbase.regionserver.BloomType.valueOf(bloom.name()),
                        new CacheConfig(configuration));
        file.initReader();
        StoreFileReader reader = file.getReader();
        assertThat(reader.getEntries()).isEqualTo(cells.size());
        assertThat(file.getMaxSequenceId()).isEqualTo(42);
        HFileScanner scanner = reader.getHFileReader().getScanner(configuration, false, true);
        boolean more = scanner.seekTo();
        for (KeyValue cell : cells) {
            assertThat(more).isTrue();
            assertSame(scanner.getCell(), cell, sequences);
            more = scanner.next();
        }
        assertThat(more).isFalse();
        for (int i = 0; i < Math.min(200, cells.size()); i++) {
            KeyValue cell = cells.get(random.nextInt(cells.size()));
            // Index entries have no sequence ids, so a key with one comes before its equal.
            KeyValue key = new KeyValue(cell);
            key.setSequenceId(0);
            assertThat(scanner.seekTo(key)).isZero();
            assertThat(CellUtil.matchingRows(scanner.getCell(), cell)).isTrue();
            if (bloom == BloomType.ROWCOL) {
                assertThat(reader.passesGeneralRowColBloomFilter(cell)).isTrue();
            }
        }
        if (!cells.isEmpty()) {
            assertThat(reader.getLastRowKey().orElseThrow())
                    .isEqualTo(CellUtil.cloneRow(cells.get(cells.size() - 1)));
            assertThat(reader.midKey()).isPresent();
        }
        checkBlooms(reader, cells, bloom, random);
        file.closeStoreFile(true);
    }

    private static void checkBlooms(
            StoreFileReader reader, List<KeyValue> cells, BloomType bloom, Random random)
            throws IOException {
        for (KeyValue cell : cells) {
            if (cell.getTypeByte() == KeyValue.Type.DeleteFamily.getCode()) {
                byte[] row = CellUtil.cloneRow(cell);
                assertThat(reader.passesDeleteFamilyBloomFilter(row, 0, row.length)).isTrue();
            }
        }
        if (bloom != BloomType.ROW || cells.isEmpty()) {
            return;
        }
        var filter =
                BloomFilterFactory.createFromMeta(
                        reader.getHFileReader().getGeneralBloomFilterMetadata(),
                        reader.getHFileReader());
        for (KeyValue cell : cells) {
            byte[] row = CellUtil.cloneRow(cell);
            assertThat(filter.contains(row, 0, row.length, null)).isTrue();
        }
        int wrong = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] row = new byte[16];
            random.nextBytes(row);
            wrong += filter.contains(row, 0, row.length, null) ? 1 : 0;
        }
        assertThat(wrong).isLessThan(60);
    }

    private void prettyPrint(Path path, int entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        HFilePrettyPrinter printer = new HFilePrettyPrinter(HBaseRegion.configuration(directory));
        printer.setPrintStreams(print, print);
        int code =
                printer.run(
                        new String[] {"-m", "-k", "-s", "-b", "-v", "-f", path.toUri().toString()});
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(code).as(text).isZero();
        assertThat(text).contains("Scanned kv count -> " + entries);
        assertThat(text).doesNotContain("WARNING").doesNotContain("ERROR");
    }

    @Test
    void weReadHBasesFiles() throws Exception {
        Random random = seeded();
        for (DataBlockEncoding encoding : DataBlockEncoding.values()) {
            for (Algorithm compression : List.of(Algorithm.NONE, Algorithm.GZ, Algorithm.SNAPPY)) {
                for (int variant = 0; variant < 4; variant++) {
                    boolean tags = variant % 2 == 1;
                    boolean sequences = variant < 3;
                    List<KeyValue> cells = cells(random, 100 << random.nextInt(7), tags);
                    var bloom =
                            org.apache.hadoop.hbase.regionserver.BloomType.valueOf(
                                    BLOOMS.get(variant % 3).name());
                    HFileContext context =
                            new HFileContextBuilder()
                                    .withDataBlockEncoding(encoding)
                                    .withCompression(compression)
                                    .withIncludesTags(tags)
                                    .withIncludesMvcc(sequences)
                                    .withBlockSize(256 << random.nextInt(8))
                                    .build();
                    Path path =
                            directory.resolve(
                                    "hbase-%s-%s-%d".formatted(encoding, compression, variant));
                    writeByHBase(path, context, bloom, cells);
                    readByUs(path, cells, sequences, tags, bloom);
                }
            }
        }
    }

    private void writeByHBase(
            Path path,
            HFileContext context,
            org.apache.hadoop.hbase.regionserver.BloomType bloom,
            List<KeyValue> cells)
            throws IOException {
        Configuration configuration = HBaseRegion.configuration(directory);
        configuration.setInt("hfile.index.block.max.size", 1024);
        FileSystem files = FileSystem.getLocal(configuration).getRawFileSystem();
        StoreFileWriter writer =
                new StoreFileWriter.Builder(configuration, files)
                        .withFilePath(new org.apache.hadoop.fs.Path(path.toUri()))
                        .withBloomType(bloom)
                        .withMaxKeyCount(cells.size())
                        .withFileContext(context)
                        .build();
        for (KeyValue cell : cells) {
            writer.append(cell);
        }
        writer.appendMetadata(99, true);
        writer.close();
        assertThat(Files.size(path)).isPositive();
    }

    private static void readByUs(
            Path path,
            List<KeyValue> cells,
            boolean sequences,
            boolean tags,
            org.apache.hadoop.hbase.regionserver.BloomType bloom) {
        MemoryPool pool = MemoryPool.root("test", 1L << 30);
        try (BlockCache cache = new BlockCache(4L << 20, pool)) {
            HFile file = HFile.open(LocalFileSystem.INSTANCE, path.toString(), cache);
            file.verify();
            assertThat(file.metadata().entries()).isEqualTo(cells.size());
            assertThat(file.maxSequence()).isEqualTo(99);
            assertThat(file.metadata().major()).isTrue();
            assertThat(file.bloomType().name()).isEqualTo(bloom.name());
            for (ReadMode mode : ReadMode.values()) {
                try (CellSource source = file.source(mode)) {
                    boolean more = source.seek(SeekKey.firstOfRow(NONE));
                    for (KeyValue cell : cells) {
                        assertThat(more).isTrue();
                        Cell found = Cell.copyOf(source.cell());
                        Cell expected = ours(cell);
                        assertThat(found.row()).isEqualTo(expected.row());
                        assertThat(found.timestamp()).isEqualTo(expected.timestamp());
                        assertThat(found.value()).isEqualTo(expected.value());
                        assertThat(found.tags()).isEqualTo(tags ? expected.tags() : NONE);
                        assertThat(found.sequence()).isEqualTo(sequences ? expected.sequence() : 0);
                        more = source.next();
                    }
                    assertThat(more).isFalse();
                    for (KeyValue cell : cells.subList(0, Math.min(50, cells.size()))) {
                        Cell expected = ours(cell);
                        assertThat(
                                        source.seek(
                                                SeekKey.of(
                                                        expected.row(),
                                                        FAMILY,
                                                        expected.qualifier(),
                                                        expected.timestamp(),
                                                        expected.type().code())))
                                .isTrue();
                        assertThat(source.cell().hasRow(expected.row())).isTrue();
                        assertThat(file.mayContainRow(expected.row())).isTrue();
                        assertThat(file.mayContain(expected.row(), expected.qualifier())).isTrue();
                    }
                }
            }
            file.release();
            cache.assertNoPins();
            assertThat(pool.reserved()).isLessThanOrEqualTo(6L << 20);
        }
    }
}
