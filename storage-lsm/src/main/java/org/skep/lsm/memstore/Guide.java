package org.skep.lsm.memstore;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Some nodes of a memstore in the order of their rows, all of those that had a level when it was
 * made: where to begin to search. An array is searched with far fewer waits for memory than the
 * upper levels of a skip list. Immutable; nodes stay where they are, so that an old guide leads to
 * the right place, only with more steps to go from there.
 */
final class Guide {
    /** Who has gone so many steps from where a guide led to begins again at the head. */
    static final int MOST_STEPS = 48;

    private static final int FIRST_LEVEL = 2;
    private static final int FEWEST = 64;
    private static final int MOST = 1 << 16;
    // In a row of so many nodes who looks for one of them begins at the head.
    private static final int CROWD = 8;

    private final int level;
    private final long[] prefixes; // two of each node
    private final int[] places;
    private final BitSet crowded; // which have many nodes before them whose rows begin alike
    private final int count;

    private Guide(int level, long[] prefixes, int[] places, BitSet crowded, int count) {
        this.level = level;
        this.prefixes = prefixes;
        this.places = places;
        this.crowded = crowded;
        this.count = count;
    }

    /** A guide to the nodes behind a head. */
    static Guide of(Nodes nodes, int head, Guide before) {
        int level = before == null ? FIRST_LEVEL : before.level;
        int expected = before == null ? FEWEST : Math.max(FEWEST, before.count * 2);
        while (level < Nodes.MAX_HEIGHT - 1) {
            Guide guide = ofLevel(nodes, head, level, expected);
            if (guide != null) {
                return guide;
            }
            level++;
        }
        return ofLevel(nodes, head, level, expected);
    }

    // None if the level has too many nodes and there are more levels.
    private static Guide ofLevel(Nodes nodes, int head, int level, int expected) {
        int[] places = new int[expected];
        long[] prefixes = new long[2 * expected];
        BitSet crowded = new BitSet();
        int count = 0;
        int alike = 0;
        for (int node = nodes.next(head, level);
                node != Arena.NOWHERE;
                node = nodes.next(node, level)) {
            long prefix = nodes.prefix(node);
            long prefix2 = nodes.secondPrefix(node);
            // Of rows that begin alike the last node counts: who looks for another row passes it.
            boolean again =
                    count > 0
                            && prefixes[2 * count - 2] == prefix
                            && prefixes[2 * count - 1] == prefix2;
            alike = again ? alike + 1 : 1;
            if (alike == CROWD) {
                crowded.set(count - 1);
            }
            if (!again) {
                if (count == MOST && level < Nodes.MAX_HEIGHT - 1) {
                    return null;
                }
                if (count == places.length) {
                    places = Arrays.copyOf(places, 2 * count);
                    prefixes = Arrays.copyOf(prefixes, 4 * count);
                }
                prefixes[2 * count] = prefix;
                prefixes[2 * count + 1] = prefix2;
                count++;
            }
            places[count - 1] = node;
        }
        return new Guide(level, prefixes, places, crowded, count);
    }

    /** How many levels every node has that it leads to. */
    int levels() {
        return level + 1;
    }

    /**
     * The last node whose row's prefix is less than that of a key. NOWHERE if there is none, or if
     * it is the very last, since what is added in order is found as quickly from the head, or if
     * many nodes begin like the key.
     */
    int before(NodeKey key) {
        int from = 0;
        int left = count;
        if (left == 0 || !isLess(0, key) || isLess(left - 1, key)) {
            return Arena.NOWHERE;
        }
        while (left > 1) {
            int half = left >>> 1;
            from += isLess(from + half, key) ? half : 0;
            left -= half;
        }
        int next = from + 1;
        boolean far =
                crowded.get(next)
                        && prefixes[2 * next] == key.prefix
                        && prefixes[2 * next + 1] == key.prefix2;
        return far ? Arena.NOWHERE : places[from];
    }

    private boolean isLess(int index, NodeKey key) {
        int order = Long.compareUnsigned(prefixes[2 * index], key.prefix);
        return order < 0
                || (order == 0 && Long.compareUnsigned(prefixes[2 * index + 1], key.prefix2) < 0);
    }
}
