package org.skep.lsmtests.benchmark;

import java.util.SplittableRandom;

/**
 * Numbers with a Zipf distribution, spread over the whole range by hashing, as in YCSB. Source:
 * Gray et al., "Quickly generating billion-record synthetic databases", 1994. Confined to one
 * thread.
 */
final class Zipf {
    private static final double THETA = 0.99;

    private final long items;
    private final double alpha;
    private final double eta;
    private final double zeta;
    private final double half;

    Zipf(long items) {
        this.items = items;
        zeta = zeta(items);
        alpha = 1 / (1 - THETA);
        half = 1 + Math.pow(0.5, THETA);
        eta = (1 - Math.pow(2.0 / items, 1 - THETA)) / (1 - zeta(2) / zeta);
    }

    private static double zeta(long n) {
        double sum = 0;
        // Beyond a million terms the integral is near enough.
        long exact = Math.min(n, 1_000_000);
        for (long i = 1; i <= exact; i++) {
            sum += 1 / Math.pow((double) i, THETA);
        }
        if (n > exact) {
            sum +=
                    (Math.pow((double) n, 1 - THETA) - Math.pow((double) exact, 1 - THETA))
                            / (1 - THETA);
        }
        return sum;
    }

    /** The rank of the next number: 0 is the most frequent. */
    long rank(SplittableRandom random) {
        double u = random.nextDouble();
        double uz = u * zeta;
        if (uz < 1) {
            return 0;
        }
        if (uz < half) {
            return 1;
        }
        return Math.min(items - 1, (long) (items * Math.pow(eta * u - eta + 1, alpha)));
    }

    /** The next number, the frequent ones spread over the range. */
    long next(SplittableRandom random) {
        long rank = rank(random);
        long hash = (rank + 1) * 0x9E3779B97F4A7C15L;
        return Long.remainderUnsigned(hash ^ (hash >>> 32), items);
    }
}
