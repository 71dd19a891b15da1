package org.skep.planner.analysis;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.coerce.TypeRules;
import org.skep.parser.ast.BinaryOperator;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Quantifier;
import org.skep.types.DataType;

/** Binds subqueries that stand in expressions. Confined to one thread. */
final class SubqueryBinder {
    private final RexFactory rex;
    private final QueryBinder queries;
    private final Scope scope;
    private final ExpressionBinder expressions;

    /**
     * A binder.
     *
     * @param scope what the subqueries see of the block around them
     * @param expressions binds what is compared with a subquery
     */
    SubqueryBinder(RexFactory rex, QueryBinder queries, Scope scope, ExpressionBinder expressions) {
        this.rex = rex;
        this.queries = queries;
        this.scope = scope;
        this.expressions = expressions;
    }

    RexNode in(Expression.InSubquery node) {
        List<RexNode> operands =
                node.operand() instanceof Expression.Row row
                        ? expressions.bindAll(row.values())
                        : List.of(expressions.bind(node.operand()));
        RelNode query = queries.subquery(node.query(), scope);
        if (query.getRowType().getFieldCount() != operands.size()) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.query().location(),
                    "Subquery must have %d columns: %d"
                            .formatted(operands.size(), query.getRowType().getFieldCount()));
        }
        List<DataType> common = new ArrayList<>();
        List<RexNode> cast = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            DataType column = RexFactory.typeOf(rex.column(query.getRowType(), i));
            DataType type = comparisonType(RexFactory.typeOf(operands.get(i)), column);
            common.add(type);
            cast.add(rex.cast(operands.get(i), type));
        }
        RexNode in = RexSubQuery.in(queries.castColumns(query, common), ImmutableList.copyOf(cast));
        return node.negated() ? rex.rexBuilder().makeCall(SqlStdOperatorTable.NOT, in) : in;
    }

    private static DataType comparisonType(DataType left, DataType right) {
        return TypeRules.comparisonType(left, right)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.WRONG_ARGUMENTS,
                                        "Cannot compare %s with %s"
                                                .formatted(left.typeName(), right.typeName())));
    }

    RexNode exists(Expression.Exists node) {
        return RexSubQuery.exists(queries.subquery(node.query(), scope));
    }

    RexNode scalar(Expression.ScalarSubquery node) {
        RelNode query = queries.subquery(node.query(), scope);
        if (query.getRowType().getFieldCount() != 1) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    node.location(),
                    "Subquery must have 1 column: " + query.getRowType().getFieldCount());
        }
        return RexSubQuery.scalar(query);
    }

    RexNode quantified(Expression.QuantifiedComparison node) {
        RexNode operand = expressions.bind(node.operand());
        RelNode query = queries.subquery(node.query(), scope);
        DataType column = RexFactory.typeOf(rex.column(query.getRowType(), 0));
        DataType type = comparisonType(RexFactory.typeOf(operand), column);
        RelNode cast = queries.castColumns(query, List.of(type));
        ImmutableList<RexNode> operands = ImmutableList.of(rex.cast(operand, type));
        boolean all = node.quantifier() == Quantifier.ALL;
        // e op ALL (q) is NOT (e negated-op ANY (q)).
        SqlKind kind = sqlKind(node.operator());
        SqlKind tested = all ? kind.negateNullSafe() : kind;
        RexNode some =
                tested == SqlKind.EQUALS
                        ? RexSubQuery.in(cast, operands)
                        : RexSubQuery.some(cast, operands, SqlStdOperatorTable.some(tested));
        return all ? rex.rexBuilder().makeCall(SqlStdOperatorTable.NOT, some) : some;
    }

    private static SqlKind sqlKind(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> SqlKind.EQUALS;
            case NOT_EQUAL -> SqlKind.NOT_EQUALS;
            case LESS -> SqlKind.LESS_THAN;
            case LESS_OR_EQUAL -> SqlKind.LESS_THAN_OR_EQUAL;
            case GREATER -> SqlKind.GREATER_THAN;
            case GREATER_OR_EQUAL -> SqlKind.GREATER_THAN_OR_EQUAL;
            default ->
                    throw new SkepException(
                            ErrorCode.SEMANTIC_ERROR,
                            "Operator cannot be quantified: " + operator.symbol());
        };
    }
}
