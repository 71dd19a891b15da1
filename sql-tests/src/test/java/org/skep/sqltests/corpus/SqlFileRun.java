package org.skep.sqltests.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs one file of the corpus in one session and tells each difference. Confined to one thread. */
final class SqlFileRun implements AutoCloseable {
    private final SqlSession session;
    private final String database;
    private final Path directory;

    SqlFileRun(CorpusWarehouse warehouse, SqlFile file) {
        session = warehouse.open();
        database = "sqltest_" + file.name().replace('-', '_');
        directory = warehouse.directory(file.name());
        session.run("CREATE DATABASE " + database);
        session.run("USE " + database);
    }

    /** What is wrong with the answer to a block; empty if nothing is. */
    Optional<String> check(SqlCase sqlCase) {
        String actual = answer(sqlCase);
        String expected = expected(sqlCase);
        return matches(sqlCase, expected, actual)
                ? Optional.empty()
                : Optional.of(
                        "line %d: %s\n  expected:\n%s\n  got:\n%s"
                                .formatted(sqlCase.line(), sqlCase.title(), expected, actual));
    }

    /** What the block should have looked like, for those who write files. */
    String answer(SqlCase sqlCase) {
        try {
            if (sqlCase instanceof SqlCase.Query query) {
                return rows(query);
            }
            if (sqlCase instanceof SqlCase.Statement statement) {
                session.run(real(statement.sql()));
                return "statement ok";
            }
            if (sqlCase instanceof SqlCase.Failure failure) {
                session.run(real(failure.sql()));
                return "statement ok";
            }
            SqlCase.DataFile file = (SqlCase.DataFile) sqlCase;
            Path path = directory.resolve(file.name());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.text());
            return "statement ok";
        } catch (SqlFailure e) {
            return masked("statement error %d\n%s".formatted(e.number(), e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rows(SqlCase.Query query) {
        SqlRows answer = session.run(real(query.sql()));
        List<String> lines = new ArrayList<>();
        for (List<String> row : answer.rows()) {
            List<String> values = new ArrayList<>();
            for (String value : row) {
                values.add(value == null ? "NULL" : shown(value));
            }
            lines.add(masked(String.join("\t", values)));
        }
        if (query.order() == SqlCase.Order.ANY) {
            lines.sort(null);
        }
        if (query.named()) {
            lines.add(0, masked(String.join("\t", answer.names())));
        }
        lines.add(0, "query " + answer.types());
        return String.join("\n", lines);
    }

    private static String expected(SqlCase sqlCase) {
        if (sqlCase instanceof SqlCase.Query query) {
            List<String> lines = new ArrayList<>(query.rows());
            List<String> rows = lines.subList(query.named() ? 1 : 0, lines.size());
            if (query.order() == SqlCase.Order.ANY) {
                rows.sort(null);
            }
            lines.add(0, "query " + query.types());
            return String.join("\n", lines);
        }
        if (sqlCase instanceof SqlCase.Failure failure) {
            return "statement error %d\n%s".formatted(failure.number(), failure.message());
        }
        return "statement ok";
    }

    private static boolean matches(SqlCase sqlCase, String expected, String actual) {
        if (sqlCase instanceof SqlCase.Failure failure && failure.message().isEmpty()) {
            return actual.startsWith(expected);
        }
        List<String> wanted = List.of(expected.split("\n", -1));
        List<String> got = List.of(actual.split("\n", -1));
        if (sqlCase instanceof SqlCase.Query query && query.order() == SqlCase.Order.INCLUDED) {
            int found = 0;
            for (String line : got) {
                if (found < wanted.size() && isSameRow(wanted.get(found), line)) {
                    found++;
                }
            }
            return found == wanted.size();
        }
        boolean same = wanted.size() == got.size();
        for (int i = 0; same && i < wanted.size(); i++) {
            same = isSameRow(wanted.get(i), got.get(i));
        }
        return same;
    }

    private static boolean isSameRow(String expected, String actual) {
        String[] wanted = expected.split("\t", -1);
        String[] got = actual.split("\t", -1);
        boolean same = wanted.length == got.length;
        for (int i = 0; same && i < wanted.length; i++) {
            same = wanted[i].equals("(any)") || wanted[i].equals(got[i]);
        }
        return same;
    }

    private String real(String sql) {
        return sql.replace("__DIR__", directory.toString()).replace("__DB__", database);
    }

    private String masked(String line) {
        return line.replace(directory.toString(), "__DIR__").replace(database, "__DB__");
    }

    private static String shown(String value) {
        return value.isEmpty()
                ? "(empty)"
                : value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }

    @Override
    public void close() {
        session.close();
    }
}
