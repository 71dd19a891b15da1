package org.skep.lsm.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.cell.Cell.utf8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellOrderTest {
    private static Cell cell(String qualifier, long timestamp, CellType type) {
        return Cell.of(utf8("r"), utf8("f"), utf8(qualifier), timestamp, type, utf8("v"));
    }

    @Test
    void ordersARowAsHBaseDoes() {
        List<Cell> wanted =
                List.of(
                        cell("", 2, CellType.PUT),
                        cell("", 0, CellType.DELETE_FAMILY),
                        cell("", 0, CellType.DELETE_FAMILY_VERSION),
                        cell("a", 3, CellType.PUT),
                        cell("a", 1, CellType.PUT),
                        cell("aa", 1, CellType.PUT),
                        cell("b", 1, CellType.PUT),
                        cell("zz", 5, CellType.DELETE_COLUMN),
                        cell("zz", 5, CellType.DELETE),
                        cell("zz", 5, CellType.PUT));
        for (int i = 0; i < wanted.size(); i++) {
            for (int j = 0; j < wanted.size(); j++) {
                assertThat(
                                Integer.signum(
                                        CellOrder.compare(
                                                wanted.get(i).view(), wanted.get(j).view())))
                        .as("%s to %s", wanted.get(i), wanted.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void placesSeekKeysAroundTheirCells() {
        CellView cell = cell("q", 5, CellType.PUT).view();
        assertThat(CellOrder.compare(SeekKey.firstOfRow(utf8("r")).view(), cell)).isNegative();
        assertThat(CellOrder.compare(SeekKey.lastOfRow(utf8("r")).view(), cell)).isPositive();
        assertThat(
                        CellOrder.compare(
                                SeekKey.firstOfColumn(utf8("r"), utf8("f"), utf8("q")).view(),
                                cell))
                .isNegative();
        SeekKey key = SeekKey.firstOfRow(utf8("r"));
        key.moveToLastOfColumn(cell);
        assertThat(CellOrder.compare(key.view(), cell)).isPositive();
        key.moveToTimestamp(cell, 5);
        assertThat(CellOrder.compare(key.view(), cell)).isNegative();
        key.moveToTimestamp(cell, 4);
        assertThat(CellOrder.compare(key.view(), cell)).isPositive();
        key.moveToColumn(cell, utf8("p"));
        assertThat(CellOrder.compare(key.view(), cell)).isNegative();
        key.moveToLastOfRow(cell);
        assertThat(CellOrder.compare(key.view(), cell)).isPositive();
    }

    @Test
    void comparesBytesUnsigned() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] a = new byte[random.nextInt(20)];
            random.nextBytes(a);
            byte[] b = random.nextBoolean() ? a.clone() : new byte[random.nextInt(20)];
            if (b.length > 0 && random.nextBoolean()) {
                b[random.nextInt(b.length)]++;
            }
            int wanted = Integer.signum(Arrays.compareUnsigned(a, b));
            ByteBuffer direct = ByteBuffer.allocateDirect(b.length + 3);
            direct.put(3, b);
            assertThat(Integer.signum(Bytes.compare(a, 0, a.length, direct, 3, b.length)))
                    .as("seed %d", seed)
                    .isEqualTo(wanted);
            assertThat(
                            Integer.signum(
                                    Bytes.compare(
                                            ByteBuffer.wrap(a), 0, a.length, direct, 3, b.length)))
                    .as("seed %d", seed)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void readsTheLongsThatItWrites() {
        ByteBuffer buffer = ByteBuffer.allocate(16);
        for (int bits = 0; bits < 64; bits++) {
            for (long value :
                    new long[] {1L << bits, (1L << bits) - 1, -(1L << bits), ~(1L << bits)}) {
                int end = VLong.write(buffer, 1, value);
                assertThat(end - 1).isEqualTo(VLong.size(value));
                assertThat(VLong.sizeFrom(buffer.get(1))).isEqualTo(end - 1);
                assertThat(VLong.read(buffer, 1)).isEqualTo(value);
            }
        }
    }

    @Test
    void copiesACellWithItsTags() {
        byte[] tags = {0, 2, 8, 1};
        Cell cell =
                Cell.of(utf8("row"), utf8("f"), utf8("q"), -7, CellType.PUT, utf8("value"), tags);
        Cell copy = Cell.copyOf(cell.view());
        assertThat(copy).isEqualTo(cell);
        assertThat(copy.tags()).isEqualTo(tags);
        assertThat(copy.timestamp()).isEqualTo(-7);
        assertThat(copy).hasToString("row/f:q@-7/PUT=value");
    }

    @Test
    void refusesRowsThatAreTooLongOrEmpty() {
        assertThatThrownBy(
                        () -> Cell.of(new byte[0], utf8("f"), utf8(""), 1, CellType.PUT, utf8("")))
                .hasMessage("Row length is 0");
        assertThatThrownBy(
                        () ->
                                Cell.of(
                                        new byte[32_768],
                                        utf8("f"),
                                        utf8(""),
                                        1,
                                        CellType.PUT,
                                        utf8("")))
                .hasMessage("Row length 32768 is > 32767");
    }
}
