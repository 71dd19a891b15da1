package org.skep.executor.join;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.group.GroupTable;
import org.skep.executor.vector.RowBuffer;
import org.skep.types.DataType;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/** Finds the rows of a buffer by their keys. Immutable once made, so many threads may use it. */
abstract class RowIndex {
    private static final int CHUNK = 4096;

    private int[] next;

    /** Whether no two rows have the same key. */
    final boolean isUnique() {
        return next == null;
    }

    /** The row after each row among those of the same key, -1 at the end; null if unique. */
    final int[] next() {
        return next;
    }

    /** Bytes on the heap. */
    long retainedBytes() {
        return next == null ? 0 : 4L * next.length;
    }

    /** A way to look keys up, for one thread. */
    abstract RowFinder finder();

    /** Puts the row before the one found so far, which follows it; rows come last to first. */
    final void chain(int row, int follower, int rowCount) {
        if (follower < 0 && next == null) {
            return;
        }
        if (next == null) {
            next = new int[rowCount];
            Arrays.fill(next, -1);
        }
        next[row] = follower;
    }

    /**
     * An index by one key column of words that are close together: an array leads from the word to
     * the row.
     */
    static final class Direct extends RowIndex {
        private final long least;
        private final int[] first;

        /**
         * Indexes all rows but those in which the key is NULL.
         *
         * @param range greatest less least key plus 1
         * @param pause run every some thousand rows; what it throws ends the work
         */
        Direct(ColumnVector keys, int rowCount, long least, int range, Runnable pause) {
            this.least = least;
            first = new int[range];
            Arrays.fill(first, -1);
            long[] words = KeyWords.of(keys);
            boolean[] nulls = keys.nulls();
            for (int row = rowCount - 1; row >= 0; row--) {
                if (row % CHUNK == 0) {
                    pause.run();
                }
                if (nulls == null || !nulls[row]) {
                    int at = (int) (words[row] - least);
                    chain(row, first[at], rowCount);
                    first[at] = row;
                }
            }
        }

        @Override
        RowFinder finder() {
            return (keys, selection, rows) ->
                    find(KeyWords.decoded(keys[0], selection), selection, rows);
        }

        private void find(ColumnVector keys, Selection selection, int[] rows) {
            long[] words = KeyWords.of(keys);
            int[] positions = selection.positions();
            boolean[] nulls = keys.nulls();
            int count = selection.count();
            int range = first.length;
            for (int k = 0; k < count; k++) {
                int row = positions == null ? k : positions[k];
                long offset = words[row] - least;
                rows[k] = offset >= 0 && offset < range ? first[(int) offset] : -1;
            }
            if (nulls != null) {
                for (int k = 0; k < count; k++) {
                    if (nulls[selection.position(k)]) {
                        rows[k] = -1;
                    }
                }
            }
        }

        @Override
        long retainedBytes() {
            return super.retainedBytes() + 4L * first.length;
        }
    }

    /** An index by a hash table. */
    static final class Hashed extends RowIndex {
        private final GroupTable table;
        private final int[] first;

        /** Indexes the selected rows of a buffer. */
        Hashed(
                RowBuffer rows,
                int[] keys,
                List<DataType> keyTypes,
                Selection keyed,
                Runnable pause) {
            table = GroupTable.withoutKeys(keyTypes);
            ColumnVector[] columns = new ColumnVector[keys.length];
            for (int i = 0; i < keys.length; i++) {
                columns[i] = rows.column(keys[i]);
            }
            int[] groups = new int[keyed.count()];
            int[] positions = new int[CHUNK];
            int[] chunkGroups = new int[CHUNK];
            for (int from = 0; from < keyed.count(); from += CHUNK) {
                pause.run();
                int count = Math.min(CHUNK, keyed.count() - from);
                for (int i = 0; i < count; i++) {
                    positions[i] = keyed.position(from + i);
                }
                table.assign(columns, Selection.of(positions, count), chunkGroups);
                System.arraycopy(chunkGroups, 0, groups, from, count);
            }
            first = new int[table.count()];
            Arrays.fill(first, -1);
            for (int k = keyed.count() - 1; k >= 0; k--) {
                if (k % CHUNK == 0) {
                    pause.run();
                }
                int row = keyed.position(k);
                chain(row, first[groups[k]], rows.rows());
                first[groups[k]] = row;
            }
        }

        @Override
        RowFinder finder() {
            GroupTable.Finder finder = table.finder();
            return (keys, selection, rows) -> {
                finder.find(keys, selection, rows);
                for (int k = 0; k < selection.count(); k++) {
                    rows[k] = rows[k] < 0 ? -1 : first[rows[k]];
                }
            };
        }

        @Override
        long retainedBytes() {
            return super.retainedBytes() + 4L * first.length + table.retainedBytes();
        }
    }
}
