package org.skep.sqltests.corpus;

import java.util.List;

/** One block of a corpus file. Immutable. */
sealed interface SqlCase {
    /** The line of the file at which the block begins, from 1. */
    int line();

    /** A short name for reports. */
    String title();

    /**
     * A statement with rows.
     *
     * @param types one letter a column, as {@link TypeLetters} gives them
     * @param order what is asked of the order of rows
     * @param named whether the first expected line holds the names of the columns
     */
    record Query(int line, String types, Order order, boolean named, String sql, List<String> rows)
            implements SqlCase {
        public Query {
            rows = List.copyOf(rows);
        }

        @Override
        public String title() {
            return sql;
        }
    }

    /** What is asked of the order of rows. */
    enum Order {
        /** The rows are the expected ones in their order. */
        EXACT,
        /** The rows are the expected ones in any order. */
        ANY,
        /** The expected rows are among the rows, in their order. */
        INCLUDED
    }

    /** A statement that must succeed, whatever it answers. */
    record Statement(int line, String sql) implements SqlCase {
        @Override
        public String title() {
            return sql;
        }
    }

    /**
     * A statement that must fail.
     *
     * @param number the error's number
     * @param message what is told, without the source line, or empty if any text will do
     */
    record Failure(int line, int number, String sql, String message) implements SqlCase {
        @Override
        public String title() {
            return sql;
        }
    }

    /** A text file that is put into the directory of the corpus file. */
    record DataFile(int line, String name, String text) implements SqlCase {
        @Override
        public String title() {
            return "file " + name;
        }
    }
}
