package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** INSERT, LOAD, partitions and statistics beyond what was recorded of Hive. */
final class WriteStatementsTest {
    @TempDir Path directory;
    private WarehouseFixture hive;

    @BeforeEach
    void open() {
        hive = new WarehouseFixture(directory);
    }

    @AfterEach
    void close() {
        hive.close();
    }

    @Test
    void fillsSeveralTablesFromOneScan() {
        hive.run("create table src(a int, s string)");
        hive.run("insert into src values (1, 'x'), (2, 'y'), (3, 'z')");
        hive.run("create table low(a int)");
        hive.run("create table high(s string) partitioned by (a int) stored as parquet");
        hive.run(
                "from src insert overwrite table low select a where a < 2 insert into table high partition(a) select s, a where a >= 2");
        assertThat(hive.line("select * from low")).isEqualTo("1");
        assertThat(hive.line("select s, a from high order by a")).isEqualTo("y\t2 / z\t3");
        hive.run(
                "with q as (select * from src where a = 3) from q insert into table low select a insert into table high partition(a=9) select s");
        assertThat(hive.line("select * from low order by a")).isEqualTo("1 / 3");
        assertThat(hive.line("show partitions high")).isEqualTo("a=2 / a=3 / a=9");
        hive.run(
                "from src lateral view explode(array(10, 20)) e as v insert overwrite table low select v where a = 1 insert into table high partition(a=10) select s where v = 20");
        assertThat(hive.line("select * from low order by a")).isEqualTo("10 / 20");
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        hive.run(
                "from src insert overwrite local directory '%s' select s where a = 1 insert overwrite table low select a where a = 2 insert overwrite local directory '%s' row format delimited fields terminated by ',' select a, s where a = 3"
                        .formatted(one, two));
        assertThat(one.resolve("000000_0")).hasContent("x\n");
        assertThat(two.resolve("000000_0")).hasContent("3,z\n");
        assertThat(hive.line("select * from low")).isEqualTo("2");
    }

    @Test
    void overwritesOnlyWhatItTouches() {
        hive.run("create table t(a int) partitioned by (p string, q int)");
        hive.run("insert into t partition(p, q) values (1, 'a', 1), (2, 'a', 2), (3, 'b', 1)");
        hive.run("insert overwrite table t partition(p='a', q) values (9, 2)");
        assertThat(hive.run("select * from t order by p, q"))
                .containsExactly("1\ta\t1", "9\ta\t2", "3\tb\t1");
        hive.run("insert overwrite table t partition(p='b', q=1) select a from t where a > 100");
        assertThat(hive.line("select count(*) from t where p = 'b'")).isEqualTo("0");
        assertThat(hive.line("show partitions t")).contains("p=b/q=1");
        hive.run("insert overwrite table t partition(p='a', q=1) if not exists values (7)");
        assertThat(hive.line("select a from t where p = 'a' and q = 1")).isEqualTo("1");
        hive.run("insert into t partition(p='n', q=5) select a from t where a > 100");
        assertThat(hive.line("show partitions t")).contains("p=n/q=5");
    }

    @Test
    void fillsNamedColumns() {
        hive.run("create table t(a int, b string, c double) partitioned by (p string)");
        hive.run("insert into t(c, p, a) values (1.5, 'x', 7)");
        hive.run("insert into t partition(p='y') (b) values ('only b')");
        hive.run("insert into t partition(p='z') values (1, default, 2.5)");
        assertThat(hive.run("select a, b, c, p from t order by p"))
                .containsExactly("7\tNULL\t1.5\tx", "NULL\tonly b\tNULL\ty", "1\tNULL\t2.5\tz");
        assertThat(hive.failure("insert into t(nosuch) values (1)")).contains("nosuch");
        assertThat(hive.failure("insert into t partition(a='x') values (1,2)"))
                .contains("Partition column not found: a");
        hive.run("set hive.exec.dynamic.partition.mode=strict");
        assertThat(hive.failure("insert into t partition(p) values (1,'b',2,'p')"))
                .contains("strict mode requires at least one static partition column");
    }

    @Test
    void loadsFiles() throws IOException {
        hive.run(
                "create table t(a int) partitioned by (p string) row format delimited fields terminated by ','");
        Path one = hive.file("one.txt", "1\n2\n");
        hive.run("load data local inpath '%s' into table t partition (p='x')".formatted(one));
        hive.run("load data local inpath '%s' into table t partition (p='x')".formatted(one));
        assertThat(hive.line("select count(*) from t")).isEqualTo("4");
        hive.run("load data inpath '%s' overwrite into table t partition (p='x')".formatted(one));
        assertThat(one).doesNotExist();
        assertThat(hive.line("select sum(a) from t")).isEqualTo("3");
        Path many = directory.resolve("many");
        Files.createDirectories(many);
        Files.writeString(many.resolve("a"), "5\n");
        Files.writeString(many.resolve("b"), "6\n");
        Files.writeString(many.resolve("_hidden"), "7\n");
        hive.run(
                "load data local inpath 'file://%s' into table t partition (p='d')"
                        .formatted(many));
        assertThat(hive.run("select a from t where p = 'd' order by a")).containsExactly("5", "6");
        assertThat(hive.failure("load data local inpath '/no/such' into table t partition (p='x')"))
                .contains("Line 1:23 Invalid path")
                .contains("No files matching path file:/no/such");
        assertThat(hive.failure("load data local inpath '%s' into table t".formatted(many)))
                .contains("Need to specify partition columns");
        hive.run("create table pq(a int) stored as parquet");
        assertThat(
                        hive.failure(
                                "load data local inpath '%s' into table pq"
                                        .formatted(many.resolve("a"))))
                .contains("[Error 10119]");
        assertThat(hive.line("select count(*) from pq")).isEqualTo("0");
    }

    @Test
    void readsWhatOthersPutInPlace() throws IOException {
        Path data = directory.resolve("old");
        Files.createDirectories(data.resolve("d=2020-01-05"));
        Files.createDirectories(data.resolve("d=__HIVE_DEFAULT_PARTITION__"));
        Files.writeString(data.resolve("d=2020-01-05/000000_0"), "1\u0001a\n");
        Files.writeString(data.resolve("d=2020-01-05/.hidden"), "x");
        Files.writeString(data.resolve("d=__HIVE_DEFAULT_PARTITION__/000000_0"), "2\u0001b\n");
        hive.run(
                "create external table t(a int, s string) partitioned by (d date) location '%s'"
                        .formatted(data));
        assertThat(hive.line("select * from t")).isEmpty();
        hive.run("msck repair table t");
        assertThat(hive.line("select * from t order by a"))
                .isEqualTo("1\ta\t2020-01-05 / 2\tb\tNULL");
        assertThat(hive.line("select a from t where d is null")).isEqualTo("2");
        Files.delete(data.resolve("d=2020-01-05/000000_0"));
        Files.delete(data.resolve("d=2020-01-05/.hidden"));
        Files.delete(data.resolve("d=2020-01-05"));
        assertThat(hive.line("select count(*) from t")).isEqualTo("1");
        hive.run("msck repair table t sync partitions");
        assertThat(hive.line("show partitions t")).isEqualTo("d=__HIVE_DEFAULT_PARTITION__");
        hive.run("drop table t");
        assertThat(data.resolve("d=__HIVE_DEFAULT_PARTITION__/000000_0")).exists();
    }

    @Test
    void readsDirectoriesBelowOnlyIfAsked() throws IOException {
        Path data = directory.resolve("nested");
        Files.createDirectories(data.resolve("sub"));
        Files.writeString(data.resolve("top"), "1\n");
        Files.writeString(data.resolve("sub/deep"), "2\n");
        hive.run("create external table t(a int) location '%s'".formatted(data));
        assertThat(hive.line("select sum(a) from t")).isEqualTo("1");
        hive.run("set mapred.input.dir.recursive=true");
        assertThat(hive.line("select sum(a) from t")).isEqualTo("3");
        assertThat(hive.line("select INPUT__FILE__NAME from t where a = 2"))
                .isEqualTo("file:" + data.resolve("sub/deep"));
    }

    @Test
    void refusesTransactionalDirectories() throws IOException {
        Path data = directory.resolve("acid");
        Files.createDirectories(data.resolve("delta_0000001_0000001_0000"));
        Files.writeString(data.resolve("delta_0000001_0000001_0000/bucket_00000"), "ORC");
        assertThat(hive.failure("create external table t(a int) location '%s'".formatted(data)))
                .contains("[Error 50004]");
        Path later = directory.resolve("later");
        hive.run("create external table u(a int) location '%s'".formatted(later));
        Files.createDirectories(later.resolve("base_0000001"));
        Files.writeString(later.resolve("base_0000001/bucket_00000"), "ORC");
        assertThat(hive.failure("select * from u")).contains("transactional files");
    }

    @Test
    void editsPartitions() {
        hive.run("create table t(a int) partitioned by (d date, n int)");
        hive.run("alter table t add partition (d='2020-1-5', n=1) partition (d='2020-01-06', n=2)");
        assertThat(hive.line("show partitions t")).isEqualTo("d=2020-01-05/n=1 / d=2020-01-06/n=2");
        assertThat(hive.failure("alter table t add partition (d='2020-01-05', n=1)"))
                .contains("AlreadyExistsException");
        hive.run("alter table t add if not exists partition (d='2020-01-05', n=1)");
        assertThat(hive.failure("alter table t add partition (d='x', n=1)"))
                .contains("Partition value must be of type date: x");
        hive.run("insert into t partition(d='2020-01-05', n=1) values (7)");
        hive.run(
                "alter table t partition (d='2020-01-05', n=1) rename to partition (d='2021-01-01', n=3)");
        assertThat(hive.line("select * from t")).isEqualTo("7\t2021-01-01\t3");
        hive.run("alter table t drop partition (n > 100)");
        hive.run("set hive.exec.drop.ignorenonexistent=false");
        assertThat(hive.failure("alter table t drop partition (n > 100)"))
                .contains("[Error 10006]");
        hive.run("alter table t drop if exists partition (n > 100)");
        hive.run("alter table t drop partition (n >= 2, d < '2021-01-01')");
        assertThat(hive.line("show partitions t")).isEqualTo("d=2021-01-01/n=3");
        assertThat(hive.line("show partitions t partition(n=3)")).isEqualTo("d=2021-01-01/n=3");
        hive.run("truncate table t partition (n=3)");
        assertThat(hive.line("select count(*) from t")).isEqualTo("0");
    }

    @Test
    void addsManyPartitionsOrNone() throws IOException {
        hive.run("create table many(a int) partitioned by (p int)");
        StringBuilder sql = new StringBuilder("alter table many add");
        for (int p = 0; p < 250; p++) {
            sql.append(" partition (p = ").append(p).append(')');
        }
        String add = sql.toString();
        Path table = directory.resolve("data/warehouse/many");
        Files.createDirectories(table);
        Path inTheWay = Files.createFile(table.resolve("p=177"));
        assertThat(hive.failure(add)).contains("p=177");
        assertThat(hive.run("show partitions many")).isEmpty();
        Files.delete(inTheWay);
        hive.run(add);
        assertThat(hive.run("show partitions many")).hasSize(250);
        assertThat(table.resolve("p=177")).isDirectory();
        assertThat(hive.line("select count(*) from many where p > 100")).isEqualTo("0");
    }

    @Test
    void keepsOldColumnsInOldPartitions() {
        hive.run("create table t(a int, b string) partitioned by (p string)");
        hive.run("insert into t partition(p='old') values (1, 'x')");
        hive.run("alter table t add columns (c int)");
        hive.run("insert into t partition(p='new') values (2, 'y', 3)");
        hive.run("insert into t partition(p='old') values (4, 'z', 9)");
        assertThat(hive.run("select * from t order by a"))
                .containsExactly("1\tx\tNULL\told", "2\ty\t3\tnew", "4\tz\tNULL\told");
        hive.run("alter table t change a a bigint cascade");
        assertThat(hive.run("select a, c from t order by a"))
                .containsExactly("1\tNULL", "2\t3", "4\t9");
        assertThat(hive.failure("alter table t replace columns (b string, a bigint)"))
                .contains("incompatible");
        hive.run("set hive.metastore.disallow.incompatible.col.type.changes=false");
        hive.run("alter table t replace columns (b string, a bigint)");
        assertThat(hive.line("describe t")).startsWith("b\tstring\t / a\tbigint\t");
    }

    @Test
    void countsForThePlanner() {
        hive.run("create table t(a int, s string, b boolean)");
        hive.file("data.txt", "1\u0001xx\u0001true\n2\u0001y\u0001false\n2\u0001\\N\u0001\\N\n");
        hive.run(
                "load data local inpath '%s' into table t"
                        .formatted(directory.resolve("data.txt")));
        assertThat(hive.run("describe formatted t")).noneMatch(line -> line.contains("numRows"));
        hive.run("analyze table t compute statistics");
        assertThat(hive.run("describe formatted t"))
                .contains("\tnumRows             \t3                   ");
        hive.run("analyze table t compute statistics for columns");
        assertThat(hive.run("describe formatted t a"))
                .contains("min\t1", "max\t2", "num_nulls\t0", "distinct_count\t2");
        assertThat(hive.run("describe formatted t s"))
                .contains("num_nulls\t1", "avg_col_len\t1.5", "max_col_len\t2");
        assertThat(hive.run("describe formatted t b")).contains("num_trues\t1", "num_falses\t1");
    }

    @Test
    void storesParquet() {
        hive.run(
                "create table t(a int, s struct<x:int,y:string>, m map<string,int>, d decimal(20,4), ts timestamp) stored as parquet");
        hive.run(
                "insert into t select 1, named_struct('x', 5, 'y', 'q'), map('k', 2), 1234.5678, timestamp '2020-01-05 10:11:12.123456'");
        assertThat(hive.line("select * from t"))
                .isEqualTo(
                        "1\t{\"x\":5,\"y\":\"q\"}\t{\"k\":2}\t1234.5678\t2020-01-05 10:11:12.123456");
        assertThat(hive.line("describe t s.y")).isEqualTo("y\tstring\tfrom deserializer");
        assertThat(hive.line("describe t m.$value$")).isEqualTo("$value$\tint\tfrom deserializer");
        hive.run("create table copy like t");
        hive.run("insert into copy select * from t");
        assertThat(hive.line("select s.y, m['k'] from copy")).isEqualTo("q\t2");
    }
}
