package org.skep.engine.powercut;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.skep.engine.Session;

/**
 * Creates, fills, renames, alters and drops tables of a database, and drops the database with all
 * that is left in it; then from the beginning.
 */
final class Definitions implements Work {
    private static final int STEPS = 13;

    @Override
    public String name() {
        return "definition";
    }

    @Override
    public void prepare(Session session) {
        // Begins with nothing.
    }

    @Override
    public void run(Session session, long number) {
        Rows.of(session, sql(number));
    }

    private static String sql(long number) {
        return switch ((int) (number % STEPS)) {
            case 1 -> "create database d";
            case 2 -> "create table d.a (x bigint)";
            case 3 -> "insert into d.a values (%d)".formatted(number);
            case 4 -> "create table d.b stored as parquet as select x, 'c' as y from d.a";
            case 5 -> "alter table d.a rename to d.c";
            case 6 -> "alter table d.c add columns (z string)";
            case 7 -> "insert into d.c values (%d, 'z')".formatted(number);
            case 8 -> "create table d.e (x bigint) partitioned by (p string)";
            case 9 -> "insert into d.e partition (p = 'one') values (%d)".formatted(number);
            case 10 -> "insert into d.e partition (p = 'two') values (%d)".formatted(number);
            case 11 -> "alter table d.e rename to d.f";
            case 12 -> "drop table d.b";
            default -> "drop database d cascade";
        };
    }

    @Override
    public String expected(long number) {
        if (number % STEPS == 0) {
            return "nothing";
        }
        long start = number - number % STEPS;
        TreeMap<String, String> tables = new TreeMap<>();
        for (int step = 1; step <= number % STEPS; step++) {
            apply(step, start + step, tables);
        }
        return tables.toString();
    }

    private static void apply(int step, long number, Map<String, String> tables) {
        switch (step) {
            case 2 -> tables.put("a", "x bigint []");
            case 3 -> tables.put("a", "x bigint [%d]".formatted(number));
            case 4 -> tables.put("b", "x bigint, y string [%d c]".formatted(number - 1));
            case 5 -> tables.put("c", tables.remove("a"));
            case 6 -> tables.put("c", "x bigint, z string [%d NULL]".formatted(number - 3));
            case 7 ->
                    tables.put(
                            "c",
                            "x bigint, z string " + rows((number - 4) + " NULL", number + " z"));
            case 8 -> tables.put("e", "x bigint, p string []");
            case 9 -> tables.put("e", "x bigint, p string [%d one]".formatted(number));
            case 10 ->
                    tables.put(
                            "e",
                            "x bigint, p string " + rows((number - 1) + " one", number + " two"));
            case 11 -> tables.put("f", tables.remove("e"));
            case 12 -> tables.remove("b");
            default -> {
                // The database alone.
            }
        }
    }

    // As text, so that 10 comes before 9.
    private static List<String> rows(String... rows) {
        return Stream.of(rows).sorted().toList();
    }

    @Override
    public String describe(Session session) {
        if (!Rows.of(session, "show databases").contains("d")) {
            return "nothing";
        }
        TreeMap<String, String> tables = new TreeMap<>();
        for (String table : Rows.of(session, "show tables in d")) {
            tables.put(
                    table,
                    String.join(", ", columns(session, table))
                            + " "
                            + Rows.of(session, "select * from d." + table));
        }
        return tables.toString();
    }

    // DESCRIBE names partition columns twice, with headings that begin with a number sign.
    private static List<String> columns(Session session, String table) {
        List<String> columns = new ArrayList<>();
        for (String row : Rows.of(session, "describe d." + table)) {
            String[] words = row.split(" +", 3);
            String column = words[0] + " " + (words.length > 1 ? words[1] : "");
            if (!row.startsWith(" ") && !row.startsWith("#") && !columns.contains(column)) {
                columns.add(column);
            }
        }
        columns.sort((a, b) -> Boolean.compare(a.startsWith("p "), b.startsWith("p ")));
        return columns;
    }
}
