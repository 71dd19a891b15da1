package org.skep.executor.expression;

import java.math.BigDecimal;
import java.util.List;
import org.skep.plan.expression.Expression;
import org.skep.types.DataType;
import org.skep.types.DecimalType;

/**
 * Bounds that comparisons with constants set to a column whose values are {@code long}s; both ends
 * included. Immutable.
 */
record LongRange(Expression column, long low, long high) {
    /** The range that a comparison means, or null if it is none. */
    static LongRange of(String function, List<Expression> operands) {
        if (operands.size() != 2) {
            return null;
        }
        Expression left = operands.get(0);
        Expression right = operands.get(1);
        if (left instanceof Expression.InputColumn && right instanceof Expression.Literal literal) {
            return of(left, function, literal);
        }
        if (right instanceof Expression.InputColumn && left instanceof Expression.Literal literal) {
            return of(right, turned(function), literal);
        }
        return null;
    }

    private static LongRange of(Expression column, String function, Expression.Literal literal) {
        DataType type = column.type();
        if (literal.value().isNull() || !literal.type().equals(type) || !fits(type)) {
            return null;
        }
        long bound =
                literal.value().value() instanceof BigDecimal decimal
                        ? decimal.setScale(((DecimalType) type).scale())
                                .unscaledValue()
                                .longValueExact()
                        : (Long) literal.value().value();
        if (bound == Long.MAX_VALUE || bound == Long.MIN_VALUE) {
            return null;
        }
        return switch (function) {
            case "=" -> new LongRange(column, bound, bound);
            case "<" -> new LongRange(column, Long.MIN_VALUE, bound - 1);
            case "<=" -> new LongRange(column, Long.MIN_VALUE, bound);
            case ">" -> new LongRange(column, bound + 1, Long.MAX_VALUE);
            case ">=" -> new LongRange(column, bound, Long.MAX_VALUE);
            default -> null;
        };
    }

    private static boolean fits(DataType type) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT, DATE -> true;
            case DECIMAL -> ((DecimalType) type).fitsLong();
            default -> false;
        };
    }

    private static String turned(String function) {
        return switch (function) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> function;
        };
    }

    /** What both allow. */
    LongRange and(LongRange other) {
        return new LongRange(column, Math.max(low, other.low), Math.min(high, other.high));
    }
}
