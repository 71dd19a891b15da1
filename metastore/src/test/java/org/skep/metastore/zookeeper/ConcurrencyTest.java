package org.skep.metastore.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;

class ConcurrencyTest {
    private static final int THREADS = 4;
    private static final int COMMITS = 25;

    @TempDir Path directory;
    private EmbeddedEnsemble ensemble;
    private Catalogue first;
    private Catalogue second;

    @AfterEach
    void close() {
        if (second != null) {
            second.close();
        }
        if (first != null) {
            first.close();
        }
    }

    private void open() {
        ensemble = new EmbeddedEnsemble(directory);
        first = new ZooKeeperCatalogue(ensemble, Clock.SYSTEM);
    }

    private void openSecond() {
        second =
                ZooKeeperCatalogue.connect(
                        ensemble.connectString(), ensemble.credentials(), Clock.SYSTEM);
    }

    /** Adds one partition and one to a counter, until nobody else was faster. */
    private static int commitOne(Catalogue catalogue, int number) {
        for (int conflicts = 0; ; conflicts++) {
            try {
                Table table = catalogue.requireTable("default", "t");
                int count = Integer.parseInt(table.properties().get("count"));
                catalogue.commit(
                        org.skep.metastore.CatalogueChange.builder()
                                .alter(
                                        table,
                                        table.toBuilder()
                                                .property("count", Integer.toString(count + 1))
                                                .build(),
                                        PartitionEdits.add(
                                                List.of(ManyPartitions.partition(number))))
                                .build());
                return conflicts;
            } catch (SkepException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
            }
        }
    }

    private int race(List<Catalogue> catalogues) throws Exception {
        first.createTable(ManyPartitions.table("t").toBuilder().property("count", "0").build());
        ExecutorService pool = NamedThreads.pool("writer", THREADS);
        AtomicInteger next = new AtomicInteger();
        List<Future<Integer>> results = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Catalogue catalogue = catalogues.get(thread % catalogues.size());
            results.add(
                    pool.submit(
                            () -> {
                                int conflicts = 0;
                                for (int i = 0; i < COMMITS; i++) {
                                    conflicts += commitOne(catalogue, next.getAndIncrement());
                                }
                                return conflicts;
                            }));
        }
        int conflicts = 0;
        for (Future<Integer> result : results) {
            conflicts += result.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();
        return conflicts;
    }

    private static void expectAll(Table table, Catalogue catalogue) {
        assertThat(table.properties()).containsEntry("count", Integer.toString(THREADS * COMMITS));
        assertThat(table.version()).isEqualTo(1 + THREADS * COMMITS);
        assertThat(catalogue.partitions(table)).hasSize(THREADS * COMMITS);
    }

    @Test
    void noCommitOfFourThreadsIsLost() throws Exception {
        open();
        int conflicts = race(List.of(first));
        assertThat(conflicts).isPositive();
        expectAll(first.requireTable("default", "t"), first);
    }

    @Test
    void noCommitOfTwoProcessesIsLost() throws Exception {
        open();
        openSecond();
        race(List.of(first, second));
        // Each sees its own commits at once and the other's when the watch has told it.
        for (Catalogue catalogue : List.of(first, second)) {
            assertThat(
                            Probe.comesTrue(
                                    () ->
                                            catalogue.requireTable("default", "t").version()
                                                    == 1 + THREADS * COMMITS))
                    .isTrue();
            expectAll(catalogue.requireTable("default", "t"), catalogue);
        }
    }

    @Test
    void theWatchTellsOfChangesByOthers() {
        open();
        openSecond();
        Table made = first.createTable(ManyPartitions.table("w"));
        assertThat(second.requireTable("default", "w")).isEqualTo(made);
        Table changed = first.alterTable(made, made.toBuilder().property("a", "1").build());
        assertThat(Probe.comesTrue(() -> second.requireTable("default", "w").equals(changed)))
                .isTrue();
        Table renamed =
                second.alterTable(changed, changed.toBuilder().name("default", "v").build());
        assertThat(second.table("default", "w")).isEmpty();
        assertThat(second.requireTable("default", "v")).isEqualTo(renamed);
        assertThat(
                        Probe.comesTrue(
                                () ->
                                        first.table("default", "w").isEmpty()
                                                && first.table("default", "v").isPresent()))
                .isTrue();
        second.dropTable(renamed);
        assertThat(Probe.comesTrue(() -> first.table("default", "v").isEmpty())).isTrue();
    }

    @Test
    void twoCataloguesOnOneEnsembleKnowNothingOfEachOther() {
        open();
        Table made = first.createTable(ManyPartitions.table("w"));
        second =
                ZooKeeperCatalogue.connect(
                        ensemble.connectString() + "/some/where",
                        ensemble.credentials(),
                        Clock.SYSTEM);
        assertThat(second.databaseNames()).containsExactly("default");
        assertThat(second.table("default", "w")).isEmpty();
        assertThat(second.createTable(ManyPartitions.table("w")).id()).isNotEqualTo(made.id());
        assertThat(first.requireTable("default", "w")).isEqualTo(made);
    }

    @Test
    void withoutTheSecretNothingCanBeReadOrChanged() {
        open();
        assertThat(first.databaseNames()).containsExactly("default");
        second = ZooKeeperCatalogue.connect(ensemble.connectString(), "skep:guess", Clock.SYSTEM);
        assertThatThrownBy(() -> second.databaseNames())
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("NoAuth");
    }
}
