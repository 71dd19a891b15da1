package org.skep.executor.join;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.skep.executor.expression.ExpressionCompiler;
import org.skep.executor.expression.PredicateEvaluator;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorMemory;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.RuntimeRanges;
import org.skep.executor.task.TaskContext;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * Looks the rows of the left side up in the table of the right. Confined to one thread.
 *
 * <p>Columns of the right side come out as indexes into the table, so that only those that somebody
 * reads are ever gathered. If no left row can have two partners and there is no further condition,
 * the left columns come out as they came, with fewer rows selected.
 */
public final class HashJoinOperator extends Operator {
    private final TaskContext task;
    private final Operator left;
    private final Supplier<JoinTable> build;
    private final boolean ownsTable;
    private final PhysicalNode.HashJoin node;
    private final JoinKind kind;
    private final PredicateEvaluator residual;
    private final RuntimeRanges ranges;
    private final int[] keys;
    private final boolean[] nullSafe;
    private final PairedColumns paired;
    private JoinTable table;
    private RowFinder finder;
    private boolean ended;
    private ColumnBatch batch;
    private Selection keyed;
    // The first partner of each row with a key.
    private int[] partners = new int[0];
    private boolean[] leftMatched;
    private int at;
    private int chainRow;
    private boolean rightPhase;
    private int rightAt;

    /** Pairs of rows that wait to become a batch. */
    private final int[] leftPairs;

    private final int[] rightPairs;

    /**
     * Joins {@code left} with what {@code build} makes.
     *
     * @param ownsTable whether this operator closes the table
     */
    public HashJoinOperator(
            OperatorStatistics statistics,
            TaskContext task,
            Operator left,
            Supplier<JoinTable> build,
            boolean ownsTable,
            PhysicalNode.HashJoin node,
            ExpressionCompiler compiler,
            RuntimeRanges ranges) {
        super(statistics);
        this.task = task;
        this.left = left;
        this.build = build;
        this.ownsTable = ownsTable;
        this.node = node;
        this.ranges = ranges;
        kind = node.kind();
        residual = node.residual() == null ? null : compiler.predicate(node.residual());
        Set<Integer> read =
                node.residual() == null ? Set.of() : ExpressionCompiler.columnsOf(node.residual());
        paired =
                new PairedColumns(
                        node.left().outputTypes(),
                        node.right().outputTypes(),
                        kind.showsRight() ? null : read);
        keys = node.leftKeys().stream().mapToInt(Integer::intValue).toArray();
        nullSafe = new boolean[keys.length];
        for (int i = 0; i < keys.length; i++) {
            nullSafe[i] = node.nullSafe().get(i);
        }
        leftPairs = new int[task.batchRows()];
        rightPairs = new int[task.batchRows()];
    }

    /** Makes the table of a join's right side from its operator. */
    public static JoinTable build(
            TaskContext task,
            PhysicalNode.HashJoin node,
            Operator right,
            OperatorMemory memory,
            int probes) {
        return JoinTable.build(task, node, right, memory, probes);
    }

    @Override
    protected ColumnBatch pull() {
        if (table == null && !ended) {
            open();
        }
        while (!ended) {
            ColumnBatch out = batch == null ? nextLeft() : nextPairs();
            if (out != null && out.rowCount() > 0) {
                return out;
            }
        }
        return rightPhase ? unmatchedRight() : null;
    }

    private void open() {
        table = build.get();
        finder = table.finder();
        for (int i = 0; i < node.runtimeFilters().size(); i++) {
            int filter = node.runtimeFilters().get(i);
            RuntimeRanges.Range range = filter < 0 ? null : table.range(i);
            if (range != null) {
                ranges.tell(filter, range);
            }
        }
        boolean needsPartner =
                kind == JoinKind.INNER
                        || kind == JoinKind.LEFT_SEMI
                        || kind == JoinKind.RIGHT_OUTER;
        if (needsPartner && table.hasNoKeys()) {
            endLeft();
        }
    }

    private void endLeft() {
        ended = true;
        left.close();
        if (table.endProbe() && kind.keepsUnmatchedRight()) {
            rightPhase = true;
        }
    }

    /** Takes a left batch; answers rows if that is all there is to do with it. */
    private ColumnBatch nextLeft() {
        ColumnBatch next = left.next();
        if (next == null) {
            endLeft();
            return null;
        }
        task.checkStopped();
        Selection selection = next.selection();
        keyed = JoinTable.withKeys(next.columns(), keys, nullSafe, selection);
        if (partners.length < keyed.count()) {
            partners = new int[keyed.count()];
        }
        ColumnVector[] keyColumns = new ColumnVector[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keyColumns[i] = next.column(keys[i]);
        }
        finder.find(keyColumns, keyed, partners);
        if (residual == null && !kind.showsRight()) {
            return withoutRight(next);
        }
        if (residual == null && table.isUnique()) {
            return oneToOne(next);
        }
        batch = next;
        at = 0;
        chainRow = -1;
        boolean asksLeft = kind.keepsUnmatchedLeft() || !kind.showsRight();
        leftMatched = asksLeft ? new boolean[selection.bound()] : null;
        return null;
    }

    private ColumnBatch withoutRight(ColumnBatch next) {
        if (kind == JoinKind.LEFT_MARK) {
            return marked(next);
        }
        boolean[] found = new boolean[next.selection().bound()];
        for (int k = 0; k < keyed.count(); k++) {
            found[keyed.position(k)] = partners[k] >= 0;
        }
        return next.select(next.selection().where(found, kind == JoinKind.LEFT_SEMI));
    }

    private ColumnBatch marked(ColumnBatch next) {
        Selection selection = next.selection();
        BooleanVector mark = new BooleanVector(selection.bound());
        boolean unknown = table.hasNullKey();
        if (!table.isEmpty() && keyed.count() < selection.count()) {
            // A NULL on the left equals nothing for certain and differs from nothing for certain.
            for (int k = 0; k < selection.count(); k++) {
                mark.setNull(selection.position(k));
            }
        }
        for (int k = 0; k < keyed.count(); k++) {
            int row = keyed.position(k);
            if (partners[k] >= 0) {
                mark.values()[row] = true;
                mark.clearNull(row);
            } else if (unknown) {
                mark.setNull(row);
            } else {
                mark.clearNull(row);
            }
        }
        ColumnVector[] columns = Arrays.copyOf(next.columns(), next.columnCount() + 1);
        columns[next.columnCount()] = mark;
        return new ColumnBatch(columns, selection);
    }

    /** Each left row has at most one partner: the left columns stay where they are. */
    private ColumnBatch oneToOne(ColumnBatch next) {
        Selection selection = next.selection();
        int[] partner = new int[selection.bound()];
        byte[] rightMatched = table.matched();
        boolean keepsLeft = kind.keepsUnmatchedLeft();
        if (keepsLeft && keyed.count() < selection.count()) {
            Arrays.fill(partner, -1);
        }
        int[] kept = keepsLeft ? null : new int[keyed.count()];
        int count = 0;
        boolean missing = keyed.count() < selection.count();
        int[] positions = keyed.positions();
        for (int k = 0; k < keyed.count(); k++) {
            int row = positions == null ? k : positions[k];
            int rightRow = partners[k];
            partner[row] = rightRow;
            if (rightRow < 0) {
                missing = true;
                continue;
            }
            if (rightMatched != null) {
                rightMatched[rightRow] = 1;
            }
            if (kept != null) {
                kept[count++] = row;
            }
        }
        Selection rows = selection;
        if (kept != null && count < selection.count()) {
            rows = Selection.of(kept, count);
        }
        ColumnVector[] columns =
                Arrays.copyOf(next.columns(), next.columnCount() + table.rows().columns().length);
        for (int i = next.columnCount(); i < columns.length; i++) {
            columns[i] =
                    new DictionaryVector(
                            table.rows().column(i - next.columnCount()),
                            table.rows().rows(),
                            partner,
                            missing && keepsLeft);
        }
        return new ColumnBatch(columns, rows);
    }

    /** The next pairs of the current left batch, and what is left of it at its end. */
    private ColumnBatch nextPairs() {
        task.checkStopped();
        int count = fillPairs();
        if (count == 0) {
            ColumnBatch rest = restOfLeft();
            batch = null;
            return rest;
        }
        ColumnVector[] columns =
                paired.gather(batch.columns(), leftPairs, table.rows(), rightPairs, count);
        Selection passed = Selection.all(count);
        if (residual != null) {
            passed = residual.select(columns, passed);
        }
        byte[] rightMatched = table.matched();
        for (int k = 0; k < passed.count(); k++) {
            int pair = passed.position(k);
            if (leftMatched != null) {
                leftMatched[leftPairs[pair]] = true;
            }
            if (rightMatched != null) {
                rightMatched[rightPairs[pair]] = 1;
            }
        }
        return kind.showsRight() ? new ColumnBatch(columns, passed) : null;
    }

    private int fillPairs() {
        int[] next = table.next();
        int count = 0;
        int capacity = leftPairs.length;
        boolean oneIsEnough = !kind.showsRight();
        while (count < capacity) {
            if (chainRow < 0) {
                if (at == keyed.count()) {
                    break;
                }
                chainRow = partners[at];
                if (chainRow < 0) {
                    at++;
                    continue;
                }
            }
            int row = keyed.position(at);
            if (oneIsEnough && leftMatched[row]) {
                chainRow = -1;
                at++;
                continue;
            }
            while (chainRow >= 0 && count < capacity) {
                leftPairs[count] = row;
                rightPairs[count++] = chainRow;
                chainRow = next == null ? -1 : next[chainRow];
            }
            if (chainRow < 0) {
                at++;
            }
        }
        return count;
    }

    private ColumnBatch restOfLeft() {
        if (leftMatched == null) {
            return null;
        }
        if (!kind.showsRight()) {
            return batch.select(batch.selection().where(leftMatched, kind == JoinKind.LEFT_SEMI));
        }
        Selection rest = batch.selection().where(leftMatched, false);
        return rest.count() == 0 ? null : paired.withoutRight(batch.columns(), rest);
    }

    private ColumnBatch unmatchedRight() {
        byte[] rightMatched = table.matched();
        int[] rows = new int[task.batchRows()];
        int count = 0;
        while (rightAt < rightMatched.length && count < rows.length) {
            rows[count] = rightAt;
            count += rightMatched[rightAt++] == 0 ? 1 : 0;
        }
        return count == 0 ? null : paired.withoutLeft(table.rows(), rows, count);
    }

    @Override
    public void close() {
        ended = true;
        rightPhase = false;
        batch = null;
        left.close();
        if (ownsTable && table != null) {
            table.close();
        }
    }
}
