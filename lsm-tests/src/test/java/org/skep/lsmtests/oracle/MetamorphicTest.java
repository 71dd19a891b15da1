package org.skep.lsmtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.lsm.compact.CompactionOptions;
import org.skep.lsm.region.RegionOptions;
import org.skep.lsm.schema.BlockEncoding;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.Compression;
import org.skep.lsm.schema.TableDescriptor;

/**
 * The same steps with other options must have the same history. Where deletes and versions go by
 * timestamp, what a reader sees may depend on when memory is flushed and files are joined: there
 * these steps are kept. Where they go by the order of writing it may not: there the steps differ,
 * too.
 */
class MetamorphicTest {
    private static final boolean FULL = Boolean.getBoolean("skep.witnesses");
    private static final int SEEDS = Integer.getInteger("skep.metamorphic.seeds", FULL ? 60 : 20);
    private static final int STEPS =
            Integer.getInteger("skep.metamorphic.steps", FULL ? 1_000 : 150);

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
                    new Options("smallest blocks", f -> f.withBlockSize(256), files(2, 3), true),
                    new Options(
                            "small plain blocks, by row and column",
                            f ->
                                    f.withBlockSize(1 << 10)
                                            .withEncoding(BlockEncoding.NONE)
                                            .withBloomType(BloomType.ROWCOL),
                            files(2, 4),
                            false),
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
                            "small compressed blocks, by row and column",
                            f ->
                                    f.withBlockSize(512)
                                            .withBloomType(BloomType.ROWCOL)
                                            .withCompression(Compression.GZ),
                            files(3, 3),
                            true),
                    new Options(
                            "plain blocks, no filter, compressed quickly, not cached",
                            f ->
                                    f.withBloomType(BloomType.NONE)
                                            .withEncoding(BlockEncoding.NONE)
                                            .withCompression(Compression.SNAPPY)
                                            .withoutBlockCache(),
                            files(2, 16),
                            false),
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
            List<Step> steps = StepGenerator.forOurs(random, variant).steps(STEPS);
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
            Variant variant = Variant.randomByOrder(random);
            List<Step> steps = StepGenerator.forOurs(random, variant).steps(STEPS);
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
                } else if (!moves || !reshapes(step)) {
                    history.add(step + " " + side.apply(step));
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
