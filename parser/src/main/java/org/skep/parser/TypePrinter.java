package org.skep.parser;

import java.util.stream.Collectors;
import org.skep.parser.ast.StructField;
import org.skep.parser.ast.TypeName;

/** Writes type names. Stateless. */
final class TypePrinter implements TypeName.Visitor<String> {
    @Override
    public String simple(TypeName.Simple node) {
        if (node.parameters().isEmpty()) {
            return switch (node.name()) {
                case "interval_year_month" -> "interval year to month";
                case "interval_day_time" -> "interval day to second";
                default -> node.name();
            };
        }
        return node.parameters().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",", node.name() + "(", ")"));
    }

    @Override
    public String array(TypeName.Array node) {
        return "array<" + node.element().accept(this) + ">";
    }

    @Override
    public String mapType(TypeName.MapType node) {
        return "map<" + node.key().accept(this) + "," + node.value().accept(this) + ">";
    }

    @Override
    public String struct(TypeName.Struct node) {
        return node.fields().stream()
                .map(this::field)
                .collect(Collectors.joining(",", "struct<", ">"));
    }

    private String field(StructField field) {
        String comment =
                field.comment().map(text -> " comment " + StringEscapes.quote(text)).orElse("");
        return SqlPrinter.print(field.name()) + ":" + field.type().accept(this) + comment;
    }

    @Override
    public String union(TypeName.Union node) {
        return node.alternatives().stream()
                .map(type -> type.accept(this))
                .collect(Collectors.joining(",", "uniontype<", ">"));
    }
}
