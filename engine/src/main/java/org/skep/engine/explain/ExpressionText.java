package org.skep.engine.explain;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.skep.plan.expression.Expression;
import org.skep.types.Datum;
import org.skep.types.text.ByteSink;
import org.skep.types.text.ValueText;
import org.skep.types.vector.DatumVector;

/** Prints expressions; columns are called by the names that the caller gives. Immutable. */
final class ExpressionText implements Expression.Visitor<String> {
    private static final List<String> OPERATORS =
            List.of(
                    "=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>", "+", "-", "*", "/", "%",
                    "div", "&", "|", "^", "||");

    private final List<String> columns;
    private final ZoneId zone;

    ExpressionText(List<String> columns, ZoneId zone) {
        this.columns = List.copyOf(columns);
        this.zone = zone;
    }

    String print(Expression expression) {
        return expression.accept(this);
    }

    String column(int index) {
        return index < columns.size() ? columns.get(index) : "_col" + index;
    }

    String literal(Datum value) {
        if (value.isNull()) {
            return "null";
        }
        ByteSink sink = new ByteSink();
        ValueText.append(DatumVector.constant(value), 0, sink, zone);
        String text = sink.toString();
        boolean number = value.type().kind().isNumeric();
        boolean bare = number || value.value() instanceof Boolean;
        return bare ? text : "'" + text + "'";
    }

    @Override
    public String inputColumn(Expression.InputColumn expression) {
        return column(expression.index());
    }

    @Override
    public String literal(Expression.Literal expression) {
        return literal(expression.value());
    }

    @Override
    public String call(Expression.Call expression) {
        List<String> operands = expression.operands().stream().map(this::print).toList();
        boolean infix = operands.size() == 2 && OPERATORS.contains(expression.function());
        return infix
                ? "(%s %s %s)".formatted(operands.get(0), expression.function(), operands.get(1))
                : "%s(%s)".formatted(expression.function(), String.join(", ", operands));
    }

    @Override
    public String cast(Expression.Cast expression) {
        return "CAST( %s AS %s)"
                .formatted(print(expression.operand()), expression.type().typeName());
    }

    @Override
    public String and(Expression.And expression) {
        return joined(expression.operands(), " and ");
    }

    @Override
    public String or(Expression.Or expression) {
        return joined(expression.operands(), " or ");
    }

    private String joined(List<Expression> operands, String word) {
        return operands.stream().map(this::print).collect(Collectors.joining(word, "(", ")"));
    }

    @Override
    public String conditional(Expression.Case expression) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i < expression.conditions().size(); i++) {
            text.append(" WHEN ")
                    .append(print(expression.conditions().get(i)))
                    .append(" THEN ")
                    .append(print(expression.results().get(i)));
        }
        return text.append(" ELSE ")
                .append(print(expression.otherwise()))
                .append(" END")
                .toString();
    }

    @Override
    public String coalesce(Expression.Coalesce expression) {
        return "coalesce"
                + expression.operands().stream()
                        .map(this::print)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String inList(Expression.InList expression) {
        return "(%s) IN %s"
                .formatted(
                        print(expression.value()),
                        expression.items().stream()
                                .map(this::literal)
                                .collect(Collectors.joining(", ", "(", ")")));
    }
}
