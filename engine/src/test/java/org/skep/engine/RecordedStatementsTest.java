package org.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void readsDelimitedText() {
        Path file =
                hive.file(
                        "t.csv",
                        "1,hello,1.5,true,3.14,2020-01-01\n2,\\N,\\N,\\N,\\N,\\N\nabc,,xyz,maybe,99999.9,2020-13-01\n4,short\n5,x,1,TRUE,1.005,2020-01-02,extra,cols\n,,,,,\n 7 , sp , 1.5 , false , 1.1 , 2020-01-03\n");
        hive.run(
                "create table t_txt(a int, b string, c double, d boolean, e decimal(5,2), f date) row format delimited fields terminated by ',' stored as textfile");
        hive.run("load data local inpath '%s' into table t_txt".formatted(file));
        assertThat(hive.line("select * from t_txt"))
                .isEqualTo(
                        "1\thello\t1.5\ttrue\t3.14\t2020-01-01 / 2\tNULL\tNULL\tNULL\tNULL\tNULL / NULL\t\tNULL\tNULL\tNULL\tNULL / 4\tshort\tNULL\tNULL\tNULL\tNULL / 5\tx\t1.0\ttrue\t1.01\t2020-01-02 / NULL\t\tNULL\tNULL\tNULL\tNULL / NULL\t sp \t1.5\tNULL\t1.10\t2020-01-03");
        assertThat(hive.columnNames("select * from t_txt"))
                .containsExactly("t_txt.a", "t_txt.b", "t_txt.c", "t_txt.d", "t_txt.e", "t_txt.f");
        assertThat(hive.line("select count(*), count(a), sum(a), avg(a), min(b) from t_txt"))
                .isEqualTo("7\t4\t12\t3.0\t");
    }

    @Test
    void selectsWithoutTables() {
        assertThat(hive.line("select 1, 'a', 1.5;")).isEqualTo("1\ta\t1.5");
    }

    @Test
    void insertsAndSelects() {
        hive.run("create table t_ins(i tinyint, c char(5), v varchar(3), d decimal(4,1), ts timestamp)");
        hive.run("insert into t_ins values (300, 'ab', 'abcdef', 12.345, '2020-01-01')");
        hive.run("insert into t_ins(i, v) values (1, 'x')");
        assertThat(hive.run("select * from t_ins"))
                .containsExactlyInAnyOrder(
                        "44\tab   \tabc\t12.3\t2020-01-01 00:00:00", "1\tNULL\tx\tNULL\tNULL");
    }
}
