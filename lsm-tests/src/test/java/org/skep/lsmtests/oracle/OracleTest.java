package org.skep.lsmtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations on both stores. Their number is the property {@code skep.oracle.operations},
 * the seed {@code skep.oracle.seed}; an ordinary build does the same 5,000 each time. With {@code
 * skep.witnesses} there are 200,000, others each time.
 */
class OracleTest {
    private static final int OPERATIONS =
            Integer.getInteger(
                    "skep.oracle.operations",
                    Boolean.getBoolean("skep.witnesses") ? 200_000 : 5_000);
    private static final int LENGTH = 100;
    private static final int TOLD = 10_000;

    @TempDir private Path directory;

    @Test
    void answersAsHBaseDoes() throws Exception {
        long seed =
                Long.getLong(
                        "skep.oracle.seed",
                        Boolean.getBoolean("skep.witnesses") ? System.nanoTime() : 20_261_123);
        System.out.printf("oracle: seed %d, %d operations%n", seed, OPERATIONS);
        long begun = System.nanoTime();
        for (int done = 0; done < OPERATIONS; done += LENGTH) {
            if (done > 0 && done % TOLD == 0) {
                long seconds = (System.nanoTime() - begun) / 1_000_000_000;
                System.out.printf("oracle: %d operations in %d s%n", done, seconds);
            }
            Random random = new Random(seed + done);
            Variant variant = Variant.random(random);
            List<Step> steps = StepGenerator.forBoth(random, variant).steps(LENGTH);
            Optional<OracleRun.Difference> difference = OracleRun.run(variant, steps, directory);
            if (difference.isPresent()) {
                assertThat(tell(seed + done, variant, steps, difference.get())).isEmpty();
            }
        }
    }

    private String tell(
            long seed, Variant variant, List<Step> steps, OracleRun.Difference difference)
            throws Exception {
        List<Step> least =
                OracleRun.shrink(
                        variant,
                        steps.subList(0, Math.min(steps.size(), difference.step() + 1)),
                        directory);
        Optional<OracleRun.Difference> again = OracleRun.run(variant, least, directory);
        return "seed %d%n%s%n%s%n%s"
                .formatted(
                        seed,
                        variant,
                        least.stream().map(Step::toString).collect(Collectors.joining("\n")),
                        again.orElse(difference));
    }
}
