package org.skep.executor.local;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.NanoTime;

/** Random rows with NULLs and many equal values. */
final class RandomRows {
    private final Random random;

    RandomRows(long seed) {
        random = new Random(seed);
    }

    List<List<Object>> make(List<DataType> types, int count, int range) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object[] row = new Object[types.size()];
            for (int column = 0; column < row.length; column++) {
                row[column] = random.nextInt(8) == 0 ? null : value(types.get(column), range);
            }
            rows.add(Arrays.asList(row));
        }
        return rows;
    }

    private Object value(DataType type, int range) {
        int number = random.nextInt(range) - range / 2;
        return switch (type.kind()) {
            case BOOLEAN -> number > 0;
            case DOUBLE -> number / 4.0;
            case DECIMAL -> BigDecimal.valueOf(number, ((DecimalType) type).scale());
            case STRING -> number % 5 == 0 ? "" : "text" + "x".repeat(number & 7) + number;
            case TIMESTAMP -> new NanoTime(number, (short) (number & 1));
            default -> (long) number;
        };
    }
}
