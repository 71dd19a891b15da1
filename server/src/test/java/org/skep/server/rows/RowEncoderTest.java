package org.skep.server.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.rpc.rows.BinaryColumn;
import org.skep.rpc.rows.DoubleColumn;
import org.skep.rpc.rows.IntColumn;
import org.skep.rpc.rows.RowSet;
import org.skep.rpc.rows.StringColumn;
import org.skep.types.DataType;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;
import org.skep.types.vector.VoidVector;

/** Batches of all encodings become blocks of the sizes asked for. */
final class RowEncoderTest {
    private static RowEncoder encoder(List<DataType> types, ColumnBatch... batches) {
        Deque<ColumnBatch> source = new ArrayDeque<>(List.of(batches));
        return new RowEncoder(types, ZoneOffset.UTC, source::poll);
    }

    private static LongVector ints(long... values) {
        return new LongVector(DataType.INT, values);
    }

    private static BytesVector strings(String... values) {
        BytesVector vector = new BytesVector(DataType.STRING, values.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                vector.setNull(i);
            } else {
                vector.set(i, values[i].getBytes(StandardCharsets.UTF_8));
            }
        }
        return vector;
    }

    private static ColumnBatch batch(int rows, ColumnVector... columns) {
        return ColumnBatch.dense(columns, rows);
    }

    @Test
    void cutsBatchesToTheSizesAskedFor() {
        RowEncoder encoder =
                encoder(
                        List.of(DataType.INT),
                        batch(3, ints(1, 2, 3)),
                        batch(0, ints()),
                        batch(2, ints(4, 5)));
        assertThat(((IntColumn) encoder.next(2).column(0)).values()).containsExactly(1, 2);
        RowSet second = encoder.next(2);
        assertThat(second.startRow()).isEqualTo(2);
        assertThat(((IntColumn) second.column(0)).values()).containsExactly(3, 4);
        assertThat(encoder.next(2).rowCount()).isEqualTo(1);
        assertThat(encoder.next(2).isEmpty()).isTrue();
        assertThat(encoder.next(2).isEmpty()).isTrue();
        assertThat(encoder.rowsBefore()).isEqualTo(5);
    }

    @Test
    void readsSelectedRowsOfEveryEncoding() {
        LongVector flat = ints(10, 11, 12, 13);
        flat.setNull(2);
        ColumnVector constant = new ConstantVector(strings("c"));
        ColumnVector missing = new ConstantVector(strings((String) null));
        ColumnVector dictionary =
                new DictionaryVector(strings("x", null, "z"), 3, new int[] {0, 1, 2, -1}, true);
        ColumnVector nothing = new VoidVector(4);
        ColumnBatch batch =
                new ColumnBatch(
                        new ColumnVector[] {flat, constant, missing, dictionary, nothing},
                        Selection.of(new int[] {1, 2, 3}, 3));
        RowSet rows =
                encoder(
                                List.of(
                                        DataType.INT,
                                        DataType.STRING,
                                        DataType.STRING,
                                        DataType.STRING,
                                        DataType.VOID),
                                batch)
                        .next(100);
        assertThat(rows.rowCount()).isEqualTo(3);
        assertThat(((IntColumn) rows.column(0)).value(0)).isEqualTo(11);
        assertThat(rows.column(0).isNull(1)).isTrue();
        assertThat(((IntColumn) rows.column(0)).value(2)).isEqualTo(13);
        assertThat(((StringColumn) rows.column(1)).value(2)).isEqualTo("c");
        assertThat(rows.column(2).isNull(0)).isTrue();
        assertThat(rows.column(3).isNull(0)).isTrue();
        assertThat(((StringColumn) rows.column(3)).value(1)).isEqualTo("z");
        assertThat(rows.column(3).isNull(2)).isTrue();
        assertThat(rows.column(4).isNull(0)).isTrue();
    }

    @Test
    void sendsAFloatAsTheDoubleOfItsShortestText() {
        DoubleVector floats =
                new DoubleVector(
                        DataType.FLOAT,
                        new double[] {0.1f, 3.4028235e38f, Float.NaN, -0.0f, 1.4e-45f});
        RowSet rows = encoder(List.of(DataType.FLOAT), batch(5, floats)).next(9);
        assertThat(((DoubleColumn) rows.column(0)).values())
                .containsExactly(0.1, 3.4028235e38, Double.NaN, -0.0, 1.4e-45);
    }

    @Test
    void sendsBinaryAsBytes() {
        BytesVector binary = new BytesVector(DataType.BINARY, 2);
        binary.set(0, new byte[] {0, (byte) 0xff});
        binary.setNull(1);
        RowSet rows = encoder(List.of(DataType.BINARY), batch(2, binary)).next(9);
        assertThat(((BinaryColumn) rows.column(0)).copy(0)).containsExactly(0, 0xff);
        assertThat(rows.column(0).isNull(1)).isTrue();
    }

    @Test
    void endsARowSetEarlyWhenTextsAreLong() {
        byte[] megabyte = new byte[1 << 20];
        BytesVector texts = new BytesVector(DataType.STRING, 512);
        texts.set(0, megabyte);
        for (int i = 0; i < 512; i++) {
            texts.starts()[i] = 0;
            texts.lengths()[i] = 100_000;
        }
        RowEncoder encoder = encoder(List.of(DataType.STRING), batch(512, texts));
        assertThat(encoder.next(1_000).rowCount()).isEqualTo(256);
        assertThat(encoder.next(1_000).rowCount()).isEqualTo(256);
        assertThat(encoder.next(1_000).isEmpty()).isTrue();
    }
}
