package org.skep.columnar.orc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.Decimal64ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DecimalColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MultiValuedColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.UnionColumnVector;
import org.apache.hadoop.hive.serde2.io.HiveDecimalWritable;
import org.apache.orc.TypeDescription;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/** Copies values from the library's vectors into ours. Confined to one thread. */
final class ValueReader {
    private static final long MICROS = 1_000_000;

    private final ZoneId zone;

    /** A reader that turns instants into local times of a zone and back where that is wanted. */
    ValueReader(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Copies some values to positions of a flat vector that has room for them.
     *
     * @param type what the library read them as
     * @param sources positions to copy from; null for 0, 1, 2, …
     * @param targets positions to copy to; null for 0, 1, 2, …
     */
    void copy(
            ColumnVector from,
            TypeDescription type,
            org.skep.types.vector.ColumnVector to,
            int[] sources,
            int[] targets,
            int count) {
        Rows rows = new Rows(from, sources, targets, count);
        if (!from.noNulls) {
            for (int i = 0; i < count; i++) {
                if (rows.isNull(i)) {
                    to.setNull(rows.target(i));
                }
            }
        }
        if (to instanceof BooleanVector booleans) {
            long[] values = ((LongColumnVector) from).vector;
            for (int i = 0; i < count; i++) {
                booleans.values()[rows.target(i)] = values[rows.source(i)] != 0;
            }
        } else if (to instanceof LongVector longs) {
            copyLongs(from, type, longs, rows);
        } else if (to instanceof DoubleVector doubles) {
            double[] values = ((DoubleColumnVector) from).vector;
            for (int i = 0; i < count; i++) {
                doubles.values()[rows.target(i)] = values[rows.source(i)];
            }
        } else if (to instanceof DecimalVector decimals) {
            copyDecimals(from, decimals, rows);
        } else if (to instanceof BytesVector bytes) {
            BytesColumnVector values = (BytesColumnVector) from;
            for (int i = 0; i < count; i++) {
                if (!rows.isNull(i)) {
                    int s = rows.source(i);
                    bytes.set(rows.target(i), values.vector[s], values.start[s], values.length[s]);
                }
            }
        } else {
            copyNested(from, type, to, rows);
        }
    }

    private void copyLongs(ColumnVector from, TypeDescription type, LongVector to, Rows rows) {
        if (from instanceof TimestampColumnVector times) {
            copyTimes(times, type, to, rows);
            return;
        }
        long[] values = ((LongColumnVector) from).vector;
        if (rows.dense()) {
            System.arraycopy(values, 0, to.values(), 0, rows.count);
            return;
        }
        for (int i = 0; i < rows.count; i++) {
            to.values()[rows.target(i)] = values[rows.source(i)];
        }
    }

    private void copyTimes(
            TimestampColumnVector from, TypeDescription type, LongVector to, Rows rows) {
        boolean instant = type.getCategory() == TypeDescription.Category.TIMESTAMP_INSTANT;
        boolean toLocal = instant && to.type().kind() == TypeKind.TIMESTAMP;
        boolean toInstant = !instant && to.type().kind() == TypeKind.TIMESTAMP_LOCAL_TZ;
        for (int i = 0; i < rows.count; i++) {
            if (rows.isNull(i)) {
                continue;
            }
            int s = rows.source(i);
            long seconds = Math.floorDiv(from.time[s], 1_000L);
            if (toLocal) {
                seconds +=
                        zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
            } else if (toInstant) {
                seconds =
                        LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC)
                                .atZone(zone)
                                .toEpochSecond();
            }
            int nanos = from.nanos[s];
            if (nanos < 0 || nanos >= 1_000_000_000) {
                throw new IllegalArgumentException("a timestamp of %d ns".formatted(nanos));
            }
            to.set(rows.target(i), seconds * MICROS + nanos / 1_000, nanos % 1_000);
        }
    }

    private static void copyDecimals(ColumnVector from, DecimalVector to, Rows rows) {
        DecimalType type = (DecimalType) to.type();
        if (from instanceof Decimal64ColumnVector values && values.scale == type.scale()) {
            long most = BigInteger.TEN.pow(type.precision()).longValueExact() - 1;
            for (int i = 0; i < rows.count; i++) {
                long value = values.vector[rows.source(i)];
                if (value < -most || value > most) {
                    value = 0;
                    to.setNull(rows.target(i));
                }
                to.set(rows.target(i), value);
            }
            if (rows.targets == null) {
                to.setBound(most);
            }
            return;
        }
        for (int i = 0; i < rows.count; i++) {
            if (rows.isNull(i)) {
                continue;
            }
            BigDecimal value;
            if (from instanceof Decimal64ColumnVector values) {
                value = BigDecimal.valueOf(values.vector[rows.source(i)], values.scale);
            } else {
                HiveDecimalWritable decimal = ((DecimalColumnVector) from).vector[rows.source(i)];
                value = decimal.getHiveDecimal().bigDecimalValue();
            }
            value = value.setScale(type.scale(), RoundingMode.HALF_UP);
            if (value.signum() != 0 && value.precision() > type.precision()) {
                to.setNull(rows.target(i));
            } else {
                to.set(rows.target(i), value);
            }
        }
    }

    private void copyNested(
            ColumnVector from,
            TypeDescription type,
            org.skep.types.vector.ColumnVector to,
            Rows rows) {
        if (to instanceof StructVector structs) {
            copyStructs((StructColumnVector) from, type, structs, rows);
        } else if (to instanceof ListVector lists) {
            ListColumnVector values = (ListColumnVector) from;
            int first = lists.elementCount();
            int[] items = items(values, rows, lists::append);
            copy(
                    values.child,
                    type.getChildren().get(0),
                    lists.elements(),
                    items,
                    range(first, items.length),
                    items.length);
        } else if (to instanceof MapVector maps) {
            MapColumnVector values = (MapColumnVector) from;
            int first = maps.entryCount();
            int[] items = items(values, rows, maps::append);
            int[] targets = range(first, items.length);
            var children = type.getChildren();
            copy(values.keys, children.get(0), maps.keys(), items, targets, items.length);
            copy(values.values, children.get(1), maps.values(), items, targets, items.length);
        } else if (to instanceof UnionVector unions) {
            copyUnions((UnionColumnVector) from, type, unions, rows);
        } else {
            throw new IllegalStateException("No values of type " + to.type());
        }
    }

    private void copyStructs(
            StructColumnVector from, TypeDescription type, StructVector to, Rows rows) {
        // The library leaves the fields of a NULL in any state.
        int[] sources = from.isRepeating || !from.noNulls ? new int[rows.count] : rows.sources;
        int[] targets = from.noNulls ? rows.targets : new int[rows.count];
        int count = 0;
        for (int i = 0; i < rows.count && sources != rows.sources; i++) {
            if (rows.isNull(i)) {
                for (int field = 0; field < to.fieldCount(); field++) {
                    to.field(field).setNull(rows.target(i));
                }
                continue;
            }
            sources[count] = rows.source(i);
            if (targets != rows.targets) {
                targets[count] = rows.target(i);
            }
            count++;
        }
        count = sources == rows.sources ? rows.count : count;
        for (int i = 0; i < to.fieldCount(); i++) {
            copy(from.fields[i], type.getChildren().get(i), to.field(i), sources, targets, count);
        }
    }

    /** Makes room for the items of the list or map at a row. */
    @FunctionalInterface
    private interface Room {
        int append(int row, int length);
    }

    // The positions of the items of all lists or maps, for which room is made.
    private static int[] items(MultiValuedColumnVector from, Rows rows, Room room) {
        long total = 0;
        for (int i = 0; i < rows.count; i++) {
            total += rows.isNull(i) ? 0 : from.lengths[rows.source(i)];
        }
        int[] items = new int[Math.toIntExact(total)];
        int at = 0;
        for (int i = 0; i < rows.count; i++) {
            boolean missing = rows.isNull(i);
            int length = missing ? 0 : Math.toIntExact(from.lengths[rows.source(i)]);
            room.append(rows.target(i), length);
            for (int k = 0; k < length; k++) {
                items[at++] = Math.toIntExact(from.offsets[rows.source(i)] + k);
            }
        }
        return items;
    }

    private static int[] range(int first, int count) {
        int[] range = new int[count];
        for (int i = 0; i < count; i++) {
            range[i] = first + i;
        }
        return range;
    }

    private void copyUnions(
            UnionColumnVector from, TypeDescription type, UnionVector to, Rows rows) {
        int[] sources = new int[rows.count];
        int[] targets = new int[rows.count];
        for (int tag = 0; tag < to.alternativeCount(); tag++) {
            int count = 0;
            for (int i = 0; i < rows.count; i++) {
                int target = rows.target(i);
                if (!rows.isNull(i)) {
                    Objects.checkIndex(from.tags[rows.source(i)], to.alternativeCount());
                }
                if (!rows.isNull(i) && from.tags[rows.source(i)] == tag) {
                    to.tags()[target] = (byte) tag;
                    sources[count] = rows.source(i);
                    targets[count++] = target;
                } else {
                    to.alternative(tag).setNull(target);
                }
            }
            copy(
                    from.fields[tag],
                    type.getChildren().get(tag),
                    to.alternative(tag),
                    sources,
                    targets,
                    count);
        }
    }

    /** Which positions of a vector go where. */
    private static final class Rows {
        final ColumnVector from;
        final int[] sources;
        final int[] targets;
        final int count;

        Rows(ColumnVector from, int[] sources, int[] targets, int count) {
            this.from = from;
            this.sources = sources;
            this.targets = targets;
            this.count = count;
        }

        boolean dense() {
            return sources == null && targets == null && !from.isRepeating;
        }

        int source(int i) {
            return from.isRepeating ? 0 : sources == null ? i : sources[i];
        }

        int target(int i) {
            return targets == null ? i : targets[i];
        }

        boolean isNull(int i) {
            return !from.noNulls && from.isNull[source(i)];
        }
    }
}
