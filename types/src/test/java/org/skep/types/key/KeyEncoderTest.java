package org.skep.types.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.NanoTime;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.Selection;

/** Tests that the order of keys is the order of rows. */
final class KeyEncoderTest {
    private static final List<DataType> TYPES =
            List.of(
                    DataType.BOOLEAN,
                    DataType.BIGINT,
                    DataType.DOUBLE,
                    new DecimalType(18, 2),
                    new DecimalType(38, 2),
                    DataType.STRING,
                    DataType.TIMESTAMP,
                    DataType.parse("array<string>"));

    private static Object value(DataType type, Random random) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case BIGINT ->
                    random.nextInt(3) == 0
                            ? (Object) random.nextLong()
                            : (Object) (long) (random.nextInt(5) - 2);
            case DOUBLE -> (random.nextInt(9) - 4) * Math.pow(10, random.nextInt(9) - 4) + 0.0;
            case DECIMAL ->
                    new BigDecimal(
                            new BigInteger(random.nextInt(50), random)
                                    .subtract(BigInteger.valueOf(1L << 30)),
                            2);
            case STRING -> text(random);
            case TIMESTAMP -> new NanoTime(random.nextInt(5) - 2, (short) random.nextInt(3));
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    list.add(text(random));
                }
                yield list;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append("\0\1a\u00ff\uffee".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        if (left instanceof String l) {
            return Arrays.compareUnsigned(
                    l.getBytes(StandardCharsets.UTF_8),
                    ((String) right).getBytes(StandardCharsets.UTF_8));
        }
        if (left instanceof List<?> l) {
            List<?> r = (List<?>) right;
            for (int i = 0; i < Math.min(l.size(), r.size()); i++) {
                int comparison = compare(l.get(i), r.get(i));
                if (comparison != 0) {
                    return comparison;
                }
            }
            return Integer.compare(l.size(), r.size());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    @Test
    void ordersKeysAsRows() {
        for (int run = 0; run < 60; run++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            int columns = 1 + random.nextInt(3);
            List<DataType> types = new ArrayList<>();
            boolean[] descending = new boolean[columns];
            boolean[] nullsFirst = new boolean[columns];
            ColumnVector[] vectors = new ColumnVector[columns];
            int rows = 40;
            Object[][] values = new Object[columns][rows];
            for (int i = 0; i < columns; i++) {
                types.add(TYPES.get(random.nextInt(TYPES.size())));
                descending[i] = random.nextBoolean();
                nullsFirst[i] = random.nextBoolean();
                vectors[i] = ColumnVector.create(types.get(i), rows);
                for (int row = 0; row < rows; row++) {
                    values[i][row] = value(types.get(i), random);
                    DatumVector.write(vectors[i], row, values[i][row]);
                }
            }
            EncodedKeys keys = new EncodedKeys();
            KeyEncoder encoder = new KeyEncoder(types, descending, nullsFirst);
            encoder.encode(vectors, Selection.all(rows), keys);
            for (int left = 0; left < rows; left++) {
                for (int right = 0; right < rows; right++) {
                    int expected = 0;
                    for (int i = 0; i < columns && expected == 0; i++) {
                        Object l = values[i][left];
                        Object r = values[i][right];
                        if (l == null || r == null) {
                            expected = l == r ? 0 : (l == null) == nullsFirst[i] ? -1 : 1;
                        } else {
                            expected = descending[i] ? -compare(l, r) : compare(l, r);
                        }
                    }
                    assertThat(Integer.signum(keys.compare(left, right)))
                            .as("seed %d, %s", seed, types)
                            .isEqualTo(Integer.signum(expected));
                }
            }
        }
    }

    @Test
    void holdsZerosEqualAndNaNGreatest() {
        double[] ordered = {
            Double.NEGATIVE_INFINITY,
            -1,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            1e300,
            Double.POSITIVE_INFINITY,
            Double.NaN
        };
        EncodedKeys keys = new EncodedKeys();
        KeyEncoder.ascending(List.of(DataType.DOUBLE))
                .encode(
                        new ColumnVector[] {new DoubleVector(DataType.DOUBLE, ordered)},
                        Selection.all(ordered.length),
                        keys);
        for (int i = 1; i < ordered.length; i++) {
            assertThat(Integer.signum(keys.compare(i - 1, i))).isEqualTo(i == 3 ? 0 : -1);
        }
    }
}
