package org.skep.types.vector;

/**
 * The rows of a batch that an operation works on: all of the first {@code count}, or the ascending
 * positions in an array. Loops read {@code int[] p = selection.positions()} once and have two
 * forms, one for {@code p == null}. Confined to one thread; the array is shared, not copied.
 */
public final class Selection {
    private final int[] positions;
    private final int count;

    private Selection(int[] positions, int count) {
        this.positions = positions;
        this.count = count;
    }

    /** The rows 0 to {@code count - 1}. */
    public static Selection all(int count) {
        return new Selection(null, count);
    }

    /** The first {@code count} of {@code positions}, which ascend. */
    public static Selection of(int[] positions, int count) {
        return new Selection(positions, count);
    }

    /** How many rows are selected. */
    public int count() {
        return count;
    }

    /** The ascending positions, or null when the rows are 0 to {@code count - 1}. */
    public int[] positions() {
        return positions;
    }

    /** The position of the {@code k}-th selected row. */
    public int position(int k) {
        return positions == null ? k : positions[k];
    }

    /** One more than the highest selected position: the capacity that an output needs. */
    public int bound() {
        if (count == 0) {
            return 0;
        }
        return positions == null ? count : positions[count - 1] + 1;
    }

    /** The rows for which {@code flags} says {@code wanted}. */
    public Selection where(boolean[] flags, boolean wanted) {
        int[] kept = new int[count];
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = positions == null ? i : positions[i];
            kept[k] = row;
            k += flags[row] == wanted ? 1 : 0;
        }
        return k == count ? this : of(kept, k);
    }
}
