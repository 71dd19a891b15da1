package org.skep.parser;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.FrameBound;
import org.skep.parser.ast.NullTreatment;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.SortItem;
import org.skep.parser.ast.UnaryOperator;
import org.skep.parser.ast.WindowFrame;
import org.skep.parser.ast.WindowSpec;

/** Writes expressions. Stateless. */
final class ExpressionPrinter implements Expression.Visitor<String> {
    String print(Expression expression) {
        return expression.accept(this);
    }

    String list(List<Expression> expressions) {
        return expressions.stream().map(this::print).collect(Collectors.joining(", "));
    }

    private static String subquery(Query query) {
        return "(" + new QueryPrinter().query(query) + ")";
    }

    private static String not(boolean negated) {
        return negated ? "not " : "";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public String nullLiteral(Expression.NullLiteral node) {
        return "null";
    }

    @Override
    public String booleanLiteral(Expression.BooleanLiteral node) {
        return String.valueOf(node.value());
    }

    @Override
    public String numericLiteral(Expression.NumericLiteral node) {
        return node.text();
    }

    @Override
    public String stringLiteral(Expression.StringLiteral node) {
        return StringEscapes.quote(node.value());
    }

    @Override
    public String dateTimeLiteral(Expression.DateTimeLiteral node) {
        String type =
                switch (node.kind()) {
                    case DATE -> "date";
                    case TIMESTAMP -> "timestamp";
                    case TIMESTAMP_LOCAL -> "timestamplocaltz";
                };
        return type + " " + StringEscapes.quote(node.value());
    }

    @Override
    public String intervalExpression(Expression.IntervalExpression node) {
        boolean literal =
                node.value() instanceof Expression.NumericLiteral
                        || node.value() instanceof Expression.StringLiteral;
        String value = print(node.value());
        return "interval " + (literal ? value : "(" + value + ")") + " " + word(node.unit());
    }

    @Override
    public String columnReference(Expression.ColumnReference node) {
        return SqlPrinter.path(node.path());
    }

    @Override
    public String fieldAccess(Expression.FieldAccess node) {
        return base(node.base()) + "." + SqlPrinter.print(node.field());
    }

    @Override
    public String subscript(Expression.Subscript node) {
        String base =
                node.base() instanceof Expression.ColumnReference
                        ? print(node.base())
                        : base(node.base());
        return base + "[" + print(node.index()) + "]";
    }

    private String base(Expression base) {
        boolean plain =
                base instanceof Expression.FieldAccess
                        || base instanceof Expression.Subscript
                        || base instanceof Expression.FunctionCall;
        return plain ? print(base) : "(" + print(base) + ")";
    }

    @Override
    public String star(Expression.Star node) {
        return node.qualifier().isEmpty() ? "*" : SqlPrinter.path(node.qualifier()) + ".*";
    }

    @Override
    public String functionCall(Expression.FunctionCall node) {
        StringBuilder text = new StringBuilder(SqlPrinter.functionName(node.name()));
        text.append('(')
                .append(node.distinct() ? "distinct " : "")
                .append(list(node.arguments()))
                .append(')');
        if (!node.withinGroup().isEmpty()) {
            text.append(" within group (order by ")
                    .append(sortItems(node.withinGroup()))
                    .append(')');
        }
        Optional<NullTreatment> nulls = node.nullTreatment();
        nulls.ifPresent(treatment -> text.append(' ').append(word(treatment)).append(" nulls"));
        node.over().ifPresent(window -> text.append(" over ").append(window(window)));
        return text.toString();
    }

    String window(WindowSpec window) {
        StringBuilder text = new StringBuilder("(");
        window.base().ifPresent(name -> text.append(SqlPrinter.print(name)).append(' '));
        if (!window.partitionBy().isEmpty()) {
            text.append("partition by ").append(list(window.partitionBy())).append(' ');
        }
        if (!window.orderBy().isEmpty()) {
            text.append("order by ").append(sortItems(window.orderBy())).append(' ');
        }
        window.frame().ifPresent(frame -> text.append(frame(frame)));
        return text.toString().stripTrailing() + ")";
    }

    private String frame(WindowFrame frame) {
        String start = bound(frame.start());
        String bounds =
                frame.end().map(end -> "between " + start + " and " + bound(end)).orElse(start);
        return word(frame.unit()) + " " + bounds;
    }

    private String bound(FrameBound bound) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING, UNBOUNDED_FOLLOWING, CURRENT_ROW -> word(bound.kind());
            case PRECEDING, FOLLOWING ->
                    print(bound.offset().orElseThrow()) + " " + word(bound.kind());
        };
    }

    String sortItems(List<SortItem> items) {
        return items.stream().map(this::sortItem).collect(Collectors.joining(", "));
    }

    private String sortItem(SortItem item) {
        String direction = item.direction() == SortItem.Direction.ASCENDING ? " asc" : " desc";
        String nulls = item.nulls().map(place -> " nulls " + word(place)).orElse("");
        return print(item.expression()) + direction + nulls;
    }

    @Override
    public String unary(Expression.Unary node) {
        String space = node.operator() == UnaryOperator.NOT ? " " : "";
        return "(" + node.operator().symbol() + space + print(node.operand()) + ")";
    }

    @Override
    public String binary(Expression.Binary node) {
        return "("
                + print(node.left())
                + " "
                + node.operator().symbol()
                + " "
                + print(node.right())
                + ")";
    }

    @Override
    public String chain(Expression.Chain node) {
        return node.operands().stream()
                .map(this::print)
                .collect(Collectors.joining(" " + node.operator().symbol() + " ", "(", ")"));
    }

    @Override
    public String caseWhen(Expression.Case node) {
        StringBuilder text = new StringBuilder("case");
        node.operand().ifPresent(operand -> text.append(' ').append(print(operand)));
        node.branches()
                .forEach(
                        branch ->
                                text.append(" when ")
                                        .append(print(branch.condition()))
                                        .append(" then ")
                                        .append(print(branch.result())));
        node.otherwise().ifPresent(otherwise -> text.append(" else ").append(print(otherwise)));
        return text.append(" end").toString();
    }

    @Override
    public String cast(Expression.Cast node) {
        String format =
                node.format().map(text -> " format " + StringEscapes.quote(text)).orElse("");
        return "cast("
                + print(node.operand())
                + " as "
                + SqlPrinter.print(node.type())
                + format
                + ")";
    }

    @Override
    public String isTest(Expression.IsTest node) {
        return "(" + print(node.operand()) + " is " + not(node.negated()) + word(node.kind()) + ")";
    }

    @Override
    public String between(Expression.Between node) {
        return "("
                + print(node.operand())
                + " "
                + not(node.negated())
                + "between "
                + print(node.low())
                + " and "
                + print(node.high())
                + ")";
    }

    @Override
    public String inList(Expression.InList node) {
        return "("
                + print(node.operand())
                + " "
                + not(node.negated())
                + "in ("
                + list(node.candidates())
                + "))";
    }

    @Override
    public String inSubquery(Expression.InSubquery node) {
        return "("
                + print(node.operand())
                + " "
                + not(node.negated())
                + "in "
                + subquery(node.query())
                + ")";
    }

    @Override
    public String exists(Expression.Exists node) {
        return "exists " + subquery(node.query());
    }

    @Override
    public String scalarSubquery(Expression.ScalarSubquery node) {
        return subquery(node.query());
    }

    @Override
    public String quantifiedComparison(Expression.QuantifiedComparison node) {
        return "("
                + print(node.operand())
                + " "
                + node.operator().symbol()
                + " "
                + word(node.quantifier())
                + " "
                + subquery(node.query())
                + ")";
    }

    @Override
    public String like(Expression.Like node) {
        String head =
                "(" + print(node.operand()) + " " + not(node.negated()) + word(node.kind()) + " ";
        return head
                + node.quantifier()
                        .map(quantifier -> word(quantifier) + " (" + list(node.patterns()) + ")")
                        .orElseGet(() -> print(node.patterns().get(0)))
                + ")";
    }

    @Override
    public String row(Expression.Row node) {
        return node.values().size() == 1
                ? "struct(" + list(node.values()) + ")"
                : "(" + list(node.values()) + ")";
    }

    @Override
    public String defaultValue(Expression.DefaultValue node) {
        return "default";
    }
}
