package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/**
 * Counts sequences of words, the most frequent of which are wanted. When there are more than twice
 * as many as are kept, the rarest are forgotten, so counts are estimates. Confined to one thread.
 *
 * <p>Which of equally rare ones is forgotten first is Hive's choice too: the order in which a hash
 * map of lists of texts has them that saw them in the same order.
 */
final class NGrams {
    private static final int LEAST_KEPT = 1000;
    private static final long BYTES_PER_WORD = 64;

    private final int words;
    private final int wanted;
    private final int precision;
    private final Map<List<String>, Double> counts = new HashMap<>();

    /**
     * An empty count.
     *
     * @param words how many words a sequence has
     * @param wanted how many sequences are wanted
     * @param precision how many times as many are kept; more, if those were less than 1,000
     */
    NGrams(int words, int wanted, int precision) {
        this.words = words;
        this.wanted = wanted;
        this.precision = (long) wanted * precision < LEAST_KEPT ? LEAST_KEPT / wanted : precision;
    }

    int words() {
        return words;
    }

    int wanted() {
        return wanted;
    }

    int precision() {
        return precision;
    }

    Map<List<String>, Double> counts() {
        return counts;
    }

    void add(List<String> sequence) {
        counts.merge(sequence, 1.0, Double::sum);
        if (counts.size() > 2 * kept()) {
            forget(kept());
        }
    }

    /**
     * Adds the counts of another task, sequence by sequence; {@link #trim} comes after the last.
     */
    void add(List<String> sequence, double count) {
        counts.merge(sequence, count, Double::sum);
    }

    /** Keeps what is to be kept. */
    void trim() {
        forget(kept());
    }

    private long kept() {
        return (long) wanted * precision;
    }

    private void forget(long kept) {
        if (counts.size() <= kept) {
            return;
        }
        List<Map.Entry<List<String>, Double>> rarest = new ArrayList<>(counts.entrySet());
        rarest.sort(Map.Entry.comparingByValue());
        int count = (int) (rarest.size() - kept);
        List<List<String>> forgotten =
                rarest.subList(0, count).stream().map(Map.Entry::getKey).toList();
        forgotten.forEach(counts::remove);
    }

    /** The wanted sequences, the most frequent first, equally frequent ones by their words. */
    List<Map.Entry<List<String>, Double>> top() {
        forget(wanted);
        List<Map.Entry<List<String>, Double>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(
                Map.Entry.<List<String>, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey, NGrams::compare));
        return sorted;
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < left.size() && i < right.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return left.size() - right.size();
    }

    /**
     * Checks that another task counts the same.
     *
     * @throws SkepException RUNTIME_ERROR
     */
    void requireAlike(int otherWords, int otherWanted, int otherPrecision) {
        if (words != otherWords || wanted != otherWanted || precision != otherPrecision) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "Parameters of ngrams must be the same in all rows of a group");
        }
    }

    long retainedBytes() {
        return counts.size() * BYTES_PER_WORD * (words + 1);
    }
}
