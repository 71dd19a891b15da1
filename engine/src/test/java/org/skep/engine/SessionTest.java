package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.engine.result.Progress;
import org.skep.engine.result.RowCursor;
import org.skep.engine.result.StatementResult;

/** What sessions promise beside the results of statements. */
final class SessionTest {
    @TempDir Path directory;

    @Test
    void neverStartsTheCatalogueForConstants() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            assertThat(hive.line("select 1 + 1")).isEqualTo("2");
            assertThat(hive.line("set hive.cbo.enable")).isEqualTo("hive.cbo.enable=true");
            assertThat(directory.resolve("data/catalogue")).doesNotExist();
        }
    }

    @Test
    void keepsTablesForTheNextProcess() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int, d decimal(10,2)) stored as parquet");
            hive.run("insert into t values (1, 1.5), (2, 2.25)");
        }
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            assertThat(hive.run("select * from t order by a"))
                    .containsExactly("1\t1.50", "2\t2.25");
        }
    }

    @Test
    void refusesASecondOwner() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            assertThatThrownBy(() -> Warehouse.open(hive.warehouse.path()))
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_DIRECTORY_IN_USE));
            assertThat(Warehouse.holderOf(hive.warehouse.path()))
                    .hasValueSatisfying(
                            holder ->
                                    assertThat(holder.pid())
                                            .isEqualTo(ProcessHandle.current().pid()));
            assertThat(hive.line("select 1")).isEqualTo("1");
        }
    }

    @Test
    void readsTypedRows() {
        try (WarehouseFixture hive = new WarehouseFixture(directory);
                StatementResult result =
                        hive.session.execute(
                                "select 7, 1.5D, true, cast(2.5 as decimal(5,2)), 'x', date '1970-01-02', cast(null as int)")) {
            RowCursor row = result.rows();
            assertThat(row.next()).isTrue();
            assertThat(row.longValue(0)).isEqualTo(7);
            assertThat(row.doubleValue(1)).isEqualTo(1.5);
            assertThat(row.booleanValue(2)).isTrue();
            assertThat(row.decimal(3)).isEqualByComparingTo("2.5");
            assertThat(row.bytes(4)).containsExactly('x');
            assertThat(row.longValue(5)).isEqualTo(1);
            assertThat(row.isNull(6)).isTrue();
            assertThat(row.text(6)).isNull();
            assertThat(row.datum(0).value()).isEqualTo(7L);
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void cancelsAndRunsOutOfTime() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            StatementRun cancelled = hive.session.begin("select 1");
            cancelled.cancel();
            assertThatThrownBy(cancelled::execute)
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            assertThat(cancelled.progress().state()).isEqualTo(Progress.State.CANCELLED);
            StatementRun late = hive.session.begin(endless());
            assertThatThrownBy(
                            () -> {
                                try (StatementResult result = late.execute(Duration.ofMillis(50))) {
                                    result.next();
                                }
                            })
                    .isInstanceOf(SkepException.class)
                    .hasMessage("Statement ran out of time");
            assertThat(hive.line("select 1")).isEqualTo("1");
        }
    }

    // 10^12 pairs: nobody waits for it.
    private static String endless() {
        String thousand = "(select 1 x from (select explode(split(space(999), ' ')) e) s)";
        return "select sum(a.x * b.x * c.x * d.x) from %1$s a, %1$s b, %1$s c, %1$s d"
                .formatted(thousand);
    }

    @Test
    void countsWrittenRowsAndDamage() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a tinyint)");
            try (StatementResult result =
                    hive.session.execute("insert into t values (1), (300), (301)")) {
                assertThat(result.hasRows()).isFalse();
                assertThat(result.updateCount()).isEqualTo(3);
                assertThat(result.warnings()).containsExactly("2 values were wrapped around");
            }
        }
    }

    @Test
    void appliesSettings() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("set time zone 'Asia/Tokyo'");
            assertThat(hive.line("select from_unixtime(0)")).isEqualTo("1970-01-01 09:00:00");
            hive.run("reset");
            assertThat(hive.line("select from_unixtime(0)")).isEqualTo("1969-12-31 16:00:00");
            assertThat(hive.failure("set time zone 'No/Where'"))
                    .contains("Time zone not found: No/Where");
            assertThat(hive.failure("set skep.execution.batch-rows=many"))
                    .contains("must be a whole number: many");
            hive.run("set some.unknown.key=v");
            assertThat(hive.line("set some.unknown.key")).isEqualTo("some.unknown.key=v");
            hive.run("set hive.resultset.use.unique.column.names=false");
            hive.run("create table t(a int)");
            assertThat(hive.columnNames("select * from t")).containsExactly("a");
            assertThat(hive.run("set -v")).contains("skep.execution.batch-rows=2048");
        }
    }

    @Test
    void opensSessionsWithOverrides() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create database d1");
            try (Session session =
                    hive.warehouse.newSession(
                            "ann", "D1", Map.of("hivevar:v", "9", "hive.cbo.enable", "false"))) {
                assertThat(session.database()).isEqualTo("d1");
                assertThat(session.user()).isEqualTo("ann");
                assertThat(session.setting("hive.cbo.enable")).contains("false");
                try (StatementResult result = session.execute("select ${v}")) {
                    RowCursor row = result.rows();
                    row.next();
                    assertThat(row.text(0)).isEqualTo("9");
                }
                assertThat(session.metadata().databases("d%")).containsExactly("d1", "default");
            }
            assertThatThrownBy(() -> hive.warehouse.newSession("ann", "nosuch", Map.of()))
                    .hasMessageContaining("nosuch");
        }
    }

    @Test
    void answersMetadataCalls() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int comment 'c', b string) partitioned by (p date)");
            hive.run("create view v as select a from t");
            assertThat(hive.session.metadata().tables("default", "%", Set.of("VIRTUAL_VIEW")))
                    .singleElement()
                    .satisfies(info -> assertThat(info.name()).isEqualTo("v"));
            assertThat(hive.session.metadata().columns(null, "t", null))
                    .extracting(column -> column.name() + " " + column.position())
                    .containsExactly("a 1", "b 2", "p 3");
            assertThat(hive.session.metadata().functions("conca_"))
                    .singleElement()
                    .satisfies(function -> assertThat(function.name()).isEqualTo("concat"));
        }
    }

    @Test
    void givesTheSameInEveryTestMode() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int, s string) stored as parquet");
            hive.run(
                    "insert into t select pos, concat('s', pos) from (select posexplode(split(space(99), ' ')) as (pos, x)) q");
            String sql =
                    "select t.a % 7 k, count(*), max(u.s) from t join t u on t.a = u.a group by t.a % 7 order by k";
            java.util.List<String> expected = hive.run(sql);
            assertThat(expected).hasSize(7);
            for (String setting :
                    new String[] {
                        "skep.test.fragments-as-bytes=true",
                        "skep.execution.batch-rows=1",
                        "skep.execution.batch-rows=3",
                        "skep.execution.threads=1",
                        "skep.execution.threads=5",
                        "skep.test.forced-spill=true"
                    }) {
                hive.run("set " + setting);
                assertThat(hive.run(sql)).as(setting).isEqualTo(expected);
                hive.run("reset");
            }
        }
    }

    @Test
    void showsPlans() {
        try (WarehouseFixture hive = new WarehouseFixture(directory)) {
            hive.run("create table t(a int, s string) stored as parquet");
            hive.run("insert into t values (1, 'x'), (2, 'y')");
            assertThat(hive.run("explain select s, count(*) from t where a > 1 group by s"))
                    .startsWith(
                            "STAGE DEPENDENCIES:",
                            "  Stage-1 is a root stage",
                            "  Stage-0 depends on stages: Stage-1",
                            "",
                            "STAGE PLANS:")
                    .anyMatch(line -> line.contains("Reducer 2 <- Map 1"))
                    .anyMatch(line -> line.contains("TableScan default.t [a, s] filter: (a > 1)"));
            assertThat(hive.run("explain analyze select count(*) from t where a > 1"))
                    .anyMatch(line -> line.matches(" +rows: 1, time: .* units read: 1.*"));
            assertThat(hive.run("explain insert into t select * from t"))
                    .contains("      to: default.t");
            assertThat(hive.line("select count(*) from t")).isEqualTo("2");
        }
    }
}
