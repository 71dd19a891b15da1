package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.Crash;

/** Whatever goes wrong gives one clear error, nothing is lost, and the next statement works. */
final class BadInputTest {
    @TempDir Path directory;

    @Test
    void survivesMalformedStatements() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int)");
            hive.run("insert into t values (1)");
            for (String sql :
                    List.of(
                            "",
                            ";",
                            "selec 1",
                            "select",
                            "select 'open",
                            "select * from t where",
                            "insert into t",
                            "create table",
                            "alter table t frobnicate",
                            "set =x",
                            "reset -d",
                            "add nothing",
                            "grant all to x",
                            "select " + "(".repeat(2000) + "1" + ")".repeat(2000),
                            "create table bad(a decimal(50,2))",
                            "create table bad(a int) stored as nosuch",
                            "create table bad(a int) row format serde 'com.example.NoSuch'",
                            "create table bad(a int) location 'relative/path'",
                            "create table bad(a int) location 'hdfs://host/path'",
                            "create table bad(a int) partitioned by (a int)",
                            "create table nosuchdb.bad(a int)",
                            "drop view t",
                            "show partitions t",
                            "truncate table nosuch",
                            "alter table nosuch rename to x",
                            "alter table t change nosuch b int",
                            "describe nosuch",
                            "describe t nosuch",
                            "describe database nosuch",
                            "explain select * from nosuch",
                            "insert overwrite directory 'relative' select 1",
                            "create function f as 'x'",
                            "merge into t using t s on t.a = s.a when matched then delete")) {
                assertThat(hive.failure(sql))
                        .as(sql)
                        .startsWith("FAILED: ")
                        .doesNotContain("Internal");
                assertThat(hive.line("select * from t")).isEqualTo("1");
            }
            assertThat(hive.line("show tables")).isEqualTo("t");
        }
    }

    @Test
    void reportsTheLineWithACaret() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            String sql = "select 1,\n\tnosuch\nfrom (select 1 a) t";
            try {
                hive.run(sql);
            } catch (SkepException e) {
                assertThat(ErrorText.brief(e, sql))
                        .endsWith("\n  \tnosuch\n  \t^")
                        .startsWith("line 2:1 ");
                return;
            }
            assertThat(sql).isEqualTo("fails");
        }
    }

    @Test
    void namesBrokenFiles() throws IOException {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int, s string) stored as parquet");
            hive.run("insert into t values (1, 'x')");
            Path file;
            try (var files = Files.walk(directory.resolve("data/warehouse/t"))) {
                file = files.filter(path -> path.toString().endsWith(".parquet")).findFirst().get();
            }
            byte[] good = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(good, good.length / 2));
            assertThat(hive.failure("select * from t"))
                    .startsWith("FAILED: ")
                    .contains(file.getFileName().toString());
            Files.write(file, good);
            assertThat(hive.line("select * from t")).isEqualTo("1\tx");
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.seek(good.length - 10);
                raw.write(new byte[] {0x55, 0x2a, 0x13});
            }
            assertThat(hive.failure("select * from t"))
                    .startsWith("FAILED: ")
                    .doesNotContain("Internal");
            Files.write(file, good);
            assertThat(hive.line("select count(*) from t")).isEqualTo("1");
        }
    }

    @Test
    void treatsAMissingDirectoryAsEmpty() throws IOException {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            Path data = directory.resolve("gone");
            hive.run("create external table t(a int) location '%s'".formatted(data));
            try (var files = Files.walk(data)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
            assertThat(data).doesNotExist();
            assertThat(hive.line("select * from t")).isEmpty();
            hive.run("insert into t values (1)");
            assertThat(hive.line("select * from t")).isEqualTo("1");
        }
    }

    private WarehouseFixture on(AtomicReference<ErrorCode> fault) {
        return new WarehouseFixture(
                directory,
                Warehouse.at(directory.resolve("data"))
                        .fileSystems(location -> new FaultyDisk(fault)));
    }

    @Test
    void leavesATableAsItWasWhenTheDiskIsFull() {
        AtomicReference<ErrorCode> fault = new AtomicReference<>();
        try (WarehouseFixture hive = on(fault)) {
            hive.run("create table t(a int)");
            hive.run("insert into t values (1)");
            fault.set(ErrorCode.DISK_FULL);
            assertThat(hive.failure("insert into t values (2)")).contains("return code 50024");
            assertThat(hive.failure("insert overwrite table t values (2)"))
                    .contains("no space left");
            assertThat(hive.failure("create table u as select 1 a")).contains("no space left");
            assertThat(hive.line("select * from t")).isEqualTo("1");
            fault.set(null);
            hive.run("insert into t values (3)");
            assertThat(hive.run("select * from t order by a")).containsExactly("1", "3");
            assertThat(hive.line("show tables")).isEqualTo("t");
        }
    }

    @Test
    void saysWhatMayNotBeRead() {
        AtomicReference<ErrorCode> fault = new AtomicReference<>();
        try (WarehouseFixture hive = on(fault)) {
            hive.run("create table t(a int)");
            hive.run("insert into t values (1)");
            fault.set(ErrorCode.PERMISSION_DENIED);
            assertThat(hive.failure("select * from t"))
                    .contains("return code 50023")
                    .contains("permission denied");
            assertThat(hive.failure("insert into t values (2)")).contains("permission denied");
            assertThat(hive.line("select 1")).isEqualTo("1");
            fault.set(null);
            assertThat(hive.line("select * from t")).isEqualTo("1");
        }
    }

    @Test
    void publishesNothingWhenAWriterFails() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int)");
            hive.run("insert into t values (1)");
            Crash.install(
                    point -> {
                        if (point.equals("write.finish")) {
                            throw new SkepException(ErrorCode.IO_ERROR, "Planted failure");
                        }
                    });
            try {
                assertThat(hive.failure("insert into t values (2)")).contains("Planted failure");
            } finally {
                Crash.install(null);
            }
            assertThat(hive.line("select * from t")).isEqualTo("1");
        }
    }

    @Test
    void limitsMemory() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("set skep.memory.query-limit=100k");
            assertThat(
                            hive.failure(
                                    "select count(distinct pos) from (select posexplode(split(space(199999), ' ')) as (pos, x)) t"))
                    .contains("return code 50020");
            hive.run("reset");
            assertThat(hive.line("select 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesDamageInStrictMode() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a tinyint)");
            hive.run("create table s(v int)");
            hive.run("insert into s values (300)");
            hive.run("set skep.strict=true");
            assertThat(hive.failure("insert into t select v from s")).contains("strict");
            hive.run("set skep.strict=false");
            hive.run("insert into t select v from s");
            assertThat(hive.line("select * from t")).isEqualTo("44");
        }
    }
}
