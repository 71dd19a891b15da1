package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements whose output Hive 4.0.1 was seen to give. */
final class RecordedStatementsTest {
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

    private void makePartitioned() {
        hive.run("create table t_part(a int) partitioned by (p string)");
        hive.run(
                "insert into t_part partition(p) select stack(3, 1,'x', 2,cast(null as string), 3,'')");
    }

    @Test
    void readsDelimitedText() {
        Path file =
                hive.file(
                        "t.csv",
                        "1,hello,1.5,true,3.14,2020-01-01\n2,\\N,\\N,\\N,\\N,\\N\nabc,,xyz,maybe,99999.9,2020-13-01\n4,short\n5,x,1,TRUE,1.005,2020-01-02,extra,cols\n,,,,,\n 7 , sp , 1.5 , false , 1.1 , 2020-01-03\n");
        hive.run(
                "create table t_txt(a int, b string, c double, d boolean, e decimal(5,2), f date) row format delimited fields terminated by ',' stored as textfile");
        hive.run("load data local inpath '%s' into table t_txt".formatted(file));
        assertThat(file).exists();
        assertThat(hive.line("select * from t_txt"))
                .isEqualTo(
                        "1\thello\t1.5\ttrue\t3.14\t2020-01-01 / 2\tNULL\tNULL\tNULL\tNULL\tNULL / NULL\t\tNULL\tNULL\tNULL\tNULL / 4\tshort\tNULL\tNULL\tNULL\tNULL / 5\tx\t1.0\ttrue\t1.01\t2020-01-02 / NULL\t\tNULL\tNULL\tNULL\tNULL / NULL\t sp \t1.5\tNULL\t1.10\t2020-01-03");
        assertThat(hive.columnNames("select * from t_txt"))
                .containsExactly("t_txt.a", "t_txt.b", "t_txt.c", "t_txt.d", "t_txt.e", "t_txt.f");
        assertThat(hive.line("select count(*), count(a), sum(a), avg(a), min(b) from t_txt"))
                .isEqualTo("7\t4\t12\t3.0\t");
    }

    @Test
    void printsTheDefaultsOfSettings() {
        for (String line :
                new String[] {
                    "hive.exec.dynamic.partition.mode=nonstrict",
                    "hive.default.fileformat=TextFile",
                    "hive.default.fileformat.managed=none",
                    "hive.groupby.position.alias=false",
                    "hive.orderby.position.alias=true",
                    "hive.support.quoted.identifiers=column",
                    "hive.resultset.use.unique.column.names=true",
                    "hive.default.nulls.last=true",
                    "hive.strict.checks.type.safety=true",
                    "hive.mapred.mode is undefined",
                    "hive.exec.default.partition.name=__HIVE_DEFAULT_PARTITION__",
                    "hive.cli.print.header=false",
                    "hive.execution.engine=mr",
                    "hive.strict.checks.cartesian.product=false",
                    "hive.create.as.acid=false",
                    "hive.create.as.insert.only=false",
                    "metastore.create.as.acid is undefined",
                    "hive.fetch.task.conversion=more",
                    "hive.vectorized.execution.enabled=true",
                    "hive.cbo.enable=true",
                    "hive.server2.thrift.resultset.default.fetch.size=1000"
                }) {
            assertThat(hive.line("set " + line.split("[= ]", 2)[0])).isEqualTo(line);
        }
    }

    @Test
    void writesDynamicPartitions() {
        makePartitioned();
        assertThat(hive.line("show partitions t_part"))
                .isEqualTo("p=__HIVE_DEFAULT_PARTITION__ / p=x");
        assertThat(hive.line("select a, p, p is null, length(p) from t_part order by a"))
                .isEqualTo(
                        "1\tx\tfalse\t1 / 2\t__HIVE_DEFAULT_PARTITION__\tfalse\t26 / 3\t__HIVE_DEFAULT_PARTITION__\tfalse\t26");
        hive.run("insert into t_part partition(p='y') values (9)");
        hive.run("insert overwrite table t_part partition(p='y') values (10)");
        assertThat(hive.line("select * from t_part where p='y'")).isEqualTo("10\ty");
        hive.run("alter table t_part drop partition (p='x')");
        assertThat(hive.line("show partitions t_part"))
                .isEqualTo("p=__HIVE_DEFAULT_PARTITION__ / p=y");
    }

    @Test
    void describesTables() {
        makePartitioned();
        assertThat(hive.line("describe t_part"))
                .isEqualTo(
                        "a\tint\t / p\tstring\t / \tNULL\tNULL / # Partition Information\tNULL\tNULL / # col_name\tdata_type\tcomment / p\tstring\t");
        assertThat(hive.run("describe formatted t_part"))
                .contains(
                        "# Detailed Table Information\tNULL\tNULL",
                        "Database:           \tdefault             \tNULL",
                        "Owner:              \ttester              \tNULL",
                        "Table Type:         \tMANAGED_TABLE       \tNULL",
                        "\tCOLUMN_STATS_ACCURATE\t{\\\"BASIC_STATS\\\":\\\"true\\\"}",
                        "\tbucketing_version   \t2                   ",
                        "\tnumPartitions       \t2                   ",
                        "\tnumRows             \t3                   ",
                        "SerDe Library:      \torg.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe\tNULL",
                        "Num Buckets:        \t-1                  \tNULL",
                        "\tserialization.format\t1                   ");
        assertThat(hive.run("describe extended t_part").get(7))
                .startsWith(
                        "Detailed Table Information\tTable(tableName:t_part, dbName:default, owner:tester, createTime:")
                .contains("partitionKeys:[FieldSchema(name:p, type:string, comment:null)]");
    }

    @Test
    void showsTables() {
        makePartitioned();
        hive.run("create table other(x bigint comment 'c')");
        assertThat(hive.line("show tables")).isEqualTo("other / t_part");
        assertThat(hive.line("show tables like 't_*'")).isEmpty();
        assertThat(hive.line("show tables like 't%'")).isEqualTo("t_part");
        assertThat(hive.line("show databases")).isEqualTo("default");
        assertThat(hive.line("show columns in t_part")).isEqualTo("a / p");
        assertThat(hive.line("show tblproperties t_part"))
                .startsWith("bucketing_version\t2 / transient_lastDdlTime\t");
        assertThat(hive.run("show create table t_part"))
                .startsWith(
                        "CREATE TABLE `t_part`(",
                        "  `a` int)",
                        "PARTITIONED BY ( ",
                        "  `p` string)",
                        "ROW FORMAT SERDE ",
                        "  'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' ",
                        "STORED AS INPUTFORMAT ",
                        "  'org.apache.hadoop.mapred.TextInputFormat' ",
                        "OUTPUTFORMAT ",
                        "  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'",
                        "LOCATION")
                .contains("TBLPROPERTIES (", "  'bucketing_version'='2', ");
        assertThat(hive.run("show table extended like t_part"))
                .startsWith("tableName:t_part", "owner:tester")
                .contains(
                        "columns:struct columns { i32 a}",
                        "partitioned:true",
                        "partitionColumns:struct partition_columns { string p}",
                        "totalNumberFiles:2")
                .endsWith("");
        assertThat(hive.line("show functions like 'conc*'")).isEmpty();
    }

    @Test
    void castsOnInsert() {
        hive.run(
                "create table t_ins(i tinyint, c char(5), v varchar(3), d decimal(4,1), ts timestamp)");
        hive.run("insert into t_ins values (300, 'ab', 'abcdef', 12.345, '2020-01-01')");
        hive.run("insert into t_ins(i, v) values (1, 'x')");
        assertThat(hive.run("select * from t_ins"))
                .containsExactlyInAnyOrder(
                        "44\tab   \tabc\t12.3\t2020-01-01 00:00:00", "1\tNULL\tx\tNULL\tNULL");
        hive.run("truncate table t_ins");
        assertThat(hive.line("select count(*) from t_ins")).isEqualTo("0");
        assertThat(hive.failure("insert into t_ins values (1)"))
                .isEqualTo(
                        "FAILED: SemanticException [Error 10044]: Line 1:12 Cannot insert into target table because column number/types are different 't_ins': Table insclause-0 has 5 columns, but query has 1 columns.");
    }

    @Test
    void alterTables() {
        hive.run("create table t_ins(i int, v string)");
        hive.run("insert into t_ins values (1, 'x')");
        hive.run("alter table t_ins add columns (zz int comment 'new')");
        assertThat(hive.line("select * from t_ins")).isEqualTo("1\tx\tNULL");
        hive.run("alter table t_ins change zz yy bigint");
        hive.run("alter table t_ins rename to t_ins2");
        assertThat(hive.line("describe t_ins2"))
                .isEqualTo("i\tint\t / v\tstring\t / yy\tbigint\tnew");
        hive.run("create table t_ins(q int)");
        assertThat(hive.line("select * from t_ins")).isEmpty();
        assertThat(hive.line("select i from t_ins2")).isEqualTo("1");
    }

    @Test
    void makesTablesOfQueriesAndViews() {
        hive.run(
                "create table t_ctas as select 1 as a, 'x' as b, 1.5 as c, current_date as d, array(1) as e");
        assertThat(hive.line("describe t_ctas"))
                .isEqualTo(
                        "a\tint\t / b\tstring\t / c\tdecimal(2,1)\t / d\tdate\t / e\tarray<int>\t");
        hive.run("create view v1 as select a as x, b from t_ctas");
        assertThat(hive.line("describe v1")).isEqualTo("x\tint\t / b\tstring\t");
        assertThat(hive.line("select * from v1")).isEqualTo("1\tx");
        hive.run("create or replace view v1(m, n) as select a, b from t_ctas");
        assertThat(hive.line("select n, m from v1")).isEqualTo("x\t1");
        assertThat(hive.line("show views")).isEqualTo("v1");
        hive.run("alter view v1 as select b from t_ctas");
        assertThat(hive.line("select * from v1")).isEqualTo("x");
        hive.run("drop view v1");
        assertThat(hive.line("show views")).isEmpty();
    }

    @Test
    void keepsDatabases() {
        hive.run("create database if not exists d1 comment 'c' with dbproperties('k'='v')");
        assertThat(hive.line("describe database extended d1"))
                .startsWith("d1\tc\tfile:/")
                .endsWith("/d1.db\ttester\tUSER\t\t\t{k=v}");
        hive.run("use d1");
        assertThat(hive.line("select current_database()")).isEqualTo("d1");
        hive.run("create table x(a int)");
        assertThat(directory.resolve("data/warehouse/d1.db/x")).isDirectory();
        assertThat(hive.failure("drop database d1"))
                .contains("InvalidOperationException(message:Database d1 is not empty");
        hive.run("drop database d1 cascade");
        assertThat(hive.line("select current_database()")).isEqualTo("default");
        assertThat(hive.line("show databases")).isEqualTo("default");
    }

    @Test
    void substitutesVariables() {
        hive.run("set x=5");
        hive.run("set hivevar:y=7");
        assertThat(
                        hive.line(
                                "select '${hiveconf:x}', '${hivevar:y}', '${y}', '${hiveconf:nosuch}'"))
                .isEqualTo("5\t7\t7\t${hiveconf:nosuch}");
    }

    @Test
    void writesDirectories() throws IOException {
        hive.run("create table t(i int, v string)");
        hive.run("insert into t values (1, 'a'), (2, null)");
        Path out = directory.resolve("out");
        Files.createDirectories(out);
        Files.writeString(out.resolve("old"), "x");
        hive.run(
                "insert overwrite local directory '%s' row format delimited fields terminated by ',' select * from t order by i"
                        .formatted(out));
        try (var files = Files.list(out)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactly("000000_0");
        }
        assertThat(out.resolve("000000_0")).hasContent("1,a\n2,\\N\n");
        hive.run(
                "insert overwrite local directory '%s' select i, null, array(1,2), map('a',1) from t where i = 1"
                        .formatted(out));
        assertThat(out.resolve("000000_0")).hasContent("1\u0001\\N\u00011\u00022\u0001a\u00031\n");
    }

    @Test
    void answersWithHivesErrors() {
        makePartitioned();
        assertThat(hive.failure("select * from nosuch"))
                .isEqualTo(
                        "FAILED: SemanticException [Error 10001]: Line 1:14 Table not found 'nosuch'");
        assertThat(hive.failure("select nosuch from t_part"))
                .isEqualTo(
                        "FAILED: SemanticException [Error 10004]: Line 1:7 Invalid table alias or column reference 'nosuch': (possible column names are: a, p)");
        assertThat(hive.failure("select a from t_part group by p"))
                .isEqualTo(
                        "FAILED: SemanticException [Error 10025]: Line 1:7 Expression not in GROUP BY key 'a'");
        assertThat(hive.failure("select * form t_part"))
                .isEqualTo("FAILED: ParseException line 1:9 missing EOF at 'form' near '*'");
        assertThat(hive.failure("create table t_part(a int)"))
                .isEqualTo(
                        "FAILED: Execution Error, return code 40000 from org.apache.hadoop.hive.ql.ddl.DDLTask. AlreadyExistsException(message:Table hive.default.t_part already exists)");
        assertThat(hive.failure("update t_part set a=1"))
                .isEqualTo(
                        "FAILED: SemanticException [Error 10294]: Attempt to do update or delete using transaction manager that does not support these operations.");
        assertThat(
                        hive.failure(
                                "from t_part insert into table t_part partition(p='a') select a insert into table t_part partition(p='a') select a"))
                .isEqualTo(
                        "FAILED: SemanticException [Error 10087]: The same output cannot be present multiple times:  t_part");
        assertThat(hive.run("create table if not exists t_part(a int)")).isEmpty();
        assertThat(hive.run("drop table nosuch")).isEmpty();
        assertThat(hive.run("drop table if exists nosuch")).isEmpty();
        assertThat(hive.line("select count(*) from t_part")).isEqualTo("3");
    }

    @Test
    void keepsTemporaryTablesInTheSession() {
        hive.run("create temporary table t_tmp(a int)");
        hive.run("insert into t_tmp values (1),(2)");
        assertThat(hive.line("select sum(a) from t_tmp")).isEqualTo("3");
        assertThat(hive.line("show tables")).isEqualTo("t_tmp");
        assertThat(hive.line("show databases")).isEqualTo("default");
        assertThat(hive.failure("create view v as select * from t_tmp"))
                .contains("View definition references temporary table");
        try (Session other = hive.warehouse.newSession()) {
            assertThat(other.metadata().databases("%")).containsExactly("default");
            assertThatThrownBy(() -> other.execute("select * from t_tmp"))
                    .hasMessageContaining("t_tmp");
        }
        hive.run("drop table t_tmp");
        assertThat(hive.failure("select * from t_tmp")).contains("Table not found 't_tmp'");
        hive.run("create temporary table t_tmp as select 'x' s");
        assertThat(hive.line("select * from t_tmp")).isEqualTo("x");
        hive.close();
        assertThat(directory.resolve("data/warehouse").toFile().list()).isEmpty();
    }
}
