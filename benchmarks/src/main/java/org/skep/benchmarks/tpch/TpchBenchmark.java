package org.skep.benchmarks.tpch;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogManager;

/**
 * Runs the 22 queries on Skep and DuckDB in turns, checks that the answers agree, and prints times
 * and ratios.
 *
 * <p>Arguments: {@code --scale 1 --runs 5 --warm-ups 2 --threads 2 --data DIR --queries 1,6}.
 */
public final class TpchBenchmark {
    private final int runs;
    private final int warmUps;
    private final List<Integer> queries;

    private TpchBenchmark(int runs, int warmUps, List<Integer> queries) {
        this.runs = runs;
        this.warmUps = warmUps;
        this.queries = queries;
    }

    /** Runs the benchmark; exit code 1 if an answer differs. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Locale.setDefault(Locale.ROOT);
        // What libraries log is no part of the answer.
        LogManager.getLogManager().reset();
        double scale = Double.parseDouble(option(arguments, "--scale", "1"));
        int threads = Integer.parseInt(option(arguments, "--threads", "2"));
        Path data =
                Path.of(option(arguments, "--data", "benchmarks/target/tpch-" + scale))
                        .toAbsolutePath();
        List<Integer> queries =
                Arrays.stream(option(arguments, "--queries", all()).split(","))
                        .map(Integer::valueOf)
                        .toList();
        TpchData.generate(data, scale);
        TpchBenchmark benchmark =
                new TpchBenchmark(
                        Integer.parseInt(option(arguments, "--runs", "5")),
                        Integer.parseInt(option(arguments, "--warm-ups", "2")),
                        queries);
        try (Connection skep = skep(data, threads);
                Connection duck = duck(data, threads)) {
            if (!benchmark.run(skep, duck)) {
                System.exit(1);
            }
        }
        System.exit(0);
    }

    private static String all() {
        StringBuilder list = new StringBuilder("1");
        for (int i = 2; i <= 22; i++) {
            list.append(',').append(i);
        }
        return list.toString();
    }

    private static String option(String[] arguments, String name, String ifAbsent) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals(name)) {
                return arguments[i + 1];
            }
        }
        return ifAbsent;
    }

    private static Connection skep(Path data, int threads) throws SQLException {
        Connection connection =
                DriverManager.getConnection(
                        "jdbc:skep:" + data.resolve("skep-warehouse"), "bench", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("set skep.execution.threads=" + threads);
            for (String table : TpchSchema.tables().keySet()) {
                statement.execute("drop table if exists " + table);
                statement.execute(
                        "create external table %s (%s) stored as parquet location '%s'"
                                .formatted(
                                        table,
                                        TpchSchema.columns(table, "string"),
                                        data.resolve(table)));
            }
        }
        return connection;
    }

    private static Connection duck(Path data, int threads) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("set threads to " + threads);
            for (String table : TpchSchema.tables().keySet()) {
                statement.execute(
                        "create view %s as select * from read_parquet('%s/part-0.parquet')"
                                .formatted(table, data.resolve(table)));
            }
        }
        return connection;
    }

    private record Time(double wall, double cpu) {}

    private boolean run(Connection skep, Connection duck) throws IOException, SQLException {
        boolean right = true;
        double skepTotal = 0;
        double duckTotal = 0;
        System.out.println(
                "query  skep wall ms  cpu ms  duckdb wall ms  cpu ms  wall ratio  cpu ratio  answer");
        for (int query : queries) {
            String sql = query(query);
            String difference = null;
            List<Time> ours = new ArrayList<>();
            List<Time> theirs = new ArrayList<>();
            try {
                for (int i = 0; i < warmUps + runs; i++) {
                    Answers[] answers = new Answers[2];
                    Time our = time(skep, sql, answers, 0);
                    Time their = time(duck, sql, answers, 1);
                    difference = answers[0].difference(answers[1]);
                    if (i >= warmUps) {
                        ours.add(our);
                        theirs.add(their);
                    }
                }
            } catch (SQLException e) {
                System.out.printf("Q%-5d failed: %s%n", query, e.getMessage());
                right = false;
                continue;
            }
            Time our = median(ours);
            Time their = median(theirs);
            skepTotal += our.wall;
            duckTotal += their.wall;
            right &= difference == null;
            System.out.printf(
                    "Q%-5d %12.1f %7.1f %15.1f %7.1f %11.2f %10.2f  %s%n",
                    query,
                    our.wall,
                    our.cpu,
                    their.wall,
                    their.cpu,
                    our.wall / their.wall,
                    our.cpu / their.cpu,
                    difference == null ? "right" : "WRONG " + difference);
        }
        System.out.printf(
                "total  %12.1f %31.1f %19.2f%n", skepTotal, duckTotal, skepTotal / duckTotal);
        return right;
    }

    private static Time time(Connection connection, String sql, Answers[] answers, int index)
            throws SQLException {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            answers[index] = Answers.read(result);
        }
        return new Time((System.nanoTime() - wall) / 1e6, (system.getProcessCpuTime() - cpu) / 1e6);
    }

    private static Time median(List<Time> times) {
        double[] walls = times.stream().mapToDouble(Time::wall).sorted().toArray();
        double[] cpus = times.stream().mapToDouble(Time::cpu).sorted().toArray();
        return new Time(walls[walls.length / 2], cpus[cpus.length / 2]);
    }

    private static String query(int number) throws IOException {
        String name = "/tpch/q%02d.sql".formatted(number);
        try (InputStream in = TpchBenchmark.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
