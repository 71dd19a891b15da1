package org.skep.lsm.memstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.skep.base.memory.MemoryPool;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;
import org.skep.lsm.cell.SeekKey;

final class GuideTest {
    private static final byte[] F = {'f'};
    private static final int LEVEL = 2;

    private final ChunkPool pool = new ChunkPool(MemoryPool.root("test", 1 << 30), 4);
    private final Nodes nodes = new Nodes(pool);
    private final int head = nodes.head();

    private List<byte[]> rows(Random random, int count) {
        Set<byte[]> different = new TreeSet<>(Arrays::compareUnsigned);
        for (int i = 0; i < count; i++) {
            byte[] row = new byte[1 + random.nextInt(20)];
            for (int at = 0; at < row.length; at++) {
                row[at] = (byte) (random.nextInt(3) - 1);
            }
            different.add(row);
        }
        List<byte[]> rows = List.copyOf(different);
        link(rows);
        return rows;
    }

    // A list with one level alone.
    private void link(List<byte[]> rows) {
        int before = head;
        for (byte[] row : rows) {
            Cell cell = Cell.of(row, F, F, 1, CellType.PUT, F);
            int content = nodes.allocateCells(cell.length());
            nodes.cellBuffer(content)
                    .put(Arena.offset(content), cell.array(), cell.offset(), cell.length());
            int node = nodes.allocate(1, LEVEL + 1);
            nodes.lead(node, content);
            nodes.describe(node, 1, false);
            nodes.setNext(before, LEVEL, node);
            before = node;
        }
    }

    private byte[] row(int place) {
        CellView view = new CellView();
        nodes.show(place, view);
        return view.row();
    }

    private static byte[] prefix(byte[] row) {
        return Arrays.copyOf(row, NodeKey.PREFIX);
    }

    @Test
    void leadsToTheLastNodeOfLesserPrefix() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> rows = rows(random, 300);
        Guide guide = Guide.of(nodes, head, null);
        assertThat(guide.levels()).isEqualTo(LEVEL + 1);
        byte[] last = prefix(rows.get(rows.size() - 1));
        List<byte[]> keys = new ArrayList<>(rows);
        keys.add(new byte[] {0});
        keys.add(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        for (byte[] key : keys) {
            byte[] expected = null;
            for (byte[] row : rows) {
                if (Arrays.compareUnsigned(prefix(row), prefix(key)) < 0) {
                    expected = row;
                }
            }
            // What is behind all rows is looked for from the head.
            if (Arrays.compareUnsigned(last, prefix(key)) < 0) {
                expected = null;
            }
            int found = guide.before(new NodeKey().set(SeekKey.firstOfRow(key).view()));
            assertThat(found == Arena.NOWHERE ? null : row(found))
                    .as("seed %d, %s", seed, Arrays.toString(key))
                    .isEqualTo(expected);
        }
        nodes.free();
    }

    @Test
    void leadsNowhereInAWideRow() {
        List<byte[]> rows = new ArrayList<>();
        for (String row : List.of("a", "b", "b", "b", "b", "b", "b", "b", "b", "c", "d")) {
            rows.add(row.getBytes(StandardCharsets.UTF_8));
        }
        link(rows);
        Guide guide = Guide.of(nodes, head, null);
        assertThat(guide.before(keyOf("b"))).isEqualTo(Arena.NOWHERE);
        assertThat(row(guide.before(keyOf("c")))).isEqualTo(new byte[] {'b'});
        assertThat(row(guide.before(keyOf("d")))).isEqualTo(new byte[] {'c'});
        nodes.free();
    }

    private static NodeKey keyOf(String row) {
        SeekKey key = SeekKey.firstOfRow(row.getBytes(StandardCharsets.UTF_8));
        return new NodeKey().set(key.view());
    }

    @Test
    void leadsNowhereWithoutNodes() {
        Guide guide = Guide.of(nodes, head, null);
        assertThat(guide.before(keyOf("f"))).isEqualTo(Arena.NOWHERE);
        link(List.of(new byte[] {'a'}, new byte[] {'z'}));
        assertThat(row(Guide.of(nodes, head, guide).before(keyOf("f"))))
                .isEqualTo(new byte[] {'a'});
        nodes.free();
    }

    @Test
    void takesAHigherLevelWhenThereAreManyRows() {
        MemStore store = new MemStore(pool);
        byte[] row = new byte[8];
        Cell[] cells = new Cell[2];
        int[] places = new int[2];
        int count = 500_000;
        for (int i = 0; i < count; i++) {
            // Scattered, each once.
            java.nio.ByteBuffer.wrap(row).putLong(i * 0x9e3779b97f4a7c15L);
            cells[0] = Cell.of(row, F, F, 1, CellType.PUT, F);
            cells[1] = Cell.of(row, F, row, 1, CellType.PUT, F);
            store.add(cells, 0, 2, 1, i + 1, new Neighbours(), places);
        }
        assertThat(store.guideLevels()).isGreaterThan(LEVEL + 1);
        int found = 0;
        var source = store.source(Long.MAX_VALUE);
        for (boolean more = source.seek(SeekKey.firstOfRow(new byte[0]));
                more;
                more = source.next()) {
            found++;
        }
        assertThat(found).isEqualTo(2 * count);
        store.release();
    }
}
