package org.skep.executor.join;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.task.RuntimeRanges;
import org.skep.executor.task.TaskContext;
import org.skep.executor.vector.RowBuffer;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.Selection;

/**
 * The right side of a hash join in memory: its rows (or their keys, if only they matter), and an
 * index that finds them. Once built it may be used by many threads; {@link #close} gives the memory
 * back.
 */
public final class JoinTable implements AutoCloseable {
    // An array is taken for an index if it has at most so many places a row.
    private static final int PLACES_A_ROW = 12;
    private static final int SMALL_RANGE = 1 << 16;

    private final OperatorMemory memory;
    private final RowBuffer rows;
    private final int[] inputKeys;
    private final int[] keys;
    private final boolean[] nullSafe;
    private final boolean keysAlone;
    private final boolean keepsRowsWithoutKey;
    private final List<DataType> keyTypes;
    private final AtomicInteger probes;
    private RowIndex index;
    private boolean hasNullKey;
    private long inputRows;
    private int keyedRows;
    private long[] least;
    private long[] greatest;
    // Raised by many threads without order, but only ever to 1, and read after all are done.
    private byte[] matched;

    private JoinTable(PhysicalNode.HashJoin node, OperatorMemory memory, int probes) {
        this.memory = memory;
        this.probes = new AtomicInteger(probes);
        List<DataType> types = node.right().outputTypes();
        inputKeys = node.rightKeys().stream().mapToInt(Integer::intValue).toArray();
        keyTypes = node.rightKeys().stream().map(types::get).toList();
        nullSafe = new boolean[inputKeys.length];
        keys = new int[inputKeys.length];
        keysAlone = !node.kind().showsRight() && node.residual() == null;
        for (int i = 0; i < inputKeys.length; i++) {
            nullSafe[i] = node.nullSafe().get(i);
            keys[i] = keysAlone ? i : inputKeys[i];
        }
        rows = new RowBuffer(keysAlone ? keyTypes : types);
        keepsRowsWithoutKey = node.kind().keepsUnmatchedRight();
    }

    /**
     * Reads all rows of {@code right} and closes it.
     *
     * @param probes how many operators will call {@link #endProbe}
     */
    static JoinTable build(
            TaskContext task,
            PhysicalNode.HashJoin node,
            Operator right,
            OperatorMemory memory,
            int probes) {
        JoinTable built = new JoinTable(node, memory, probes);
        boolean done = false;
        try (right) {
            for (ColumnBatch batch = right.next(); batch != null; batch = right.next()) {
                built.add(batch);
            }
            built.makeIndex(node.kind(), task::checkStopped);
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
        Selection keyed = withKeys(batch.columns(), inputKeys, nullSafe, batch.selection());
        hasNullKey |= keyed.count() < batch.rowCount();
        keyedRows += keyed.count();
        Selection kept = keepsRowsWithoutKey ? batch.selection() : keyed;
        if (kept.count() == 0) {
            return;
        }
        ColumnVector[] columns = batch.columns();
        if (keysAlone) {
            columns = new ColumnVector[inputKeys.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = batch.column(inputKeys[i]);
            }
        }
        rows.append(columns, kept);
        memory.hold(rows.retainedBytes());
    }

    private void makeIndex(JoinKind kind, Runnable pause) {
        least = new long[keys.length];
        greatest = new long[keys.length];
        Selection keyed =
                keyedRows == rows.rows()
                        ? Selection.all(rows.rows())
                        : withKeys(rows.columns(), keys, nullSafe, Selection.all(rows.rows()));
        for (int i = 0; i < keys.length; i++) {
            findRange(i, keyed);
        }
        if (hasDirectRange()) {
            int range = (int) (greatest[0] - least[0] + 1);
            memory.hold(rows.retainedBytes() + 4L * range);
            index = new RowIndex.Direct(rows.column(keys[0]), rows.rows(), least[0], range, pause);
        } else {
            // About what the table will need, to fail before it is made.
            memory.hold(rows.retainedBytes() + 48L * keyed.count());
            index = new RowIndex.Hashed(rows, keys, keyTypes, keyed, pause);
        }
        if (kind.keepsUnmatchedRight()) {
            matched = new byte[rows.rows()];
        }
        memory.hold(
                rows.retainedBytes()
                        + index.retainedBytes()
                        + (matched == null ? 0 : matched.length));
    }

    private void findRange(int key, Selection keyed) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        if (KeyWords.fit(keyTypes.get(key))) {
            ColumnVector column = rows.column(keys[key]);
            long[] words = KeyWords.of(column);
            boolean[] nulls = column.nulls();
            for (int k = 0; k < keyed.count(); k++) {
                int row = keyed.position(k);
                if (nulls == null || !nulls[row]) {
                    low = Math.min(low, words[row]);
                    high = Math.max(high, words[row]);
                }
            }
        }
        least[key] = low;
        greatest[key] = high;
    }

    private boolean hasDirectRange() {
        if (keys.length != 1 || nullSafe[0] || least[0] > greatest[0]) {
            return false;
        }
        long range = greatest[0] - least[0] + 1;
        return range > 0
                && range < 1 << 28
                && (range <= SMALL_RANGE || range <= (long) PLACES_A_ROW * rows.rows());
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

    /** A way to look keys up, for one thread. */
    RowFinder finder() {
        return index.finder();
    }

    /** The rows, or their keys alone if nothing else matters. */
    RowBuffer rows() {
        return rows;
    }

    /** Whether no two rows have the same key. */
    boolean isUnique() {
        return index.isUnique();
    }

    /** The row after each row among those of the same key, -1 at the end; null if unique. */
    int[] next() {
        return index.next();
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
        return keyedRows == 0;
    }

    /** The range of a key's values, or null if it is not known. */
    RuntimeRanges.Range range(int key) {
        if (least[key] > greatest[key]) {
            return null;
        }
        DataType type = keyTypes.get(key);
        if (type instanceof DecimalType decimal) {
            return new RuntimeRanges.Range(
                    new Datum(type, BigDecimal.valueOf(least[key], decimal.scale())),
                    new Datum(type, BigDecimal.valueOf(greatest[key], decimal.scale())));
        }
        return new RuntimeRanges.Range(new Datum(type, least[key]), new Datum(type, greatest[key]));
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
