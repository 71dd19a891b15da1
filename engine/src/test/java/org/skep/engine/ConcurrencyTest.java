package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.concurrent.NamedThreads;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;

/** Sessions side by side: every read is of a committed state, and no commit is lost. */
final class ConcurrencyTest {
    private static final int ROUNDS = 12;

    @TempDir Path directory;

    @Test
    void readersSeeWholeCommits() throws Exception {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int) partitioned by (p string)");
            hive.run("insert into t partition(p='o') values (0), (0)");
            ExecutorService threads = NamedThreads.pool("reader-writer", 4);
            List<Future<?>> all = new ArrayList<>();
            all.add(threads.submit(writer(hive, "insert into t partition(p='i') values (1), (1)")));
            all.add(
                    threads.submit(
                            writer(
                                    hive,
                                    "insert overwrite table t partition(p='o') values (2), (2)")));
            all.add(threads.submit(reader(hive)));
            all.add(threads.submit(reader(hive)));
            for (Future<?> each : all) {
                each.get();
            }
            threads.shutdown();
            assertThat(hive.line("select count(*) from t where p = 'i'"))
                    .isEqualTo(Integer.toString(2 * ROUNDS));
            assertThat(hive.line("select count(*) from t where p = 'o'")).isEqualTo("2");
        }
    }

    private static Callable<Void> writer(WarehouseFixture hive, String sql) {
        return () -> {
            try (Session session = hive.warehouse.newSession()) {
                for (int i = 0; i < ROUNDS; i++) {
                    session.execute(sql).close();
                }
            }
            return null;
        };
    }

    private static Callable<Void> reader(WarehouseFixture hive) {
        return () -> {
            try (Session session = hive.warehouse.newSession()) {
                for (int i = 0; i < 2 * ROUNDS; i++) {
                    try (StatementResult result =
                            session.execute(
                                    "select sum(if(p = 'i', 1, 0)), sum(if(p = 'o', 1, 0)), count(distinct if(p = 'o', a, null)) from t")) {
                        RowCursor row = result.rows();
                        assertThat(row.next()).isTrue();
                        assertThat(row.longValue(0) % 2).isZero();
                        assertThat(row.longValue(1)).isEqualTo(2);
                        assertThat(row.longValue(2)).isEqualTo(1);
                    }
                }
            }
            return null;
        };
    }

    @Test
    void altersWhileOthersInsert() throws Exception {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int)");
            ExecutorService threads = NamedThreads.pool("reader-writer", 2);
            Future<?> inserts = threads.submit(writer(hive, "insert into t values (1)"));
            Future<?> alters =
                    threads.submit(
                            writer(hive, "alter table t set tblproperties ('comment'='again')"));
            inserts.get();
            alters.get();
            threads.shutdown();
            assertThat(hive.line("select count(*) from t")).isEqualTo(Integer.toString(ROUNDS));
        }
    }
}
