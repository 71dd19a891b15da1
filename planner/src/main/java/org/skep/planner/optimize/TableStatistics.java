package org.skep.planner.optimize;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.skep.planner.analysis.RexFactory;
import org.skep.planner.rel.HiveFunction;
import org.skep.planner.rel.TableHandle;
import org.skep.storage.ColumnStatistics;
import org.skep.types.Datum;
import org.skep.types.NanoTime;

/** Guesses which part of a table's rows fulfils a condition. Stateless. */
final class TableStatistics {
    private static final double UNKNOWN_EQUAL = 0.05;
    private static final double UNKNOWN_RANGE = 0.33;
    private static final double UNKNOWN = 0.25;

    private TableStatistics() {}

    static TableHandle handle(TableScan scan) {
        return scan.getTable().unwrapOrThrow(TableHandle.class);
    }

    static ColumnStatistics column(TableScan scan, int index) {
        return handle(scan).estimate().column(scan.getRowType().getFieldNames().get(index));
    }

    /** How many distinct values a column has, at least 1. */
    static double distinct(TableScan scan, int index) {
        double known = column(scan, index).distinctCount();
        double rows = handle(scan).getRowCount();
        return Math.max(
                1,
                known > 0
                        ? Math.min(known, rows)
                        : Math.max(1, Math.min(rows, Math.pow(rows, 0.6))));
    }

    static double selectivity(TableScan scan, RexNode condition) {
        double product = 1;
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            product *= one(scan, conjunct);
        }
        return Math.max(1e-9, Math.min(1, product));
    }

    private static double one(TableScan scan, RexNode condition) {
        if (!(condition instanceof RexCall call)) {
            return condition.isAlwaysTrue() ? 1 : condition.isAlwaysFalse() ? 0 : UNKNOWN;
        }
        if (call.getOperator().getName().equals(HiveFunction.IN)) {
            int items = call.getOperands().size() - 1;
            return call.getOperands().get(0) instanceof RexInputRef column
                    ? Math.min(1, items / distinct(scan, column.getIndex()))
                    : Math.min(1, items * UNKNOWN_EQUAL);
        }
        return switch (call.getKind()) {
            case OR -> {
                double none = 1;
                for (RexNode operand : call.getOperands()) {
                    none *= 1 - selectivity(scan, operand);
                }
                yield 1 - none;
            }
            case AND -> selectivity(scan, call);
            case NOT -> 1 - selectivity(scan, call.getOperands().get(0));
            case EQUALS, IS_NOT_DISTINCT_FROM -> equality(scan, call);
            case NOT_EQUALS -> 1 - equality(scan, call);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                    range(scan, call);
            case IS_NOT_NULL -> 0.95;
            case IS_NULL -> 0.05;
            default -> UNKNOWN / 2;
        };
    }

    private static double equality(TableScan scan, RexCall call) {
        for (RexNode operand : call.getOperands()) {
            if (operand instanceof RexInputRef column) {
                return 1 / distinct(scan, column.getIndex());
            }
        }
        return UNKNOWN_EQUAL;
    }

    private static double range(TableScan scan, RexCall call) {
        List<RexNode> operands = call.getOperands();
        boolean flipped = !(operands.get(0) instanceof RexInputRef);
        RexNode column = operands.get(flipped ? 1 : 0);
        Datum bound = RexFactory.constantOf(operands.get(flipped ? 0 : 1)).orElse(null);
        if (!(column instanceof RexInputRef reference) || bound == null || bound.isNull()) {
            return UNKNOWN_RANGE;
        }
        ColumnStatistics statistics = column(scan, reference.getIndex());
        double low = number(statistics.min());
        double high = number(statistics.max());
        double value = number(bound);
        if (Double.isNaN(low) || Double.isNaN(high) || Double.isNaN(value) || high <= low) {
            return UNKNOWN_RANGE;
        }
        double below = Math.max(0, Math.min(1, (value - low) / (high - low)));
        SqlKind kind = flipped ? call.getKind().reverse() : call.getKind();
        boolean less = kind == SqlKind.LESS_THAN || kind == SqlKind.LESS_THAN_OR_EQUAL;
        return Math.max(1e-4, less ? below : 1 - below);
    }

    private static double number(Datum value) {
        if (value == null || value.isNull()) {
            return Double.NaN;
        }
        if (value.value() instanceof Number number) {
            return number.doubleValue();
        }
        return value.value() instanceof NanoTime time ? time.micros() : Double.NaN;
    }
}
