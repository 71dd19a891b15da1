package org.skep.parser;

import java.math.BigDecimal;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.grammar.HiveParser;
import org.skep.grammar.HiveParserBaseVisitor;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.IntervalUnit;

/** Builds literals. Confined to one thread. */
final class LiteralBuilder extends HiveParserBaseVisitor<Expression> {
    private static final int MAX_DECIMAL_DIGITS = 38;
    private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private final SourceText source;

    LiteralBuilder(SourceText source) {
        this.source = source;
    }

    Expression literal(HiveParser.LiteralContext context) {
        return context.accept(this);
    }

    @Override
    public Expression visitNullLiteral(HiveParser.NullLiteralContext context) {
        return new Expression.NullLiteral(source.span(context));
    }

    @Override
    public Expression visitBooleanLiteral(HiveParser.BooleanLiteralContext context) {
        return new Expression.BooleanLiteral(context.KW_TRUE() != null, source.span(context));
    }

    @Override
    public Expression visitNumberLiteral(HiveParser.NumberLiteralContext context) {
        return number(context.NUMBER().getSymbol());
    }

    @Override
    public Expression visitTextLiteral(HiveParser.TextLiteralContext context) {
        return string(context.stringLiteral());
    }

    @Override
    public Expression visitDateTimeLiteral(HiveParser.DateTimeLiteralContext context) {
        Expression.DateTimeLiteral.Kind kind =
                context.KW_DATE() != null
                        ? Expression.DateTimeLiteral.Kind.DATE
                        : context.KW_TIMESTAMP() != null
                                ? Expression.DateTimeLiteral.Kind.TIMESTAMP
                                : Expression.DateTimeLiteral.Kind.TIMESTAMP_LOCAL;
        return new Expression.DateTimeLiteral(
                kind, source.string(context.stringLiteral()), source.span(context));
    }

    Expression string(HiveParser.StringLiteralContext context) {
        return new Expression.StringLiteral(source.string(context), source.span(context));
    }

    Expression.NumericLiteral number(Token token) {
        String text = token.getText();
        String upper = text.toUpperCase(Locale.ROOT);
        Expression.NumericLiteral.Kind suffix = suffixKind(upper);
        int digits = upper.length() - (suffix == null ? 0 : upper.endsWith("BD") ? 2 : 1);
        BigDecimal value;
        try {
            value = new BigDecimal(upper.substring(0, digits));
        } catch (NumberFormatException e) {
            throw badNumber(token);
        }
        Expression.NumericLiteral.Kind kind = suffix == null ? kindOf(upper, value) : suffix;
        if (!fits(kind, upper.substring(0, digits), value)) {
            throw badNumber(token);
        }
        return new Expression.NumericLiteral(kind, value, text, source.span(token, token));
    }

    private static SkepException badNumber(Token token) {
        return new SkepException(
                ErrorCode.INVALID_NUMBER,
                SourceText.location(token),
                "Invalid numerical constant: " + token.getText());
    }

    private static Expression.NumericLiteral.Kind suffixKind(String text) {
        if (text.endsWith("BD")) {
            return Expression.NumericLiteral.Kind.DECIMAL;
        }
        return switch (text.charAt(text.length() - 1)) {
            case 'Y' -> Expression.NumericLiteral.Kind.TINYINT;
            case 'S' -> Expression.NumericLiteral.Kind.SMALLINT;
            case 'L' -> Expression.NumericLiteral.Kind.BIGINT;
            case 'D' -> Expression.NumericLiteral.Kind.DOUBLE;
            default -> null;
        };
    }

    // Without a suffix a number that no decimal can hold is a double.
    private static Expression.NumericLiteral.Kind kindOf(String text, BigDecimal value) {
        if (text.indexOf('E') >= 0 || value.precision() - value.scale() > MAX_DECIMAL_DIGITS) {
            return Expression.NumericLiteral.Kind.DOUBLE;
        }
        if (text.indexOf('.') >= 0 || value.compareTo(MAX_LONG) > 0) {
            return Expression.NumericLiteral.Kind.DECIMAL;
        }
        return value.compareTo(MAX_INT) > 0
                ? Expression.NumericLiteral.Kind.BIGINT
                : Expression.NumericLiteral.Kind.INT;
    }

    private static boolean fits(
            Expression.NumericLiteral.Kind kind, String digits, BigDecimal value) {
        long limit =
                switch (kind) {
                    case TINYINT -> Byte.MAX_VALUE;
                    case SMALLINT -> Short.MAX_VALUE;
                    case INT, BIGINT -> Long.MAX_VALUE;
                    case DECIMAL, DOUBLE -> -1;
                };
        boolean whole = digits.chars().allMatch(Character::isDigit);
        return limit < 0 || (whole && value.compareTo(BigDecimal.valueOf(limit)) <= 0);
    }

    static IntervalUnit unit(HiveParser.IntervalUnitContext context) {
        if (context.KW_TO() != null) {
            return context.KW_YEAR() != null
                    ? IntervalUnit.YEAR_TO_MONTH
                    : IntervalUnit.DAY_TO_SECOND;
        }
        String unit = timeUnit(context.timeUnit());
        if (unit.equals("dayofweek")) {
            throw SourceText.error(context, "Interval has no unit: DAYOFWEEK");
        }
        return IntervalUnit.valueOf(unit.toUpperCase(Locale.ROOT));
    }

    /** The unit in lower case and in the singular. */
    static String timeUnit(HiveParser.TimeUnitContext context) {
        String unit = context.getText().toLowerCase(Locale.ROOT);
        return unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    }
}
