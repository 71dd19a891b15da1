package org.skep.sqltests.corpus;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.skep.types.DataType;

/** A connection of the driver to a warehouse in this process. Confined to one thread. */
final class JdbcSession implements SqlSession {
    private final Connection connection;

    private JdbcSession(Connection connection) {
        this.connection = connection;
    }

    static JdbcSession open(Path data, Map<String, String> settings) {
        String url =
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(";", "jdbc:skep:" + data + "?", ""));
        try {
            return new JdbcSession(DriverManager.getConnection(url, "tester", ""));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SqlRows run(String sql) {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return new SqlRows(List.of(), "", List.of());
            }
            try (ResultSet result = statement.getResultSet()) {
                return rows(result);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e.getErrorCode(), e.getMessage(), e);
        }
    }

    private static SqlRows rows(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> names = new ArrayList<>();
        StringBuilder types = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
            types.append(letter(columns.getColumnTypeName(i)));
        }
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= names.size(); i++) {
                values.add(result.getString(i));
            }
            rows.add(values);
        }
        return new SqlRows(names, types.toString(), rows);
    }

    // Nested types come without what is in them.
    private static String letter(String type) {
        return List.of("array", "map", "struct", "uniontype").contains(type)
                ? "C"
                : TypeLetters.of(List.of(DataType.parse(type)));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
