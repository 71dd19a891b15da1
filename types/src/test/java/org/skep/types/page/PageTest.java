package org.skep.types.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.NanoTime;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** Tests that pages keep batches, and tell when they were damaged. */
final class PageTest {
    private static final List<DataType> TYPES =
            List.of(
                    DataType.BOOLEAN,
                    DataType.BIGINT,
                    DataType.DOUBLE,
                    new DecimalType(10, 2),
                    new DecimalType(38, 4),
                    DataType.STRING,
                    DataType.TIMESTAMP,
                    DataType.BINARY,
                    DataType.VOID,
                    DataType.parse("array<array<int>>"),
                    DataType.parse("map<string,double>"),
                    DataType.parse("struct<a:int,b:array<string>>"));

    private static Object value(DataType type, Random random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        return switch (type.typeName()) {
            case "boolean" -> random.nextBoolean();
            case "bigint", "int" -> random.nextLong();
            case "double" -> random.nextDouble();
            case "decimal(10,2)" -> BigDecimal.valueOf(random.nextInt(), 2);
            case "decimal(38,4)" ->
                    new BigDecimal(new java.math.BigInteger(100, random), 4).negate();
            case "string" -> "text " + random.nextInt(50);
            case "timestamp" -> new NanoTime(random.nextLong(), (short) random.nextInt(1000));
            case "binary" -> Datum.Bytes.of(new byte[] {0, (byte) random.nextInt(), 3});
            case "void" -> null;
            case "array<array<int>>" ->
                    Arrays.asList(Arrays.asList(1L, null), null, List.of(random.nextLong()));
            case "map<string,double>" ->
                    List.of(
                            new Datum.MapEntry("k", random.nextDouble()),
                            new Datum.MapEntry("l", null));
            default -> Arrays.asList((long) random.nextInt(), Arrays.asList("x", null));
        };
    }

    private static ColumnBatch batch(int rows, Random random) {
        ColumnVector[] columns = new ColumnVector[TYPES.size()];
        for (int i = 0; i < columns.length; i++) {
            int encoding = random.nextInt(3);
            ColumnVector flat = ColumnVector.create(TYPES.get(i), Math.max(rows, 3));
            for (int row = 0; row < Math.max(rows, 3); row++) {
                DatumVector.write(flat, row, value(TYPES.get(i), random));
            }
            columns[i] = flat;
            if (encoding == 1) {
                columns[i] = new ConstantVector(flat);
            } else if (encoding == 2) {
                int[] ids = new int[rows];
                for (int row = 0; row < rows; row++) {
                    ids[row] = random.nextInt(4) - 1;
                }
                columns[i] = new DictionaryVector(flat, 3, ids, true);
            }
        }
        boolean[] chosen = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            chosen[row] = random.nextInt(3) > 0;
        }
        return new ColumnBatch(columns, Selection.all(rows).where(chosen, true));
    }

    @Test
    void keepsBatchesOfAllKinds() {
        for (int run = 0; run < 200; run++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            ColumnBatch batch = batch(random.nextInt(40), random);
            PageWriter.Compression compression =
                    random.nextBoolean()
                            ? PageWriter.Compression.NONE
                            : PageWriter.Compression.DEFLATE;
            byte[] page = new PageWriter(compression).write(batch);
            assertThat(PageReader.pageBytes(page)).isEqualTo(page.length);
            ColumnBatch copy = new PageReader(TYPES).read(page);
            assertThat(copy.rowCount()).isEqualTo(batch.rowCount());
            for (int i = 0; i < TYPES.size(); i++) {
                List<Datum> expected = new ArrayList<>();
                List<Datum> found = new ArrayList<>();
                for (int k = 0; k < batch.rowCount(); k++) {
                    expected.add(DatumVector.read(batch.column(i), batch.selection().position(k)));
                    found.add(DatumVector.read(copy.column(i), k));
                }
                assertThat(found).as("seed %d, %s", seed, TYPES.get(i)).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesPagesWithAFlippedBit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] page = new PageWriter(PageWriter.Compression.NONE).write(batch(30, random));
        for (int i = 0; i < 300; i++) {
            byte[] damaged = page.clone();
            int bit = random.nextInt(page.length * 8);
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> new PageReader(TYPES).read(damaged))
                    .as("seed %d, bit %d", seed, bit)
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e ->
                                    assertThat(e.code())
                                            .isIn(
                                                    ErrorCode.CORRUPT_FILE,
                                                    ErrorCode.FORMAT_TOO_NEW));
        }
        assertThatThrownBy(() -> new PageReader(TYPES).read(Arrays.copyOf(page, page.length - 1)))
                .isInstanceOf(SkepException.class);
    }

    @Test
    void refusesPagesOfANewerVersion() {
        byte[] page =
                new PageWriter(PageWriter.Compression.NONE)
                        .write(ColumnBatch.dense(new ColumnVector[0], 3));
        page[4] = 2;
        assertThatThrownBy(() -> new PageReader(List.of()).read(page))
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_TOO_NEW));
    }
}
