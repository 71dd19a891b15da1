package org.skep.lsm.hfile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.io.FileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cache.BlockCache;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;

/** Random cells in order, and files made of them. */
final class TestCells {
    static final byte[] FAMILY = Cell.utf8("f");
    static final byte[] NO_TAGS = {};

    private static final List<BloomType> BLOOMS = List.of(BloomType.values());
    private static final Compression[] COMPRESSIONS = {
        Compression.NONE, Compression.NONE, Compression.GZ, Compression.SNAPPY
    };
    private static final CellType[] TYPES = {
        CellType.PUT,
        CellType.PUT,
        CellType.PUT,
        CellType.PUT,
        CellType.DELETE,
        CellType.DELETE_COLUMN,
        CellType.DELETE_FAMILY,
        CellType.DELETE_FAMILY_VERSION
    };

    private TestCells() {}

    static FileSystem memory() {
        return new FaultyFileSystem("/d");
    }

    static BlockCache cache(long limit) {
        return new BlockCache(limit, MemoryPool.root("test", 1L << 30));
    }

    static Cell put(String row, String qualifier, long timestamp, String value) {
        return Cell.of(
                Cell.utf8(row),
                FAMILY,
                Cell.utf8(qualifier),
                timestamp,
                CellType.PUT,
                Cell.utf8(value));
    }

    /** A copy with a sequence id. */
    static Cell sequenced(Cell cell, long sequence) {
        CellView view = cell.view();
        view.sequence(sequence);
        return Cell.copyOf(view);
    }

    static byte[] bytes(Random random, int most, int alphabet) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] =
                    (byte) (alphabet == 256 ? random.nextInt(256) : 'a' + random.nextInt(alphabet));
        }
        return bytes;
    }

    static byte[] row(Random random, int alphabet) {
        byte[] row = bytes(random, 12, alphabet);
        return row.length == 0 ? new byte[] {(byte) random.nextInt(256)} : row;
    }

    /** About so many cells, sorted, none twice. */
    static List<Cell> random(Random random, int count, boolean tags, int maxValue) {
        int alphabet = random.nextBoolean() ? 256 : 3;
        List<Cell> cells = new ArrayList<>();
        byte[] row = row(random, alphabet);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                row = row(random, alphabet);
            }
            CellType type = TYPES[random.nextInt(TYPES.length)];
            boolean family =
                    type == CellType.DELETE_FAMILY || type == CellType.DELETE_FAMILY_VERSION;
            Cell cell =
                    Cell.of(
                            row,
                            FAMILY,
                            family ? new byte[0] : bytes(random, 5, alphabet),
                            random.nextInt(5),
                            type,
                            type == CellType.PUT ? bytes(random, maxValue, 256) : new byte[0],
                            tags && random.nextInt(3) == 0 ? tag(random) : NO_TAGS);
            cells.add(sequenced(cell, random.nextInt(3) == 0 ? 0 : random.nextLong() >>> 1));
        }
        return sort(cells);
    }

    private static byte[] tag(Random random) {
        byte[] data = bytes(random, 20, 256);
        return ByteBuffer.allocate(3 + data.length)
                .putShort((short) (1 + data.length))
                .put((byte) 8)
                .put(data)
                .array();
    }

    static List<Cell> sort(List<Cell> cells) {
        List<Cell> sorted = new ArrayList<>(cells);
        sorted.sort((a, b) -> CellOrder.compare(a.view(), b.view()));
        List<Cell> distinct = new ArrayList<>();
        for (Cell cell : sorted) {
            if (distinct.isEmpty()
                    || CellOrder.compare(distinct.get(distinct.size() - 1).view(), cell.view())
                            != 0) {
                distinct.add(cell);
            }
        }
        return distinct;
    }

    static ColumnFamily randomFamily(Random random) {
        return ColumnFamily.named("f")
                .withEncoding(
                        random.nextBoolean() ? BlockEncoding.NONE : BlockEncoding.ROW_INDEX_V1)
                .withBloomType(BLOOMS.get(random.nextInt(3)))
                .withCompression(COMPRESSIONS[random.nextInt(COMPRESSIONS.length)])
                .withBlockSize(256 << random.nextInt(8));
    }

    static HFileMetadata write(
            FileSystem files, String path, HFileOptions options, List<Cell> cells) {
        try (HFileWriter writer = HFileWriter.create(files, path, options)) {
            for (Cell cell : cells) {
                writer.append(cell.view());
            }
            return writer.finish();
        }
    }

    static SeekKey key(Cell cell) {
        return SeekKey.of(
                cell.row(), cell.family(), cell.qualifier(), cell.timestamp(), cell.type().code());
    }

    /** The place of the first cell at or behind a key. */
    static int lowerBound(List<Cell> cells, SeekKey key) {
        int low = 0;
        int high = cells.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (CellOrder.compareKeys(cells.get(middle).view(), key.view()) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
