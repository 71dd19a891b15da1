package org.skep.sqltests.expressions;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.skep.base.error.SkepException;
import org.skep.parser.SqlParser;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.SourceSpan;

/** The literals of an expression that could as well be columns, by place. Immutable. */
record Literals(String expression, List<SourceSpan> spans) {
    Literals {
        spans = List.copyOf(spans);
    }

    /** Finds them; none if the text is no expression. */
    static Literals of(String expression) {
        List<SourceSpan> spans = new ArrayList<>();
        try {
            collect(new SqlParser().parseExpression(expression), spans);
        } catch (SkepException e) {
            return new Literals(expression, List.of());
        }
        spans.sort(Comparator.comparingInt(SourceSpan::start));
        return new Literals(expression, spans);
    }

    private static void collect(Object node, List<SourceSpan> spans) {
        if (node instanceof Expression.BooleanLiteral
                || node instanceof Expression.NumericLiteral
                || node instanceof Expression.StringLiteral
                || node instanceof Expression.DateTimeLiteral) {
            spans.add(((Expression) node).span());
        } else if (node instanceof Collection<?> nodes) {
            nodes.forEach(child -> collect(child, spans));
        } else if (node instanceof Optional<?> child) {
            child.ifPresent(value -> collect(value, spans));
        } else if (isMovable(node)) {
            for (RecordComponent component : node.getClass().getRecordComponents()) {
                try {
                    collect(component.getAccessor().invoke(node), spans);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    // An interval's amount belongs to its unit.
    private static boolean isMovable(Object node) {
        return node instanceof Record
                && node.getClass().getName().startsWith("org.skep.parser.ast.")
                && !(node instanceof Expression.IntervalExpression);
    }

    List<String> texts() {
        return spans.stream().map(span -> span.textIn(expression)).toList();
    }

    /** All but one. */
    Literals without(int number) {
        List<SourceSpan> others = new ArrayList<>(spans);
        others.remove(number);
        return new Literals(expression, others);
    }

    /** The expression with other texts in their places. */
    String replaced(UnaryOperator<String> replacement) {
        StringBuilder text = new StringBuilder(expression);
        for (int i = spans.size() - 1; i >= 0; i--) {
            SourceSpan span = spans.get(i);
            text.replace(span.start(), span.end(), replacement.apply(span.textIn(expression)));
        }
        return text.toString();
    }
}
