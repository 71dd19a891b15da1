package org.skep.parser;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skep.parser.ast.Expression;
import org.skep.parser.ast.Identifier;
import org.skep.parser.ast.QualifiedName;
import org.skep.parser.ast.Query;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.TypeName;

/**
 * Writes any tree for the golden texts: what is empty or false is left out, queries and expressions
 * are in SQL.
 */
final class TreePrinter {
    private TreePrinter() {}

    static String print(Object value) {
        if (value instanceof Query query) {
            return "{" + SqlPrinter.print(query) + "}";
        }
        if (value instanceof Expression expression) {
            return "{" + SqlPrinter.print(expression) + "}";
        }
        if (value instanceof TypeName type) {
            return SqlPrinter.print(type);
        }
        if (value instanceof Identifier || value instanceof QualifiedName) {
            return value.toString();
        }
        if (value instanceof String text) {
            return SqlPrinter.quote(text);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(TreePrinter::print)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Optional<?> optional) {
            return print(optional.orElseThrow());
        }
        return value instanceof Record node ? record(node) : String.valueOf(value);
    }

    private static String record(Record node) {
        List<String> parts = new ArrayList<>();
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            Object value = valueOf(node, component);
            if (value.equals(true)) {
                parts.add(component.getName());
            } else if (!isEmpty(value)) {
                parts.add(component.getName() + "=" + print(value));
            }
        }
        return node.getClass().getSimpleName() + "(" + String.join(", ", parts) + ")";
    }

    private static boolean isEmpty(Object value) {
        return value.equals(false)
                || value instanceof SourceSpan
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Optional<?> optional && optional.isEmpty());
    }

    private static Object valueOf(Record node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
