package org.skep.tez;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.mapred.ShuffleHandler;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.tez.dag.api.TezConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.SkepException;
import org.skep.engine.Warehouse;

/** Statements on a YARN cluster, with tables on HDFS: real containers, real shuffles. */
@EnabledIfSystemProperty(
        named = "skep.witnesses",
        matches = "true",
        disabledReason = "needs -Pwitnesses: minutes, and processes of their own")
final class MiniClusterTest {
    private static final int MEGABYTES = 512;

    @TempDir private Path directory;

    private static Configuration configuration(Path directory) {
        Configuration configuration = new YarnConfiguration();
        configuration.set("hadoop.tmp.dir", directory.resolve("tmp").toString());
        configuration.set("yarn.nodemanager.aux-services", "mapreduce_shuffle");
        configuration.set(
                "yarn.nodemanager.aux-services.mapreduce_shuffle.class",
                ShuffleHandler.class.getName());
        configuration.setInt("mapreduce.shuffle.port", 0);
        configuration.setInt("yarn.nodemanager.resource.memory-mb", 6 * MEGABYTES);
        configuration.setInt("yarn.scheduler.minimum-allocation-mb", 128);
        configuration.setFloat("yarn.scheduler.capacity.maximum-am-resource-percent", 1);
        configuration.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
        configuration.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
        configuration.setBoolean("yarn.nodemanager.disk-health-checker.enable", false);
        configuration.setInt(TezConfiguration.TEZ_AM_RESOURCE_MEMORY_MB, MEGABYTES);
        configuration.setInt(TezConfiguration.TEZ_TASK_RESOURCE_MEMORY_MB, MEGABYTES);
        configuration.set(TezConfiguration.TEZ_AM_STAGING_DIR, "/tez");
        configuration.setBoolean(TezConfiguration.TEZ_AM_WEBSERVICE_ENABLE, false);
        return configuration;
    }

    private static void write(Configuration configuration, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            configuration.writeXml(out);
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void tablesOnHdfsAreReadAndWrittenByContainers() throws IOException {
        Configuration configuration = configuration(directory);
        MiniDFSCluster dfs =
                new MiniDFSCluster.Builder(configuration, directory.resolve("dfs").toFile())
                        .numDataNodes(1)
                        .build();
        try (MiniYARNCluster yarn = new MiniYARNCluster("skep", 1, 1, 1)) {
            FileSystem hdfs = dfs.getFileSystem();
            configuration.set("fs.defaultFS", hdfs.getUri().toString());
            yarn.init(configuration);
            yarn.start();
            Path site = Files.createDirectory(directory.resolve("site"));
            Configuration client = new Configuration(yarn.getConfig());
            // The small cluster's own class, which only its process has.
            client.unset("net.topology.node.switch.mapping.impl");
            write(client, site.resolve("yarn-site.xml"));
            Warehouse.Builder builder =
                    Warehouse.at(directory.resolve("data"))
                            .setting("skep.tez.configuration", site.toString())
                            .warehouseDirectory(hdfs.getUri() + "/warehouse");
            try (TezFixture fixture = new TezFixture(builder)) {
                statements(fixture, hdfs);
            }
        } finally {
            dfs.shutdown(true);
        }
    }

    private static void statements(TezFixture fixture, FileSystem hdfs) throws IOException {
        fixture.onTez("create table numbers(n int, t string) stored as parquet");
        fixture.onTez("insert into numbers values (1,'one'),(2,'two'),(3,'three'),(4,null)");
        fixture.onTez("insert into numbers select n + 4, t from numbers");
        fixture.onTez("set skep.tez.tasks=2");
        for (String sql :
                List.of(
                        "select n, t from numbers order by n",
                        "select t, count(*), sum(n) from numbers group by t order by t",
                        "select a.n, b.t from numbers a join numbers b on a.n = b.n + 1 order by a.n")) {
            assertThat(fixture.onTez(sql)).as(sql).isNotEmpty().isEqualTo(fixture.onThreads(sql));
        }
        fixture.onTez("create table parted(t string) partitioned by (n int) stored as orc");
        fixture.onTez("insert overwrite table parted partition(n) select t, n from numbers");
        fixture.onTez("insert overwrite table parted partition(n) select t, n from numbers");
        String all = "select n, t from parted order by n";
        assertThat(fixture.onThreads(all))
                .hasSize(8)
                .isEqualTo(fixture.onThreads("select n, t from numbers order by n"));
        assertThat(fixture.onTez(all)).isEqualTo(fixture.onThreads(all));
        org.apache.hadoop.fs.Path table =
                new org.apache.hadoop.fs.Path(hdfs.getUri() + "/warehouse/parted");
        assertThat(hdfs.exists(new org.apache.hadoop.fs.Path(table, "n=8"))).isTrue();
        assertThat(hdfs.exists(new org.apache.hadoop.fs.Path(table, "_skep_staging"))).isFalse();
        SkepException onThreads = failure(fixture, true);
        SkepException onTez = failure(fixture, false);
        assertThat(onTez.code()).isEqualTo(onThreads.code());
        assertThat(onTez).hasMessage(onThreads.getMessage());
    }

    private static SkepException failure(TezFixture fixture, boolean threads) {
        String sql = "select n from numbers where n = (select m.n from numbers m)";
        try {
            List<String> rows = threads ? fixture.onThreads(sql) : fixture.onTez(sql);
            throw new AssertionError("No failure: " + rows);
        } catch (SkepException e) {
            return e;
        }
    }
}
