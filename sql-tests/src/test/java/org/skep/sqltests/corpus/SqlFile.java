package org.skep.sqltests.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of the corpus. Immutable. Lines that begin with {@code #} outside of blocks are comments;
 * a blank line ends a block. The blocks are:
 *
 * <pre>
 * query IT [rowsort|includes] [names]   a statement with rows; one letter a column ({@link TypeLetters})
 * SELECT id, name FROM t         the statement, on any number of lines, without a semicolon
 * ----
 * 1(tab)one                      the rows, values parted by one tab
 *
 * statement ok                   a statement that must succeed
 * DROP TABLE t
 *
 * statement error 10004          a statement that must fail with this number
 * SELECT missing FROM t
 * ----
 * line 1:7 Column not found: x   place and sentence; without this part any text will do
 *
 * file goods.csv                 a text file in the directory of this corpus file
 * ----
 * 1,one
 * </pre>
 *
 * <p>With {@code rowsort} the order of rows is left open; with {@code includes} there may be rows
 * between the expected ones; with the word names the first expected line holds the columns' names.
 * {@code __DIR__} stands for the directory of the corpus file, in statements and in what is
 * expected, and {@code __DB__} for its database. {@code (empty)} is the empty string, {@code (any)}
 * any value, {@code \n}, {@code \t} and {@code \\} are what they are in Java.
 */
record SqlFile(String name, List<SqlCase> cases) {
    private static final String SEPARATOR = "----";

    SqlFile {
        cases = List.copyOf(cases);
    }

    static SqlFile read(Path path) {
        try {
            String name = path.getFileName().toString().replace(".test", "");
            return new SqlFile(name, new Reader(path, Files.readAllLines(path)).cases());
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read corpus file: " + path, e);
        }
    }

    /** Cuts lines into blocks. Confined to one thread. */
    private static final class Reader {
        private final Path path;
        private final List<String> lines;
        private int at;

        Reader(Path path, List<String> lines) {
            this.path = path;
            this.lines = lines;
        }

        List<SqlCase> cases() {
            List<SqlCase> cases = new ArrayList<>();
            while (at < lines.size()) {
                String line = lines.get(at);
                if (line.isEmpty() || line.startsWith("#")) {
                    at++;
                } else {
                    cases.add(block());
                }
            }
            return cases;
        }

        private SqlCase block() {
            int begin = at + 1;
            String head = lines.get(at++);
            String[] words = head.split(" ");
            List<String> body = part();
            boolean parted = at < lines.size() && lines.get(at).equals(SEPARATOR);
            if (parted) {
                at++;
            }
            List<String> expected = parted ? part() : List.of();
            String sql = String.join("\n", body);
            if (head.equals("statement ok") && !parted) {
                return new SqlCase.Statement(begin, sql);
            }
            if (head.startsWith("statement error ") && words.length == 3) {
                return new SqlCase.Failure(
                        begin, Integer.parseInt(words[2]), sql, String.join("\n", expected));
            }
            if (words[0].equals("file") && words.length == 2 && body.isEmpty() && parted) {
                return new SqlCase.DataFile(begin, words[1], text(expected));
            }
            if (words[0].equals("query") && words.length >= 2 && parted) {
                List<String> options = List.of(words).subList(2, words.length);
                if (List.of("rowsort", "includes", "names").containsAll(options)) {
                    return new SqlCase.Query(
                            begin,
                            words[1],
                            order(options),
                            options.contains("names"),
                            sql,
                            expected);
                }
            }
            throw new IllegalArgumentException(
                    "Cannot read block of %s at line %d: %s".formatted(path, begin, head));
        }

        private static SqlCase.Order order(List<String> options) {
            if (options.contains("rowsort")) {
                return SqlCase.Order.ANY;
            }
            return options.contains("includes") ? SqlCase.Order.INCLUDED : SqlCase.Order.EXACT;
        }

        private static String text(List<String> lines) {
            return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        }

        private List<String> part() {
            List<String> part = new ArrayList<>();
            while (at < lines.size()
                    && !lines.get(at).isEmpty()
                    && !lines.get(at).equals(SEPARATOR)) {
                part.add(lines.get(at++));
            }
            return part;
        }
    }
}
