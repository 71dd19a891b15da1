package org.skep.functions.call;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.ListType;
import org.skep.types.NanoTime;
import org.skep.types.StructType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;

/** Random values of any type and vectors of them. */
public final class RandomData {
    private static final String[] PIECES = {
        "a", "b", "Z", "0", " ", "\u00e9", "\u20ac", "\ud83d\ude00", "-", "."
    };

    private final Random random;

    /** Values that follow from the seed, which is printed. */
    public RandomData(String test, long seed) {
        System.out.println(test + ": seed " + seed);
        random = new Random(seed);
    }

    /** The source of chance. */
    public Random random() {
        return random;
    }

    /** A value of the class that {@link Datum} names, never null. */
    public Object value(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (long) (byte) random.nextInt();
            case SMALLINT -> (long) (short) random.nextInt();
            case INT, DATE, INTERVAL_YEAR_MONTH -> (long) random.nextInt(200) - 100;
            case BIGINT -> random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(1000) - 500;
            case FLOAT -> (double) (float) random.nextGaussian();
            case DOUBLE -> random.nextGaussian() * 100;
            case DECIMAL -> decimal((DecimalType) type);
            case STRING, VARCHAR, CHAR -> text(12);
            case BINARY -> Datum.Bytes.of(bytes());
            case TIMESTAMP, TIMESTAMP_LOCAL_TZ, INTERVAL_DAY_TIME ->
                    new NanoTime(random.nextInt(1000), (short) random.nextInt(3));
            case ARRAY -> values(((ListType) type).element(), random.nextInt(4), 0.2);
            case STRUCT ->
                    ((StructType) type)
                            .fields().stream().map(field -> value(field.type())).toList();
            case MAP, UNION, VOID -> throw new IllegalArgumentException(type.typeName());
        };
    }

    /** A text of up to {@code most} characters, some of them longer than a byte. */
    public String text(int most) {
        StringBuilder text = new StringBuilder();
        boolean ascii = random.nextBoolean();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(PIECES[random.nextInt(ascii ? 5 : PIECES.length)]);
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }

    private BigDecimal decimal(DecimalType type) {
        BigInteger limit = BigInteger.TEN.pow(random.nextInt(type.precision() + 1));
        BigInteger unscaled = new BigInteger(limit.bitLength() + 8, random).mod(limit);
        return new BigDecimal(random.nextBoolean() ? unscaled.negate() : unscaled, type.scale());
    }

    /** Values of which about a share is null. */
    public List<Object> values(DataType type, int count, double nullShare) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(random.nextDouble() < nullShare ? null : value(type));
        }
        return values;
    }

    /** A flat vector of values. */
    public static ColumnVector vector(DataType type, List<?> values) {
        ColumnVector vector = ColumnVector.create(type, Math.max(1, values.size()));
        for (int i = 0; i < values.size(); i++) {
            DatumVector.write(vector, i, values.get(i));
        }
        return vector;
    }

    /** The values of a vector at positions 0 to {@code count - 1}. */
    public static List<Object> values(ColumnVector vector, int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(DatumVector.read(vector, i).value());
        }
        return values;
    }
}
