package org.skep.lsm.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.cell.CellType;

final class PackedCellsTest {
    private static final byte[] NONE = {};

    private static ByteBuffer pack(List<Cell> cells, long stamp) {
        int size = 0;
        Cell before = null;
        for (Cell cell : cells) {
            size += PackedCells.size(cell, PackedCells.parts(before, cell));
            before = cell;
        }
        ByteBuffer packed = ByteBuffer.allocate(size);
        before = null;
        for (Cell cell : cells) {
            PackedCells.write(cell, PackedCells.parts(before, cell), stamp, packed);
            before = cell;
        }
        assertThat(packed.remaining()).isZero();
        return packed;
    }

    private static List<Cell> unpack(ByteBuffer packed, int offset, int length) {
        ByteBuffer cells = PackedCells.unpack(packed, offset, length, null);
        byte[] bytes = new byte[cells.position()];
        cells.flip().get(bytes);
        List<Cell> list = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            Cell cell = Cell.at(bytes, at, 0);
            list.add(cell);
            at += cell.length();
        }
        return list;
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Cell cell(Random random) {
        byte[] row = bytes(random, random.nextInt(50) == 0 ? 300 : 3);
        byte[] family = {(byte) ('a' + random.nextInt(2))};
        byte[] qualifier = bytes(random, random.nextInt(50) == 0 ? 300 : 2);
        byte[] value = new byte[random.nextInt(20) == 0 ? random.nextInt(70_000) : 5];
        random.nextBytes(value);
        return Cell.of(
                row.length == 0 ? new byte[] {'r'} : row,
                family,
                qualifier,
                random.nextBoolean() ? Cell.LATEST : random.nextInt(3),
                random.nextInt(5) == 0 ? CellType.DELETE_COLUMN : CellType.PUT,
                value,
                random.nextInt(5) == 0 ? new byte[] {0, 2, 5, 7} : NONE);
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (most > 3 ? random.nextInt(256) : random.nextInt(2));
        }
        return bytes;
    }

    @Test
    void givesBackWhatWasPacked() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Cell> cells = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                cells.add(cell(random));
            }
            ByteBuffer packed = pack(cells, 77);
            List<Cell> expected =
                    cells.stream()
                            .map(c -> c.timestamp() == Cell.LATEST ? c.withTimestamp(77) : c)
                            .toList();
            assertThat(unpack(packed, 0, packed.capacity())).isEqualTo(expected);
        }
    }

    @Test
    void sharesWhatIsTheSame() {
        Cell first = Cell.of(new byte[] {1}, new byte[] {2}, new byte[] {3}, 4, CellType.PUT, NONE);
        Cell second =
                Cell.of(
                        new byte[] {1},
                        new byte[] {2},
                        new byte[] {5, 6},
                        4,
                        CellType.PUT,
                        new byte[200]);
        assertThat(hex(pack(List.of(first, second), 0)))
                .isEqualTo(
                        "0f"
                                + "000101"
                                + "0102"
                                + "0103"
                                + "0000000000000004"
                                + "04"
                                + "00"
                                + "00"
                                + "020506"
                                + "c801"
                                + "00".repeat(200));
    }

    @Test
    void refusesWhatIsNoCells() {
        Random random = new Random(5);
        List<Cell> cells = List.of(cell(random), cell(random), cell(random));
        ByteBuffer packed = pack(cells, 1);
        for (int length = 1; length < packed.capacity(); length++) {
            int cut = length;
            try {
                // Cut behind a cell, it is fewer cells.
                assertThat(cells).startsWith(unpack(packed, 0, cut).toArray(new Cell[0]));
            } catch (IndexOutOfBoundsException | IllegalArgumentException expected) {
                assertThat(expected).isNotNull();
            }
        }
        for (int i = 0; i < 2000; i++) {
            byte[] garbage = new byte[1 + random.nextInt(40)];
            random.nextBytes(garbage);
            try {
                unpack(ByteBuffer.wrap(garbage), 0, garbage.length);
            } catch (IndexOutOfBoundsException | IllegalArgumentException expected) {
                assertThat(expected).isNotInstanceOf(BufferOverflowException.class);
            }
        }
        assertThatThrownBy(() -> unpack(ByteBuffer.wrap(new byte[] {15, 0, 9}), 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
