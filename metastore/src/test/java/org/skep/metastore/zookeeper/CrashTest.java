package org.skep.metastore.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.time.Clock;
import org.skep.metastore.Catalogue;
import org.skep.metastore.Partition;
import org.skep.metastore.PartitionEdits;
import org.skep.metastore.Table;

class CrashTest {
    private static final Partition OLD = ManyPartitions.partition(1);
    private static final Partition NEW = ManyPartitions.partition(77_777);

    @TempDir Path directory;

    private Table before() {
        try (Catalogue catalogue = ZooKeeperCatalogue.embedded(directory, Clock.SYSTEM)) {
            Table made = catalogue.createTable(ManyPartitions.table("t"));
            return catalogue.alterPartitions(made, PartitionEdits.add(List.of(OLD)));
        }
    }

    private int write(String crashPoint) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingWriter.class.getName(),
                                directory.toString())
                        .inheritIO();
        builder.environment().put("SKEP_CRASH_AT", crashPoint);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void expect(long version, List<Partition> partitions) {
        EmbeddedEnsemble ensemble = new EmbeddedEnsemble(directory);
        try (Catalogue catalogue = new ZooKeeperCatalogue(ensemble, Clock.SYSTEM);
                Probe probe = new Probe(ensemble)) {
            Table table = catalogue.requireTable("default", "t");
            assertThat(table.version()).isEqualTo(version);
            assertThat(catalogue.partitions(table)).isEqualTo(partitions);
            Set<String> referenced = Sweeper.references(table.state());
            assertThat(Probe.comesTrue(() -> probe.stored(table).equals(referenced))).isTrue();
            assertThat(Probe.comesTrue(() -> probe.children(NodePaths.UNSWEPT).isEmpty())).isTrue();
        }
    }

    @Test
    void beforeTheCommitTheOldStateStaysAndTheRestIsSwept() throws Exception {
        Table before = before();
        assertThat(write("catalogue.after-write-ahead:1")).isEqualTo(137);
        EmbeddedEnsemble ensemble = new EmbeddedEnsemble(directory);
        try (Probe probe = new Probe(ensemble)) {
            // The crash came late enough: the new bucket is stored beside the old one.
            assertThat(probe.stored(before)).hasSize(2);
            assertThat(probe.children(NodePaths.UNSWEPT)).containsExactly(before.id());
        }
        ensemble.close();
        expect(2, List.of(OLD));
    }

    @Test
    void afterTheCommitTheNewStateIsThere() throws Exception {
        before();
        assertThat(write("catalogue.after-commit:1")).isEqualTo(137);
        expect(3, List.of(OLD, NEW));
    }

    @Test
    void aCrashWhileSweepingLeavesTheSweepToTheNextOpening() throws Exception {
        before();
        assertThat(write("catalogue.after-write-ahead:1")).isEqualTo(137);
        // This process finds the marker of the one before it and is ended while it sweeps.
        assertThat(write("catalogue.before-sweep:1")).isEqualTo(137);
        EmbeddedEnsemble ensemble = new EmbeddedEnsemble(directory);
        long version;
        try (Catalogue catalogue = new ZooKeeperCatalogue(ensemble, Clock.SYSTEM)) {
            version = catalogue.requireTable("default", "t").version();
        }
        expect(version, version == 2 ? List.of(OLD) : List.of(OLD, NEW));
    }

    @Test
    void theFirstStartMayEndAtAnyTransaction() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int transaction = 1; transaction <= 5; transaction++) {
            Path fresh = directory.resolve("fresh" + transaction);
            processes.add(start(fresh, "catalogue.log-synced:" + transaction));
        }
        for (int transaction = 1; transaction <= 5; transaction++) {
            Path fresh = directory.resolve("fresh" + transaction);
            Process process = processes.get(transaction - 1);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isNotZero();
            try (Catalogue catalogue = ZooKeeperCatalogue.embedded(fresh, Clock.SYSTEM)) {
                assertThat(catalogue.databaseNames()).containsExactly("default");
            }
        }
    }

    private Process start(Path fresh, String crashPoint) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        fresh.toString());
        // It ends by the crash or, where it gets further, because there is no table.
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SKEP_CRASH_AT", crashPoint);
        return builder.start();
    }
}
