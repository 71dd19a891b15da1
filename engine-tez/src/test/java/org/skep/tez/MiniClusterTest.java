package org.skep.tez;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.engine.Warehouse;
import org.skep.plan.stage.ScanSplit;
import org.skep.storage.Split;
import org.skep.tez.client.HostsOfSplits;

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
                killedContainers(fixture, hdfs);
                nearFiles(configuration, hdfs);
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

    // Kills what runs tasks while they write; the machine's death looks no different to Tez.
    private static void killedContainers(TezFixture fixture, FileSystem hdfs) throws IOException {
        fixture.onTez("create table many(n bigint) stored as parquet");
        fixture.onTez(
                "insert into many select pos from (select posexplode(split(space(2999), ' ')) as (pos, x)) t");
        fixture.onTez("create table product(n bigint) stored as parquet");
        Executor thread = work -> NamedThreads.called("writer").newThread(work).start();
        CompletableFuture<List<String>> written =
                CompletableFuture.supplyAsync(
                        () ->
                                fixture.onTez(
                                        "insert into product select a.n * 3000 + b.n from many a cross join many b"),
                        thread);
        org.apache.hadoop.fs.Path staging =
                new org.apache.hadoop.fs.Path(hdfs.getUri() + "/warehouse/product/_skep_staging");
        while (!written.isDone() && files(hdfs, staging) == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        List<ProcessHandle> tasks =
                ProcessHandle.current().descendants().filter(MiniClusterTest::runsTasks).toList();
        assertThat(written).isNotDone();
        assertThat(tasks).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);
        written.join();
        assertThat(fixture.onThreads("select count(*), sum(n), min(n), max(n) from product"))
                .containsExactly("9000000\t40499995500000\t0\t8999999");
        assertThat(hdfs.exists(staging)).isFalse();
    }

    private static boolean runsTasks(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(List::of)
                .orElse(List.of())
                .contains("org.apache.tez.runtime.task.TezChild");
    }

    private static int files(FileSystem hdfs, org.apache.hadoop.fs.Path directory)
            throws IOException {
        try {
            int files = 0;
            for (var left = hdfs.listFiles(directory, true); left.hasNext(); left.next()) {
                files++;
            }
            return files;
        } catch (FileNotFoundException e) {
            return 0;
        }
    }

    private static void nearFiles(Configuration configuration, FileSystem hdfs) throws IOException {
        var file =
                hdfs.listFiles(
                                new org.apache.hadoop.fs.Path(hdfs.getUri() + "/warehouse/product"),
                                false)
                        .next();
        String path = file.getPath().toString();
        FileStatus status = new FileStatus(path, false, file.getLen(), file.getModificationTime());
        Split split = Split.of(status, 0, file.getLen(), List.of(), -1);
        assertThat(HostsOfSplits.of(configuration, List.of(new ScanSplit(0, 0, split))))
                .containsExactly(file.getBlockLocations()[0].getHosts());
        Split gone = Split.of(new FileStatus(path + "-gone", false, 1, 1), 0, 1, List.of(), -1);
        assertThat(HostsOfSplits.of(configuration, List.of(new ScanSplit(0, 0, gone)))).isEmpty();
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
