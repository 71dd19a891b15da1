package org.skep.metastore.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.CatalogueStep;
import org.skep.metastore.ColumnStatistics;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;

class DamageTest {
    @TempDir Path directory;

    @AfterEach
    void heal() {
        Crash.install(null);
    }

    private static Table fill(Catalogue catalogue) {
        CatalogueStep create =
                new CatalogueStep.CreateTable(
                        ManyPartitions.table("t"),
                        PartitionEdits.add(List.of(ManyPartitions.partition(1))),
                        Map.of(1, ColumnStatistics.of(1, 2, Optional.of("3"), Optional.empty())));
        return catalogue
                .commit(org.skep.metastore.CatalogueChange.builder().step(create).build())
                .get(0);
    }

    @Test
    void aDamagedNodeIsNamed() throws Exception {
        EmbeddedEnsemble ensemble = new EmbeddedEnsemble(directory);
        Table table;
        try (Catalogue catalogue = new ZooKeeperCatalogue(ensemble, Clock.SYSTEM);
                Probe probe = new Probe(ensemble)) {
            table = fill(catalogue);
            TableNodes nodes = TableNodes.of(table);
            for (String path : nodes.all()) {
                probe.damage(path, probe.data(path).length - 1);
            }
        }
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            TableNodes nodes = TableNodes.of(table);
            Table held = table;
            expectNamed(nodes.table(), () -> catalogue.requireTable("default", "t"));
            expectNamed(nodes.bucket(), () -> catalogue.partitions(held));
            expectNamed(nodes.statistics(), () -> catalogue.columnStatistics(held));
            // What is not damaged still works.
            assertThat(catalogue.tableNames("default")).containsExactly("t");
            catalogue.createTable(ManyPartitions.table("u"));
        }
    }

    private record TableNodes(String table, String bucket, String statistics) {
        static TableNodes of(Table table) {
            return new TableNodes(
                    NodePaths.table(table.id()),
                    NodePaths.content(table.id(), table.state().buckets().get(0).name()),
                    NodePaths.content(table.id(), table.state().statistics().orElseThrow()));
        }

        List<String> all() {
            return List.of(table, bucket, statistics);
        }
    }

    private static void expectNamed(String path, Runnable call) {
        SkepException failure = catchThrowableOfType(SkepException.class, call::run);
        assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT_FILE);
        assertThat(failure)
                .hasMessageStartingWith("Catalogue node is damaged: " + path)
                .hasMessageContaining("expected checksum");
    }

    @Test
    void noFlippedBitAndNoCutGoesUnseen() {
        byte[] node = ObjectCodec.table(ManyPartitions.table("t"));
        for (int bit = 0; bit < node.length * 8; bit++) {
            byte[] damaged = node.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            expectCorrupt(damaged);
        }
        for (int length = 0; length < node.length; length++) {
            expectCorrupt(Arrays.copyOf(node, length));
        }
        expectCorrupt(ObjectCodec.text(NodeFormat.KIND_NAME, "another kind"));
    }

    private static void expectCorrupt(byte[] node) {
        SkepException failure =
                catchThrowableOfType(SkepException.class, () -> ObjectCodec.table("/n", node, 0));
        assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT_FILE);
    }

    @Test
    void aNewerCatalogueIsRefused() throws Exception {
        EmbeddedEnsemble ensemble = new EmbeddedEnsemble(directory);
        try (Catalogue catalogue = new ZooKeeperCatalogue(ensemble, Clock.SYSTEM);
                Probe probe = new Probe(ensemble)) {
            assertThat(catalogue.databaseNames()).containsExactly("default");
            probe.set(NodePaths.FORMAT, ObjectCodec.format(Layout.VERSION + 1));
        }
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            assertThatThrownBy(catalogue::databaseNames)
                    .hasMessage(
                            "Catalogue was written by a newer Skep: it has format 2, this Skep"
                                    + " reads up to 1");
        }
    }

    @Test
    void afterAFaultOfTheDiskTheStatementFailsAndTheNextOneWorks() {
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            Table table = fill(catalogue);
            failOnce("catalogue.log-append");
            SkepException failure =
                    catchThrowableOfType(
                            SkepException.class,
                            () ->
                                    catalogue.alterTable(
                                            table, table.toBuilder().property("a", "1").build()));
            assertThat(failure.code()).isEqualTo(ErrorCode.CATALOGUE_UNAVAILABLE);
            assertThat(failure).hasMessage("Cannot reach the catalogue: disk");
            assertThat(catalogue.requireTable("default", "t")).isEqualTo(table);
            Table changed =
                    catalogue.alterTable(table, table.toBuilder().property("a", "2").build());
            assertThat(catalogue.requireTable("default", "t")).isEqualTo(changed);
        }
    }

    @Test
    void aCommitWhoseAnswerWasLostIsKnownAgain() {
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            Table table = fill(catalogue);
            failOnce("catalogue.log-synced");
            Table changed =
                    catalogue.alterTable(table, table.toBuilder().property("a", "1").build());
            assertThat(changed.properties()).containsEntry("a", "1");
            assertThat(catalogue.requireTable("default", "t")).isEqualTo(changed);
        }
    }

    private static void failOnce(String point) {
        List<String> reached = new ArrayList<>();
        Crash.install(
                name -> {
                    synchronized (reached) {
                        if (name.equals(point) && reached.isEmpty()) {
                            reached.add(name);
                            throw new IllegalStateException("disk");
                        }
                    }
                });
    }

    @Test
    void damagedFilesOfTheServerAreReportedAndTheProcessLives() throws Exception {
        Table table;
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            table = fill(catalogue);
            assertThat(table.version()).isEqualTo(1);
        }
        try (var files = Files.list(directory.resolve("version-2"))) {
            for (Path file : files.filter(f -> !f.endsWith("snapshot.0")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                int at = text.indexOf("/skep/db/default/");
                if (at > 0) {
                    bytes[at] ^= 1;
                    Files.write(file, bytes);
                }
            }
        }
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            SkepException failure =
                    catchThrowableOfType(SkepException.class, catalogue::databaseNames);
            assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT_FILE);
            assertThat(failure).hasMessageContaining(directory.toString());
        }
    }

    @Test
    void aLogThatEndsInsideATransactionIsReadUpToThere() throws Exception {
        Path copy = directory.resolve("copy");
        Table before;
        Table after;
        try (Catalogue catalogue =
                ZooKeeperCatalogue.embedded(directory.resolve("running"), Clock.SYSTEM)) {
            before = fill(catalogue);
            after = catalogue.alterTable(before, before.toBuilder().property("a", "1").build());
            // As a power cut would leave it: the server still runs.
            copy(directory.resolve("running"), copy);
        }
        Path log = copy.resolve("version-2/log.1");
        byte[] whole = Files.readAllBytes(log);
        for (int cut : List.of(0, 1, 2, 5, 9, 40, 150)) {
            expectAfterCut(copy, log, Arrays.copyOf(whole, whole.length - cut), cut, before, after);
            byte[] zeroed = whole.clone();
            Arrays.fill(zeroed, whole.length - cut, whole.length, (byte) 0);
            expectAfterCut(copy, log, zeroed, cut, before, after);
        }
    }

    private void expectAfterCut(
            Path copy, Path log, byte[] content, int cut, Table before, Table after)
            throws IOException {
        Path place = directory.resolve("cut");
        LocalFileSystem.INSTANCE.deleteTree(place.toString());
        copy(copy, place);
        Files.write(place.resolve("version-2").resolve(log.getFileName()), content);
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(place, Clock.SYSTEM)) {
            assertThat(catalogue.requireTable("default", "t"))
                    .as("cut %d", cut)
                    .isEqualTo(cut == 0 ? after : before);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    @Test
    void aClosedCatalogueSaysSo() {
        Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM);
        assertThat(catalogue.databaseNames()).hasSize(1);
        catalogue.close();
        SkepException failure =
                catchThrowableOfType(SkepException.class, () -> catalogue.database("x"));
        assertThat(failure.code()).isEqualTo(ErrorCode.CATALOGUE_UNAVAILABLE);
        catalogue.close();
    }
}
