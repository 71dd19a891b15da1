package org.skep.rpc.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnBlockTest {
    private static final class KindOf implements ColumnBlock.Visitor<ColumnKind> {
        @Override
        public ColumnKind booleans(BooleanColumn column) {
            return ColumnKind.BOOLEAN;
        }

        @Override
        public ColumnKind bytes(ByteColumn column) {
            return ColumnKind.BYTE;
        }

        @Override
        public ColumnKind shorts(ShortColumn column) {
            return ColumnKind.SHORT;
        }

        @Override
        public ColumnKind ints(IntColumn column) {
            return ColumnKind.INT;
        }

        @Override
        public ColumnKind longs(LongColumn column) {
            return ColumnKind.LONG;
        }

        @Override
        public ColumnKind doubles(DoubleColumn column) {
            return ColumnKind.DOUBLE;
        }

        @Override
        public ColumnKind strings(StringColumn column) {
            return ColumnKind.STRING;
        }

        @Override
        public ColumnKind binaries(BinaryColumn column) {
            return ColumnKind.BINARY;
        }
    }

    @Test
    void everyKindHoldsValuesAndNulls() {
        BooleanColumn booleans = BooleanColumn.of(Arrays.asList(false, null));
        assertThat(booleans.value(0)).isFalse();
        assertThat(booleans.values()).containsExactly(false, true);
        ByteColumn bytes = ByteColumn.of(Arrays.asList((byte) -1, null));
        assertThat(bytes.value(0)).isEqualTo((byte) -1);
        ShortColumn shorts = ShortColumn.of(Arrays.asList((short) -2, null));
        assertThat(shorts.value(0)).isEqualTo((short) -2);
        IntColumn ints = IntColumn.of(Arrays.asList(-3, null));
        assertThat(ints.value(0)).isEqualTo(-3);
        LongColumn longs = LongColumn.of(Arrays.asList(-4L, null));
        assertThat(longs.value(0)).isEqualTo(-4);
        DoubleColumn doubles = DoubleColumn.of(Arrays.asList(-0.5, null));
        assertThat(doubles.value(0)).isEqualTo(-0.5);
        StringColumn strings = StringColumn.of("ü", null);
        assertThat(strings.value(0)).isEqualTo("ü");
        BinaryColumn binaries = BinaryColumn.of(Arrays.asList(new byte[] {9}, null));
        assertThat(binaries.copy(0)).containsExactly(9);
        List<ColumnBlock> blocks =
                List.of(booleans, bytes, shorts, ints, longs, doubles, strings, binaries);
        for (ColumnBlock block : blocks) {
            assertThat(block.rowCount()).isEqualTo(2);
            assertThat(block.isNull(0)).isFalse();
            assertThat(block.isNull(1)).isTrue();
            assertThat(block.accept(new KindOf())).isEqualTo(block.kind());
            assertThat(block).hasToString(block.kind() + " x 2");
        }
    }

    @Test
    void stringsShareOneBuffer() {
        StringColumn column = StringColumn.of("", "grün", null, "b");
        assertThat(column.rowCount()).isEqualTo(4);
        assertThat(column.start(1)).isZero();
        assertThat(column.length(1)).isEqualTo(5);
        assertThat(column.length(2)).isZero();
        assertThat(column.start(3)).isEqualTo(5);
        assertThat(new String(column.buffer(), UTF_8)).isEqualTo("grünb");
        assertThat(column.value(0)).isEmpty();
        assertThat(column.isNull(2)).isTrue();
    }

    @Test
    void buildersKeepWhatTheyAreGivenWhateverTheSize() {
        long seed = System.nanoTime();
        System.out.println("ColumnBlockTest seed " + seed);
        Random random = new Random(seed);
        List<byte[]> expected = new ArrayList<>();
        StringColumn.Builder strings = StringColumn.builder();
        BinaryColumn.Builder binaries = BinaryColumn.builder();
        int size = 0;
        for (int row = 0; row < 1000; row++) {
            if (random.nextInt(5) == 0) {
                expected.add(null);
                strings.addMissing();
                binaries.addMissing();
                continue;
            }
            byte[] value = new byte[random.nextInt(row % 100 == 0 ? 5000 : 20)];
            Arrays.fill(value, (byte) ('a' + random.nextInt(26)));
            byte[] framed = new byte[value.length + 2];
            System.arraycopy(value, 0, framed, 1, value.length);
            expected.add(value);
            size += value.length;
            strings.add(framed, 1, value.length);
            binaries.add(framed, 1, value.length);
        }
        assertThat(strings.rowCount()).isEqualTo(1000);
        assertThat(strings.size()).isEqualTo(size);
        StringColumn texts = strings.build();
        BinaryColumn bytes = binaries.build();
        assertThat(texts.buffer()).hasSize(size);
        for (int row = 0; row < expected.size(); row++) {
            byte[] value = expected.get(row);
            assertThat(texts.isNull(row)).isEqualTo(value == null);
            assertThat(bytes.isNull(row)).isEqualTo(value == null);
            if (value != null) {
                assertThat(texts.value(row)).isEqualTo(new String(value, UTF_8));
                assertThat(bytes.copy(row)).isEqualTo(value);
            }
        }
    }

    @Test
    void offsetsMustLieInTheBuffer() {
        assertThatThrownBy(() -> new StringColumn(new byte[3], new int[] {0, 4}, NullBitmap.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Offsets end at 4 in a buffer of 3");
    }

    @Test
    void aRowSetHasColumnsOfOneLength() {
        RowSet rows =
                new RowSet(7, List.of(IntColumn.of(List.of(1, 2)), StringColumn.of("a", "b")));
        assertThat(rows.startRow()).isEqualTo(7);
        assertThat(rows.rowCount()).isEqualTo(2);
        assertThat(rows.isEmpty()).isFalse();
        assertThat(rows.column(1).kind()).isEqualTo(ColumnKind.STRING);
        assertThat(rows).hasToString("RowSet[startRow=7, [INT x 2, STRING x 2]]");
        assertThat(new RowSet(0, List.of()).isEmpty()).isTrue();
        assertThatThrownBy(() -> new RowSet(0, List.of(StringColumn.of("a"), StringColumn.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Columns differ in rows: 1 and 0");
    }
}
