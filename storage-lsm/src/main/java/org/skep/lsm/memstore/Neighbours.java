package org.skep.lsm.memstore;

import java.util.Arrays;

/**
 * Between which nodes the last cell was put on each level, for the next one, which often belongs to
 * the same row and so comes close behind it. Only a hint. Confined to one thread and one memstore.
 */
public final class Neighbours {
    final int[] before = new int[Nodes.MAX_HEIGHT];
    final int[] behind = new int[Nodes.MAX_HEIGHT];
    // On how many levels this is known.
    int known;
    // The node of the last cell; nowhere at first.
    int last = Arena.NOWHERE;
    // That of the cell that is being added.
    final NodeKey key = new NodeKey();

    // Above the highest level there is nothing between the head and the end.
    void clear(int head, int from) {
        Arrays.fill(before, from, before.length, head);
        Arrays.fill(behind, from, behind.length, Arena.NOWHERE);
        known = before.length;
    }
}
