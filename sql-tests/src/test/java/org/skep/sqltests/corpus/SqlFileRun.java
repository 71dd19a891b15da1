package org.skep.sqltests.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.skep.base.error.SkepException;
import org.skep.engine.Session;
import org.skep.engine.result.ResultColumn;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;

/** Runs one file of the corpus in one session and tells each difference. Confined to one thread. */
final class SqlFileRun {
    private final Session session;
    private final String database;
    private final Path directory;

    SqlFileRun(CorpusWarehouse warehouse, SqlFile file) {
        session = warehouse.session();
        database = "sqltest_" + file.name().replace('-', '_');
        directory = warehouse.directory(file.name());
        CorpusWarehouse.run(session, "CREATE DATABASE " + database);
        CorpusWarehouse.run(session, "USE " + database);
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
                CorpusWarehouse.run(session, real(statement.sql()));
                return "statement ok";
            }
            if (sqlCase instanceof SqlCase.Failure failure) {
                CorpusWarehouse.run(session, real(failure.sql()));
                return "statement ok";
            }
            SqlCase.DataFile file = (SqlCase.DataFile) sqlCase;
            Path path = directory.resolve(file.name());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.text());
            return "statement ok";
        } catch (SkepException e) {
            String place = e.location().map(at -> "line " + at + " ").orElse("");
            return masked(
                    "statement error %d\n%s%s".formatted(e.code().number(), place, e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rows(SqlCase.Query query) {
        try (StatementResult result = session.execute(real(query.sql()))) {
            List<String> lines = new ArrayList<>();
            int columns = result.columns().size();
            for (RowCursor row = result.rows(); row.next(); ) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < columns; i++) {
                    values.add(row.isNull(i) ? "NULL" : shown(row.text(i)));
                }
                lines.add(masked(String.join("\t", values)));
            }
            if (query.order() == SqlCase.Order.ANY) {
                lines.sort(null);
            }
            if (query.named()) {
                List<String> names = result.columns().stream().map(ResultColumn::name).toList();
                lines.add(0, masked(String.join("\t", names)));
            }
            lines.add(0, "query " + TypeLetters.of(result.columns()));
            return String.join("\n", lines);
        }
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
}
