package org.skep.functions.aggregate;

import java.util.Arrays;
import java.util.Random;

/**
 * An approximate distribution in a bounded number of bins, each a centre and a count: when there
 * are too many, the two nearest are merged into their weighted mean (Ben-Haim and Tom-Tov, "A
 * streaming parallel decision tree algorithm", 2010). Which of several nearest pairs is merged is
 * drawn from numbers that begin as Hive's do, so that results are the same. Confined to one thread.
 */
final class Histogram {
    private static final long SEED = 31183;

    private final int limit;
    private final Random random = new Random(SEED);
    private double[] centres = new double[16];
    private double[] counts = new double[16];
    private int used;

    Histogram(int limit) {
        this.limit = limit;
    }

    /** A histogram from what {@link #toArray} wrote, at {@code start} of an array. */
    static Histogram of(double[] array, int start, int length) {
        Histogram histogram = new Histogram((int) array[start]);
        for (int i = 1; i < length; i += 2) {
            histogram.insert(histogram.used, array[start + i], array[start + i + 1]);
        }
        return histogram;
    }

    /** The limit, then centre and count of each bin. */
    double[] toArray() {
        double[] array = new double[1 + 2 * used];
        array[0] = limit;
        for (int i = 0; i < used; i++) {
            array[1 + 2 * i] = centres[i];
            array[2 + 2 * i] = counts[i];
        }
        return array;
    }

    int size() {
        return used;
    }

    double centre(int bin) {
        return centres[bin];
    }

    double count(int bin) {
        return counts[bin];
    }

    /** Adds a value. */
    void add(double value) {
        int at = Arrays.binarySearch(centres, 0, used, value);
        if (at >= 0) {
            counts[at]++;
            return;
        }
        insert(-at - 1, value, 1);
        mergeNearest();
    }

    private void insert(int at, double centre, double count) {
        if (used == centres.length) {
            centres = Arrays.copyOf(centres, used * 2);
            counts = Arrays.copyOf(counts, used * 2);
        }
        System.arraycopy(centres, at, centres, at + 1, used - at);
        System.arraycopy(counts, at, counts, at + 1, used - at);
        centres[at] = centre;
        counts[at] = count;
        used++;
    }

    /** Adds all bins of another, and only then merges the nearest. */
    void merge(Histogram other) {
        int mine = 0;
        for (int i = 0; i < other.used; i++) {
            while (mine < used && centres[mine] <= other.centres[i]) {
                mine++;
            }
            insert(mine, other.centres[i], other.counts[i]);
            mine++;
        }
        mergeNearest();
    }

    private void mergeNearest() {
        while (used > limit) {
            int nearest = nearest();
            double total = counts[nearest] + counts[nearest + 1];
            centres[nearest] =
                    centres[nearest] * (counts[nearest] / total)
                            + centres[nearest + 1] / total * counts[nearest + 1];
            counts[nearest] = total;
            used--;
            System.arraycopy(centres, nearest + 2, centres, nearest + 1, used - nearest - 1);
            System.arraycopy(counts, nearest + 2, counts, nearest + 1, used - nearest - 1);
        }
    }

    // The first bin of the nearest pair; each of several such pairs has the same chance.
    private int nearest() {
        int nearest = 0;
        double least = centres[1] - centres[0];
        int equals = 1;
        for (int i = 1; i < used - 1; i++) {
            double gap = centres[i + 1] - centres[i];
            if (gap < least) {
                least = gap;
                nearest = i;
                equals = 1;
            } else if (gap == least) {
                equals++;
                nearest = random.nextDouble() <= 1.0 / equals ? i : nearest;
            }
        }
        return nearest;
    }

    /** About the value below which a fraction of all values lies; there must be a value. */
    double quantile(double fraction) {
        double total = 0;
        for (int i = 0; i < used; i++) {
            total += counts[i];
        }
        double before = 0;
        for (int i = 0; i < used; i++) {
            if ((before + counts[i]) / total >= fraction) {
                if (i == 0) {
                    return centres[0];
                }
                double step = centres[i] - centres[i - 1];
                return centres[i - 1] + (fraction * total - before) * step / counts[i];
            }
            before += counts[i];
        }
        return centres[used - 1];
    }

    long retainedBytes() {
        return 16L * centres.length + 48;
    }
}
