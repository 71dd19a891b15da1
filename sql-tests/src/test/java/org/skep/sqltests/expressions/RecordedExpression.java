package org.skep.sqltests.expressions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A line of {@code expressions/hive.txt}, whose head says what the fields mean. Immutable.
 *
 * @param type the kind of type, {@code -} for an error
 * @param columnsValue the value over columns, if it differs; with a type before a colon if that
 *     does
 * @param fixed the literal that has to stay, if any
 */
record RecordedExpression(
        String expression,
        String type,
        String value,
        Optional<String> columnsValue,
        Optional<Integer> fixed) {
    static List<RecordedExpression> all() {
        return lines("hive.txt").stream().map(RecordedExpression::read).toList();
    }

    /** The lines of a resource that are neither empty nor comments. */
    static List<String> lines(String resource) {
        try (InputStream in =
                RecordedExpression.class.getResourceAsStream("/expressions/" + resource)) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordedExpression read(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        return new RecordedExpression(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                option(fields, "columns: "),
                option(fields, "fixed: ").map(Integer::valueOf));
    }

    private static Optional<String> option(List<String> fields, String name) {
        return fields.stream()
                .skip(3)
                .filter(field -> field.startsWith(name))
                .map(field -> field.substring(name.length()))
                .findFirst();
    }

    Literals literals() {
        Literals all = Literals.of(expression);
        return fixed.map(all::without).orElse(all);
    }

    String folded() {
        return type + " " + value;
    }

    /** As {@link #overColumns}, but a window has one row to see. */
    String overColumnsOfOneRow() {
        return expression.contains(" over ") ? folded() : overColumns();
    }

    String overColumns() {
        return columnsValue
                .map(text -> text.contains(":") ? text.replace(":", " ") : type + " " + text)
                .orElse(folded());
    }
}
