package org.skep.columnar.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.NanoTime;
import org.skep.types.StructType;
import org.skep.types.UnionType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;

/** Random values of all types, and batches of them. Confined to one thread. */
public final class RandomRows {
    private final Random random;
    private final double nullShare;
    private final int distinct;

    /** Values of which a share is NULL and, within a column, about {@code distinct} differ. */
    public RandomRows(long seed, double nullShare, int distinct) {
        random = new Random(seed);
        this.nullShare = nullShare;
        this.distinct = distinct;
    }

    /** So many rows. */
    public List<List<Object>> rows(TableLayout layout, int count) {
        List<List<Object>> pools = new ArrayList<>();
        for (TableLayout.Column column : layout.columns()) {
            List<Object> pool = new ArrayList<>();
            for (int i = 0; i < Math.min(distinct, count); i++) {
                pool.add(value(column.type()));
            }
            pools.add(pool);
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Object> row = new ArrayList<>();
            for (List<Object> pool : pools) {
                row.add(missing() ? null : pool.get(random.nextInt(pool.size())));
            }
            rows.add(row);
        }
        return rows;
    }

    private boolean missing() {
        return nullShare > 0 && random.nextDouble() < nullShare;
    }

    private Object nullable(DataType type) {
        return missing() ? null : value(type);
    }

    private Object value(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (long) (byte) random.nextInt();
            case SMALLINT -> (long) (short) random.nextInt();
            case INT -> (long) random.nextInt();
            case BIGINT -> random.nextLong();
            case DATE -> (long) random.nextInt(3_000_000) - 700_000;
            case FLOAT -> (double) (random.nextInt(10) == 0 ? Float.NaN : random.nextFloat());
            case DOUBLE -> random.nextInt(10) == 0 ? -0.0 : random.nextGaussian();
            case DECIMAL -> decimal((DecimalType) type);
            case STRING -> text(random.nextInt(30));
            case VARCHAR, CHAR -> text(3);
            case BINARY -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield Datum.Bytes.of(bytes);
            }
            case TIMESTAMP ->
                    new NanoTime(
                            (long) (random.nextGaussian() * 1e15), (short) random.nextInt(1000));
            case TIMESTAMP_LOCAL_TZ ->
                    new NanoTime((long) (random.nextGaussian() * 1e15), (short) 0);
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(nullable(((ListType) type).element()));
                }
                yield items;
            }
            case MAP -> {
                MapType map = (MapType) type;
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(new Datum.MapEntry(value(map.key()), nullable(map.value())));
                }
                yield items;
            }
            case STRUCT -> {
                List<Object> items = new ArrayList<>();
                for (StructType.Field field : ((StructType) type).fields()) {
                    items.add(nullable(field.type()));
                }
                yield items;
            }
            case UNION -> {
                List<DataType> alternatives = ((UnionType) type).alternatives();
                int tag = random.nextInt(alternatives.size());
                List<Object> items = new ArrayList<>();
                items.add((long) tag);
                items.add(nullable(alternatives.get(tag)));
                yield items;
            }
            case VOID, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                    throw new IllegalArgumentException(type.typeName());
        };
    }

    private BigDecimal decimal(DecimalType type) {
        BigInteger most = BigInteger.TEN.pow(type.precision());
        BigInteger unscaled = new BigInteger(most.bitLength() + 8, random).mod(most);
        if (random.nextInt(3) == 0) {
            unscaled = unscaled.mod(BigInteger.valueOf(1000));
        }
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(8) == 0 ? 'ü' : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** Some of the rows as a batch. */
    public static ColumnBatch batch(TableLayout layout, List<List<Object>> rows) {
        ColumnVector[] vectors = new ColumnVector[layout.columns().size()];
        for (int c = 0; c < vectors.length; c++) {
            vectors[c] = ColumnVector.create(layout.columns().get(c).type(), rows.size());
            for (int i = 0; i < rows.size(); i++) {
                DatumVector.write(vectors[c], i, rows.get(i).get(c));
            }
        }
        return ColumnBatch.dense(vectors, rows.size());
    }
}
