package org.skep.planner.physical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.plan.expression.Expression;
import org.skep.planner.rel.DatumOperator;
import org.skep.planner.rel.HiveFunction;
import org.skep.planner.rel.RelTypes;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;

/** Turns Calcite's expressions into those of the plan. Confined to one thread. */
final class ExpressionConverter {
    private final IntUnaryOperator columns;

    /**
     * A converter for expressions over a node; {@code columns} says at which index of the node a
     * column comes out.
     */
    ExpressionConverter(IntUnaryOperator columns) {
        this.columns = columns;
    }

    Expression convert(RexNode node) {
        if (node instanceof RexInputRef reference) {
            int index = columns.applyAsInt(reference.getIndex());
            if (index < 0) {
                throw new IllegalStateException("Column was pruned: " + reference);
            }
            return new Expression.InputColumn(index, RelTypes.fromRel(node.getType()));
        }
        if (node instanceof RexLiteral literal) {
            return new Expression.Literal(datum(literal));
        }
        if (node instanceof RexCall call) {
            return call(call);
        }
        throw new SkepException(
                ErrorCode.NOT_SUPPORTED, "Correlated subquery of this form is not supported yet");
    }

    private List<Expression> operands(RexCall call) {
        return call.getOperands().stream().map(this::convert).toList();
    }

    private Expression call(RexCall call) {
        DataType type = RelTypes.fromRel(call.getType());
        if (call.getOperator() instanceof DatumOperator literal) {
            return new Expression.Literal(literal.value());
        }
        if (call.getOperator() instanceof HiveFunction function) {
            return function(function.getName(), call, type);
        }
        return switch (call.getKind()) {
            case AND -> new Expression.And(operands(call));
            case OR -> new Expression.Or(operands(call));
            case NOT -> function("not", call, type);
            case EQUALS -> function("=", call, type);
            case NOT_EQUALS -> function("<>", call, type);
            case LESS_THAN -> function("<", call, type);
            case LESS_THAN_OR_EQUAL -> function("<=", call, type);
            case GREATER_THAN -> function(">", call, type);
            case GREATER_THAN_OR_EQUAL -> function(">=", call, type);
            case IS_NOT_DISTINCT_FROM -> function("<=>", call, type);
            case IS_DISTINCT_FROM ->
                    new Expression.Call("not", List.of(function("<=>", call, type)), type);
            case IS_NULL, IS_UNKNOWN -> function("isnull", call, type);
            case IS_NOT_NULL -> function("isnotnull", call, type);
            case IS_TRUE -> function("istrue", call, type);
            case IS_NOT_TRUE -> function("isnottrue", call, type);
            case IS_FALSE -> function("isfalse", call, type);
            case IS_NOT_FALSE -> function("isnotfalse", call, type);
            case CASE -> caseWhen(call);
            case COALESCE -> new Expression.Coalesce(operands(call), type);
            case CAST -> cast(call, type);
            case PLUS -> function("+", call, type);
            case MINUS -> function("-", call, type);
            case TIMES -> function("*", call, type);
            default -> throw new IllegalStateException("No conversion of " + call);
        };
    }

    private Expression function(String name, RexCall call, DataType type) {
        if (name.startsWith(HiveFunction.CAST + ":")) {
            return cast(call, type);
        }
        if (name.equals(HiveFunction.COALESCE)) {
            return new Expression.Coalesce(operands(call), type);
        }
        if (name.equals(HiveFunction.IN)) {
            List<Expression> operands = operands(call);
            List<Datum> items = new ArrayList<>();
            for (Expression item : operands.subList(1, operands.size())) {
                items.add(((Expression.Literal) item).value());
            }
            return new Expression.InList(operands.get(0), items);
        }
        return new Expression.Call(name, operands(call), type);
    }

    private Expression cast(RexCall call, DataType type) {
        Expression operand = convert(call.getOperands().get(0));
        return operand.type().equals(type) ? operand : new Expression.Cast(operand, type);
    }

    private Expression caseWhen(RexCall call) {
        DataType type = RelTypes.fromRel(call.getType());
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            conditions.add(convert(operands.get(i)));
            results.add(as(convert(operands.get(i + 1)), type));
        }
        return new Expression.Case(
                conditions, results, as(convert(operands.get(operands.size() - 1)), type));
    }

    // Calcite's own rewrites give branches that differ from the CASE in nullability, or literals of
    // narrower types.
    private static Expression as(Expression expression, DataType type) {
        return expression.type().equals(type) ? expression : new Expression.Cast(expression, type);
    }

    /** The value of one of Calcite's literals, which only its own rewrites make. */
    static Datum datum(RexLiteral literal) {
        DataType type = RelTypes.fromRel(literal.getType());
        if (literal.isNull()) {
            return Datum.nullOf(type);
        }
        return switch (type.kind()) {
            case BOOLEAN -> Datum.ofBoolean(Boolean.TRUE.equals(literal.getValueAs(Boolean.class)));
            case TINYINT, SMALLINT, INT, BIGINT ->
                    new Datum(type, literal.getValueAs(BigDecimal.class).longValue());
            case FLOAT, DOUBLE -> new Datum(type, literal.getValueAs(Double.class));
            case DECIMAL ->
                    new Datum(
                            type,
                            literal.getValueAs(BigDecimal.class)
                                    .setScale(((DecimalType) type).scale()));
            case STRING, VARCHAR, CHAR -> new Datum(type, literal.getValueAs(String.class));
            default -> throw new IllegalStateException("No conversion of " + literal);
        };
    }
}
