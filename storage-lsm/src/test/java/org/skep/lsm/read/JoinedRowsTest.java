package org.skep.lsm.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.memstore.ChunkPool;
import org.skep.lsm.memstore.MemStore;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.KeepDeletedCells;

/** Rows that are read column by column are those that the rules give cell by cell. */
class JoinedRowsTest {
    private static final byte[] FAMILY = Cell.utf8("f");
    private static final byte[] NO_TAGS = {};
    private static final List<CellType> TYPES =
            List.of(
                    CellType.PUT,
                    CellType.DELETE,
                    CellType.DELETE_COLUMN,
                    CellType.DELETE_FAMILY,
                    CellType.DELETE_FAMILY_VERSION);
    private static final List<KeepDeletedCells> KEEP = List.of(KeepDeletedCells.values());
    private static final byte[] EXPIRY = {0, 9, 8, 0, 0, 0, 0, 0, 0, 0, 1};

    private final ChunkPool pool = new ChunkPool(MemoryPool.root("test", 1L << 30), 0);
    private final List<MemStore> stores = new ArrayList<>();

    @Test
    void compactionsKeepTheSameCells() {
        Random random = random();
        long joined = 0;
        for (int round = 0; round < 4000; round++) {
            ColumnFamily family = family(random);
            CompactionKind kind =
                    random.nextBoolean()
                            ? CompactionKind.DROP_DELETES
                            : CompactionKind.RETAIN_DELETES;
            long readPoint = random.nextInt(4) == 0 ? random.nextInt(400) : 1000;
            List<List<Cell>> files = files(random);
            List<Cell> slow = compact(family, sources(files, null), kind, readPoint).cells;
            Read quick = compact(family, sources(files, random), kind, readPoint);
            assertThat(quick.cells).as("round %d", round).isEqualTo(slow);
            joined += quick.columns;
            giveMemoryBack();
        }
        assertThat(joined).isGreaterThan(4000);
    }

    @Test
    void scansSeeTheSameCells() {
        Random random = random();
        long joined = 0;
        for (int round = 0; round < 4000; round++) {
            ColumnFamily family = family(random);
            long readPoint = random.nextInt(4) == 0 ? random.nextInt(400) : 1000;
            List<List<Cell>> files = files(random);
            int versions = 1 + random.nextInt(2);
            Scan scan = new Scan().readVersions(versions);
            List<Cell> slow = scan(family, sources(files, null), scan, readPoint).cells;
            Read quick = scan(family, sources(files, random), scan, readPoint);
            assertThat(quick.cells).as("round %d", round).isEqualTo(slow);
            joined += quick.columns;
            giveMemoryBack();
        }
        assertThat(joined).isGreaterThan(4000);
    }

    private static Random random() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private static ColumnFamily family(Random random) {
        return ColumnFamily.named("f")
                .withMaxVersions(random.nextInt(4) == 0 ? 2 : 1)
                .withKeepDeletedCells(KEEP.get(random.nextInt(KEEP.size())));
    }

    private record Read(List<Cell> cells, int columns) {}

    private static Read compact(
            ColumnFamily family, List<CellSource> sources, CompactionKind kind, long readPoint) {
        try (StoreScanner scanner =
                StoreScanner.compaction(
                        family, sources, kind, readPoint, Long.MIN_VALUE, 0, 1_000_000)) {
            return read(scanner);
        }
    }

    private static Read scan(
            ColumnFamily family, List<CellSource> sources, Scan scan, long readPoint) {
        try (StoreScanner scanner =
                StoreScanner.user(
                        family, sources, scan, null, new byte[0][], readPoint, 1_000_000)) {
            return read(scanner);
        }
    }

    private static Read read(StoreScanner scanner) {
        List<Cell> cells = new ArrayList<>();
        int columns = 0;
        while (true) {
            boolean column = scanner.nextColumn();
            if (!column && !scanner.next()) {
                return new Read(cells, columns);
            }
            CellView cell = scanner.cell();
            if (column) {
                columns++;
                CellView before = cells.get(cells.size() - 1).view();
                assertThat(cell.sameRow(before)).isTrue();
                assertThat(CellOrder.compareColumns(before, cell)).isNegative();
                assertThat(cell.type()).isEqualTo(CellType.PUT.code());
                assertThat(cell.tagsLength()).isZero();
            }
            cells.add(Cell.copyOf(cell));
        }
    }

    // Those that are quick are lists or memstores, which hide what a reader must not see.
    private List<CellSource> sources(List<List<Cell>> files, Random quick) {
        List<CellSource> sources = new ArrayList<>();
        for (List<Cell> file : files) {
            ListSource source = new ListSource(file);
            if (quick == null) {
                sources.add(source);
            } else if (quick.nextBoolean()) {
                sources.add(source.quick(quick));
            } else {
                sources.add(memory(file).source(Long.MAX_VALUE));
            }
        }
        return sources;
    }

    private MemStore memory(List<Cell> cells) {
        MemStore store = new MemStore(pool);
        for (Cell cell : cells) {
            store.add(cell, cell.timestamp(), cell.sequence());
        }
        stores.add(store);
        return store;
    }

    @AfterEach
    void giveMemoryBack() {
        stores.forEach(MemStore::release);
        stores.clear();
        assertThat(pool.bytesInUse()).isZero();
    }

    // Newest first; few rows, columns and times, so that cells of several files meet.
    private static List<List<Cell>> files(Random random) {
        int count = 1 + random.nextInt(4);
        int oddities = random.nextInt(3);
        List<List<Cell>> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Cell> cells = new ArrayList<>();
            for (int n = random.nextInt(60); n > 0; n--) {
                boolean odd = random.nextInt(30) < oddities;
                CellType type = odd ? TYPES.get(random.nextInt(TYPES.size())) : CellType.PUT;
                boolean nameless =
                        type == CellType.DELETE_FAMILY || type == CellType.DELETE_FAMILY_VERSION;
                boolean tagged = random.nextInt(60) < oddities;
                Cell cell =
                        Cell.of(
                                Cell.utf8("row" + random.nextInt(5)),
                                FAMILY,
                                Cell.utf8(
                                        nameless || random.nextInt(60) < oddities
                                                ? ""
                                                : "q" + random.nextInt(8)),
                                1 + random.nextInt(5),
                                type,
                                Cell.utf8(i + "." + n),
                                tagged ? EXPIRY : NO_TAGS);
                CellView view = cell.view();
                view.sequence(100L * (count - i) + n);
                cells.add(Cell.copyOf(view));
            }
            files.add(cells);
        }
        return files;
    }
}
