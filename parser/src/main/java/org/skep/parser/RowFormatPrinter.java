package org.skep.parser;

import java.util.Optional;
import java.util.stream.Collectors;
import org.skep.parser.ast.Property;
import org.skep.parser.ast.RowFormat;

/** Writes row formats. Stateless. */
final class RowFormatPrinter implements RowFormat.Visitor<String> {
    static String property(Property property) {
        String value =
                property.value().isEmpty() ? "" : " = " + StringEscapes.quote(property.value());
        return StringEscapes.quote(property.key()) + value;
    }

    private static String option(String words, Optional<String> value) {
        return value.map(text -> " " + words + " " + StringEscapes.quote(text)).orElse("");
    }

    @Override
    public String delimited(RowFormat.Delimited node) {
        return "row format delimited"
                + option("fields terminated by", node.fieldTerminator())
                + option("escaped by", node.escape())
                + option("collection items terminated by", node.itemTerminator())
                + option("map keys terminated by", node.keyTerminator())
                + option("lines terminated by", node.lineTerminator())
                + option("null defined as", node.nullText());
    }

    @Override
    public String serde(RowFormat.Serde node) {
        String properties =
                node.properties().isEmpty()
                        ? ""
                        : node.properties().stream()
                                .map(RowFormatPrinter::property)
                                .collect(Collectors.joining(", ", " with serdeproperties (", ")"));
        return "row format serde " + StringEscapes.quote(node.className()) + properties;
    }
}
