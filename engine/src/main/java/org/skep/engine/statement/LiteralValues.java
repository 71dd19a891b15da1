package org.skep.engine.statement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.query.QueryRunner;
import org.skep.engine.query.RunningQuery;
import org.skep.engine.session.StatementContext;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.QueryBody;
import org.skep.parser.ast.SelectItem;
import org.skep.parser.ast.UnaryOperator;
import org.skep.planner.PlannedQuery;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.DatumVector;

/**
 * Values of constant expressions in statements that are no queries. Confined to the statement's
 * thread.
 */
final class LiteralValues {
    private final StatementContext context;

    LiteralValues(StatementContext context) {
        this.context = context;
    }

    /**
     * The value of an expression without columns.
     *
     * @throws SkepException for whatever is wrong with it
     */
    Datum value(Expression expression) {
        if (expression instanceof Expression.StringLiteral literal) {
            return Datum.ofString(literal.value());
        }
        if (expression instanceof Expression.NullLiteral) {
            return Datum.nullOf(DataType.STRING);
        }
        if (expression instanceof Expression.NumericLiteral literal) {
            return number(literal.kind(), literal.value());
        }
        if (expression instanceof Expression.Unary unary
                && unary.operator() == UnaryOperator.MINUS
                && unary.operand() instanceof Expression.NumericLiteral literal) {
            return number(literal.kind(), literal.value().negate());
        }
        return computed(expression);
    }

    private static Datum number(Expression.NumericLiteral.Kind kind, BigDecimal value) {
        return switch (kind) {
            case TINYINT -> new Datum(DataType.TINYINT, value.longValue());
            case SMALLINT -> new Datum(DataType.SMALLINT, value.longValue());
            case INT -> new Datum(DataType.INT, value.longValue());
            case BIGINT -> new Datum(DataType.BIGINT, value.longValue());
            case DOUBLE -> new Datum(DataType.DOUBLE, value.doubleValue());
            case DECIMAL -> {
                int scale = Math.max(0, value.scale());
                BigDecimal scaled = value.setScale(scale, java.math.RoundingMode.HALF_UP);
                yield new Datum(
                        new DecimalType(Math.max(scaled.precision(), Math.max(1, scale)), scale),
                        scaled);
            }
        };
    }

    private Datum computed(Expression expression) {
        List<SelectItem> items = new ArrayList<>();
        items.add(new SelectItem(expression, List.of(), expression.span()));
        QueryBody body =
                new QueryBody.Select(
                        false,
                        items,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        expression.span());
        Query query =
                new Query(
                        Optional.empty(),
                        body,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        expression.span());
        QueryRunner runner = new QueryRunner(context);
        PlannedQuery planned = runner.planner().planQuery(query);
        try (RunningQuery running = runner.run(planned)) {
            for (ColumnBatch batch = running.next(); batch != null; batch = running.next()) {
                if (batch.rowCount() > 0) {
                    return DatumVector.read(batch.column(0), batch.selection().position(0));
                }
            }
        }
        throw new SkepException(
                ErrorCode.SEMANTIC_ERROR, expression.location(), "Expression must have a value");
    }
}
