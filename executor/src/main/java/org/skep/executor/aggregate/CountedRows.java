package org.skep.executor.aggregate;

import org.skep.types.vector.Selection;

/** Rows with the group of each. Confined to one thread. */
final class CountedRows {
    private final Selection selection;
    private final int[] groups;

    /**
     * Rows.
     *
     * @param groups beside the selected rows, or null if all are of group 0
     */
    CountedRows(Selection selection, int[] groups) {
        this.selection = selection;
        this.groups = groups;
    }

    Selection selection() {
        return selection;
    }

    int[] groups() {
        return groups;
    }

    int groupAt(int k) {
        return groups == null ? 0 : groups[k];
    }

    /** Those of the rows whose flag, by position, is up. */
    CountedRows keep(boolean[] flags, Selection of) {
        int[] positions = new int[of.count()];
        int[] kept = groups == null ? null : new int[of.count()];
        int count = 0;
        for (int k = 0; k < of.count(); k++) {
            int row = of.position(k);
            if (flags[row]) {
                positions[count] = row;
                if (kept != null) {
                    kept[count] = groups[k];
                }
                count++;
            }
        }
        return count == of.count() ? this : new CountedRows(Selection.of(positions, count), kept);
    }
}
