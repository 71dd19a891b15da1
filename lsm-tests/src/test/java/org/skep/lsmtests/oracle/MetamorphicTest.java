package org.skep.lsmtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.lsm.compact.CompactionOptions;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;
import org.skep.lsm.schema.KeepDeletedCells;
import org.skep.lsm.schema.TableDescriptor;

/**
 * The same steps with other options must have the same history. Where deletes and versions go by
 * timestamp, what a reader sees may depend on when memory is flushed and files are joined: there
 * these steps are kept. Where they go by the order of writing it may not: there the steps differ,
 * too.
 */
class MetamorphicTest {
    private static final int SEEDS = Boolean.getBoolean("skep.witnesses") ? 3_000 : 40;
    private static final int STEPS = 150;

    /** How cells lie in files, and when they get there. */
    private record Options(
            String name,
            UnaryOperator<ColumnFamily> family,
            CompactionOptions compaction,
            boolean reopens) {}

    private static CompactionOptions files(int min, int max) {
        return CompactionOptions.DEFAULT
                .withFiles(min, max, Math.max(16, max))
                .withMajor(Duration.ZERO, 0);
    }

    private static final List<Options> ALL =
            List.of(
                    new Options("as they are", family -> family, files(3, 10), false),
                    new Options("small blocks", f -> f.withBlockSize(256), files(2, 3), true),
                    new Options(
                            "large blocks, by row and column",
                            f -> f.withBlockSize(64 << 10).withBloomType(BloomType.ROWCOL),
                            files(2, 2),
                            false),
                    new Options(
                            "no filter, compressed",
                            f -> f.withBloomType(BloomType.NONE).withCompression(Compression.GZ),
                            files(4, 4),
                            true),
                    new Options(
                            "plain blocks, not cached",
                            f -> f.withEncoding(BlockEncoding.NONE).withoutBlockCache(),
                            files(2, 10),
                            true));

    // An ordinary build does the same each time.
    private static long seed() {
        return Long.getLong(
                "skep.metamorphic.seed",
                Boolean.getBoolean("skep.witnesses") ? System.nanoTime() : 20_261_123);
    }

    @Test
    void hasTheSameHistoryHoweverCellsLie() throws Exception {
        long seed = seed();
        System.out.printf("metamorphic: seed %d%n", seed);
        for (int i = 0; i < SEEDS; i++) {
            Random random = new Random(seed + i);
            Variant variant = Variant.random(random);
            List<Step> steps = new StepGenerator(random, variant).steps(STEPS);
            List<String> expected = null;
            for (Options options : ALL) {
                List<String> history =
                        history(variant, steps, options, files(3, 10), new Random(seed), false);
                if (expected == null) {
                    expected = history;
                }
                assertThat(difference(expected, history))
                        .as("seed %d, %s, %s", seed + i, variant, options.name())
                        .isEmpty();
            }
        }
    }

    @Test
    void hasTheSameHistoryWheneverCellsAreFlushedAndJoined() throws Exception {
        long seed = seed();
        System.out.printf("metamorphic by order of writing: seed %d%n", seed);
        for (int i = 0; i < SEEDS; i++) {
            Random random = new Random(seed + i);
            Variant variant =
                    new Variant(1 + random.nextInt(4), 0, 0, KeepDeletedCells.FALSE, true);
            List<Step> steps = new StepGenerator(random, variant).steps(STEPS);
            List<String> expected = null;
            for (Options options : ALL) {
                List<String> history =
                        history(
                                variant,
                                steps,
                                options,
                                options.compaction(),
                                new Random(seed + options.name().length()),
                                true);
                if (expected == null) {
                    expected = history;
                }
                assertThat(difference(expected, history))
                        .as("seed %d, %s, %s", seed + i, variant, options.name())
                        .isEmpty();
            }
        }
    }

    /** The first difference and what was done before it. */
    private static List<String> difference(List<String> expected, List<String> history) {
        for (int i = 0; i < Math.max(expected.size(), history.size()); i++) {
            String left = i < expected.size() ? expected.get(i) : "nothing";
            String right = i < history.size() ? history.get(i) : "nothing";
            if (!left.equals(right)) {
                List<String> told = new ArrayList<>(history.subList(Math.max(0, i - 6), i));
                told.add("expected " + left);
                told.add("but was  " + right);
                return told;
            }
        }
        return List.of();
    }

    private static List<String> history(
            Variant variant,
            List<Step> steps,
            Options options,
            CompactionOptions compaction,
            Random random,
            boolean moves)
            throws Exception {
        TableDescriptor table = variant.ours();
        TestClock clock = new TestClock();
        Plain plain = new Plain(clock);
        List<String> history = new ArrayList<>();
        TableDescriptor changed =
                TableDescriptor.of(
                        table.name(),
                        table.families().stream()
                                .map(options.family())
                                .toArray(ColumnFamily[]::new));
        try (SkepSide side =
                new SkepSide(
                        changed,
                        clock,
                        RegionOptions.DEFAULT.withoutBackground().withCompaction(compaction),
                        new FaultyFileSystem("/store"))) {
            for (Step step : steps) {
                if (step instanceof Step.Begin || step instanceof Step.Go) {
                    continue;
                }
                if (step instanceof Step.Tick tick) {
                    clock.tick(tick.millis());
                } else if (step instanceof Step.Ask ask) {
                    if (!moves || !ask.question().raw()) {
                        history.add(step + " " + side.ask(ask.question()));
                    }
                } else if (!moves) {
                    history.add(step + " " + side.apply(step));
                } else if (!reshapes(step)) {
                    history.add(step + " " + side.apply(plain.step(step)));
                }
                if (moves) {
                    reshape(side, random);
                }
                if (options.reopens() && random.nextInt(12) == 0) {
                    side.reopen();
                }
                history.add(side.ask(Question.ALL).toString());
            }
        }
        return history;
    }

    /**
     * Steps made plain where their outcome depends in HBase, and so here, on which cells were
     * dropped already. A version that was pushed out is there again when the newer one expires,
     * until a flush: no cell expires. What a delete of a single version leaves of the count of
     * versions depends on cells that a compaction drops: there are no such deletes. Versions of a
     * column that came in one write count as one: a write has one of each column.
     */
    private static final class Plain {
        private final Map<String, Integer> written = new HashMap<>();
        private final TestClock clock;

        Plain(TestClock clock) {
            this.clock = clock;
        }

        Step step(Step step) {
            Set<String> columns = new HashSet<>();
            if (step instanceof Step.Mutate mutate) {
                return mutate(mutate, columns);
            }
            if (step instanceof Step.MutateRow row) {
                return new Step.MutateRow(all(row.mutations(), columns));
            }
            if (step instanceof Step.Batch batch) {
                return new Step.Batch(all(batch.mutations(), columns));
            }
            if (step instanceof Step.Check check) {
                return new Step.Check(
                        check.row(),
                        check.family(),
                        check.qualifier(),
                        check.operator(),
                        check.value(),
                        mutate(check.mutation(), columns));
            }
            return step;
        }

        private List<Step.Mutate> all(List<Step.Mutate> mutations, Set<String> columns) {
            return mutations.stream().map(each -> mutate(each, columns)).toList();
        }

        private Step.Mutate mutate(Step.Mutate mutate, Set<String> columns) {
            List<Step.Part> parts =
                    mutate.parts().stream()
                            .filter(
                                    part ->
                                            part.marker() == null
                                                    ? writes(mutate.row(), part, columns)
                                                    : part.marker() == Step.Marker.COLUMN
                                                            || part.marker() == Step.Marker.FAMILY)
                            .toList();
            return new Step.Mutate(mutate.row(), parts, mutate.put(), mutate.timestamp(), 0);
        }

        private boolean writes(String row, Step.Part part, Set<String> columns) {
            String column = row + " " + part.family() + ":" + part.qualifier();
            long at = part.timestamp() == Step.NOW ? clock.currentTime() : part.timestamp();
            return columns.add(column) && written.merge(column + "@" + at, 1, Integer::sum) <= 2;
        }
    }

    private static boolean reshapes(Step step) {
        return step instanceof Step.Flush
                || step instanceof Step.Compact
                || step instanceof Step.Major;
    }

    private static void reshape(SkepSide side, Random random) {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> side.apply(new Step.Flush());
            case 3, 4 -> side.apply(new Step.Compact());
            case 5 -> side.apply(new Step.Major());
            default -> {}
        }
    }
}
