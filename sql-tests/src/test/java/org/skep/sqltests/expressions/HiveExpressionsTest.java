package org.skep.sqltests.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skep.engine.Session;
import org.skep.sqltests.corpus.CorpusWarehouse;

/**
 * The expressions that Hive was asked, three times: as constants, with each literal hidden from
 * folding, and with each literal as a column of a table whose middle row is NULL.
 */
final class HiveExpressionsTest {
    private static final List<RecordedExpression> ALL = RecordedExpression.all();
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();
    private static CorpusWarehouse warehouse;
    private static Session session;

    @BeforeAll
    static void store() {
        warehouse = CorpusWarehouse.open("expressions", Map.of());
        session = warehouse.session();
        for (RecordedExpression recorded : ALL) {
            for (String literal : recorded.literals().texts()) {
                COLUMNS.putIfAbsent(literal, "c" + COLUMNS.size());
            }
        }
        StringBuilder literals = new StringBuilder("create table literals stored as parquet as");
        StringBuilder nulls = new StringBuilder("insert into literals select 2");
        literals.append(" select 1 as k");
        COLUMNS.forEach(
                (literal, column) -> {
                    literals.append(", ").append(literal).append(" as ").append(column);
                    nulls.append(", null");
                });
        CorpusWarehouse.run(session, "create table one stored as parquet as select 1 as k");
        CorpusWarehouse.run(session, literals.toString());
        CorpusWarehouse.run(session, nulls.toString());
        CorpusWarehouse.run(session, "insert into literals select * from literals where k = 1");
    }

    @AfterAll
    static void close() {
        session.close();
        warehouse.close();
    }

    @Test
    void foldsConstants() {
        assertAnswers(
                RecordedExpression::folded,
                recorded -> "select " + recorded.expression(),
                HiveExpressionsTest::onlyValue);
    }

    @Test
    void computesHiddenLiterals() {
        assertAnswers(
                RecordedExpression::overColumnsOfOneRow,
                recorded ->
                        "select %s from one"
                                .formatted(
                                        recorded.literals()
                                                .replaced("if(k = 1, %s, null)"::formatted)),
                HiveExpressionsTest::onlyValue);
    }

    @Test
    void computesOverColumnsWithNulls() {
        assertAnswers(
                RecordedExpression::overColumns,
                recorded ->
                        "select %s from literals"
                                .formatted(recorded.literals().replaced(COLUMNS::get)),
                HiveExpressionsTest::valueOfTwoRows);
    }

    @Test
    void missesOnlyListedFunctions() {
        List<String> missing =
                ALL.stream()
                        .filter(recorded -> answer(recorded.expression()).isMissingFunction())
                        .map(RecordedExpression::expression)
                        .toList();
        assertThat(missing).isEqualTo(RecordedExpression.lines("missing.txt"));
    }

    private static Answer answer(String expression) {
        return Answer.to(session, "select " + expression);
    }

    private static void assertAnswers(
            Function<RecordedExpression, String> expected,
            Function<RecordedExpression, String> query,
            Function<Answer, String> shown) {
        List<String> missing = RecordedExpression.lines("missing.txt");
        List<String> differences = new ArrayList<>();
        for (RecordedExpression recorded : ALL) {
            if (!missing.contains(recorded.expression())) {
                Answer answer = Answer.to(session, query.apply(recorded));
                if (!shown.apply(answer).equals(expected.apply(recorded))) {
                    differences.add(
                            "%s: expected %s but got %s"
                                    .formatted(
                                            recorded.expression(),
                                            expected.apply(recorded),
                                            answer));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String onlyValue(Answer answer) {
        return answer.values().size() == 1
                ? answer.type() + " " + answer.values().get(0)
                : "many rows";
    }

    // Which of the three rows is the one of NULLs is not asked for, since aggregates have one row.
    private static String valueOfTwoRows(Answer answer) {
        List<String> values = answer.values();
        if (values.size() == 1) {
            return onlyValue(answer);
        }
        if (values.size() != 3) {
            return "not three rows";
        }
        String repeated = values.get(0).equals(values.get(1)) ? values.get(0) : values.get(2);
        boolean twice = values.indexOf(repeated) != values.lastIndexOf(repeated);
        return twice ? answer.type() + " " + repeated : "three values";
    }
}
