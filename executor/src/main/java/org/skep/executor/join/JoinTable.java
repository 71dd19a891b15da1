package org.skep.executor.join;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.executor.group.GroupTable;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.task.RuntimeRanges;
import org.skep.executor.vector.RowBuffer;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DecimalVector;
import org.skep.types.vector.LongVector;
import org.skep.types.vector.Selection;

/**
 * The right side of a hash join in memory: its rows, and for each different key the chain of its
 * rows. Once built it may be used by many threads; {@link #close} gives the memory back.
 */
public final class JoinTable implements AutoCloseable {
    private final OperatorMemory memory;
    private final RowBuffer rows;
    private final GroupTable table;
    private final int[] keys;
    private final boolean[] nullSafe;
    private final boolean keepsRowsWithoutKey;
    private final long[] least;
    private final long[] greatest;
    private final List<DataType> keyTypes;
    private final AtomicInteger probes;
    private int[] groupOfRow = new int[1024];
    private int[] first;
    private int[] next;
    private boolean unique;
    private boolean hasNullKey;
    private long inputRows;
    // Raised by many threads without order, but only ever to 1, and read after all are done.
    private byte[] matched;

    private JoinTable(PhysicalNode.HashJoin node, OperatorMemory memory, int probes) {
        this.memory = memory;
        this.probes = new AtomicInteger(probes);
        List<DataType> types = node.right().outputTypes();
        keys = node.rightKeys().stream().mapToInt(Integer::intValue).toArray();
        keyTypes = node.rightKeys().stream().map(types::get).toList();
        nullSafe = new boolean[keys.length];
        for (int i = 0; i < keys.length; i++) {
            nullSafe[i] = node.nullSafe().get(i);
        }
        boolean keepsRows = node.kind().showsRight() || node.residual() != null;
        rows = keepsRows ? new RowBuffer(types) : null;
        keepsRowsWithoutKey = node.kind().keepsUnmatchedRight();
        table = GroupTable.withoutKeys(keyTypes);
        least = new long[keys.length];
        greatest = new long[keys.length];
        Arrays.fill(least, Long.MAX_VALUE);
        Arrays.fill(greatest, Long.MIN_VALUE);
    }

    /**
     * Reads all rows of {@code right} and closes it.
     *
     * @param probes how many operators will call {@link #endProbe}
     */
    static JoinTable build(
            PhysicalNode.HashJoin node, Operator right, OperatorMemory memory, int probes) {
        JoinTable built = new JoinTable(node, memory, probes);
        boolean done = false;
        try (right) {
            for (ColumnBatch batch = right.next(); batch != null; batch = right.next()) {
                built.add(batch);
            }
            built.chain(node.kind());
            done = true;
            return built;
        } finally {
            if (!done) {
                memory.close();
            }
        }
    }

    private void add(ColumnBatch batch) {
        inputRows += batch.rowCount();
        Selection keyed = withKeys(batch.columns(), keys, nullSafe, batch.selection());
        hasNullKey |= keyed.count() < batch.rowCount();
        ColumnVector[] keyColumns = new ColumnVector[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keyColumns[i] = batch.column(keys[i]);
        }
        if (keepsRowsWithoutKey && keyed.count() < batch.rowCount()) {
            Selection without = minus(batch.selection(), keyed);
            int from = rows.rows();
            rows.append(batch.columns(), without);
            groupRoom(without.count(), from);
            Arrays.fill(groupOfRow, from, from + without.count(), -1);
        }
        if (keyed.count() == 0) {
            return;
        }
        int from = rows == null ? 0 : rows.rows();
        int[] groups = new int[keyed.count()];
        table.assign(keyColumns, keyed, groups);
        for (int i = 0; i < keys.length; i++) {
            widen(i, keyColumns[i], keyed);
        }
        if (rows != null) {
            groupRoom(keyed.count(), from);
            System.arraycopy(groups, 0, groupOfRow, from, keyed.count());
            rows.append(batch.columns(), keyed);
        }
        memory.hold(
                table.retainedBytes()
                        + (rows == null ? 0 : rows.retainedBytes())
                        + 12L * groupOfRow.length);
    }

    private void groupRoom(int count, int from) {
        if (from + count > groupOfRow.length) {
            groupOfRow =
                    Arrays.copyOf(
                            groupOfRow, Math.max(from + count, groupOfRow.length * 3 / 2));
        }
    }

    private void widen(int key, ColumnVector column, Selection selection) {
        long low = least[key];
        long high = greatest[key];
        long[] values;
        if (column instanceof LongVector longs && longs.nanos() == null) {
            values = longs.values();
        } else if (column instanceof DecimalVector decimals && decimals.high() == null) {
            values = decimals.low();
        } else {
            least[key] = Long.MIN_VALUE;
            greatest[key] = Long.MAX_VALUE;
            return;
        }
        boolean[] nulls = column.nulls();
        for (int k = 0; k < selection.count(); k++) {
            int row = selection.position(k);
            if (nulls == null || !nulls[row]) {
                low = Math.min(low, values[row]);
                high = Math.max(high, values[row]);
            }
        }
        least[key] = low;
        greatest[key] = high;
    }

    private void chain(JoinKind kind) {
        if (rows == null) {
            groupOfRow = null;
            return;
        }
        int count = rows.rows();
        first = new int[table.count()];
        unique = table.count() == count;
        if (unique) {
            for (int i = 0; i < count; i++) {
                first[groupOfRow[i]] = i;
            }
        } else {
            Arrays.fill(first, -1);
            next = new int[count];
            for (int row = count - 1; row >= 0; row--) {
                int group = groupOfRow[row];
                if (group >= 0) {
                    next[row] = first[group];
                    first[group] = row;
                }
            }
        }
        groupOfRow = null;
        if (kind.keepsUnmatchedRight()) {
            matched = new byte[count];
        }
        memory.hold(
                table.retainedBytes()
                        + rows.retainedBytes()
                        + 4L * first.length
                        + (next == null ? 0 : 4L * next.length)
                        + (matched == null ? 0 : matched.length));
    }

    /** The selected rows whose keys are not NULL, but for keys in which NULL equals NULL. */
    static Selection withKeys(
            ColumnVector[] columns, int[] keys, boolean[] nullSafe, Selection selection) {
        Selection keyed = selection;
        for (int i = 0; i < keys.length; i++) {
            ColumnVector column = columns[keys[i]];
            if (nullSafe[i] || !column.mayHaveNulls()) {
                continue;
            }
            int[] kept = new int[keyed.count()];
            int count = 0;
            for (int k = 0; k < keyed.count(); k++) {
                int row = keyed.position(k);
                kept[count] = row;
                count += column.isNull(row) ? 0 : 1;
            }
            if (count < keyed.count()) {
                keyed = Selection.of(kept, count);
            }
        }
        return keyed;
    }

    private static Selection minus(Selection all, Selection part) {
        int[] left = new int[all.count() - part.count()];
        int at = 0;
        int p = 0;
        for (int k = 0; k < all.count(); k++) {
            if (p < part.count() && part.position(p) == all.position(k)) {
                p++;
            } else {
                left[at++] = all.position(k);
            }
        }
        return Selection.of(left, at);
    }

    /** A way to look keys up, for one thread. */
    GroupTable.Finder finder() {
        return table.finder();
    }

    /** The rows, or null if only their keys matter. */
    RowBuffer rows() {
        return rows;
    }

    /** Whether each key has one row, and no row is without a key. */
    boolean isUnique() {
        return unique;
    }

    /** The first row of each key's chain. */
    int[] first() {
        return first;
    }

    /** The row after each row in its chain, -1 at the end; null if keys are unique. */
    int[] next() {
        return next;
    }

    /** Flags of the rows that found a partner, or null if nobody asks. */
    byte[] matched() {
        return matched;
    }

    /** Whether a row had a key that was NULL and does not equal NULL. */
    boolean hasNullKey() {
        return hasNullKey;
    }

    /** Whether there were no rows at all. */
    boolean isEmpty() {
        return inputRows == 0;
    }

    /** Whether no row can ever be found. */
    boolean hasNoKeys() {
        return table.count() == 0;
    }

    /** The range of a key's values, or null if it is not known. */
    RuntimeRanges.Range range(int key) {
        if (least[key] > greatest[key]
                || (least[key] == Long.MIN_VALUE && greatest[key] == Long.MAX_VALUE)) {
            return null;
        }
        DataType type = keyTypes.get(key);
        if (type instanceof DecimalType decimal) {
            return new RuntimeRanges.Range(
                    new Datum(type, BigDecimal.valueOf(least[key], decimal.scale())),
                    new Datum(type, BigDecimal.valueOf(greatest[key], decimal.scale())));
        }
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT, DATE ->
                    new RuntimeRanges.Range(
                            new Datum(type, least[key]), new Datum(type, greatest[key]));
            default -> null;
        };
    }

    /** Notes that a probe has ended; true for the last one, which tells of unmatched rows. */
    boolean endProbe() {
        return probes.decrementAndGet() == 0;
    }

    @Override
    public void close() {
        memory.close();
    }
}
