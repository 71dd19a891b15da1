package org.skep.lsm.memstore;

import java.util.Arrays;

/**
 * Between which nodes the last cell was put on each level, for the next one, which often belongs to
 * the same row and so comes close behind it. Only a hint. Confined to one thread and one memstore.
 */
public final class Neighbours {
    final int[] before = new int[MemStore.MAX_HEIGHT];
    final int[] behind = new int[MemStore.MAX_HEIGHT];
    // How many levels the cells have that are being added together.
    final int[] levels = new int[MemStore.TOGETHER];
    // The first and the last of them on each level.
    final int[] firsts = new int[MemStore.MAX_HEIGHT];
    final int[] lasts = new int[MemStore.MAX_HEIGHT];
    // The node of the last cell; nowhere at first.
    int last = Arena.NOWHERE;

    // Above the highest level there is nothing between the head and the end.
    void clear(int head, int from) {
        Arrays.fill(before, from, before.length, head);
        Arrays.fill(behind, from, behind.length, Arena.NOWHERE);
    }
}
