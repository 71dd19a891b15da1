package org.skep.lsmtests.benchmark;

import java.io.File;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.CompactionState;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.ResultScanner;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;

/** A whole HBase in a process of its own, reached through its client over the loopback. */
final class HBaseClientPeer implements Peer {
    private static final TableName NAME = TableName.valueOf("t");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Process server;
    private Connection connection;
    private byte[][] qualifiers;
    private final ThreadLocal<Table> tables =
            ThreadLocal.withInitial(
                    () -> {
                        try {
                            return connection.getTable(NAME);
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void open(Path directory, int fields) throws Exception {
        qualifiers = HBaseRegionPeer.qualifiers(fields);
        int zookeeper = freePort();
        Path conf = Files.createDirectories(directory.resolve("conf"));
        StringBuilder site = new StringBuilder("<configuration>");
        String[][] options = {
            {"hbase.rootdir", directory.resolve("data").toUri().toString()},
            {"hbase.tmp.dir", directory.resolve("tmp").toString()},
            {"hbase.zookeeper.property.dataDir", directory.resolve("zk").toString()},
            {"hbase.zookeeper.property.clientPort", Integer.toString(zookeeper)},
            {"hbase.zookeeper.quorum", "127.0.0.1"},
            {"hbase.master.port", Integer.toString(freePort())},
            {"hbase.regionserver.port", Integer.toString(freePort())},
            {"hbase.master.info.port", "-1"},
            {"hbase.regionserver.info.port", "-1"},
            {"hbase.master.hostname", "localhost"},
            {"hbase.regionserver.hostname", "localhost"},
            {"hbase.unsafe.stream.capability.enforce", "false"},
            {"hbase.cluster.distributed", "false"},
            {"hbase.wal.provider", "filesystem"},
            {"hfile.block.cache.size", "0.17"}
        };
        for (String[] option : options) {
            site.append(
                    "<property><name>%s</name><value>%s</value></property>"
                            .formatted(option[0], option[1]));
        }
        Files.writeString(
                conf.resolve("hbase-site.xml"), site.append("</configuration>").toString());
        server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1500m",
                                "-XX:MaxDirectMemorySize=1g",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "-cp",
                                conf + File.pathSeparator + System.getProperty("java.class.path"),
                                "org.apache.hadoop.hbase.master.HMaster",
                                "start")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("hbase.log").toFile())
                        .start();
        Configuration configuration = HBaseConfiguration.create();
        configuration.set("hbase.zookeeper.quorum", "127.0.0.1");
        configuration.setInt("hbase.zookeeper.property.clientPort", zookeeper);
        configuration.setInt("hbase.client.retries.number", 30);
        connection = ConnectionFactory.createConnection(configuration);
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Admin admin = connection.getAdmin()) {
            while (true) {
                try {
                    admin.createTable(
                            TableDescriptorBuilder.newBuilder(NAME)
                                    .setColumnFamily(
                                            ColumnFamilyDescriptorBuilder.newBuilder(
                                                            HBaseRegionPeer.FAMILY)
                                                    .setBlocksize(16 << 10)
                                                    .build())
                                    .build());
                    return;
                } catch (java.io.IOException e) {
                    if (System.nanoTime() > end || !server.isAlive()) {
                        throw e;
                    }
                    Thread.sleep(500);
                }
            }
        }
    }

    private Put put(byte[] row, byte[][] fields, Durability durability) {
        Put put = new Put(row);
        for (int i = 0; i < fields.length; i++) {
            put.addColumn(HBaseRegionPeer.FAMILY, qualifiers[i], fields[i]);
        }
        return put.setDurability(durability);
    }

    @Override
    public void put(byte[] row, byte[][] fields, Sync sync) throws Exception {
        Durability durability = sync == Sync.FSYNC ? Durability.FSYNC_WAL : Durability.USE_DEFAULT;
        tables.get().put(put(row, fields, durability));
    }

    @Override
    public void putAll(List<byte[]> rows, List<byte[][]> fields) throws Exception {
        List<Put> puts = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            puts.add(put(rows.get(i), fields.get(i), Durability.USE_DEFAULT));
        }
        tables.get().put(puts);
    }

    private static int bytes(Result result) {
        int bytes = 0;
        if (!result.isEmpty()) {
            for (Cell cell : result.rawCells()) {
                bytes += cell.getValueLength();
            }
        }
        return bytes;
    }

    @Override
    public int get(byte[] row) throws Exception {
        return bytes(tables.get().get(new Get(row)));
    }

    @Override
    public long scan(byte[] start, long limit) throws Exception {
        long rows = 0;
        long bytes = 0;
        Scan scan = new Scan().withStartRow(start).setCaching((int) Math.min(limit, 1000));
        if (limit < Integer.MAX_VALUE) {
            scan.setLimit((int) limit);
        }
        try (ResultScanner scanner = tables.get().getScanner(scan)) {
            for (Result result = scanner.next();
                    result != null && rows < limit;
                    result = scanner.next()) {
                bytes += bytes(result);
                rows++;
            }
        }
        if (rows > 0 && bytes == 0) {
            throw new IllegalStateException("Rows without bytes");
        }
        return rows;
    }

    @Override
    public void flush() throws Exception {
        try (Admin admin = connection.getAdmin()) {
            admin.flush(NAME);
        }
    }

    @Override
    public void compact() throws Exception {
        try (Admin admin = connection.getAdmin()) {
            admin.majorCompact(NAME);
            Thread.sleep(1000);
            while (admin.getCompactionState(NAME) != CompactionState.NONE) {
                Thread.sleep(200);
            }
        }
    }

    @Override
    public long foreignCpuNanos() {
        return server.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    @Override
    public long foreignWrittenBytes() {
        return ProcessFigures.writtenBytes(server.pid());
    }

    @Override
    public long foreignResidentBytes() {
        return ProcessFigures.residentBytes(server.pid());
    }

    @Override
    public void close() throws java.io.IOException {
        connection.close();
        server.destroyForcibly();
    }
}
