package org.skep.metastore.zookeeper;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.Column;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;

/**
 * Prints what a table of 100,000 partitions and a database of 10,000 tables cost. Run by hand with
 * a new directory as argument, and perhaps the number of partitions a commit; never by the tests.
 */
final class ManyPartitions {
    private static final int PARTITIONS = 100_000;
    private static final int TABLES = 10_000;

    private ManyPartitions() {}

    /** A partition as a nightly load writes it, with parameters and statistics of five columns. */
    static Partition partition(int number) {
        String day = Instant.EPOCH.plus(Duration.ofDays(number / 10)).toString().substring(0, 10);
        String shop = "shop-" + number % 10;
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
                List.of(day, shop),
                "/warehouse/sales.db/lines/day=%s/shop=%s".formatted(day, shop),
                new TreeMap<>(
                        Map.of(
                                "transient_lastDdlTime", Integer.toString(1_700_000_000 + number),
                                "writer", "nightly load",
                                "batch", Integer.toHexString(number * 0x9E3779B1))),
                Optional.empty(),
                Optional.empty(),
                new DataStatistics(number * 1000L, 1 + number % 3, number * 81_234L),
                statistics,
                Instant.EPOCH.plusSeconds(number));
    }

    static Table table(String name) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            columns.add(Column.of("c" + i, "bigint"));
        }
        return Table.named("default", name)
                .columns(columns)
                .partitionColumns(List.of(Column.of("day", "date"), Column.of("shop", "string")))
                .build();
    }

    private static long heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    private static void say(String what, long since) {
        System.out.printf("%-52s %8.1f ms%n", what, (Clock.SYSTEM.nanoTime() - since) / 1e6);
    }

    private static void tables(Catalogue catalogue) {
        long start = Clock.SYSTEM.nanoTime();
        for (int from = 0; from < TABLES; from += 500) {
            CatalogueChange.Builder change = CatalogueChange.builder();
            for (int i = from; i < from + 500; i++) {
                change.create(table("table_number_" + i));
            }
            catalogue.commit(change.build());
        }
        say("create " + TABLES + " tables in commits of 500", start);
        for (int i = 0; i < 3; i++) {
            start = Clock.SYSTEM.nanoTime();
            int names = catalogue.tableNames("default").size();
            say("list tables: " + names, start);
        }
        start = Clock.SYSTEM.nanoTime();
        int read = catalogue.tables("default", name -> true).size();
        say("read tables: " + read, start);
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        long heap = heap();
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            Table table = catalogue.createTable(table("lines"));
            long start = Clock.SYSTEM.nanoTime();
            for (int from = 0; from < PARTITIONS; from += batch) {
                List<Partition> added = new ArrayList<>();
                for (int i = from; i < from + batch; i++) {
                    added.add(partition(i));
                }
                table = catalogue.alterPartitions(table, PartitionEdits.add(added));
            }
            say("add " + PARTITIONS + " partitions in commits of " + batch, start);
            int largest = 0;
            long bytes = 0;
            for (var bucket : table.state().buckets()) {
                largest = Math.max(largest, bucket.bytes());
                bytes += bucket.bytes();
            }
            System.out.printf(
                    "%d buckets, %d bytes, largest %d, table node %d bytes%n",
                    table.state().buckets().size(),
                    bytes,
                    largest,
                    ObjectCodec.table(table).length);
            System.out.printf("heap growth %d MB%n", heap() - heap);
            for (int i = 0; i < 3; i++) {
                start = Clock.SYSTEM.nanoTime();
                int names = catalogue.partitionNames(table).size();
                say("show partitions: " + names, start);
                start = Clock.SYSTEM.nanoTime();
                int found =
                        catalogue
                                .partitions(
                                        table,
                                        v ->
                                                v.get(0).equals("1980-01-01")
                                                        && v.get(1).endsWith("3"))
                                .size();
                say("prune to " + found, start);
            }
            List<Partition> changed = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i += 10) {
                changed.add(partition(i).withLocation("/elsewhere/" + i));
            }
            start = Clock.SYSTEM.nanoTime();
            table = catalogue.alterPartitions(table, PartitionEdits.put(changed));
            say("replace " + changed.size() + " partitions in one commit", start);
            start = Clock.SYSTEM.nanoTime();
            catalogue.alterPartitions(
                    table, PartitionEdits.put(List.of(partition(5).withLocation("/x"))));
            say("replace one partition", start);
            System.out.printf("heap growth %d MB%n", heap() - heap);
            tables(catalogue);
        }
        long start = Clock.SYSTEM.nanoTime();
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            Table table = catalogue.requireTable("default", "lines");
            say("open again and read the table", start);
            int found = catalogue.partitions(table, v -> v.get(0).equals("1980-01-01")).size();
            say("open again and prune to " + found, start);
        }
    }
}
