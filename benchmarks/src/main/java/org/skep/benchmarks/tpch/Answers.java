package org.skep.benchmarks.tpch;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a result, compared by value: numbers within a rounding error, texts without trailing
 * blanks. Immutable.
 */
record Answers(List<List<String>> rows) {
    static Answers read(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return new Answers(rows);
    }

    /** What is different first, or null. */
    String difference(Answers other) {
        if (rows.size() != other.rows.size()) {
            return "%d rows and %d rows".formatted(rows.size(), other.rows.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.get(i).size(); j++) {
                String a = rows.get(i).get(j);
                String b = other.rows.get(i).get(j);
                if (!same(a, b)) {
                    return "row %d column %d: %s and %s".formatted(i + 1, j + 1, a, b);
                }
            }
        }
        return null;
    }

    private static boolean same(String a, String b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        if (a.stripTrailing().equals(b.stripTrailing())) {
            return true;
        }
        try {
            BigDecimal x = new BigDecimal(a);
            BigDecimal y = new BigDecimal(b);
            BigDecimal tolerance =
                    x.abs()
                            .max(BigDecimal.ONE)
                            .multiply(new BigDecimal("0.000001"))
                            .max(new BigDecimal("0.00001"));
            return x.subtract(y).abs().compareTo(tolerance) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
