package org.skep.sqltests.expressions;

import java.util.ArrayList;
import java.util.List;

/**
 * The casts of {@code expressions/casts.txt}: source values by target types. Immutable.
 *
 * @param targets the types' names
 * @param rows one a source value
 */
record CastMatrix(List<String> targets, List<Row> rows) {
    CastMatrix {
        targets = List.copyOf(targets);
        rows = List.copyOf(rows);
    }

    /**
     * A source value.
     *
     * @param source an expression
     * @param results what each target makes of it; {@code error N} where the cast is refused
     */
    record Row(String source, List<String> results) {
        Row {
            results = List.copyOf(results);
        }

        boolean isRefused(int target) {
            return results.get(target).startsWith("error ");
        }

        /** Whether a table can have a column of the source's type. */
        boolean isStorable() {
            return !source.startsWith("interval ");
        }
    }

    static CastMatrix read() {
        List<String> lines = RecordedExpression.lines("casts.txt");
        List<String> targets = List.of(lines.get(0).split("\t", -1));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> fields = List.of(line.split("\t", -1));
            List<String> results = fields.subList(1, fields.size());
            if (results.size() != targets.size() - 1) {
                throw new IllegalArgumentException("Row must have all targets: " + line);
            }
            rows.add(new Row(fields.get(0), results));
        }
        return new CastMatrix(targets.subList(1, targets.size()), rows);
    }
}
