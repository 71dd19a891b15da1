package org.skep.lsm.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.skep.lsm.schema.ColumnFamily;

/** What is joined, as text: files oldest first, in megabytes, then what is chosen of them. */
final class CompactionPolicyTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final long DAY = 86_400_000;

    private final ColumnFamily family = ColumnFamily.named("f");

    /**
     * Runs cases of the form {@code [options] files -> answer}. A file is its size in MB, then
     * letters: r a reference, b busy, m outcome of a major compaction, and dN written N days ago.
     */
    private void check(String cases) {
        for (String line : cases.lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            int arrow = line.indexOf("->");
            String answer = answer(line.substring(0, arrow).strip());
            assertThat(line.substring(0, arrow) + "-> " + answer).isEqualTo(line);
        }
    }

    private String answer(String question) {
        CompactionOptions options = CompactionOptions.DEFAULT;
        CompactionPolicy.Request request = CompactionPolicy.Request.DUE;
        ColumnFamily of = family;
        boolean offPeak = false;
        boolean expired = false;
        List<CandidateFile> files = new ArrayList<>();
        for (String word : question.split(" +", -1)) {
            if (Character.isDigit(word.charAt(0))) {
                files.add(file(word));
            } else if (word.equals("major")) {
                request = CompactionPolicy.Request.MAJOR;
            } else if (word.equals("offpeak")) {
                offPeak = true;
            } else if (word.equals("expired")) {
                expired = true;
            } else if (word.startsWith("ttl=")) {
                of = of.withTtlMillis(Integer.parseInt(word.substring(4)) * DAY);
            } else if (word.equals("minversions")) {
                of = of.withMinVersions(1);
            } else if (word.startsWith("max=")) {
                options = options.withMaxBytes(Long.parseLong(word.substring(4)) << 20);
            } else if (word.startsWith("stuck=")) {
                options = options.withFiles(3, 10, Integer.parseInt(word.substring(6)));
            } else if (word.startsWith("period=")) {
                int days = Integer.parseInt(word.substring(7));
                options = options.withMajor(Duration.ofDays(days), 0);
            } else {
                throw new IllegalArgumentException(word);
            }
        }
        CompactionPolicy policy = new CompactionPolicy(options);
        if (expired) {
            return "drop " + policy.expired(files, of, NOW);
        }
        return policy.choose(files, of, request, offPeak, NOW)
                .map(CompactionPolicyTest::text)
                .orElse("nothing");
    }

    private static String text(CompactionChoice choice) {
        return "%d..%d %s%s"
                .formatted(
                        choice.from(),
                        choice.to() - 1,
                        choice.reason().name().toLowerCase(Locale.ROOT),
                        choice.all() ? " all" : "");
    }

    private static CandidateFile file(String word) {
        int digits = 0;
        while (digits < word.length() && Character.isDigit(word.charAt(digits))) {
            digits++;
        }
        String letters = word.substring(digits);
        int days = letters.indexOf('d');
        long created = days < 0 ? NOW : NOW - Integer.parseInt(letters.substring(days + 1)) * DAY;
        String flags = days < 0 ? letters : letters.substring(0, days);
        return new CandidateFile(
                Long.parseLong(word.substring(0, digits)) << 20,
                flags.contains("r"),
                false,
                flags.contains("m"),
                created - 1,
                created,
                created,
                flags.contains("b"));
    }

    @Test
    void joinsNeighboursOfLikeSize() {
        check(
                """
                10 10 -> nothing
                10 10 10 -> 0..2 many all
                1000 10 10 10 -> 1..3 many
                1000 200 200 200 -> 1..3 many
                1000 400 300 200 100 -> 0..4 many all
                2000 400 300 200 100 -> 1..4 many
                2000 100 100 100 5000 100 100 100 100 -> 5..8 many
                5000 500 1 1 -> nothing
                5000 500 100 1 1 1 -> 2..5 many
                200 200 200 300 300 300 -> 0..5 many all
                10 10 10 10 10 10 10 10 10 10 10 10 -> 0..9 many
                """);
    }

    @Test
    void prefersMoreFilesThenFewerBytes() {
        check(
                """
                300 300 300 5000 200 200 200 -> 4..6 many
                200 200 200 5000 300 300 300 300 -> 4..7 many
                """);
    }

    @Test
    void toleratesMoreUnevennessOffPeak() {
        check(
                """
                700 200 200 -> nothing
                offpeak 700 200 200 -> 0..2 many all
                """);
    }

    @Test
    void joinsAnythingWhenStuck() {
        check(
                """
                stuck=5 9000 2000 400 80 16 -> 2..4 stuck
                stuck=6 9000 2000 400 80 16 -> nothing
                stuck=5 400 400 400 9000 9000 9000 -> 0..2 many
                """);
    }

    @Test
    void leavesAloneWhatIsTooLargeOrBusy() {
        check(
                """
                max=500 1000 10 10 10 -> 1..3 many
                max=500 300 300 300 -> nothing
                10b 10b 10b 10 10 -> nothing
                10b 10b 10b 10 10 10 -> 3..5 many
                10 10 10 10b -> nothing
                major 10b 10 10 -> nothing
                """);
    }

    @Test
    void joinsAllFilesOnRequestOrInTime() {
        check(
                """
                major 10 5000 1 -> 0..2 request all
                major 10 -> 0..0 request all
                period=7 10d8 10 -> 0..1 period all
                period=7 10d6 10 -> nothing
                period=0 10d800 10 -> nothing
                period=7 10md8 -> nothing
                period=7 10d8 -> nothing
                period=7 ttl=3 10md8 -> 0..0 period all
                period=7 ttl=30 10md8 -> nothing
                period=7 10d8 10 10 10 10 10 10 10 10 10 10 -> 0..9 many
                """);
    }

    @Test
    void joinsPartsAfterASplit() {
        check(
                """
                10r 10 -> 0..1 split all
                5000r -> 0..0 split all
                max=500 5000r 10 -> 0..1 split all
                """);
    }

    @Test
    void dropsFilesOfNothingButExpiredCells() {
        check(
                """
                expired ttl=3 10d8 10d4 10d2 10 -> drop [0, 1]
                expired ttl=3 10bd8 10d4 -> drop [1]
                expired 10d8 -> drop []
                expired ttl=3 minversions 10d8 -> drop []
                """);
    }

    @Test
    void spreadsThePeriodByItsFiles() {
        CompactionPolicy policy = new CompactionPolicy(CompactionOptions.DEFAULT);
        int due = 0;
        for (int i = 0; i < 100; i++) {
            CandidateFile old =
                    new CandidateFile(
                            1, false, false, false, 0, 0, NOW - 7 * DAY - 60_000L * i, false);
            CandidateFile young = new CandidateFile(1, false, false, false, 0, 0, NOW, false);
            var first =
                    policy.choose(
                            List.of(old, young), family, CompactionPolicy.Request.DUE, false, NOW);
            assertThat(
                            policy.choose(
                                    List.of(old, young),
                                    family,
                                    CompactionPolicy.Request.DUE,
                                    false,
                                    NOW))
                    .isEqualTo(first);
            due += first.isPresent() ? 1 : 0;
        }
        assertThat(due).isBetween(25, 75);
    }
}
