package org.skep.planner.analysis;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.coerce.TypeRules;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.IntervalUnit;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.NanoTime;

/** Values of literals. Confined to one thread. */
final class LiteralBinder {
    private static final Pattern TIME =
            Pattern.compile("[ T](?:[01]?\\d|2[0-3]):[0-5]?\\d:[0-5]?\\d(?!\\d)");
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

    private final RexFactory rex;

    LiteralBinder(RexFactory rex) {
        this.rex = rex;
    }

    Datum number(Expression.NumericLiteral literal) {
        return switch (literal.kind()) {
            case TINYINT -> new Datum(DataType.TINYINT, literal.value().longValueExact());
            case SMALLINT -> new Datum(DataType.SMALLINT, literal.value().longValueExact());
            case INT -> new Datum(DataType.INT, literal.value().longValueExact());
            case BIGINT -> new Datum(DataType.BIGINT, literal.value().longValueExact());
            case DOUBLE -> new Datum(DataType.DOUBLE, literal.value().doubleValue());
            case DECIMAL -> decimal(literal.value());
        };
    }

    private static Datum decimal(BigDecimal value) {
        BigDecimal kept = TypeRules.trimmed(value);
        if (kept.precision() > DecimalType.MAX_PRECISION) {
            return Datum.nullOf(new DecimalType(1, 0));
        }
        DecimalType type = TypeRules.literalType(value);
        return new Datum(type, kept.setScale(type.scale()));
    }

    Datum dateTime(Expression.DateTimeLiteral literal) {
        DataType type =
                switch (literal.kind()) {
                    case DATE -> DataType.DATE;
                    case TIMESTAMP -> DataType.TIMESTAMP;
                    case TIMESTAMP_LOCAL -> DataType.TIMESTAMP_LOCAL_TZ;
                };
        Datum value = rex.fold(Datum.ofString(literal.value()), type);
        // A cast takes a date for a timestamp at midnight, a literal does not.
        boolean complete = type == DataType.DATE || TIME.matcher(literal.value()).find();
        if (value.isNull() || !complete) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    literal.location(),
                    "Literal must be a %s: %s".formatted(type.typeName(), literal.value()));
        }
        return value;
    }

    RexNode interval(RexNode value, IntervalUnit unit) {
        Datum constant = RexFactory.constantOf(value).orElse(null);
        if (unit == IntervalUnit.YEAR_TO_MONTH || unit == IntervalUnit.DAY_TO_SECOND) {
            DataType type =
                    unit == IntervalUnit.YEAR_TO_MONTH
                            ? DataType.INTERVAL_YEAR_MONTH
                            : DataType.INTERVAL_DAY_TIME;
            RexNode interval = rex.cast(value, type);
            if (constant != null
                    && RexFactory.constantOf(interval).map(Datum::isNull).orElse(false)) {
                throw new SkepException(
                        ErrorCode.SEMANTIC_ERROR,
                        "Interval must be a %s: %s".formatted(unit, constant.value()));
            }
            return interval;
        }
        if (constant == null) {
            return scaled(value, unit);
        }
        BigDecimal amount = amount(constant);
        if (unit == IntervalUnit.YEAR
                || unit == IntervalUnit.QUARTER
                || unit == IntervalUnit.MONTH) {
            int factor = unit == IntervalUnit.YEAR ? 12 : unit == IntervalUnit.QUARTER ? 3 : 1;
            return rex.constant(
                    new Datum(DataType.INTERVAL_YEAR_MONTH, amount.longValue() * factor));
        }
        BigDecimal nanos =
                amount.multiply(BigDecimal.valueOf(micros(unit)))
                        .multiply(BigDecimal.valueOf(1000));
        long total = nanos.toBigInteger().longValueExact();
        return rex.constant(
                new Datum(
                        DataType.INTERVAL_DAY_TIME,
                        new NanoTime(
                                Math.floorDiv(total, 1000L), (short) Math.floorMod(total, 1000L))));
    }

    // (e) DAYS with e from a row: a text that reads as the interval.
    private RexNode scaled(RexNode value, IntervalUnit unit) {
        RexNode text = rex.cast(rex.cast(value, DataType.BIGINT), DataType.STRING);
        return switch (unit) {
            case DAY ->
                    rex.cast(
                            rex.call(
                                    "concat",
                                    List.of(text, rex.constant(Datum.ofString(" 00:00:00")))),
                            DataType.INTERVAL_DAY_TIME);
            case YEAR ->
                    rex.cast(
                            rex.call("concat", List.of(text, rex.constant(Datum.ofString("-0")))),
                            DataType.INTERVAL_YEAR_MONTH);
            default ->
                    throw new SkepException(
                            ErrorCode.NOT_SUPPORTED,
                            "Interval of a column in %sS is not supported yet".formatted(unit));
        };
    }

    private static BigDecimal amount(Datum constant) {
        try {
            return new BigDecimal(String.valueOf(constant.value()).trim());
        } catch (NumberFormatException e) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR, "Interval must be a number: " + constant.value(), e);
        }
    }

    private static long micros(IntervalUnit unit) {
        return switch (unit) {
            case WEEK -> 7 * MICROS_PER_DAY;
            case DAY -> MICROS_PER_DAY;
            case HOUR -> 3600 * MICROS_PER_SECOND;
            case MINUTE -> 60 * MICROS_PER_SECOND;
            case SECOND -> MICROS_PER_SECOND;
            case YEAR_TO_MONTH, DAY_TO_SECOND, YEAR, QUARTER, MONTH ->
                    throw new IllegalArgumentException("No span of time: " + unit);
        };
    }
}
