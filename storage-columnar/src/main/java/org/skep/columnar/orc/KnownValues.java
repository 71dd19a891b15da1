package org.skep.columnar.orc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.hive.common.type.HiveDecimal;
import org.apache.orc.BinaryColumnStatistics;
import org.apache.orc.ColumnStatistics;
import org.apache.orc.DateColumnStatistics;
import org.apache.orc.DecimalColumnStatistics;
import org.apache.orc.DoubleColumnStatistics;
import org.apache.orc.IntegerColumnStatistics;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.StringColumnStatistics;
import org.apache.orc.TimestampColumnStatistics;
import org.apache.orc.TypeDescription;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.NanoTime;

/**
 * What statistics tell of a column, in the type in which the table wants it. Immutable.
 *
 * @param min a value that none is below, or null
 * @param max a value that none is above, or null
 * @param nullCount how many are NULL, -1 if values may become NULL by being cast
 * @param averageBytes of characters and binary, else -1
 */
record KnownValues(Datum min, Datum max, long nullCount, double averageBytes) {
    private static final long MICROS_A_MILLI = 1_000;

    /** Reads the statistics of one column below the root. */
    static KnownValues of(
            Reader reader,
            TypeDescription type,
            ColumnStatistics known,
            long rows,
            DataType wanted) {
        long values = known.getNumberOfValues();
        if (!OrcTypes.of(wanted).equals(type, false)) {
            return new KnownValues(null, null, -1, -1);
        }
        long nulls = values <= rows ? rows - values : -1;
        double width = -1;
        Object min = null;
        Object max = null;
        if (values == 0) {
            return new KnownValues(null, null, nulls, width);
        }
        if (known instanceof IntegerColumnStatistics integers) {
            min = integers.getMinimum();
            max = integers.getMaximum();
        } else if (known instanceof DoubleColumnStatistics doubles) {
            // The greatest is not known: NaN is above all, and statistics leave it out.
            min = Double.isNaN(doubles.getMinimum()) ? null : doubles.getMinimum();
        } else if (known instanceof StringColumnStatistics strings) {
            width = averageBytes(strings.getSum(), values);
            if (type.getCategory() != TypeDescription.Category.CHAR) {
                min = strings.getLowerBound();
                max = strings.getUpperBound();
            }
        } else if (known instanceof BinaryColumnStatistics bytes) {
            width = averageBytes(bytes.getSum(), values);
        } else if (known instanceof DecimalColumnStatistics decimals) {
            min = decimal(decimals.getMinimum());
            max = decimal(decimals.getMaximum());
        } else if (known instanceof DateColumnStatistics dates) {
            min = dates.getMinimumDayOfEpoch();
            max = dates.getMaximumDayOfEpoch();
        } else if (known instanceof TimestampColumnStatistics times
                && reader.getWriterVersion().includes(OrcFile.WriterVersion.ORC_135)
                && times.getMinimumUTC() != null
                && times.getMaximumUTC() != null) {
            // Writers differ in what they keep below the millisecond.
            min = new NanoTime(times.getMinimumUTC().getTime() * MICROS_A_MILLI, (short) 0);
            max =
                    new NanoTime(
                            times.getMaximumUTC().getTime() * MICROS_A_MILLI + MICROS_A_MILLI - 1,
                            (short) 999);
        }
        boolean bounded = min != null && (max != null || known instanceof DoubleColumnStatistics);
        return new KnownValues(
                bounded ? new Datum(wanted, min) : null,
                bounded && max != null ? new Datum(wanted, max) : null,
                nulls,
                width);
    }

    private static double averageBytes(long sum, long values) {
        return sum > 0 ? (double) sum / values : -1;
    }

    private static BigDecimal decimal(HiveDecimal value) {
        return value == null ? null : value.bigDecimalValue();
    }

    /** The order of two values of one class, as the type orders them. */
    static int compare(Datum left, Datum right) {
        if (left.value() instanceof String text) {
            return Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8),
                    ((String) right.value()).getBytes(StandardCharsets.UTF_8));
        }
        if (left.value() instanceof Long number) {
            return number.compareTo((Long) right.value());
        }
        if (left.value() instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) right.value());
        }
        if (left.value() instanceof NanoTime time) {
            return time.compareTo((NanoTime) right.value());
        }
        double a = (Double) left.value();
        double b = (Double) right.value();
        // Zeros of both signs are equal.
        return a == b ? 0 : Double.compare(a, b);
    }
}
