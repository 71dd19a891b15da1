package org.skep.lsm.memstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellOrder;
import org.skep.lsm.cell.CellSource;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

final class MemStoreTest {
    private static final byte[] F = {'f'};
    private static final byte[] NONE = {};

    private final MemoryPool memory = MemoryPool.root("test", 1 << 30);
    private final ChunkPool pool = new ChunkPool(memory, 4);

    private record Key(Cell cell, long sequence) implements Comparable<Key> {
        private CellView view() {
            CellView view = cell.view();
            view.sequence(sequence);
            return view;
        }

        @Override
        public int compareTo(Key other) {
            return CellOrder.compare(view(), other.view());
        }
    }

    private static byte[] randomBytes(Random random, int least, int most) {
        byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
        // Few different bytes, so that rows have common beginnings; the extremes among them.
        byte[] alphabet = {0, 1, 'a', 'b', (byte) 0x80, (byte) 0xff};
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return bytes;
    }

    private static Cell randomCell(Random random) {
        CellType[] types = {
            CellType.PUT,
            CellType.PUT,
            CellType.DELETE,
            CellType.DELETE_COLUMN,
            CellType.DELETE_FAMILY
        };
        return Cell.of(
                randomBytes(random, 1, 10),
                F,
                randomBytes(random, 0, 2),
                random.nextInt(5),
                types[random.nextInt(types.length)],
                randomBytes(random, 0, 40));
    }

    private static List<String> all(CellSource source) {
        List<String> cells = new ArrayList<>();
        for (boolean more = source.seek(SeekKey.firstOfRow(NONE)); more; more = source.next()) {
            cells.add(source.cell().sequence() + " " + source.cell());
        }
        return cells;
    }

    @Test
    void agreesWithAModelUnderThreads() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        MemStore store = new MemStore(pool);
        ConcurrentSkipListMap<Key, Cell> model = new ConcurrentSkipListMap<>();
        AtomicLong sequences = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int threads = 4;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Random random = new Random(seed + t);
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    for (int i = 0; i < 2500; i++) {
                                        if (i % 10 == 0) {
                                            addRow(store, model, random, sequences);
                                        }
                                        Cell cell = randomCell(random);
                                        long sequence = sequences.incrementAndGet();
                                        store.add(cell, cell.timestamp(), sequence);
                                        model.put(new Key(cell, sequence), cell);
                                        if (i % 500 == 0) {
                                            checkOrder(store.source(Long.MAX_VALUE));
                                            checkAdvances(store, random);
                                        }
                                    }
                                } catch (Throwable e) {
                                    failure.set(e);
                                } finally {
                                    done.countDown();
                                }
                            });
            thread.start();
        }
        done.await();
        assertThat(failure.get()).isNull();
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            long readPoint = i == 0 ? Long.MAX_VALUE : random.nextInt(10_000);
            compare(store, model, readPoint, random);
        }
        store.release();
        assertThat(pool.bytesInUse()).isZero();
        pool.trim();
        assertThat(memory.reserved()).isZero();
    }

    // Cells of one row together, some of them at the time of the write.
    private static void addRow(
            MemStore store, Map<Key, Cell> model, Random random, AtomicLong sequences) {
        // Some rows come again and again, so that columns have many versions.
        byte[] row = random.nextBoolean() ? new byte[] {'h'} : randomBytes(random, 1, 20);
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 12);
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(i);
        }
        if (random.nextBoolean()) {
            Collections.shuffle(columns, random);
        }
        Cell[] cells = new Cell[count + 2];
        for (int i = 0; i < count; i++) {
            byte[] qualifier = {'q', columns.get(i).byteValue()};
            long timestamp = random.nextBoolean() ? Cell.LATEST : random.nextInt(5);
            byte[] value = new byte[random.nextInt(50) == 0 ? 20_000 : random.nextInt(100)];
            Arrays.fill(value, (byte) 'v');
            cells[i + 1] = Cell.of(row, F, qualifier, timestamp, CellType.PUT, value);
        }
        long sequence = sequences.incrementAndGet();
        int[] places = new int[count + 2];
        store.add(cells, 1, count + 1, 3, sequence, new Neighbours(), places);
        boolean killed = random.nextInt(10) == 0;
        for (int i = 1; i <= count; i++) {
            Cell cell = cells[i];
            if (killed) {
                store.kill(places[i]);
                continue;
            }
            if (cell.timestamp() == Cell.LATEST) {
                cell = cell.withTimestamp(3);
            }
            model.put(new Key(cell, sequence), cell);
        }
    }

    private static List<String> allByColumns(CellSource source, long limit) {
        List<String> cells = new ArrayList<>();
        boolean more = source.seek(SeekKey.firstOfRow(NONE));
        while (more) {
            Cell before = Cell.copyOf(source.cell());
            cells.add(source.cell().sequence() + " " + source.cell());
            if (source.nextColumn(limit)) {
                CellView now = source.cell();
                assertThat(now.sequence()).isLessThanOrEqualTo(limit);
                assertThat(now.row()).isEqualTo(before.row());
                assertThat(now.type()).isEqualTo(CellType.PUT.code());
                assertThat(Bytes.compare(Cell.copyOf(now).qualifier(), before.qualifier()))
                        .isPositive();
            } else {
                more = source.next();
            }
        }
        return cells;
    }

    // Also from cells that are just being added.
    private static void checkAdvances(MemStore store, Random random) {
        CellSource source = store.source(Long.MAX_VALUE);
        boolean more = source.seek(SeekKey.firstOfRow(NONE));
        for (int i = 0; more && i < 200; i++) {
            CellView at = source.cell();
            byte[] row = Bytes.afterRow(at.row());
            SeekKey key =
                    switch (random.nextInt(4)) {
                        case 0 -> SeekKey.lastOfRow(at.row());
                        case 1 -> SeekKey.firstOfRow(row);
                        default -> {
                            SeekKey column = SeekKey.lastOfRow(at.row());
                            column.moveToLastOfColumn(at);
                            yield column;
                        }
                    };
            more = source.advance(key);
            if (more && CellOrder.compareKeys(source.cell(), key.view()) < 0) {
                throw new AssertionError(source.cell() + " is before " + key.view());
            }
        }
    }

    private static void checkOrder(CellSource source) {
        CellView before = null;
        for (boolean more = source.seek(SeekKey.firstOfRow(NONE)); more; more = source.next()) {
            CellView now = new CellView();
            now.set(source.cell());
            if (before != null && CellOrder.compare(before, now) >= 0) {
                throw new AssertionError(before + " is not before " + now);
            }
            before = now;
        }
    }

    private static void compare(
            MemStore store, ConcurrentSkipListMap<Key, Cell> model, long readPoint, Random random) {
        List<Map.Entry<Key, Cell>> visible =
                model.entrySet().stream()
                        .filter(entry -> entry.getKey().sequence() <= readPoint)
                        .toList();
        CellSource source = store.source(readPoint);
        assertThat(all(source))
                .isEqualTo(
                        visible.stream()
                                .map(e -> e.getKey().sequence() + " " + e.getValue())
                                .toList());
        assertThat(allByColumns(source, Long.MAX_VALUE)).isEqualTo(all(source));
        assertThat(allByColumns(source, readPoint / 2)).isEqualTo(all(source));
        List<CellView> views = visible.stream().map(entry -> entry.getValue().view()).toList();
        for (int i = 0; i < 300; i++) {
            Cell cell = randomCell(random);
            SeekKey key =
                    switch (random.nextInt(4)) {
                        case 0 -> SeekKey.firstOfRow(cell.row());
                        case 1 -> SeekKey.lastOfRow(cell.row());
                        case 2 -> SeekKey.firstOfColumn(cell.row(), F, cell.qualifier());
                        default ->
                                SeekKey.of(
                                        cell.row(),
                                        F,
                                        cell.qualifier(),
                                        cell.timestamp(),
                                        cell.type().code());
                    };
            String expected =
                    views.stream()
                            .filter(view -> CellOrder.compareKeys(view, key.view()) >= 0)
                            .findFirst()
                            .map(CellView::toString)
                            .orElse(null);
            CellSource fresh = store.source(readPoint);
            assertThat(fresh.seek(key) ? fresh.cell().toString() : null).isEqualTo(expected);
            previousRow(fresh, views, i == 0 ? NONE : cell.row());
        }
    }

    private static void previousRow(CellSource source, List<CellView> visible, byte[] row) {
        CellView greatest = null;
        for (CellView each : visible) {
            if ((row.length == 0 || CellOrder.compareRows(row, each) > 0)
                    && (greatest == null || CellOrder.compareRows(each, greatest) > 0)) {
                greatest = each;
            }
        }
        // The first cell of the greatest row: a later one does not replace it.
        String expected = greatest == null ? null : greatest.toString();
        assertThat(source.seekToPreviousRow(row) ? source.cell().toString() : null)
                .isEqualTo(expected);
    }

    @Test
    void laterOfEqualCellsComesFirst() {
        MemStore store = new MemStore(pool);
        byte[] row = {'r'};
        for (String value : List.of("old", "new")) {
            store.add(
                    Cell.of(row, F, NONE, 5, CellType.PUT, value.getBytes(StandardCharsets.UTF_8)),
                    5,
                    7);
        }
        assertThat(all(store.source(7))).containsExactly("7 r/f:@5/PUT=new", "7 r/f:@5/PUT=old");
        store.release();
    }

    @Test
    void hidesWhatWasKilledAndReplacesTimestamps() {
        MemStore store = new MemStore(pool);
        Cell cell = Cell.of(new byte[] {'r'}, F, NONE, Cell.LATEST, CellType.PUT, NONE);
        store.add(cell, 1, 1);
        store.kill(store.add(cell, 2, 2));
        assertThat(all(store.source(9))).containsExactly("1 r/f:@1/PUT=");
        store.release();
    }

    @Test
    void holdsCellsOfAllSizes() {
        MemStore store = new MemStore(pool);
        List<String> rows = new ArrayList<>();
        for (int size = 0; size <= 8 << 20; size = size * 2 + 1) {
            String row = "%08d".formatted(size);
            rows.add(row);
            byte[] value = new byte[size];
            Arrays.fill(value, (byte) size);
            store.add(
                    Cell.of(row.getBytes(StandardCharsets.UTF_8), F, NONE, 1, CellType.PUT, value),
                    1,
                    size + 1);
        }
        CellSource source = store.source(Long.MAX_VALUE);
        List<String> found = new ArrayList<>();
        for (boolean more = source.seek(SeekKey.firstOfRow(NONE)); more; more = source.next()) {
            Cell cell = Cell.copyOf(source.cell());
            found.add(new String(cell.row(), StandardCharsets.UTF_8));
            byte[] value = cell.value();
            assertThat(value).hasSize(Integer.parseInt(found.get(found.size() - 1)));
            assertThat(value.length == 0 || value[value.length - 1] == (byte) value.length)
                    .isTrue();
        }
        assertThat(found).isEqualTo(rows);
        store.release();
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void takesLittleForTheFirstRow() {
        for (int size : new int[] {100, 3_000, 16_000}) {
            Arena arena = new Arena(pool);
            arena.allocate(size);
            assertThat(arena.held()).as("%d bytes", size).isLessThan(100_000);
            arena.free();
        }
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void keepsItsMemoryUntilTheLastReaderIsGone() {
        MemStore store = new MemStore(pool);
        store.add(Cell.of(new byte[] {'r'}, F, NONE, 1, CellType.PUT, NONE), 1, 1);
        assertThat(store.tryRetain()).isTrue();
        store.release();
        assertThat(all(store.source(1))).hasSize(1);
        store.release();
        assertThat(store.tryRetain()).isFalse();
        assertThat(pool.bytesInUse()).isZero();
    }
}
