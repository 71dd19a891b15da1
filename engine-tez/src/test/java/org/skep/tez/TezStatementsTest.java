package org.skep.tez;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements on Tez's local mode. */
final class TezStatementsTest {
    @TempDir private static Path directory;
    private static TezFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new TezFixture(directory);
        fixture.onThreads("create table numbers(n int, t string) stored as parquet");
        fixture.onThreads(
                "insert into numbers values (1,'one'),(2,'two'),(3,'three'),(4,null),(5,'five')");
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void readsOneTable() {
        long start = System.nanoTime();
        assertThat(fixture.onTez("select n, t from numbers where n > 2 order by n"))
                .containsExactly("3\tthree", "4\tNULL", "5\tfive");
        System.out.println("first " + (System.nanoTime() - start) / 1000000);
        for (int i = 0; i < 5; i++) {
            start = System.nanoTime();
            fixture.onTez("select count(*) from numbers group by t");
            System.out.println("next " + (System.nanoTime() - start) / 1000000);
        }
    }
}
