package org.skep.metastore.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueChange;
import org.skep.metastore.DataStatistics;
import org.skep.metastore.Database;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.PartitionSummary;
import org.skep.metastore.Table;
import org.skep.metastore.TableState;

/** Sizes at which lists, buckets and packets have to be split. The limit of a packet is 1 MiB. */
class ManyObjectsTest {
    @TempDir Path directory;
    private EmbeddedEnsemble ensemble;
    private Catalogue catalogue;
    private Probe probe;

    @BeforeEach
    void open() {
        // Set for all tests of this module: the server and the client refuse larger packets.
        assertThat(Integer.getInteger("jute.maxbuffer")).isEqualTo((1 << 20) - 1);
        ensemble = new EmbeddedEnsemble(directory);
        catalogue = new ZooKeeperCatalogue(ensemble, Clock.SYSTEM);
        probe = new Probe(ensemble);
    }

    @AfterEach
    void close() {
        probe.close();
        catalogue.close();
    }

    @Test
    void twentyThousandPartitionsAreKeptInSmallBuckets() {
        int count = 20_000;
        Table table = catalogue.createTable(ManyPartitions.table("t"));
        List<Partition> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(ManyPartitions.partition(i));
        }
        table = catalogue.alterPartitions(table, PartitionEdits.add(all.subList(0, 15_000)));
        table = catalogue.alterPartitions(table, PartitionEdits.add(all.subList(15_000, count)));

        assertThat(table.partitionCount()).isEqualTo(count);
        assertThat(table.state().buckets()).hasSizeGreaterThan(4);
        long total = 0;
        for (TableState.Bucket bucket : table.state().buckets()) {
            byte[] node = probe.data(NodePaths.content(table.id(), bucket.name()));
            assertThat(node).hasSize(bucket.bytes()).hasSizeLessThanOrEqualTo(256 << 10);
            assertThat(WriteAhead.contentName(node)).isEqualTo(bucket.name());
            total += bucket.partitions();
        }
        assertThat(total).isEqualTo(count);
        assertThat(probe.data(NodePaths.table(table.id()))).hasSizeLessThan(512 << 10);

        List<String> names = catalogue.partitionNames(table);
        assertThat(names).hasSize(count).isSorted().doesNotHaveDuplicates();
        assertThat(catalogue.partitions(table, v -> v.get(0).equals("1971-01-01")))
                .containsExactlyElementsOf(all.subList(3650, 3660));
        assertThat(catalogue.partition(table, all.get(12_345).values())).contains(all.get(12_345));

        PartitionSummary summary = catalogue.partitionSummary(table);
        assertThat(summary.data())
                .isEqualTo(
                        all.stream()
                                .map(Partition::statistics)
                                .reduce(DataStatistics.EMPTY, DataStatistics::plus));
        assertThat(summary.distinctValues()).containsExactly(2_000, 10);
        assertThat(summary.sample())
                .hasSize(PartitionSummary.SAMPLE)
                .doesNotHaveDuplicates()
                .allMatch(all::contains);

        // Another session reads the same from the nodes alone.
        try (Catalogue other =
                ZooKeeperCatalogue.connect(
                        ensemble.connectString(), ensemble.credentials(), Clock.SYSTEM)) {
            Table read = other.requireTable("default", "t");
            assertThat(read).isEqualTo(table);
            assertThat(other.partitionSummary(read)).isEqualTo(summary);
            assertThat(new HashSet<>(other.partitions(read))).isEqualTo(new HashSet<>(all));
        }

        // And so does the next start, from the log that groups of large transactions went to.
        probe.close();
        catalogue.close();
        open();
        table = catalogue.requireTable("default", "t");
        assertThat(new HashSet<>(catalogue.partitions(table))).isEqualTo(new HashSet<>(all));

        List<List<String>> dropped = new ArrayList<>();
        all.subList(0, 19_990).forEach(partition -> dropped.add(partition.values()));
        table = catalogue.alterPartitions(table, PartitionEdits.drop(dropped));
        assertThat(catalogue.partitions(table))
                .containsExactlyInAnyOrderElementsOf(all.subList(19_990, count));
    }

    @Test
    void theSumOfPartitionsFollowsTheVersionAndKnowsWhatIsUnknown() {
        Table table = catalogue.createTable(ManyPartitions.table("t"));
        assertThat(catalogue.partitionSummary(table))
                .isEqualTo(new PartitionSummary(DataStatistics.EMPTY, List.of(0, 0), List.of()));

        Partition one = ManyPartitions.partition(1);
        Partition two = ManyPartitions.partition(2);
        table = catalogue.alterPartitions(table, PartitionEdits.add(List.of(one, two)));
        PartitionSummary both = catalogue.partitionSummary(table);
        assertThat(both.data()).isEqualTo(one.statistics().plus(two.statistics()));
        assertThat(both.distinctValues()).containsExactly(1, 2);
        assertThat(both.sample()).containsExactly(one, two);

        Partition unknown = Partition.at(List.of("1999-01-01", "x"), "/x", Instant.EPOCH);
        Table third = catalogue.alterPartitions(table, PartitionEdits.add(List.of(unknown)));
        assertThat(catalogue.partitionSummary(third).data()).isEqualTo(DataStatistics.NONE);
        assertThat(catalogue.partitionSummary(third).distinctValues()).containsExactly(2, 3);
        assertThat(catalogue.partitionSummary(table)).isEqualTo(both);

        Partition huge =
                unknown.withStatistics(
                        new DataStatistics(Long.MAX_VALUE, 1, Long.MAX_VALUE), Map.of());
        Table fourth = catalogue.alterPartitions(third, PartitionEdits.put(List.of(huge)));
        assertThat(catalogue.partitionSummary(fourth).data()).isEqualTo(DataStatistics.NONE);
    }

    @Test
    void anyOrderOfEditsGivesTheSameAsAMap() {
        long seed = System.nanoTime();
        System.out.println("ManyObjectsTest seed " + seed);
        Random random = new Random(seed);
        Table table = catalogue.createTable(ManyPartitions.table("t"));
        Map<String, Partition> model = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            Map<Integer, Partition> put = new TreeMap<>();
            List<List<String>> drop = new ArrayList<>();
            int edits = 1 + random.nextInt(round % 10 == 0 ? 2_000 : 20);
            for (int i = 0; i < edits; i++) {
                int number = random.nextInt(4_000);
                Partition partition =
                        ManyPartitions.partition(number).withLocation("/v/" + random.nextInt());
                String name = table.partitionName(partition.values());
                if (model.containsKey(name) && !put.containsKey(number) && random.nextInt(3) == 0) {
                    model.remove(name);
                    drop.add(partition.values());
                } else if (!drop.contains(partition.values())) {
                    put.put(number, partition);
                    model.put(name, partition);
                }
            }
            table =
                    catalogue.alterPartitions(
                            table,
                            new PartitionEdits(List.of(), new ArrayList<>(put.values()), drop));
            assertThat(table.partitionCount()).isEqualTo(model.size());
        }
        assertThat(catalogue.partitions(table)).isEqualTo(new ArrayList<>(model.values()));
        assertThat(catalogue.partitionNames(table)).isEqualTo(new ArrayList<>(model.keySet()));
        catalogue.close();
        catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM);
        Table read = catalogue.requireTable("default", "t");
        assertThat(catalogue.partitions(read)).isEqualTo(new ArrayList<>(model.values()));
    }

    @Test
    void whatWasReplacedIsSweptWhenTheCatalogueIsClosed() {
        Table made = catalogue.createTable(ManyPartitions.table("t"));
        Table table = made;
        for (int i = 0; i < 5; i++) {
            table =
                    catalogue.alterPartitions(
                            table, PartitionEdits.add(List.of(ManyPartitions.partition(i))));
        }
        Table dropped = catalogue.createTable(ManyPartitions.table("u"));
        dropped =
                catalogue.alterPartitions(
                        dropped, PartitionEdits.add(List.of(ManyPartitions.partition(1))));
        catalogue.dropTable(dropped);
        // Whoever still holds an older version can read it for a while.
        assertThat(probe.stored(table)).hasSize(5);
        assertThat(probe.stored(dropped)).hasSize(1);
        probe.close();
        catalogue.close();

        open();
        Table read = catalogue.requireTable("default", "t");
        assertThat(probe.stored(read)).isEqualTo(Sweeper.references(read.state()));
        assertThat(probe.stored(dropped)).isEmpty();
        assertThat(probe.children(NodePaths.DATA + "/" + dropped.id().substring(0, 2)))
                .doesNotContain(dropped.id());
        assertThat(probe.children(NodePaths.UNSWEPT)).isEmpty();
    }

    @Test
    void twoThousandTablesAreListedAndDroppedTogether() {
        Database many = catalogue.createDatabase(Database.named("many", "ann", Clock.SYSTEM.now()));
        Set<String> names = new HashSet<>();
        List<Table> tables = new ArrayList<>();
        for (int commit = 0; commit < 10; commit++) {
            CatalogueChange.Builder change = CatalogueChange.builder();
            for (int i = 0; i < 200; i++) {
                String name = "t".repeat(100) + "_" + commit + "_" + i;
                names.add(name);
                change.create(ZooKeeperCatalogueTest.plain("many", name).build());
            }
            tables.addAll(catalogue.commit(change.build()));
        }
        List<String> listed = catalogue.tableNames("many");
        assertThat(listed).isSorted().hasSize(2_000);
        assertThat(new HashSet<>(listed)).isEqualTo(names);
        assertThat(catalogue.tableNames("many", name -> name.endsWith("_7_7"))).hasSize(1);
        assertThat(catalogue.tables("many", name -> true))
                .containsExactlyInAnyOrderElementsOf(tables);
        CatalogueChange.Builder change = CatalogueChange.builder();
        tables.forEach(change::drop);
        catalogue.commit(change.drop(many).build());
        assertThat(catalogue.databaseNames()).containsExactly("default");
    }
}
