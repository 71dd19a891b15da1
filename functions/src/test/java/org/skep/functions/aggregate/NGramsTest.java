package org.skep.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.base.error.SkepException;

/** Tests counting sequences of words. */
class NGramsTest {
    private static List<String> word(int number) {
        return List.of("w" + number);
    }

    @Test
    void ordersByFrequencyAndThenByWords() {
        NGrams ngrams = new NGrams(1, 3, 1);
        for (String word : List.of("b", "c", "a", "c", "d", "d", "d")) {
            ngrams.add(List.of(word));
        }
        assertThat(ngrams.top())
                .containsExactly(
                        Map.entry(List.of("d"), 3.0),
                        Map.entry(List.of("c"), 2.0),
                        ngrams.counts().containsKey(List.of("a"))
                                ? Map.entry(List.of("a"), 1.0)
                                : Map.entry(List.of("b"), 1.0));
    }

    @Test
    void keepsAtLeastAThousandAndForgetsTheRarestBeyondTwice() {
        NGrams ngrams = new NGrams(1, 10, 1);
        assertThat(ngrams.precision()).isEqualTo(100);
        for (int i = 0; i < 1000; i++) {
            ngrams.add(word(i));
            ngrams.add(word(i));
        }
        for (int i = 1000; i < 2000; i++) {
            ngrams.add(word(i));
        }
        assertThat(ngrams.counts()).hasSize(2000);
        ngrams.add(word(2000));
        assertThat(ngrams.counts()).hasSize(1000).containsEntry(word(7), 2.0);
        assertThat(ngrams.counts().values()).containsOnly(2.0);
        assertThat(new NGrams(1, 10, 500).precision()).isEqualTo(500);
    }

    @Test
    void refusesPartialResultsOfOtherParameters() {
        NGrams ngrams = new NGrams(2, 5, 1);
        ngrams.requireAlike(2, 5, 200);
        assertThatThrownBy(() -> ngrams.requireAlike(1, 5, 200))
                .isInstanceOf(SkepException.class)
                .hasMessage("Parameters of ngrams must be the same in all rows of a group");
    }

    @Test
    void countsTheSameInOneTaskAndInMany() {
        long seed = System.nanoTime();
        System.out.println("NGramsTest seed " + seed);
        Random random = new Random(seed);
        AggregateRun run =
                new AggregateRun(
                        "ngrams",
                        org.skep.types.DataType.parse("array<string>"),
                        org.skep.types.DataType.INT,
                        org.skep.types.DataType.INT);
        List<Object> texts = new ArrayList<>();
        Map<List<String>, Double> expected = new HashMap<>();
        for (int row = 0; row < 300; row++) {
            List<Object> words = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                words.add(random.nextInt(20) == 0 ? null : "w" + random.nextInt(4));
            }
            texts.add(words);
            for (int i = 0; i + 1 < words.size(); i++) {
                if (words.get(i) != null && words.get(i + 1) != null) {
                    List<String> pair = List.of((String) words.get(i), (String) words.get(i + 1));
                    expected.merge(pair, 1.0, Double::sum);
                }
            }
        }
        List<List<Object>> columns =
                List.of(texts, Collections.nCopies(300, 2L), Collections.nCopies(300, 16L));
        assertThat(asMap(run.ungrouped(columns, 300))).isEqualTo(expected);
        assertThat(asMap(run.merged(columns, new int[300], 1, random).get(0))).isEqualTo(expected);
        assertThat(run.ungrouped(List.of(List.of(), List.of(), List.of()), 0)).isNull();
    }

    private static Map<Object, Object> asMap(Object result) {
        Map<Object, Object> counts = new HashMap<>();
        for (Object pair : (List<?>) result) {
            counts.put(((List<?>) pair).get(0), ((List<?>) pair).get(1));
        }
        return counts;
    }
}
