package org.skep.planner.optimize;

import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMdRowCount;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * How many rows joins give: the product of both sides divided by the larger number of distinct
 * keys. Calcite's constant 0.15 for an equality would make cross joins look good. Stateless.
 */
public final class RowCounts extends RelMdRowCount {
    @Override
    public Double getRowCount(Join join, RelMetadataQuery metadata) {
        double left = metadata.getRowCount(join.getLeft());
        double right = metadata.getRowCount(join.getRight());
        JoinInfo info = join.analyzeCondition();
        double distinctLeft = 1;
        double distinctRight = 1;
        double selectivity = 1;
        for (int i = 0; i < info.leftKeys.size(); i++) {
            double a = distinct(metadata, join, true, info.leftKeys.get(i), left);
            double b = distinct(metadata, join, false, info.rightKeys.get(i), right);
            distinctLeft *= a;
            distinctRight *= b;
            selectivity /= Math.max(a, b);
        }
        selectivity = Math.max(selectivity, 1 / Math.max(1, Math.max(left, right)));
        if (info.leftKeys.isEmpty()) {
            selectivity = 1;
        }
        if (!info.isEqui()) {
            selectivity *= Math.pow(0.5, info.nonEquiConditions.size());
        }
        double matching =
                Math.min(
                        1,
                        Math.min(distinctRight, right) / Math.max(1, Math.min(distinctLeft, left)));
        double inner = left * right * selectivity;
        JoinRelType type = join.getJoinType();
        return Math.max(
                1,
                switch (type) {
                    case SEMI -> left * (info.leftKeys.isEmpty() ? 0.5 : matching);
                    case ANTI -> left * Math.max(0.1, 1 - matching);
                    case LEFT_MARK -> left;
                    case LEFT -> Math.max(left, inner);
                    case RIGHT -> Math.max(right, inner);
                    case FULL -> Math.max(left + right, inner);
                    default -> inner;
                });
    }

    private static double distinct(
            RelMetadataQuery metadata, Join join, boolean ofLeft, int key, double rows) {
        Double count =
                metadata.getDistinctRowCount(
                        ofLeft ? join.getLeft() : join.getRight(), ImmutableBitSet.of(key), null);
        return Math.max(1, count == null ? Math.sqrt(rows) : Math.min(count, rows));
    }
}
