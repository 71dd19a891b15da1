package org.skep.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement with {@code ?} in it. Question marks in strings, quoted names and comments are not
 * parameters. Immutable.
 */
final class SqlTemplate {
    private final String text;
    // What stands between the parameters: one more than there are parameters.
    private final List<String> pieces;

    private SqlTemplate(String text, List<String> pieces) {
        this.text = text;
        this.pieces = List.copyOf(pieces);
    }

    static SqlTemplate parse(String sql) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '?') {
                pieces.add(sql.substring(from, at));
                from = ++at;
            } else {
                at = skip(sql, at, c);
            }
        }
        pieces.add(sql.substring(from));
        return new SqlTemplate(sql, pieces);
    }

    // The place after the quoted text, the comment or the single character that begins here.
    private static int skip(String sql, int at, char c) {
        switch (c) {
            case '\'':
            case '"':
                return afterString(sql, at);
            case '`':
                return after(sql, "`", at + 1);
            case '-':
                return sql.startsWith("--", at) ? after(sql, "\n", at + 2) : at + 1;
            case '/':
                return sql.startsWith("/*", at) ? after(sql, "*/", at + 2) : at + 1;
            default:
                return at + 1;
        }
    }

    private static int afterString(String sql, int start) {
        char quote = sql.charAt(start);
        for (int at = start + 1; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == quote) {
                return at + 1;
            }
        }
        return sql.length();
    }

    private static int after(String sql, String end, int from) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at + end.length();
    }

    /** The number of parameters. */
    int parameterCount() {
        return pieces.size() - 1;
    }

    /**
     * The statement with a literal in the place of every parameter; null stands for one not set.
     */
    String fill(String[] literals) throws SQLException {
        StringBuilder out = new StringBuilder(text.length() + 16 * literals.length);
        for (int i = 0; i < literals.length; i++) {
            if (literals[i] == null) {
                throw new SQLException("Parameter not set: " + (i + 1), SqlState.PARAMETER_NOT_SET);
            }
            out.append(pieces.get(i)).append(literals[i]);
        }
        return out.append(pieces.get(literals.length)).toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
