package org.skep.functions.cast;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.ScalarKernel;
import org.skep.functions.row.RowCopy;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;

/**
 * CAST, and the same conversions where Hive makes them unasked. All kernels are null-in-null-out;
 * values that the target can not hold become NULL, are cut or wrap around, and are counted as
 * damage. Digits after the point that a conversion between numbers drops are not damage. Stateless.
 */
public final class Casts {
    private Casts() {}

    /**
     * Checks that there is such a cast.
     *
     * @param strictTimestamp {@code hive.strict.timestamp.conversion}: whether numbers and
     *     timestamps may not be cast into each other
     * @throws SkepException SEMANTIC_ERROR, since Hive loses its number when an expression begins
     *     with CAST; WRONG_ARGUMENT_TYPE for what cannot be a date or a timestamp at all
     */
    public static void check(DataType from, DataType to, boolean strictTimestamp) {
        if (strictTimestamp) {
            checkStrict(from.kind(), to.kind());
        }
        if (!exists(from, to)) {
            if (from.kind().isNested() && !to.kind().isNested()) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        "The function %s takes only primitive types: %s"
                                .formatted(to.kind().name().replace('_', ' '), from.typeName()));
            }
            String message = "Cannot cast %s to: %s".formatted(from.typeName(), to.typeName());
            throw to.kind() == TypeKind.DATE || to.kind() == TypeKind.TIMESTAMP
                    ? SkepException.ofArgument(ErrorCode.WRONG_ARGUMENT_TYPE, 0, message)
                    : new SkepException(ErrorCode.SEMANTIC_ERROR, message);
        }
    }

    private static void checkStrict(TypeKind from, TypeKind to) {
        boolean fromTime = from.isDateTime();
        boolean toTime = to == TypeKind.TIMESTAMP;
        if (from.isNumeric() && toTime) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    "Casting NUMERIC types to TIMESTAMP is prohibited"
                            + " (hive.strict.timestamp.conversion)");
        }
        if (fromTime && (to.isNumeric() || to == TypeKind.BOOLEAN)) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    "Casting DATE/TIMESTAMP types to NUMERIC is prohibited"
                            + " (hive.strict.timestamp.conversion)");
        }
    }

    /** Whether there is such a cast with numbers and timestamps convertible. */
    public static boolean exists(DataType from, DataType to) {
        TypeKind a = from.kind();
        TypeKind b = to.kind();
        if (a == TypeKind.VOID || from.equals(to)) {
            return true;
        }
        if (a.isNested() || b.isNested()) {
            return nestedExists(from, to);
        }
        return switch (b) {
            case VOID -> false;
            case BOOLEAN ->
                    a.isNumeric()
                            || a.isCharacter()
                            || a == TypeKind.BOOLEAN
                            || a == TypeKind.DATE
                            || a == TypeKind.TIMESTAMP;
            case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL ->
                    a.isNumeric()
                            || a.isCharacter()
                            || a == TypeKind.BOOLEAN
                            || a == TypeKind.TIMESTAMP;
            case STRING, VARCHAR, CHAR -> true;
            case BINARY -> a.isCharacter() || a == TypeKind.BINARY;
            case DATE -> a.isCharacter() || a.isDateTime();
            case TIMESTAMP ->
                    a.isNumeric() || a.isCharacter() || a.isDateTime() || a == TypeKind.BOOLEAN;
            case TIMESTAMP_LOCAL_TZ -> a.isCharacter() || a.isDateTime();
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> a == b || a.isCharacter();
            case ARRAY, MAP, STRUCT, UNION -> false;
        };
    }

    private static boolean nestedExists(DataType from, DataType to) {
        if (from instanceof ListType a && to instanceof ListType b) {
            return exists(a.element(), b.element());
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            return exists(a.key(), b.key()) && exists(a.value(), b.value());
        }
        if (from instanceof StructType a
                && to instanceof StructType b
                && a.fields().size() == b.fields().size()) {
            for (int i = 0; i < a.fields().size(); i++) {
                if (!exists(a.fields().get(i).type(), b.fields().get(i).type())) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    /**
     * A new kernel of one argument for a cast that {@link #exists}; null-in-null-out.
     *
     * @throws IllegalArgumentException if there is no such cast
     */
    public static ScalarKernel kernel(DataType from, DataType to) {
        if (!exists(from, to)) {
            throw new IllegalArgumentException("No cast from %s to %s".formatted(from, to));
        }
        TypeKind a = from.kind();
        if (a == TypeKind.VOID) {
            return (arguments, selection, out, context) -> {};
        }
        if (from.equals(to)) {
            return (arguments, selection, out, context) ->
                    RowCopy.copy(arguments[0], selection, out);
        }
        return switch (to.kind()) {
            case BOOLEAN -> NumberCasts.toBoolean(from);
            case TINYINT, SMALLINT, INT, BIGINT -> IntegerCasts.kernel(from, to.kind());
            case FLOAT, DOUBLE -> DoubleCasts.kernel(from, to.kind());
            case DECIMAL -> DecimalCasts.kernel(from, to);
            case STRING, VARCHAR, CHAR, BINARY -> TextCasts.kernel(from, to);
            case DATE, TIMESTAMP, TIMESTAMP_LOCAL_TZ -> TimeCasts.kernel(from, to.kind());
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> TimeCasts.interval(to.kind());
            case ARRAY, MAP, STRUCT -> NestedCasts.kernel(from, to);
            case VOID, UNION -> throw new IllegalArgumentException("No cast to " + to);
        };
    }
}
