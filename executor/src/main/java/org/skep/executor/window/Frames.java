package org.skep.executor.window;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowFrame;
import org.skep.plan.node.WindowFrame.Bound;
import org.skep.types.Datum;
import org.skep.types.NanoTime;
import org.skep.types.TypeKind;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DatumVector;

/**
 * The frames of a partition's rows: which rows, from {@link #start} to before {@link #end}, each
 * row sees. Confined to one thread.
 *
 * <p>Distances in values are reckoned with decimals, one object a row: such frames are rare.
 */
final class Frames {
    private static final BigDecimal MICROS_A_DAY = BigDecimal.valueOf(86_400_000_000L);

    private final WindowPartition partition;
    private final WindowFrame frame;
    private BigDecimal[] values;
    private int firstValue;
    private int endOfValues;
    private TypeKind kind;
    private boolean descending;

    Frames(WindowPartition partition, WindowFrame frame) {
        this.partition = partition;
        this.frame = frame;
        if (!frame.rows() && (frame.start().offset() != null || frame.end().offset() != null)) {
            readValues();
        }
    }

    private void readValues() {
        if (partition.order().size() != 1) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    "Window frame by range with a distance must have one ordering column");
        }
        SortKey key = partition.order().get(0);
        ColumnVector column = partition.column(key.column());
        kind = column.type().kind();
        descending = key.descending();
        values = new BigDecimal[partition.size()];
        firstValue = partition.end();
        endOfValues = partition.end();
        for (int row = partition.start(); row < partition.end(); row++) {
            Object value = DatumVector.read(column, row).value();
            boolean valued = value != null && !isNotFinite(value);
            if (valued) {
                values[row - partition.start()] = number(value);
                firstValue = Math.min(firstValue, row);
            } else if (firstValue < row) {
                endOfValues = Math.min(endOfValues, row);
            }
        }
    }

    private static boolean isNotFinite(Object value) {
        return value instanceof Double number && (number.isNaN() || number.isInfinite());
    }

    private static BigDecimal number(Object value) {
        if (value instanceof Long number) {
            return BigDecimal.valueOf(number);
        }
        if (value instanceof Double number) {
            return new BigDecimal(number);
        }
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof NanoTime time) {
            return BigDecimal.valueOf(time.micros()).add(BigDecimal.valueOf(time.nanos(), 3));
        }
        throw new SkepException(
                ErrorCode.SEMANTIC_ERROR,
                "Window frame by range with a distance must order by numbers or times");
    }

    /** The first row that {@code row} sees. */
    int start(int row) {
        Bound bound = frame.start();
        int found =
                switch (bound.kind()) {
                    case UNBOUNDED_PRECEDING -> partition.start();
                    case UNBOUNDED_FOLLOWING -> partition.end();
                    case CURRENT_ROW -> frame.rows() ? row : partition.peerStart(row);
                    case PRECEDING ->
                            frame.rows() ? rowsAway(row, bound, -1) : far(row, bound, true);
                    case FOLLOWING ->
                            frame.rows() ? rowsAway(row, bound, 1) : far(row, bound, true);
                };
        return Math.max(partition.start(), Math.min(found, partition.end()));
    }

    /** One past the last row that {@code row} sees; not below {@link #start}. */
    int end(int row) {
        Bound bound = frame.end();
        int found =
                switch (bound.kind()) {
                    case UNBOUNDED_PRECEDING -> partition.start();
                    case UNBOUNDED_FOLLOWING -> partition.end();
                    case CURRENT_ROW -> frame.rows() ? row + 1 : partition.peerEnd(row);
                    case PRECEDING ->
                            frame.rows() ? rowsAway(row, bound, -1) + 1 : far(row, bound, false);
                    case FOLLOWING ->
                            frame.rows() ? rowsAway(row, bound, 1) + 1 : far(row, bound, false);
                };
        return Math.max(start(row), Math.min(found, partition.end()));
    }

    private int rowsAway(int row, Bound bound, int direction) {
        long distance = number(bound.offset().value()).longValue();
        long target = row + direction * Math.min(distance, Integer.MAX_VALUE);
        return (int) Math.max(-1, Math.min(target, Integer.MAX_VALUE - 8));
    }

    /**
     * Going back, the first row no farther than the bound; going on, the first row farther. As in
     * Hive both hold for either end of a frame, so that a frame that ends before the current row,
     * or begins after it, leaves out rows at exactly the distance. Rows with NULL keys are farther
     * than any distance from the others.
     */
    private int far(int row, Bound bound, boolean asStart) {
        boolean back = bound.kind() == WindowFrame.BoundKind.PRECEDING;
        BigDecimal value = values[row - partition.start()];
        if (value == null) {
            return farFromNull(row, back, asStart);
        }
        int low = back ? firstValue : row;
        int high = back ? row : endOfValues;
        while (low < high) {
            int middle = (low + high) >>> 1;
            BigDecimal other = values[middle - partition.start()];
            boolean farther =
                    back != descending
                            ? isFarther(other, value, bound.offset())
                            : isFarther(value, other, bound.offset());
            if (farther == back) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int farFromNull(int row, boolean back, boolean asStart) {
        SortKey key = partition.order().get(0);
        boolean toEnd = descending || !key.nullsFirst();
        if (back && asStart) {
            return partition.peerStart(row);
        }
        if (toEnd) {
            return partition.end();
        }
        return back ? partition.start() : partition.peerEnd(row);
    }

    /** Whether {@code high} is more than the distance above {@code low}. */
    private boolean isFarther(BigDecimal low, BigDecimal high, Datum offset) {
        TypeKind offsetKind = offset.type().kind();
        if (offsetKind == TypeKind.INTERVAL_YEAR_MONTH && kind.isDateTime()) {
            return high.compareTo(movedByMonths(low, (Long) offset.value())) > 0;
        }
        BigDecimal distance = number(offset.value());
        if (offsetKind == TypeKind.INTERVAL_DAY_TIME) {
            BigDecimal between = high.subtract(low);
            if (kind == TypeKind.DATE) {
                between = between.multiply(MICROS_A_DAY);
            }
            return between.compareTo(distance) > 0;
        }
        if (kind.isDateTime() && kind != TypeKind.DATE) {
            // A bare number is days between dates, whole seconds between points of time.
            return seconds(high).subtract(seconds(low)).compareTo(distance) > 0;
        }
        BigDecimal between = high.subtract(low);
        if (kind == TypeKind.DECIMAL) {
            between = between.setScale(Math.max(0, distance.scale()), RoundingMode.DOWN);
        }
        return between.compareTo(distance) > 0;
    }

    private static BigDecimal seconds(BigDecimal micros) {
        return micros.movePointLeft(6).setScale(0, RoundingMode.FLOOR);
    }

    private BigDecimal movedByMonths(BigDecimal value, long months) {
        if (kind == TypeKind.DATE) {
            return BigDecimal.valueOf(
                    LocalDate.ofEpochDay(value.longValue()).plusMonths(months).toEpochDay());
        }
        long micros = value.setScale(0, RoundingMode.FLOOR).longValue();
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
        long seconds = time.plusMonths(months).toEpochSecond(ZoneOffset.UTC);
        BigDecimal below =
                value.subtract(BigDecimal.valueOf(Math.floorDiv(micros, 1_000_000L) * 1_000_000L));
        return BigDecimal.valueOf(seconds).multiply(BigDecimal.valueOf(1_000_000)).add(below);
    }
}
