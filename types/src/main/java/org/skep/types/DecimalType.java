package org.skep.types;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** DECIMAL(precision, scale) with 1 ≤ precision ≤ 38 and 0 ≤ scale ≤ precision. Immutable. */
public record DecimalType(int precision, int scale) implements DataType {
    /** The most digits that a decimal can have. */
    public static final int MAX_PRECISION = 38;

    /** The most digits whose unscaled value always fits in a {@code long}. */
    public static final int MAX_LONG_PRECISION = 18;

    /** Checks the bounds. */
    public DecimalType {
        if (precision < 1 || precision > MAX_PRECISION) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    "Decimal precision must be between 1 and 38: " + precision);
        }
        if (scale < 0 || scale > precision) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    "Decimal scale must be between 0 and the precision: " + scale);
        }
    }

    /**
     * Hive's adjustment for results that need more than 38 digits: the scale shrinks, but not below
     * min(scale, 6).
     */
    public static DecimalType adjusted(int precision, int scale) {
        if (precision <= MAX_PRECISION) {
            return new DecimalType(precision, scale);
        }
        int integerDigits = precision - scale;
        int keptScale = Math.max(MAX_PRECISION - integerDigits, Math.min(scale, 6));
        return new DecimalType(MAX_PRECISION, Math.min(keptScale, MAX_PRECISION));
    }

    /** Whether every value's unscaled form fits in a {@code long}. */
    public boolean fitsLong() {
        return precision <= MAX_LONG_PRECISION;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.DECIMAL;
    }

    @Override
    public String typeName() {
        return "decimal(" + precision + "," + scale + ")";
    }

    @Override
    public String toString() {
        return typeName();
    }
}
