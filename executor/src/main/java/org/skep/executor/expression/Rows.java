package org.skep.executor.expression;

import org.skep.types.vector.Selection;

/** Set operations on selections. Stateless. */
final class Rows {
    static final Selection NONE = Selection.all(0);

    private Rows() {}

    /** The rows of {@code all} that are not in {@code part}, which is a part of it. */
    static Selection minus(Selection all, Selection part) {
        if (part.count() == 0) {
            return all;
        }
        int count = all.count() - part.count();
        if (count == 0) {
            return NONE;
        }
        int[] kept = new int[count];
        int k = 0;
        int p = 0;
        for (int i = 0; i < all.count(); i++) {
            int row = all.position(i);
            if (p < part.count() && part.position(p) == row) {
                p++;
            } else {
                kept[k++] = row;
            }
        }
        return Selection.of(kept, count);
    }

    /** The rows of either; they have none in common. */
    static Selection union(Selection left, Selection right) {
        if (left.count() == 0) {
            return right;
        }
        if (right.count() == 0) {
            return left;
        }
        int[] rows = new int[left.count() + right.count()];
        int l = 0;
        int r = 0;
        for (int i = 0; i < rows.length; i++) {
            boolean takeLeft =
                    r == right.count()
                            || (l < left.count() && left.position(l) < right.position(r));
            rows[i] = takeLeft ? left.position(l++) : right.position(r++);
        }
        return Selection.of(rows, rows.length);
    }
}
