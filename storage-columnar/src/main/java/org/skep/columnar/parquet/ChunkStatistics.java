package org.skep.columnar.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.NanoTime;
import org.skep.types.TypeKind;

/**
 * What a chunk's statistics say in terms of a table's type; null or -1 where nothing can be relied
 * on. Immutable.
 *
 * @param min a value that none is below
 * @param max a value that none is above
 * @param nullCount how many are NULL
 */
record ChunkStatistics(Datum min, Datum max, long nullCount) {
    private static final ChunkStatistics UNKNOWN = new ChunkStatistics(null, null, -1);

    /**
     * Reads the statistics of a flat column's chunk.
     *
     * @param footer says whether bounds are in the order of their types
     */
    static ChunkStatistics of(Footer footer, ColumnMetaData chunk, FileType type, DataType wanted) {
        Statistics statistics = chunk.getStatistics();
        if (statistics == null) {
            return UNKNOWN;
        }
        long nulls = statistics.isSetNull_count() ? statistics.getNull_count() : -1;
        if (nulls < 0 || nulls > chunk.getNum_values()) {
            nulls = -1;
        }
        byte[] low = null;
        byte[] high = null;
        if (statistics.isSetMin_value() && statistics.isSetMax_value() && ordered(footer)) {
            low = statistics.getMin_value();
            high = statistics.getMax_value();
        } else if (statistics.isSetMin() && statistics.isSetMax() && signedOrder(type)) {
            low = statistics.getMin();
            high = statistics.getMax();
        }
        if (low == null || high == null) {
            return new ChunkStatistics(null, null, nulls);
        }
        Datum min = value(low, type, wanted);
        Datum max = value(high, type, wanted);
        if (min == null || max == null || compare(min, max) > 0) {
            return new ChunkStatistics(null, null, nulls);
        }
        if (type.natural().kind() == TypeKind.DATE
                && HybridCalendar.appliesTo(footer)
                && (Long) min.value() < HybridCalendar.JUMP) {
            return new ChunkStatistics(null, null, nulls);
        }
        if (type.physical() == Type.FLOAT || type.physical() == Type.DOUBLE) {
            // A NaN is in no bounds but may be greater than all of them.
            boolean noNan = statistics.isSetNan_count() && statistics.getNan_count() == 0;
            return new ChunkStatistics(min, noNan ? max : null, nulls);
        }
        return new ChunkStatistics(min, max, nulls);
    }

    private static boolean ordered(Footer footer) {
        return footer.data().isSetColumn_orders()
                && footer.data().getColumn_orders().size() == footer.leaves().size();
    }

    // The old fields compared bytes as signed, which is right for signed numbers only.
    private static boolean signedOrder(FileType type) {
        return !type.unsigned()
                && switch (type.physical()) {
                    case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> true;
                    case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> false;
                };
    }

    private static Datum value(byte[] raw, FileType type, DataType wanted) {
        return switch (type.physical()) {
            case BOOLEAN ->
                    raw.length == 1 && wanted.kind() == TypeKind.BOOLEAN
                            ? Datum.ofBoolean(raw[0] != 0)
                            : null;
            case INT32 ->
                    raw.length == 4 && !type.unsigned()
                            ? number((int) ByteOrderReads.INT.get(raw, 0), type, wanted)
                            : null;
            case INT64 ->
                    raw.length == 8 && !type.unsigned()
                            ? number((long) ByteOrderReads.LONG.get(raw, 0), type, wanted)
                            : null;
            case FLOAT ->
                    raw.length == 4
                            ? real(
                                    Float.intBitsToFloat((int) ByteOrderReads.INT.get(raw, 0)),
                                    wanted)
                            : null;
            case DOUBLE ->
                    raw.length == 8 && wanted.kind() == TypeKind.DOUBLE
                            ? real(
                                    Double.longBitsToDouble((long) ByteOrderReads.LONG.get(raw, 0)),
                                    wanted)
                            : null;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
                    type.natural() instanceof DecimalType decimal
                            ? raw.length == 0 ? null : decimal(new BigInteger(raw), decimal, wanted)
                            : text(raw, type, wanted);
            case INT96 -> null;
        };
    }

    private static Datum number(long raw, FileType type, DataType wanted) {
        TypeKind kind = wanted.kind();
        if (type.natural() instanceof DecimalType decimal) {
            return decimal(BigInteger.valueOf(raw), decimal, wanted);
        }
        if (type.natural().kind() == TypeKind.DATE) {
            return kind == TypeKind.DATE ? new Datum(wanted, raw) : null;
        }
        if (type.unit() != 0) {
            if (!type.natural().equals(wanted)) {
                return null;
            }
            long perMicro = type.unit() / 1_000_000;
            if (perMicro > 1) {
                short nanos = (short) Math.floorMod(raw, perMicro);
                return new Datum(wanted, new NanoTime(Math.floorDiv(raw, perMicro), nanos));
            }
            long micros = type.unit() == 1_000 ? raw * 1_000 : raw;
            return new Datum(wanted, new NanoTime(micros, (short) 0));
        }
        // A narrower integer type would turn values outside of it into NULL; bounds still hold.
        return kind.isInteger() ? new Datum(wanted, raw) : null;
    }

    private static Datum decimal(BigInteger unscaled, DecimalType type, DataType wanted) {
        if (!(wanted instanceof DecimalType target) || target.scale() < type.scale()) {
            return null;
        }
        return new Datum(wanted, new BigDecimal(unscaled, type.scale()).setScale(target.scale()));
    }

    private static Datum real(double value, DataType wanted) {
        boolean known = wanted.kind() == TypeKind.FLOAT || wanted.kind() == TypeKind.DOUBLE;
        return Double.isNaN(value) || !known ? null : new Datum(wanted, value);
    }

    private static Datum text(byte[] raw, FileType type, DataType wanted) {
        if (wanted.kind() == TypeKind.BINARY) {
            return new Datum(wanted, Datum.Bytes.of(raw));
        }
        // Cutting to a VARCHAR's length keeps the order, taking away a CHAR's padding does not.
        if (wanted.kind() != TypeKind.STRING || !type.characters()) {
            return null;
        }
        try {
            return new Datum(
                    wanted,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Compares two values of the same type as their column orders them. */
    static int compare(Datum left, Datum right) {
        Object a = left.value();
        Object b = right.value();
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            // both zeros are equal, and no NaN comes here
            return x < y ? -1 : x > y ? 1 : 0;
        }
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y);
        }
        if (a instanceof String x && b instanceof String y) {
            return java.util.Arrays.compareUnsigned(
                    x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
        }
        if (a instanceof NanoTime x && b instanceof NanoTime y) {
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        if (a instanceof Datum.Bytes x && b instanceof Datum.Bytes y) {
            return x.latin1().compareTo(y.latin1());
        }
        throw new IllegalArgumentException("Not comparable: " + left + " and " + right);
    }
}
