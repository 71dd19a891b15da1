package org.skep.executor.join;

import java.util.Arrays;
import java.util.function.Supplier;
import org.skep.executor.expression.ExpressionCompiler;
import org.skep.executor.expression.PredicateEvaluator;
import org.skep.executor.expression.ProjectionEvaluator;
import org.skep.executor.operator.Operator;
import org.skep.executor.task.OperatorStatistics;
import org.skep.executor.task.TaskContext;
import org.skep.executor.vector.RowBuffer;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.types.vector.BooleanVector;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.ColumnVector;
import org.skep.types.vector.ConstantVector;
import org.skep.types.vector.DictionaryVector;
import org.skep.types.vector.Selection;

/**
 * Tries every pair of a left and a right row: a whole left batch against one right row at a time,
 * or one left row against many right rows, whichever makes longer loops. Confined to one thread.
 */
public final class NestedLoopJoinOperator extends Operator {
    private final TaskContext task;
    private final Operator left;
    private final Supplier<RightRows> build;
    private final boolean ownsRight;
    private final JoinKind kind;
    private final PredicateEvaluator condition;
    private final ProjectionEvaluator mark;
    private final PairedColumns paired;
    private final int rightColumns;
    private RightRows right;
    private boolean ended;
    private boolean rightPhase;
    private int rightAt;
    private ColumnBatch batch;
    private boolean byRight;
    private int leftAt;
    private int rightFrom;
    private boolean[] leftMatched;
    private boolean[] leftUnknown;

    /**
     * Joins {@code left} with the rows that {@code build} collects.
     *
     * @param ownsRight whether this operator closes them
     */
    public NestedLoopJoinOperator(
            OperatorStatistics statistics,
            TaskContext task,
            Operator left,
            Supplier<RightRows> build,
            boolean ownsRight,
            PhysicalNode.NestedLoopJoin node,
            ExpressionCompiler compiler) {
        super(statistics);
        this.task = task;
        this.left = left;
        this.build = build;
        this.ownsRight = ownsRight;
        kind = node.kind();
        boolean marks = kind == JoinKind.LEFT_MARK && node.condition() != null;
        condition = node.condition() == null || marks ? null : compiler.predicate(node.condition());
        mark = marks ? compiler.projection(java.util.List.of(node.condition())) : null;
        rightColumns = node.right().outputTypes().size();
        paired = new PairedColumns(node.left().outputTypes(), node.right().outputTypes(), null);
    }

    @Override
    protected ColumnBatch pull() {
        if (right == null && !ended) {
            right = build.get();
            if (right.rows().rows() == 0
                    && (kind == JoinKind.INNER
                            || kind == JoinKind.LEFT_SEMI
                            || kind == JoinKind.RIGHT_OUTER)) {
                endLeft();
            }
        }
        while (!ended) {
            ColumnBatch out = batch == null ? nextLeft() : nextPairs();
            if (out != null && out.rowCount() > 0) {
                return out;
            }
        }
        return rightPhase ? unmatchedRight() : null;
    }

    private void endLeft() {
        ended = true;
        left.close();
        rightPhase = right.endProbe() && kind.keepsUnmatchedRight();
    }

    private ColumnBatch nextLeft() {
        batch = left.next();
        if (batch == null) {
            endLeft();
            return null;
        }
        byRight = right.rows().rows() <= batch.rowCount();
        leftAt = 0;
        rightFrom = 0;
        int bound = batch.selection().bound();
        leftMatched = kind.keepsUnmatchedLeft() || !kind.showsRight() ? new boolean[bound] : null;
        leftUnknown = kind == JoinKind.LEFT_MARK ? new boolean[bound] : null;
        return null;
    }

    private ColumnBatch nextPairs() {
        task.checkStopped();
        if (byRight ? rightFrom == right.rows().rows() : leftAt == batch.rowCount()) {
            ColumnBatch rest = restOfLeft();
            batch = null;
            return rest;
        }
        return byRight ? wholeBatchWithOne() : oneWithMany();
    }

    private ColumnBatch wholeBatchWithOne() {
        int row = rightFrom++;
        int leftColumns = batch.columnCount();
        ColumnVector[] columns = Arrays.copyOf(batch.columns(), leftColumns + rightColumns);
        for (int i = 0; i < rightColumns; i++) {
            columns[leftColumns + i] = one(right.rows().column(i), row);
        }
        Selection tried = batch.selection();
        if (leftMatched != null && !kind.showsRight()) {
            tried = tried.where(leftMatched, false);
        }
        Selection passed = passing(columns, tried, -1);
        if (leftMatched != null) {
            for (int k = 0; k < passed.count(); k++) {
                leftMatched[passed.position(k)] = true;
            }
        }
        if (passed.count() > 0 && right.matched() != null) {
            right.matched()[row] = 1;
        }
        return kind.showsRight() ? new ColumnBatch(columns, passed) : null;
    }

    private ColumnBatch oneWithMany() {
        int row = batch.selection().position(leftAt);
        int total = right.rows().rows();
        int count = Math.min(task.batchRows(), total - rightFrom);
        int from = rightFrom;
        int leftColumns = batch.columnCount();
        ColumnVector[] columns = new ColumnVector[leftColumns + rightColumns];
        for (int i = 0; i < leftColumns; i++) {
            columns[i] = one(batch.column(i), row);
        }
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = from + i;
        }
        for (int i = 0; i < rightColumns; i++) {
            columns[leftColumns + i] =
                    new DictionaryVector(right.rows().column(i), total, ids, false);
        }
        Selection passed = passing(columns, Selection.all(count), row);
        if (leftMatched != null && passed.count() > 0) {
            leftMatched[row] = true;
        }
        if (right.matched() != null) {
            for (int k = 0; k < passed.count(); k++) {
                right.matched()[from + passed.position(k)] = 1;
            }
        }
        rightFrom += count;
        boolean decided = !kind.showsRight() && leftMatched[row];
        if (rightFrom == total || decided) {
            rightFrom = 0;
            leftAt++;
        }
        return kind.showsRight() ? new ColumnBatch(columns, passed) : null;
    }

    /** The pairs for which the condition is true; notes the left rows for which it is NULL. */
    private Selection passing(ColumnVector[] columns, Selection tried, int leftRow) {
        if (tried.count() == 0) {
            return tried;
        }
        if (mark == null) {
            return condition == null ? tried : condition.select(columns, tried);
        }
        ColumnVector values = mark.evaluate(columns, tried)[0];
        int[] passed = new int[tried.count()];
        int count = 0;
        for (int k = 0; k < tried.count(); k++) {
            int row = tried.position(k);
            if (values.isNull(row)) {
                leftUnknown[leftRow < 0 ? row : leftRow] = true;
            } else if (isTrue(values, row)) {
                passed[count++] = row;
            }
        }
        return Selection.of(passed, count);
    }

    private static boolean isTrue(ColumnVector values, int row) {
        if (values instanceof ConstantVector constant) {
            return ((BooleanVector) constant.value()).values()[0];
        }
        if (values instanceof DictionaryVector dictionary) {
            return ((BooleanVector) dictionary.values()).values()[dictionary.ids()[row]];
        }
        return ((BooleanVector) values).values()[row];
    }

    private static ColumnVector one(ColumnVector column, int row) {
        if (column instanceof ConstantVector) {
            return column;
        }
        ColumnVector value = ColumnVector.create(column.type(), 1);
        value.copyOne(column, row, 0);
        return new ConstantVector(value);
    }

    private ColumnBatch restOfLeft() {
        if (leftMatched == null) {
            return null;
        }
        Selection selection = batch.selection();
        if (kind == JoinKind.LEFT_MARK) {
            BooleanVector marks = new BooleanVector(selection.bound());
            for (int k = 0; k < selection.count(); k++) {
                int row = selection.position(k);
                marks.values()[row] = leftMatched[row];
                if (!leftMatched[row] && leftUnknown[row]) {
                    marks.setNull(row);
                }
            }
            ColumnVector[] columns = Arrays.copyOf(batch.columns(), batch.columnCount() + 1);
            columns[batch.columnCount()] = marks;
            return new ColumnBatch(columns, selection);
        }
        if (!kind.showsRight()) {
            return batch.select(selection.where(leftMatched, kind == JoinKind.LEFT_SEMI));
        }
        Selection rest = selection.where(leftMatched, false);
        return rest.count() == 0 ? null : paired.withoutRight(batch.columns(), rest);
    }

    private ColumnBatch unmatchedRight() {
        RowBuffer rows = right.rows();
        int[] ids = new int[task.batchRows()];
        int count = 0;
        while (rightAt < rows.rows() && count < ids.length) {
            ids[count] = rightAt;
            count += right.matched()[rightAt++] == 0 ? 1 : 0;
        }
        return count == 0 ? null : paired.withoutLeft(rows, ids, count);
    }

    @Override
    public void close() {
        ended = true;
        rightPhase = false;
        batch = null;
        left.close();
        if (ownsRight && right != null) {
            right.close();
        }
    }
}
