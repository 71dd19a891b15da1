package org.skep.sqltests.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skep.engine.Session;
import org.skep.sqltests.corpus.CorpusWarehouse;

/**
 * Casts every type to every type, as Hive does: as constants, over values hidden from folding, over
 * a stored column with a NULL row, and for intervals, which cannot be stored, over a computed
 * column.
 */
final class CastsTest {
    private static final CastMatrix MATRIX = CastMatrix.read();
    private static CorpusWarehouse warehouse;
    private static Session session;

    @BeforeAll
    static void store() {
        warehouse = CorpusWarehouse.open("casts", Map.of());
        session = warehouse.session();
        StringBuilder values =
                new StringBuilder("create table vals stored as parquet as select 1 k");
        StringBuilder nulls = new StringBuilder("insert into vals select 2");
        for (int i = 0; i < MATRIX.rows().size(); i++) {
            CastMatrix.Row row = MATRIX.rows().get(i);
            if (row.isStorable()) {
                values.append(", ").append(row.source()).append(" c").append(i);
                nulls.append(", null");
            }
        }
        CorpusWarehouse.run(session, values.toString());
        CorpusWarehouse.run(session, nulls.toString());
    }

    @AfterAll
    static void close() {
        session.close();
        warehouse.close();
    }

    @Test
    void foldsConstants() {
        List<String> differences = new ArrayList<>();
        for (CastMatrix.Row row : MATRIX.rows()) {
            compare(row, row.source(), "", differences);
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void computesHiddenValues() {
        List<String> differences = new ArrayList<>();
        for (CastMatrix.Row row : MATRIX.rows()) {
            compare(row, hidden(row), " from vals where k = 1", differences);
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void computesOverColumns() {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < MATRIX.rows().size(); i++) {
            CastMatrix.Row row = MATRIX.rows().get(i);
            String column = row.isStorable() ? "c" + i : hidden(row);
            compare(row, column, " from vals where k = 1", differences);
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void keepsNull() {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < MATRIX.rows().size(); i++) {
            CastMatrix.Row row = MATRIX.rows().get(i);
            String column = row.isStorable() ? "c" + i : hidden(row);
            for (int j = 0; j < MATRIX.targets().size(); j++) {
                if (!row.isRefused(j)) {
                    String cast = "cast(%s as %s)".formatted(column, MATRIX.targets().get(j));
                    Answer answer =
                            Answer.to(session, "select %s from vals where k > 1".formatted(cast));
                    if (!answer.values().equals(List.of("NULL"))) {
                        differences.add("%s of NULL: %s".formatted(cast, answer));
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String hidden(CastMatrix.Row row) {
        return "if(k = 1, %s, null)".formatted(row.source());
    }

    private static void compare(
            CastMatrix.Row row, String value, String from, List<String> differences) {
        for (int i = 0; i < MATRIX.targets().size(); i++) {
            String target = MATRIX.targets().get(i);
            String cast = "cast(%s as %s)".formatted(value, target);
            Answer answer = Answer.to(session, "select " + cast + from);
            String type = row.isRefused(i) ? "-" : target;
            if (!answer.values().equals(List.of(row.results().get(i)))
                    || !answer.typeName().equals(type)) {
                differences.add(
                        "cast(%s as %s)%s: expected %s but got %s"
                                .formatted(
                                        row.source(), target, from, row.results().get(i), answer));
            }
        }
    }
}
