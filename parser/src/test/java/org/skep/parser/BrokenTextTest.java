package org.skep.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

final class BrokenTextTest {
    private static final int RUNS = 5_000;

    private static final List<String> NOISE =
            List.of(
                    "(",
                    ")",
                    ",",
                    ".",
                    "*",
                    "'",
                    "\"",
                    "`",
                    "1",
                    "=",
                    "<",
                    "--",
                    "/*",
                    "\\",
                    "[",
                    ";",
                    "\uD83D\uDC1D");

    @Test
    void failsWithACodeAndAPlaceWhateverTheTextIs() {
        long seed = System.nanoTime();
        System.out.println("BrokenTextTest seed " + seed);
        Random random = new Random(seed);
        List<String> texts = texts();
        List<String> words = new ArrayList<>(Keywords.all());
        words.addAll(NOISE);
        for (int run = 0; run < RUNS; run++) {
            String broken = broken(texts.get(random.nextInt(texts.size())), words, random);
            try {
                new SqlParser().parse(broken);
            } catch (SkepException e) {
                assertThat(e.code())
                        .as(broken)
                        .isIn(ErrorCode.PARSE_ERROR, ErrorCode.NOT_SUPPORTED);
                assertThat(e.location()).as(broken).isPresent();
            }
        }
    }

    private static List<String> texts() {
        return Stream.of(
                        "queries.txt",
                        "from.txt",
                        "data.txt",
                        "tables.txt",
                        "alter.txt",
                        "views.txt",
                        "show.txt")
                .flatMap(file -> GoldenCase.read(file).stream())
                .map(GoldenCase::input)
                .toList();
    }

    /** The text with one to three of its words removed, replaced or followed by another. */
    private static String broken(String text, List<String> words, Random random) {
        List<String> pieces = new ArrayList<>(List.of(text.split("(?<=\\W)|(?=\\W)")));
        for (int i = random.nextInt(3); i >= 0; i--) {
            int place = random.nextInt(pieces.size());
            String word = " " + words.get(random.nextInt(words.size())) + " ";
            switch (random.nextInt(3)) {
                case 0 -> pieces.set(place, "");
                case 1 -> pieces.set(place, word);
                default -> pieces.add(place, word);
            }
        }
        return String.join("", pieces);
    }
}
