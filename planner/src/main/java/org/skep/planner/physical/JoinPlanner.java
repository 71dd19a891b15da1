package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.StageOutput;
import org.skep.types.DataType;

/**
 * Plans joins: by hash where keys are equal, which side is kept in memory, and how rows meet.
 * Confined to one thread.
 */
final class JoinPlanner {
    // A right side of up to about this many bytes is sent whole to every task of the left.
    private static final double BROADCAST_BYTES = 256L << 20;

    private final PhysicalPlanner planner;
    private final StageCutter stages;

    JoinPlanner(PhysicalPlanner planner, StageCutter stages) {
        this.planner = planner;
        this.stages = stages;
    }

    /**
     * Equal keys of the two sides, over each side's own columns, and what else the condition says.
     */
    private record Keys(
            List<RexNode> left, List<RexNode> right, List<Boolean> nullSafe, List<RexNode> rest) {}

    Part convert(Join join, ImmutableBitSet required) {
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        int rightWidth = join.getRight().getRowType().getFieldCount();
        Keys keys = keys(join.getCondition(), leftWidth, rightWidth);
        boolean swap = swaps(join);
        RelNode left = swap ? join.getRight() : join.getLeft();
        RelNode right = swap ? join.getLeft() : join.getRight();
        List<RexNode> leftKeys = swap ? keys.right() : keys.left();
        List<RexNode> rightKeys = swap ? keys.left() : keys.right();
        JoinKind kind = kind(join.getJoinType(), swap);

        ImmutableBitSet ofCondition = RelOptUtil.InputFinder.bits(keys.rest(), null);
        ImmutableBitSet all = required.union(ofCondition);
        ImmutableBitSet requiredLeft =
                side(all, swap ? leftWidth : 0, swap ? rightWidth : leftWidth);
        ImmutableBitSet requiredRight =
                side(all, swap ? 0 : leftWidth, swap ? leftWidth : rightWidth);
        Side leftSide = side(left, requiredLeft, leftKeys);
        Side rightSide = side(right, requiredRight, rightKeys);

        boolean hash =
                !leftKeys.isEmpty()
                        && !(kind == JoinKind.LEFT_MARK
                                && (leftKeys.size() > 1 || !keys.rest().isEmpty()));
        Met met = meet(kind, hash, leftSide, rightSide, right);
        int leftColumns = met.left.node().outputTypes().size();
        int shownLeft = leftWidth;
        boolean swapped = swap;
        ExpressionConverter condition =
                new ExpressionConverter(
                        column ->
                                position(
                                        column,
                                        shownLeft,
                                        swapped,
                                        met.left,
                                        met.right,
                                        leftColumns));
        PhysicalNode node;
        if (hash) {
            List<RexNode> rest = keys.rest();
            node =
                    new PhysicalNode.HashJoin(
                            kind,
                            met.left.node(),
                            met.right.node(),
                            leftSide.keys(),
                            rightSide.keys(),
                            keys.nullSafe(),
                            rest.isEmpty() ? null : condition.convert(planner.rex().and(rest)),
                            leftSide.keys().stream().map(key -> -1).toList());
        } else {
            RexNode whole = join.getCondition();
            node =
                    new PhysicalNode.NestedLoopJoin(
                            kind,
                            met.left.node(),
                            met.right.node(),
                            whole.isAlwaysTrue()
                                    ? null
                                    : wholeCondition(
                                            keys, leftSide, rightSide, condition, leftColumns));
        }
        return new Part(
                node,
                mapping(join, kind, swap, leftWidth, rightWidth, met, leftColumns),
                met.left.single());
    }

    // The equal keys are columns of the two sides; the rest is converted as it stands.
    private Expression wholeCondition(
            Keys keys, Side left, Side right, ExpressionConverter condition, int leftColumns) {
        List<Expression> conjuncts = new ArrayList<>();
        List<DataType> leftTypes = left.part.node().outputTypes();
        List<DataType> rightTypes = right.part.node().outputTypes();
        for (int i = 0; i < left.keys.size(); i++) {
            int a = left.keys.get(i);
            int b = right.keys.get(i);
            conjuncts.add(
                    new Expression.Call(
                            keys.nullSafe().get(i) ? "<=>" : "=",
                            List.of(
                                    new Expression.InputColumn(a, leftTypes.get(a)),
                                    new Expression.InputColumn(leftColumns + b, rightTypes.get(b))),
                            DataType.BOOLEAN));
        }
        keys.rest().forEach(node -> conjuncts.add(condition.convert(node)));
        return conjuncts.size() == 1 ? conjuncts.get(0) : new Expression.And(conjuncts);
    }

    private static int position(
            int column, int leftWidth, boolean swap, Part left, Part right, int leftColumns) {
        boolean ofLeft = column < leftWidth;
        int own = ofLeft ? column : column - leftWidth;
        return ofLeft != swap ? left.column(own) : leftColumns + right.column(own);
    }

    private static List<Integer> mapping(
            Join join,
            JoinKind kind,
            boolean swap,
            int leftWidth,
            int rightWidth,
            Met met,
            int leftColumns) {
        List<Integer> mapping = new ArrayList<>();
        for (int i = 0; i < leftWidth; i++) {
            int column = (swap ? met.right : met.left).column(i);
            mapping.add(column < 0 ? -1 : swap ? leftColumns + column : column);
        }
        if (kind.showsRight()) {
            for (int i = 0; i < rightWidth; i++) {
                int column = (swap ? met.left : met.right).column(i);
                mapping.add(column < 0 ? -1 : swap ? column : leftColumns + column);
            }
        } else if (join.getJoinType() == JoinRelType.LEFT_MARK) {
            mapping.add(leftColumns);
        }
        return mapping;
    }

    private static ImmutableBitSet side(ImmutableBitSet all, int from, int width) {
        return all.intersect(ImmutableBitSet.range(from, from + width)).shift(-from);
    }

    /** One side with its keys as columns. */
    private record Side(Part part, List<Integer> keys) {}

    private Side side(RelNode rel, ImmutableBitSet required, List<RexNode> keys) {
        ImmutableBitSet needed = required.union(RelOptUtil.InputFinder.bits(keys, null));
        Part part = planner.convert(rel, needed);
        part = planner.narrowed(part, needed);
        List<Integer> columns = new ArrayList<>();
        List<Expression> wide = new ArrayList<>();
        List<DataType> types = part.node().outputTypes();
        for (int i = 0; i < types.size(); i++) {
            wide.add(new Expression.InputColumn(i, types.get(i)));
        }
        ExpressionConverter converter = new ExpressionConverter(part::column);
        for (RexNode key : keys) {
            if (key instanceof RexInputRef reference) {
                columns.add(part.column(reference.getIndex()));
            } else {
                columns.add(wide.size());
                wide.add(converter.convert(key));
            }
        }
        return new Side(
                wide.size() == types.size()
                        ? part
                        : part.with(new PhysicalNode.Project(part.node(), wide)),
                columns);
    }

    /** The two sides where their rows can meet. */
    private record Met(Part left, Part right) {}

    private Met meet(JoinKind kind, boolean hash, Side left, Side right, RelNode rightRel) {
        Part l = left.part();
        Part r = right.part();
        if (l.single() && r.single()) {
            return new Met(l, r);
        }
        if (kind.keepsUnmatchedRight() || l.single()) {
            if (hash && !l.single() && !r.single()) {
                return partitioned(left, right);
            }
            return new Met(planner.gathered(l), planner.gathered(r));
        }
        if (!hash || r.single() || bytes(rightRel) <= BROADCAST_BYTES) {
            return new Met(
                    l,
                    new Part(stages.exchange(r, new StageOutput.Broadcast()), r.columns(), false));
        }
        return partitioned(left, right);
    }

    private Met partitioned(Side left, Side right) {
        PhysicalNode l = stages.exchange(left.part(), new StageOutput.Hash(left.keys()));
        PhysicalNode r = stages.exchange(right.part(), new StageOutput.Hash(right.keys()));
        return new Met(
                new Part(l, left.part().columns(), false),
                new Part(r, right.part().columns(), false));
    }

    private static double bytes(RelNode rel) {
        return rows(rel) * 8 * Math.max(1, Math.min(8, rel.getRowType().getFieldCount()));
    }

    private static double rows(RelNode rel) {
        RelMetadataQuery metadata = rel.getCluster().getMetadataQuery();
        Double rows = metadata.getRowCount(rel);
        return rows == null ? Double.MAX_VALUE : rows;
    }

    // The right side is kept in memory: it should be the smaller one, and for a RIGHT join the left
    // one.
    private static boolean swaps(Join join) {
        return switch (join.getJoinType()) {
            case RIGHT -> true;
            case INNER -> rows(join.getLeft()) < rows(join.getRight());
            default -> false;
        };
    }

    private static JoinKind kind(JoinRelType type, boolean swap) {
        return switch (type) {
            case INNER -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT_OUTER;
            case RIGHT -> swap ? JoinKind.LEFT_OUTER : JoinKind.RIGHT_OUTER;
            case FULL -> JoinKind.FULL_OUTER;
            case SEMI -> JoinKind.LEFT_SEMI;
            case ANTI -> JoinKind.LEFT_ANTI;
            case LEFT_MARK -> JoinKind.LEFT_MARK;
            default -> throw new IllegalStateException("No join " + type);
        };
    }

    private Keys keys(RexNode condition, int leftWidth, int rightWidth) {
        Keys keys =
                new Keys(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        ImmutableBitSet leftBits = ImmutableBitSet.range(leftWidth);
        ImmutableBitSet rightBits = ImmutableBitSet.range(leftWidth, leftWidth + rightWidth);
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            boolean nullSafe = conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
            if (!(nullSafe || conjunct.getKind() == SqlKind.EQUALS)
                    || !RexUtil.isDeterministic(conjunct)) {
                keys.rest().add(conjunct);
                continue;
            }
            RexNode a = ((RexCall) conjunct).getOperands().get(0);
            RexNode b = ((RexCall) conjunct).getOperands().get(1);
            ImmutableBitSet ofA = RelOptUtil.InputFinder.bits(a);
            ImmutableBitSet ofB = RelOptUtil.InputFinder.bits(b);
            if (ofA.isEmpty() || ofB.isEmpty()) {
                keys.rest().add(conjunct);
            } else if (leftBits.contains(ofA) && rightBits.contains(ofB)) {
                add(keys, a, b, leftWidth, nullSafe);
            } else if (leftBits.contains(ofB) && rightBits.contains(ofA)) {
                add(keys, b, a, leftWidth, nullSafe);
            } else {
                keys.rest().add(conjunct);
            }
        }
        return keys;
    }

    private static void add(
            Keys keys, RexNode left, RexNode right, int leftWidth, boolean nullSafe) {
        keys.left().add(left);
        keys.right().add(RexUtil.shift(right, -leftWidth));
        keys.nullSafe().add(nullSafe);
    }
}
