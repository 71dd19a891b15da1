package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileSystem;
import org.skep.base.io.LocalFileSystem;

/**
 * Who may not read or write a place gets one error that names it, and loses nothing. Once with a
 * disk that refuses, once with the permissions of the system, which do not bind root.
 */
final class NoPermissionTest {
    @TempDir Path directory;

    /** Takes permissions away. */
    private interface Doors {
        void closeForReading(Path path);

        void closeForWriting(Path path);

        void open(Path path);
    }

    private static final class SystemDoors implements Doors {
        private static void set(Path path, String permissions) {
            try {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void closeForReading(Path path) {
            set(path, "---------");
        }

        @Override
        public void closeForWriting(Path path) {
            set(path, "r-xr-xr-x");
        }

        @Override
        public void open(Path path) {
            set(path, Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--");
        }
    }

    private static final class RefusingDisk implements Doors {
        private static final Set<String> WRITES =
                Set.of(
                        "create",
                        "append",
                        "rename",
                        "requireMovable",
                        "delete",
                        "deleteTree",
                        "createDirectories");

        private final Map<String, Boolean> closed = new ConcurrentHashMap<>();

        // Below a directory that may not be written nothing is made, what is there can be read.
        private FileSystem fileSystem() {
            return (FileSystem)
                    Proxy.newProxyInstance(
                            FileSystem.class.getClassLoader(),
                            new Class<?>[] {FileSystem.class},
                            (proxy, method, arguments) -> {
                                String name = method.getName();
                                if (arguments != null && !name.equals("status")) {
                                    for (Object path : arguments) {
                                        refuse(WRITES.contains(name), path.toString());
                                    }
                                }
                                try {
                                    return method.invoke(LocalFileSystem.INSTANCE, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }

        private void refuse(boolean writes, String path) {
            String plain = LocalFileSystem.path(path).toString();
            closed.forEach(
                    (place, all) -> {
                        boolean below = plain.startsWith(place + "/");
                        if (all ? below || plain.equals(place) : writes && below) {
                            throw new SkepException(
                                    ErrorCode.PERMISSION_DENIED,
                                    "Cannot open %s: permission denied".formatted(path));
                        }
                    });
        }

        @Override
        public void closeForReading(Path path) {
            closed.put(path.toString(), true);
        }

        @Override
        public void closeForWriting(Path path) {
            closed.put(path.toString(), false);
        }

        @Override
        public void open(Path path) {
            closed.remove(path.toString());
        }
    }

    private static void refused(WarehouseFixture hive, String sql, Path place) {
        assertThatThrownBy(() -> hive.run(sql))
                .as(sql)
                .isInstanceOf(SkepException.class)
                .hasMessageContaining(place.toString())
                .hasMessageContaining("permission denied")
                .extracting(e -> ((SkepException) e).code())
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
    }

    private void placesAreClosed(WarehouseFixture hive, Doors doors) throws IOException {
        Path warehouse = directory.toRealPath().resolve("data/warehouse");
        Path input = hive.file("in.csv", "1,a\n2,b\n").toRealPath();
        hive.run("create table t (a int, b string) row format delimited fields terminated by ','");
        String load = "load data local inpath '%s' into table t".formatted(input);
        hive.run(load);
        hive.run("create table p (a int) partitioned by (k int) stored as parquet");
        hive.run("insert into p partition (k = 1) values (7)");

        Path table = warehouse.resolve("t");
        doors.closeForReading(table);
        refused(hive, "select * from t", table);
        refused(hive, "insert overwrite table t values (3, 'c')", table);
        refused(hive, "drop table t", table);
        doors.open(table);

        doors.closeForWriting(table);
        refused(hive, "insert into t values (3, 'c')", table);
        refused(hive, "insert overwrite table t values (3, 'c')", table);
        refused(hive, "truncate table t", table);
        refused(hive, "drop table t", table);
        assertThat(hive.line("select * from t order by a")).isEqualTo("1\ta / 2\tb");
        doors.open(table);

        doors.closeForReading(table.resolve("in.csv"));
        refused(hive, "select * from t", table.resolve("in.csv"));
        doors.open(table.resolve("in.csv"));

        doors.closeForReading(input);
        refused(hive, load, input);
        refused(hive, load.replace(" into ", " overwrite into "), input);
        doors.open(input);

        Path inbox = Files.createDirectory(directory.resolve("inbox")).toRealPath();
        Path letter = Files.writeString(inbox.resolve("letter.csv"), "4,d\n");
        String move = "load data inpath '%s' into table t".formatted(letter);
        doors.closeForWriting(inbox);
        refused(hive, move, letter);
        assertThat(hive.line("select * from t order by a")).isEqualTo("1\ta / 2\tb");
        doors.open(inbox);
        hive.run(move);
        assertThat(letter).doesNotExist();
        assertThat(hive.line("select max(a) from t")).isEqualTo("4");
        hive.run("insert overwrite table t select * from t where a < 4");

        Path partitions = warehouse.resolve("p");
        doors.closeForWriting(partitions);
        refused(hive, "alter table p drop partition (k = 1)", partitions);
        refused(hive, "insert into p partition (k = 2) values (8)", partitions);
        doors.open(partitions);

        doors.closeForWriting(warehouse);
        refused(hive, "create table n (a int)", warehouse.resolve("n"));
        refused(hive, "create table n as select 1 as a", warehouse.resolve("n"));
        refused(hive, "create database n", warehouse.resolve("n.db"));
        doors.open(warehouse);

        assertThat(hive.line("show tables")).isEqualTo("p / t");
        assertThat(hive.line("show databases")).isEqualTo("default");
        assertThat(hive.line("select * from t order by a")).isEqualTo("1\ta / 2\tb");
        assertThat(hive.line("select * from p")).isEqualTo("7\t1");
        hive.run("insert into t values (3, 'c')");
        assertThat(hive.line("select count(*) from t")).isEqualTo("3");
    }

    @Test
    void aDiskThatRefusesGivesOneError() throws IOException {
        RefusingDisk disk = new RefusingDisk();
        FileSystem files = disk.fileSystem();
        try (WarehouseFixture hive =
                new WarehouseFixture(
                        directory,
                        Warehouse.at(directory.resolve("data")).fileSystems(location -> files))) {
            placesAreClosed(hive, disk);
        }
    }

    @Test
    void whatTheSystemForbidsGivesOneError() throws IOException {
        Path probe = Files.createFile(directory.resolve("probe"));
        Files.setPosixFilePermissions(probe, Set.of());
        Assumptions.assumeFalse(
                Files.isReadable(probe), "root, whom no permission binds, runs this test");
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            placesAreClosed(hive, new SystemDoors());
        }
    }
}
