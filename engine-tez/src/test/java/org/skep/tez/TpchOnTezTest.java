package org.skep.tez;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of TPC-H, and a dynamic insert, answer on Tez what they answer on threads. */
final class TpchOnTezTest {
    @TempDir private static Path directory;
    private static TezFixture fixture;

    @BeforeAll
    static void open() throws IOException {
        fixture = new TezFixture(directory);
        TpchTables.create(fixture, directory.resolve("texts"));
        // Several tasks a stage, so that rows do cross edges.
        fixture.onTez("set skep.tez.tasks=3");
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    @Test
    void queriesAnswerTheSame() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (int number = 1; number <= 22; number++) {
            String sql = TpchTables.query(number);
            List<String> expected = fixture.onThreads(sql);
            softly.assertThat(sorted(fixture.onTez(sql)))
                    .as("query %d", number)
                    .isEqualTo(sorted(expected));
        }
        softly.assertAll();
    }

    @Test
    void orderedResultsKeepTheirOrder() {
        String sql =
                "select o_orderkey, o_totalprice from orders order by o_totalprice desc, o_orderkey";
        assertThat(fixture.onTez(sql)).isEqualTo(fixture.onThreads(sql)).hasSize(15_000);
    }

    @Test
    void insertsIntoFiftyPartitions() {
        for (String table : List.of("by_tez", "by_threads")) {
            fixture.onThreads(
                    "create table %s(k bigint, price decimal(15,2)) partitioned by (q int) stored as parquet"
                            .formatted(table));
            fixture.onThreads(
                    "insert into %s partition(q) values (1, 1, 3), (2, 2, 77)".formatted(table));
        }
        String query =
                "partition(q) select l_orderkey, l_extendedprice, cast(l_quantity as int) from lineitem";
        fixture.onTez("insert overwrite table by_tez " + query);
        fixture.onThreads("insert overwrite table by_threads " + query);
        String digest =
                "select q, count(*), sum(k), sum(price), min(k), max(price) from %s group by q order by q";
        List<String> rows = fixture.onThreads(digest.formatted("by_tez"));
        assertThat(rows).hasSize(51).isEqualTo(fixture.onThreads(digest.formatted("by_threads")));
        assertThat(fixture.onTez(digest.formatted("by_tez"))).isEqualTo(rows);
        assertThat(fixture.onThreads("show partitions by_tez"))
                .hasSize(51)
                .contains("q=3", "q=50", "q=77");
    }
}
