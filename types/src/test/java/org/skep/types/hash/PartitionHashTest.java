package org.skep.types.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/** Tests that the hash depends on values alone and never changes. */
final class PartitionHashTest {
    private static long hash(ColumnVector vector, int row) {
        long[] hashes = new long[1];
        PartitionHash.hash(
                new ColumnVector[] {vector}, List.of(0), Selection.of(new int[] {row}, 1), hashes);
        return hashes[0];
    }

    private static ColumnVector one(DataType type, Object value) {
        ColumnVector vector = ColumnVector.create(type, 1);
        DatumVector.write(vector, 0, value);
        return vector;
    }

    @Test
    void dependsOnTheValueAndNotOnItsEncoding() {
        for (Datum datum :
                List.of(
                        Datum.ofLong(42),
                        Datum.ofString("forty-two and more"),
                        Datum.ofDouble(4.2),
                        new Datum(new DecimalType(38, 1), new BigDecimal("4.2")),
                        Datum.nullOf(DataType.STRING))) {
            ColumnVector flat = one(datum.type(), datum.value());
            long expected = hash(flat, 0);
            assertThat(hash(new ConstantVector(flat), 5)).isEqualTo(expected);
            assertThat(hash(new DictionaryVector(flat, 1, new int[] {0, 0}, false), 1))
                    .isEqualTo(expected);
        }
        ColumnVector some = one(DataType.STRING, "x");
        ColumnVector none = one(DataType.STRING, null);
        assertThat(hash(new DictionaryVector(some, 1, new int[] {-1}, true), 0))
                .isEqualTo(hash(none, 0));
    }

    @Test
    void doesNotDependOnTheLaneOfADecimal() {
        DecimalVector narrow =
                (DecimalVector) one(new DecimalType(38, 2), new BigDecimal("-12.34"));
        long expected = hash(narrow, 0);
        narrow.widen();
        assertThat(hash(narrow, 0)).isEqualTo(expected);
    }

    @Test
    void holdsZerosEqual() {
        assertThat(hash(one(DataType.DOUBLE, -0.0), 0))
                .isEqualTo(hash(one(DataType.DOUBLE, 0.0), 0));
    }

    @Test
    void neverChanges() {
        assertThat(hash(one(DataType.BIGINT, 1L), 0)).isEqualTo(-8872195230492561312L);
        assertThat(hash(one(DataType.STRING, "hive"), 0)).isEqualTo(-6301853410029873975L);
        assertThat(hash(one(DataType.STRING, null), 0)).isEqualTo(2380535500458365710L);
    }
}
