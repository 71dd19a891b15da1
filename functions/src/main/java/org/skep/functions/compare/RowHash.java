package org.skep.functions.compare;

import java.time.ZoneId;
import org.skep.functions.decimal.WideInteger;
import org.skep.types.DataType;
import org.skep.types.TypeKind;
import org.skep.types.text.TimestampText;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.BytesVector;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.DoubleVector;
import org.skep.types.vector.ListVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.MapVector;
import org.skep.types.vector.StructVector;
import org.skep.types.vector.UnionVector;

/**
 * Hive's two hash codes of a value: the one of {@code hash()} and of the first bucketing version,
 * made like Java's, and the one of {@code murmur_hash()} and of the second, Murmur3 with Hive's
 * seed. They are written to disk as bucket numbers: never change a result. Confined to one thread.
 */
final class RowHash {
    private static final int SEED = 104_729;

    private final boolean murmur;
    private final ZoneId zone;
    private final byte[] scratch = new byte[32];

    /** Hashes with Murmur3 or like Java; timestamps are instants of {@code zone}. */
    private RowHash(boolean murmur, ZoneId zone) {
        this.murmur = murmur;
        this.zone = zone;
    }

    static RowHash java(ZoneId zone) {
        return new RowHash(false, zone);
    }

    static RowHash murmur(ZoneId zone) {
        return new RowHash(true, zone);
    }

    /** The hash code of a value of a flat vector; 0 for NULL. */
    int hash(ColumnVector vector, int row) {
        if (vector.isNull(row)) {
            return 0;
        }
        if (vector instanceof LongVector longs) {
            return ofLong(vector.type(), longs, row);
        }
        if (vector instanceof BytesVector bytes) {
            return ofBytes(vector.type(), bytes, row);
        }
        if (vector instanceof DoubleVector doubles) {
            return ofDouble(vector.type(), doubles.values()[row]);
        }
        if (vector instanceof DecimalVector decimals) {
            return ofDecimal(decimals, row);
        }
        if (vector instanceof BooleanVector booleans) {
            return booleans.values()[row] ? 1 : 0;
        }
        return ofNested(vector, row);
    }

    private int ofLong(DataType type, LongVector vector, int row) {
        long value = vector.values()[row];
        return switch (type.kind()) {
            case TINYINT -> (int) value;
            case SMALLINT -> murmur ? murmur(value, 2) : (int) value;
            case INT -> murmur ? murmur(value, 4) : (int) value;
            case INTERVAL_YEAR_MONTH -> murmur ? murmur(value, 4) : (int) value;
            case DATE -> murmur ? murmur(value, 4) : (int) value;
            case TIMESTAMP ->
                    timestampHash(TimestampText.toInstant(value, zone), vector.nanosAt(row));
            case TIMESTAMP_LOCAL_TZ -> instantHash(value, vector.nanosAt(row));
            case INTERVAL_DAY_TIME -> {
                int hash = intervalHash(value, vector.nanosAt(row));
                yield murmur ? murmur(hash, 4) : hash;
            }
            default -> murmur ? murmur(value, 8) : (int) ((value >>> 32) ^ value);
        };
    }

    private static int nanosOfSecond(long micros, int nanos) {
        return (int) Math.floorMod(micros, 1_000_000L) * 1000 + nanos;
    }

    private int timestampHash(long micros, int below) {
        long seconds = Math.floorDiv(micros, 1_000_000L);
        int nanos = nanosOfSecond(micros, below);
        if (murmur) {
            return murmurTimestamp(seconds, nanos);
        }
        long mixed = (seconds << 30) | nanos;
        return (int) ((mixed >>> 32) ^ mixed);
    }

    /**
     * Murmur3 of Hive's stored form of a timestamp: four bytes of seconds, whose highest bit says
     * that a variable-length number with the decimal digits of the fraction turned round follows.
     */
    private int murmurTimestamp(long seconds, int nanos) {
        boolean second = seconds < 0 || seconds > Integer.MAX_VALUE;
        int head = (int) seconds & 0x7FFFFFFF;
        boolean fraction = nanos != 0 || second;
        put(fraction ? head | 0x80000000 : head, 4, 0);
        int length = 4;
        if (fraction) {
            int digits = 0;
            int left = nanos;
            for (int i = 0; i < 9; i++) {
                digits = digits * 10 + left % 10;
                left /= 10;
            }
            length = putVarint(second ? -digits - 1 : digits, length);
            if (second) {
                length = putVarint(seconds >> 31, length);
            }
        }
        return murmur(scratch, 0, length);
    }

    private int putVarint(long value, int at) {
        if (value >= -112 && value <= 127) {
            scratch[at] = (byte) value;
            return at + 1;
        }
        long magnitude = value < 0 ? ~value : value;
        int bytes = (64 - Long.numberOfLeadingZeros(magnitude) + 7) / 8;
        scratch[at] = (byte) ((value < 0 ? -120 : -112) - bytes);
        put(magnitude, bytes, at + 1);
        return at + 1 + bytes;
    }

    private int instantHash(long micros, int below) {
        long seconds = Math.floorDiv(micros, 1_000_000L);
        int nanos = nanosOfSecond(micros, below);
        return murmur
                ? murmurTimestamp(seconds, nanos)
                : (int) (seconds ^ (seconds >>> 32)) + 51 * nanos;
    }

    private static int intervalHash(long micros, int below) {
        long magnitude = micros;
        int nanos = nanosOfSecond(micros, below);
        long seconds = Math.floorDiv(magnitude, 1_000_000L);
        if (seconds < 0 && nanos > 0) {
            seconds++;
            nanos -= 1_000_000_000;
        }
        return (17 * 37 + (int) (seconds ^ (seconds >> 32))) * 37 + nanos;
    }

    private int ofBytes(DataType type, BytesVector vector, int row) {
        byte[] data = vector.data();
        int start = vector.starts()[row];
        int length = vector.lengths()[row];
        if (murmur) {
            return murmur(data, start, length);
        }
        int hash = type.kind() == TypeKind.STRING ? 0 : 1;
        for (int i = start; i < start + length; i++) {
            hash = hash * 31 + data[i];
        }
        return hash;
    }

    private int ofDouble(DataType type, double value) {
        if (type.kind() == TypeKind.FLOAT) {
            int bits = Float.floatToIntBits((float) value);
            // Hive puts the bits back into a float by value, not by pattern.
            return murmur ? murmur(Float.floatToRawIntBits(bits), 4) : bits;
        }
        long bits = Double.doubleToLongBits(value);
        return murmur
                ? murmur(Double.doubleToRawLongBits((double) bits), 8)
                : (int) ((bits >>> 32) ^ bits);
    }

    private int ofDecimal(DecimalVector vector, int row) {
        WideInteger value = new WideInteger();
        value.set(vector.highAt(row), vector.low()[row]);
        int scale = vector.scale();
        WideInteger trial = new WideInteger();
        while (scale > 0 && value.signum() != 0) {
            trial.set(value);
            if (trial.truncateDigits(1)) {
                break;
            }
            value.set(trial);
            scale--;
        }
        if (value.signum() == 0) {
            scale = 0;
        }
        if (murmur) {
            byte[] bytes = value.toBigInteger().toByteArray();
            return murmur(bytes, 0, bytes.length);
        }
        return 31 * value.toBigInteger().hashCode() + scale;
    }

    private int ofNested(ColumnVector vector, int row) {
        int hash = 0;
        if (vector instanceof ListVector lists) {
            int start = lists.starts()[row];
            for (int i = start; i < start + lists.lengths()[row]; i++) {
                hash = 31 * hash + hash(lists.elements(), i);
            }
        } else if (vector instanceof MapVector maps) {
            RowHash values = murmur ? java(zone) : this;
            int start = maps.starts()[row];
            for (int i = start; i < start + maps.lengths()[row]; i++) {
                hash += hash(maps.keys(), i) ^ values.hash(maps.values(), i);
            }
        } else if (vector instanceof StructVector structs) {
            for (int i = 0; i < structs.fieldCount(); i++) {
                hash = 31 * hash + hash(structs.field(i), row);
            }
        } else if (vector instanceof UnionVector unions) {
            hash = hash(unions.alternative(unions.tags()[row]), row);
        }
        return hash;
    }

    private void put(long value, int bytes, int at) {
        for (int i = 0; i < bytes; i++) {
            scratch[at + i] = (byte) (value >> (8 * (bytes - 1 - i)));
        }
    }

    private int murmur(long value, int bytes) {
        put(value, bytes, 0);
        return murmur(scratch, 0, bytes);
    }

    private static int murmur(byte[] data, int offset, int length) {
        int hash = SEED;
        int at = offset;
        for (int block = 0; block < length >> 2; block++) {
            int word =
                    (data[at] & 0xff)
                            | (data[at + 1] & 0xff) << 8
                            | (data[at + 2] & 0xff) << 16
                            | (data[at + 3] & 0xff) << 24;
            hash ^= mix(word);
            hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
            at += 4;
        }
        int tail = 0;
        for (int i = (length & 3) - 1; i >= 0; i--) {
            // The bytes of the tail are signed, as in Hive.
            tail ^= data[at + i] << (8 * i);
        }
        if ((length & 3) != 0) {
            hash ^= mix(tail);
        }
        hash ^= length;
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    private static int mix(int word) {
        return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
    }
}
