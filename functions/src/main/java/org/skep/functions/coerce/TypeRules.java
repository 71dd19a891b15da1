package org.skep.functions.coerce;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.types.CharType;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.ListType;
import org.skep.types.MapType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;
import org.skep.types.VarcharType;

/**
 * Hive's rules of typing. There are three different rules for a common type: {@link
 * #comparisonType} for comparisons, {@link #commonType} for CASE, COALESCE, IF, IN lists and
 * collections, and {@link #unionType} for the columns of set operations. Stateless.
 */
public final class TypeRules {
    private TypeRules() {}

    /**
     * The type to which both sides of a comparison are cast. Hive compares as DOUBLE what has no
     * common type, so {@code 'true' = true} is NULL and {@code true = 1} is true.
     *
     * @return empty if the two can not be compared, as nested types of different shape
     */
    public static Optional<DataType> comparisonType(DataType left, DataType right) {
        if (isPlainMixture(left, right)) {
            return plainMixture(left, right, TypeRules::comparisonType);
        }
        TypeKind a = left.kind();
        TypeKind b = right.kind();
        if (a.isDateTime() && b.isDateTime()) {
            return Optional.of(a.compareTo(b) > 0 ? left : right);
        }
        if (a.isCharacter() && b.isCharacter()) {
            return Optional.of(DataType.STRING);
        }
        if (a.isCharacter() && (b.isDateTime() || isInterval(b))) {
            return Optional.of(right);
        }
        if (b.isCharacter() && (a.isDateTime() || isInterval(a))) {
            return Optional.of(left);
        }
        if (a.isNumeric() && b.isNumeric()) {
            return Optional.of(wider(left, right));
        }
        if (a == TypeKind.BINARY && b.isCharacter()) {
            return Optional.of(right);
        }
        if (b == TypeKind.BINARY && a.isCharacter()) {
            return Optional.of(left);
        }
        if (isInterval(a) || isInterval(b) || a == TypeKind.BINARY || b == TypeKind.BINARY) {
            return Optional.empty();
        }
        boolean days =
                (a.isDateTime() && a != TypeKind.TIMESTAMP)
                        || (b.isDateTime() && b != TypeKind.TIMESTAMP);
        return Optional.of(days ? DataType.STRING : DataType.DOUBLE);
    }

    /**
     * The type of CASE, COALESCE, NVL and IF, of array elements, of map keys and values, and of the
     * two sides of IN.
     *
     * @return empty if Hive refuses the mixture
     */
    public static Optional<DataType> commonType(DataType left, DataType right) {
        if (isPlainMixture(left, right)) {
            return plainMixture(left, right, TypeRules::commonType);
        }
        TypeKind a = left.kind();
        TypeKind b = right.kind();
        if (a.isNumeric() && b.isNumeric()) {
            return Optional.of(wider(left, right));
        }
        if (a.isDateTime() && b.isDateTime()) {
            return Optional.of(a.compareTo(b) > 0 ? left : right);
        }
        if (a.isCharacter() && b.isCharacter()) {
            return Optional.of(DataType.STRING);
        }
        if (a.isCharacter() && (b.isDateTime() || b.isNumeric())) {
            return Optional.of(left);
        }
        if (b.isCharacter() && (a.isDateTime() || a.isNumeric())) {
            return Optional.of(right);
        }
        return Optional.empty();
    }

    /** {@link #commonType(DataType, DataType)} of any number of types. */
    public static Optional<DataType> commonType(List<DataType> types) {
        Optional<DataType> common = Optional.of(DataType.VOID);
        for (DataType type : types) {
            if (common.isEmpty()) {
                return common;
            }
            common = commonType(common.get(), type);
        }
        return common;
    }

    /**
     * The type of a column of UNION, INTERSECT and EXCEPT: unlike {@link #commonType}, groups of
     * types do not mix, so INT and STRING have none.
     */
    public static Optional<DataType> unionType(DataType left, DataType right) {
        if (isPlainMixture(left, right)) {
            return plainMixture(left, right, TypeRules::unionType);
        }
        TypeKind a = left.kind();
        TypeKind b = right.kind();
        if (a.isCharacter() && b.isCharacter()) {
            return Optional.of(DataType.STRING);
        }
        if (a.isNumeric() && b.isNumeric()) {
            return Optional.of(wider(left, right));
        }
        if (a.isDateTime() && b.isDateTime()) {
            return Optional.of(
                    a == TypeKind.TIMESTAMP_LOCAL_TZ || b == TypeKind.TIMESTAMP_LOCAL_TZ
                            ? DataType.TIMESTAMP_LOCAL_TZ
                            : DataType.TIMESTAMP);
        }
        return Optional.empty();
    }

    /** Whether Hive passes a value of {@code from} for a parameter of {@code to} unasked. */
    public static boolean implicitlyConvertible(DataType from, DataType to) {
        TypeKind a = from.kind();
        TypeKind b = to.kind();
        if (a == b && !a.isNested()) {
            return true;
        }
        if (a.isNested() || b.isNested()) {
            return a == TypeKind.VOID || from.equals(to) || nestedConvertible(from, to);
        }
        if (a == TypeKind.VOID) {
            return true;
        }
        if (a.isCharacter()) {
            return b == TypeKind.DOUBLE || b.isCharacter();
        }
        if (b.isCharacter()) {
            return a.isDateTime() || a.isNumeric();
        }
        return a.isNumeric() && b.isNumeric() && numericRank(a) <= numericRank(b);
    }

    /**
     * Checks that an argument may be passed for a parameter; if so it is cast to {@code to}.
     *
     * @throws SkepException WRONG_ARGUMENTS
     */
    public static void checkArgument(String function, int index, DataType from, DataType to) {
        boolean dateTimeText =
                from.kind().isCharacter()
                        && (to.kind().isDateTime() || to.kind() == TypeKind.BINARY);
        if (!implicitlyConvertible(from, to) && !dateTimeText) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "Argument %d of %s must be of type %s: %s"
                            .formatted(index + 1, function, to.typeName(), from.typeName()));
        }
    }

    /**
     * Refuses comparisons that silently lose digits, as Hive does with {@code
     * hive.strict.checks.type.safety}: texts with BIGINT or DECIMAL, BIGINT with DOUBLE. A constant
     * that is compared with a column counts as being of the column's type if {@link
     * #constantTarget} says so.
     *
     * @throws SkepException WRONG_ARGUMENTS
     */
    public static void checkSafeComparison(DataType left, DataType right, boolean strict) {
        if (strict && (unsafe(left.kind(), right.kind()) || unsafe(right.kind(), left.kind()))) {
            throw new SkepException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "Unsafe compares between different types are disabled for safety reasons. If"
                            + " you know what you are doing, please set"
                            + " hive.strict.checks.type.safety to false: %s and %s"
                                    .formatted(left.typeName(), right.typeName()));
        }
    }

    private static boolean unsafe(TypeKind a, TypeKind b) {
        return (a.isCharacter() && (b == TypeKind.BIGINT || b == TypeKind.DECIMAL))
                || (a == TypeKind.BIGINT && b == TypeKind.DOUBLE);
    }

    /**
     * In a comparison of a column with a constant Hive reads the constant as a value of the
     * column's type first. This is the type that the constant then is cast to, provided that the
     * cast loses nothing (the caller compares the cast value with the constant).
     *
     * @return empty if the constant is to be left alone
     */
    public static Optional<DataType> constantTarget(DataType column, DataType constant) {
        TypeKind to = column.kind();
        TypeKind from = constant.kind();
        if (to == TypeKind.CHAR && from == TypeKind.STRING) {
            return Optional.of(column);
        }
        boolean number = from.isNumeric() || from.isCharacter();
        if (to == from || !number || !to.isNumeric()) {
            return Optional.empty();
        }
        return Optional.of(column);
    }

    /**
     * The type of a decimal literal of at most 38 digits before the point: trailing zeros of the
     * fraction do not count, nor do digits that are too many.
     */
    public static DecimalType literalType(BigDecimal value) {
        BigDecimal kept = trimmed(value);
        return new DecimalType(Math.max(kept.precision(), kept.scale()), kept.scale());
    }

    /**
     * A decimal literal without the trailing zeros of its fraction, rounded to the 38 digits that a
     * decimal can have.
     */
    public static BigDecimal trimmed(BigDecimal value) {
        int whole = Math.max(0, value.precision() - value.scale());
        int scale = Math.max(0, DecimalType.MAX_PRECISION - whole);
        BigDecimal rounded =
                value.scale() > scale ? value.setScale(scale, RoundingMode.HALF_UP) : value;
        if (rounded.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal kept = rounded.stripTrailingZeros();
        return kept.scale() < 0 ? kept.setScale(0) : kept;
    }

    /**
     * The decimal type that stands for an operand of exact arithmetic: a decimal's own, (3,0) to
     * (19,0) for integers, and the digits of the value for an integer constant. {@code typeof}
     * alone does not narrow constants: pass its operand as unknown.
     */
    public static DecimalType decimalOperand(Argument argument) {
        if (argument.isConstant()
                && argument.constant().value() instanceof Long value
                && argument.type().kind().isInteger()) {
            return new DecimalType(BigDecimal.valueOf(value).precision(), 0);
        }
        return decimalTypeOf(argument.type());
    }

    /** The decimal type that holds every value of a numeric type, as Hive sizes it. */
    public static DecimalType decimalTypeOf(DataType type) {
        return switch (type.kind()) {
            case DECIMAL -> (DecimalType) type;
            case TINYINT -> new DecimalType(3, 0);
            case SMALLINT -> new DecimalType(5, 0);
            case INT -> new DecimalType(10, 0);
            case BIGINT -> new DecimalType(19, 0);
            case FLOAT -> new DecimalType(14, 7);
            case DOUBLE -> new DecimalType(30, 15);
            case VOID -> new DecimalType(1, 0);
            default -> new DecimalType(38, 18);
        };
    }

    /** Type of the sum or difference of two decimals. */
    public static DecimalType sumType(DecimalType a, DecimalType b) {
        int integers = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        int scale = Math.max(a.scale(), b.scale());
        return DecimalType.adjusted(integers + scale + 1, scale);
    }

    /** Type of the product of two decimals. */
    public static DecimalType productType(DecimalType a, DecimalType b) {
        return DecimalType.adjusted(a.precision() + b.precision() + 1, a.scale() + b.scale());
    }

    /** Type of the quotient of two decimals. */
    public static DecimalType quotientType(DecimalType a, DecimalType b) {
        int scale = Math.max(6, a.scale() + b.precision() + 1);
        return DecimalType.adjusted(a.precision() - a.scale() + b.scale() + scale, scale);
    }

    /** Type of the remainder of two decimals. */
    public static DecimalType remainderType(DecimalType a, DecimalType b) {
        int scale = Math.max(a.scale(), b.scale());
        int integers = Math.min(a.precision() - a.scale(), b.precision() - b.scale());
        return DecimalType.adjusted(Math.max(1, integers + scale), scale);
    }

    /** The smallest decimal that holds all values of both. */
    public static DecimalType widerDecimal(DecimalType a, DecimalType b) {
        int integers = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        int fraction = Math.max(a.scale(), b.scale());
        int precision = Math.min(integers + fraction, DecimalType.MAX_PRECISION);
        int scale = Math.min(fraction, DecimalType.MAX_PRECISION - integers);
        return new DecimalType(Math.max(1, precision), scale);
    }

    /**
     * The type in which two numbers (texts and NULL count as numbers) are added, subtracted,
     * multiplied or reduced when it is not DECIMAL; for two exact operands of which one is a
     * decimal it is DECIMAL of unspecified size.
     *
     * @return empty if one is not a number
     */
    public static Optional<TypeKind> arithmeticKind(DataType left, DataType right) {
        TypeKind a = left.kind();
        TypeKind b = right.kind();
        if (!countsAsNumber(a) || !countsAsNumber(b)) {
            return Optional.empty();
        }
        if (isExact(a) && isExact(b)) {
            return Optional.of(numericRank(a) > numericRank(b) ? a : b);
        }
        TypeKind x = a.isCharacter() ? TypeKind.DOUBLE : a;
        TypeKind y = b.isCharacter() ? TypeKind.DOUBLE : b;
        if (x == TypeKind.VOID || y == TypeKind.VOID) {
            TypeKind other = x == TypeKind.VOID ? y : x;
            return Optional.of(other == TypeKind.DECIMAL ? TypeKind.DOUBLE : other);
        }
        return Optional.of(numericRank(x) > numericRank(y) ? x : y);
    }

    /** TINYINT to BIGINT and DECIMAL. */
    public static boolean isExact(TypeKind kind) {
        return kind.isInteger() || kind == TypeKind.DECIMAL;
    }

    /** Whether arithmetic takes it: numbers, texts, NULL. */
    public static boolean countsAsNumber(TypeKind kind) {
        return kind.isNumeric() || kind.isCharacter() || kind == TypeKind.VOID;
    }

    /** The type without parameters of a kind that has none. */
    public static DataType simple(TypeKind kind) {
        return new org.skep.types.SimpleType(kind);
    }

    private static boolean isInterval(TypeKind kind) {
        return kind == TypeKind.INTERVAL_DAY_TIME || kind == TypeKind.INTERVAL_YEAR_MONTH;
    }

    private static int numericRank(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 1;
            case SMALLINT -> 2;
            case INT -> 3;
            case BIGINT -> 4;
            case DECIMAL -> 5;
            case FLOAT -> 6;
            case DOUBLE -> 7;
            default -> 0;
        };
    }

    private static DataType wider(DataType left, DataType right) {
        DataType wide = numericRank(left.kind()) > numericRank(right.kind()) ? left : right;
        return wide.kind() == TypeKind.DECIMAL
                ? widerDecimal(decimalTypeOf(left), decimalTypeOf(right))
                : wide;
    }

    private static DataType sameKind(DataType left, DataType right) {
        return switch (left.kind()) {
            case DECIMAL -> widerDecimal((DecimalType) left, (DecimalType) right);
            case CHAR ->
                    new CharType(Math.max(((CharType) left).length(), ((CharType) right).length()));
            case VARCHAR ->
                    new VarcharType(
                            Math.max(
                                    ((VarcharType) left).length(), ((VarcharType) right).length()));
            default -> left;
        };
    }

    private interface Rule {
        Optional<DataType> of(DataType left, DataType right);
    }

    // What all rules treat alike: NULL, nested types, and types of one kind.
    private static boolean isPlainMixture(DataType left, DataType right) {
        TypeKind a = left.kind();
        TypeKind b = right.kind();
        return a == b || a == TypeKind.VOID || b == TypeKind.VOID || a.isNested() || b.isNested();
    }

    private static Optional<DataType> plainMixture(DataType left, DataType right, Rule rule) {
        if (left.equals(right) || right.kind() == TypeKind.VOID) {
            return Optional.of(left);
        }
        if (left.kind() == TypeKind.VOID) {
            return Optional.of(right);
        }
        if (left.kind().isNested() || right.kind().isNested()) {
            return nested(left, right, rule);
        }
        return Optional.of(sameKind(left, right));
    }

    private static Optional<DataType> nested(DataType left, DataType right, Rule rule) {
        if (left instanceof ListType a && right instanceof ListType b) {
            return rule.of(a.element(), b.element()).map(ListType::new);
        }
        if (left instanceof MapType a && right instanceof MapType b) {
            Optional<DataType> key = rule.of(a.key(), b.key());
            Optional<DataType> value = rule.of(a.value(), b.value());
            return key.isPresent() && value.isPresent()
                    ? Optional.of(new MapType(key.get(), value.get()))
                    : Optional.empty();
        }
        if (left instanceof StructType a
                && right instanceof StructType b
                && a.fields().size() == b.fields().size()) {
            List<StructType.Field> fields = new ArrayList<>();
            for (int i = 0; i < a.fields().size(); i++) {
                Optional<DataType> field =
                        rule.of(a.fields().get(i).type(), b.fields().get(i).type());
                if (field.isEmpty()) {
                    return Optional.empty();
                }
                fields.add(new StructType.Field(a.fields().get(i).name(), field.get()));
            }
            return Optional.of(new StructType(fields));
        }
        return Optional.empty();
    }

    private static boolean nestedConvertible(DataType from, DataType to) {
        if (from instanceof ListType a && to instanceof ListType b) {
            return implicitlyConvertible(a.element(), b.element());
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            return implicitlyConvertible(a.key(), b.key())
                    && implicitlyConvertible(a.value(), b.value());
        }
        if (from instanceof StructType a
                && to instanceof StructType b
                && a.fields().size() == b.fields().size()) {
            for (int i = 0; i < a.fields().size(); i++) {
                if (!implicitlyConvertible(a.fields().get(i).type(), b.fields().get(i).type())) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }
}
