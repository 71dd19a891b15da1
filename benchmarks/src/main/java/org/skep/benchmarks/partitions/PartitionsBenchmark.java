package org.skep.benchmarks.partitions;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.skep.base.time.Clock;
import org.skep.engine.Session;
import org.skep.engine.Warehouse;
import org.skep.engine.result.StatementResult;
import org.skep.metastore.Catalogue;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;
import org.skep.metastore.owner.DataDirectory;
import org.skep.metastore.zookeeper.ZooKeeperCatalogue;

/**
 * Makes a table of many partitions and many tables, and prints what it takes to add, list, prune,
 * insert and open again, with the bar of each.
 *
 * <p>Arguments: {@code --partitions 100000 --inserted 10000 --tables 10000 --dir DIR}. Beside each
 * time stand the seconds of all processors that the process used, since a machine has other work.
 * ZooKeeper and its client refuse packets of 1 MiB and more here, so that one would end the run.
 */
public final class PartitionsBenchmark {
    private static final int COMMIT = 10_000;
    private static final int STATEMENT = 1_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);
    private static final int SHOPS = 10;
    private static final int PLANNED = 15;

    private final PrintStream out;
    private final int partitions;
    private final int inserted;
    private final int tables;
    private final Path directory;

    private PartitionsBenchmark(
            PrintStream out, int partitions, int inserted, int tables, Path directory) {
        this.out = out;
        this.partitions = partitions;
        this.inserted = inserted;
        this.tables = tables;
        this.directory = directory;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        LogManager.getLogManager().reset();
        System.setProperty("jute.maxbuffer", Integer.toString((1 << 20) - 1));
        Path directory =
                Path.of(option(arguments, "--dir", System.getProperty("java.io.tmpdir")))
                        .resolve("skep-partitions-" + ProcessHandle.current().pid());
        PartitionsBenchmark benchmark =
                new PartitionsBenchmark(
                        System.out,
                        Integer.parseInt(option(arguments, "--partitions", "100000")),
                        Integer.parseInt(option(arguments, "--inserted", "10000")),
                        Integer.parseInt(option(arguments, "--tables", "10000")),
                        directory);
        try {
            benchmark.run();
        } finally {
            delete(directory);
        }
    }

    private static String option(String[] arguments, String name, String ifAbsent) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals(name)) {
                return arguments[i + 1];
            }
        }
        return ifAbsent;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void print(String what, String figure, String bar) {
        out.printf("%-54s %14s %15s   bar %s%n", what, figure, "", bar);
    }

    private void print(String what, String figure, Elapsed elapsed, String bar) {
        String cpu = "%.2f s of cpu".formatted(elapsed.cpuSeconds());
        out.printf("%-54s %14s %15s   bar %s%n", what, figure, cpu, bar);
    }

    private void printTime(String what, Elapsed elapsed, String bar) {
        print(what, millis(elapsed.seconds()), elapsed, bar);
    }

    private void printRate(String what, int things, Elapsed elapsed, String bar) {
        print(what, "%,.0f/s".formatted(things / elapsed.seconds()), elapsed, bar);
    }

    private static String millis(double seconds) {
        return "%,.0f ms".formatted(seconds * 1e3);
    }

    private static long heapMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static long rows(Session session, String sql) {
        try (StatementResult result = session.execute(sql)) {
            long rows = 0;
            for (var row = result.rows(); row.next(); ) {
                rows++;
            }
            return rows;
        }
    }

    private static String answer(Session session, String sql) {
        try (StatementResult result = session.execute(sql)) {
            var row = result.rows();
            return row.next() ? row.text(0) : "";
        }
    }

    private static void run(Session session, String sql) {
        session.execute(sql).close();
    }

    private static String day(int number) {
        return FIRST_DAY.plusDays(number / SHOPS).toString();
    }

    private static String shop(int number) {
        return "shop-" + number % SHOPS;
    }

    // As a nightly load writes it, with parameters and statistics of five columns.
    private static Partition partition(Table table, int number) {
        Map<Integer, ColumnStatistics> statistics = new TreeMap<>();
        for (int column = 1; column <= 5; column++) {
            statistics.put(
                    column,
                    ColumnStatistics.of(
                            number * 31L % 9973,
                            number % 17,
                            Optional.of(Integer.toString(number * column)),
                            Optional.of(Integer.toString(number * column + 77_777))));
        }
        return new Partition(
                List.of(day(number), shop(number)),
                "%s/day=%s/shop=%s"
                        .formatted(table.storage().location(), day(number), shop(number)),
                new TreeMap<>(
                        Map.of(
                                "transient_lastDdlTime",
                                Integer.toString(1_700_000_000 + number),
                                "writer",
                                "nightly load",
                                "batch",
                                Integer.toHexString(number * 0x9E3779B1))),
                Optional.empty(),
                Optional.empty(),
                new DataStatistics(number * 1000L, 1 + number % 3, number * 81_234L),
                statistics,
                Instant.EPOCH.plusSeconds(number));
    }

    private void run() {
        try (Warehouse warehouse = Warehouse.open(directory);
                Session session = warehouse.newSession()) {
            String columns = "(c1 bigint, c2 bigint, c3 bigint, c4 bigint, c5 bigint)";
            run(
                    session,
                    "create table lines" + columns + " partitioned by (day date, shop string)");
            run(
                    session,
                    "create table declared" + columns + " partitioned by (day date, shop string)");
        }
        long heap = heapMegabytes();
        add();
        try (Warehouse warehouse = Warehouse.open(directory);
                Session session = warehouse.newSession()) {
            declare(session);
            read(session);
            insert(session);
            print("heap growth", heapMegabytes() - heap + " MB", "<= 300 MB");
            tables(session);
            print("heap growth with tables", heapMegabytes() - heap + " MB", "-");
            print("packets of 1 MiB and more", "none, refused", "none");
        }
        open();
    }

    private void add() {
        try (DataDirectory owned = DataDirectory.open(directory, Clock.SYSTEM);
                Catalogue catalogue =
                        ZooKeeperCatalogue.embedded(owned.catalogue(), Clock.SYSTEM)) {
            Table table = catalogue.requireTable("default", "lines");
            Stopwatch watch = new Stopwatch();
            for (int from = 0; from < partitions; from += COMMIT) {
                List<Partition> added = new ArrayList<>();
                for (int i = from; i < Math.min(from + COMMIT, partitions); i++) {
                    added.add(partition(table, i));
                }
                table = catalogue.alterPartitions(table, PartitionEdits.add(added));
            }
            printRate(
                    "add partitions with statistics, %,d a commit".formatted(COMMIT),
                    partitions,
                    watch.elapsed(),
                    ">= 5,000/s");
            int greatest =
                    table.state().buckets().stream().mapToInt(b -> b.bytes()).max().orElse(0);
            print(
                    "greatest of %d buckets".formatted(table.state().buckets().size()),
                    greatest + " bytes",
                    "< 1 MiB");
        }
    }

    private void declare(Session session) {
        declare(session, 0, "first");
        declare(session, inserted, "again");
    }

    private void declare(Session session, int base, String which) {
        Stopwatch watch = new Stopwatch();
        for (int from = 0; from < inserted; from += STATEMENT) {
            StringBuilder sql = new StringBuilder("alter table declared add");
            for (int i = from; i < Math.min(from + STATEMENT, inserted); i++) {
                sql.append(
                        " partition (day='%s', shop='%s')"
                                .formatted(day(base + i), shop(base + i)));
            }
            run(session, sql.toString());
        }
        printRate(
                "ADD PARTITION, %,d a statement, %s".formatted(STATEMENT, which),
                inserted,
                watch.elapsed(),
                ">= 5,000/s");
    }

    private void show(Session session, String sql, String bar) {
        for (String which : List.of("first", "again")) {
            Stopwatch watch = new Stopwatch();
            long shown = rows(session, sql);
            printTime("%s: %,d, %s".formatted(sql, shown, which), watch.elapsed(), bar);
        }
    }

    private void read(Session session) {
        show(session, "show partitions lines", "<= 2,000 ms");
        String where = " where day = '%s' and shop = 'shop-3'".formatted(day(partitions / 2));
        run(
                session,
                "insert into lines partition (day = '%s', shop = 'shop-3') values (1, 2, 3, 4, 5)"
                        .formatted(day(partitions / 2)));
        Elapsed[] planned = new Elapsed[PLANNED];
        for (int i = 0; i < planned.length; i++) {
            Stopwatch watch = new Stopwatch();
            rows(session, "explain select sum(c1) from lines" + where);
            planned[i] = watch.elapsed();
        }
        printTime("EXPLAIN of a query pruned to one partition, first", planned[0], "-");
        Arrays.sort(planned, Comparator.comparingDouble(Elapsed::seconds));
        printTime(
                "EXPLAIN of a query pruned to one partition, warm",
                planned[planned.length / 2],
                "<= 300 ms");
        Stopwatch watch = new Stopwatch();
        String sum = answer(session, "select sum(c1) from lines" + where);
        printTime("that query: " + sum, watch.elapsed(), "-");
    }

    private void insert(Session session) {
        run(session, "create table source (c1 bigint, day date, shop string)");
        run(
                session,
                ("insert into source select pos, date_add('%s', cast(pos div %d as int)), concat('shop-', pos %% %d)"
                                + " from (select posexplode(split(space(%d), ' ')) as (pos, x)) t")
                        .formatted(FIRST_DAY.minusDays(inserted), SHOPS, SHOPS, inserted - 1));
        Stopwatch watch = new Stopwatch();
        run(
                session,
                "insert into lines partition (day, shop) select c1, c1, c1, c1, c1, day, shop from source");
        printTime(
                "dynamic insert into %,d new partitions".formatted(inserted),
                watch.elapsed(),
                "commits");
        watch = new Stopwatch();
        run(
                session,
                "insert overwrite table lines partition (day, shop) select c1, c1, c1, c1, c1, day, shop from source");
        printTime("overwrite of %,d partitions".formatted(inserted), watch.elapsed(), "commits");
        String count =
                answer(session, "select count(*) from lines where day < '%s'".formatted(FIRST_DAY));
        print("rows in them", count, Integer.toString(inserted));
    }

    private void tables(Session session) {
        Stopwatch watch = new Stopwatch();
        run(session, "create database many");
        for (int i = 0; i < tables; i++) {
            run(session, "create table many.table_number_%d (c1 bigint, c2 string)".formatted(i));
        }
        printRate("CREATE TABLE", tables, watch.elapsed(), "-");
        show(session, "show tables in many", "<= 1,000 ms");
    }

    private void open() {
        Stopwatch watch = new Stopwatch();
        try (Warehouse warehouse = Warehouse.open(directory);
                Session session = warehouse.newSession()) {
            String sum =
                    answer(
                            session,
                            "select sum(c1) from lines where day = '%s' and shop = 'shop-3'"
                                    .formatted(day(partitions / 2)));
            printTime("open again, to the first answer: " + sum, watch.elapsed(), "<= 3,000 ms");
        }
    }
}
