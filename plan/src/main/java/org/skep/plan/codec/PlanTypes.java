package org.skep.plan.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.AggregateCall;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.SortKey;
import org.skep.plan.node.WindowCall;
import org.skep.plan.node.WindowFrame;
import org.skep.plan.node.WriteTarget;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageOutput;
import org.skep.plan.stage.TaskFragment;
import org.skep.plan.stage.TaskReport;
import org.skep.storage.ColumnRange;
import org.skep.storage.ColumnStatistics;
import org.skep.storage.FileStatistics;
import org.skep.storage.ScanColumn;
import org.skep.storage.Split;
import org.skep.storage.TableLayout;
import org.skep.storage.WrittenFile;

/**
 * The closed list of records that a fragment may consist of, by the names that stand in its bytes.
 * Immutable.
 */
final class PlanTypes {
    private static final List<Class<? extends Record>> CLASSES =
            List.of(
                    Expression.InputColumn.class,
                    Expression.Literal.class,
                    Expression.Call.class,
                    Expression.Cast.class,
                    Expression.And.class,
                    Expression.Or.class,
                    Expression.Case.class,
                    Expression.Coalesce.class,
                    Expression.InList.class,
                    PhysicalNode.TableScan.class,
                    PhysicalNode.TableScan.PartitionColumn.class,
                    PhysicalNode.TableScan.RuntimeFilterUse.class,
                    PhysicalNode.Values.class,
                    PhysicalNode.ExchangeRead.class,
                    PhysicalNode.Filter.class,
                    PhysicalNode.Project.class,
                    PhysicalNode.Expand.class,
                    PhysicalNode.Generate.class,
                    PhysicalNode.HashJoin.class,
                    PhysicalNode.NestedLoopJoin.class,
                    PhysicalNode.Aggregate.class,
                    PhysicalNode.Window.class,
                    PhysicalNode.Sort.class,
                    PhysicalNode.TopN.class,
                    PhysicalNode.Limit.class,
                    PhysicalNode.UnionAll.class,
                    PhysicalNode.TableWrite.class,
                    AggregateCall.class,
                    SortKey.class,
                    WindowCall.class,
                    WindowFrame.class,
                    WindowFrame.Bound.class,
                    WriteTarget.class,
                    QueryContext.class,
                    Stage.class,
                    TaskFragment.class,
                    TaskReport.class,
                    TaskReport.Written.class,
                    TaskReport.Operator.class,
                    ScanSplit.class,
                    StageOutput.Result.class,
                    StageOutput.None.class,
                    StageOutput.Gather.class,
                    StageOutput.Hash.class,
                    StageOutput.Broadcast.class,
                    StageOutput.RoundRobin.class,
                    ColumnRange.class,
                    ScanColumn.class,
                    Split.class,
                    TableLayout.class,
                    TableLayout.Column.class,
                    WrittenFile.class,
                    FileStatistics.class,
                    ColumnStatistics.class);

    private static final Map<String, Class<? extends Record>> BY_NAME = byName();

    private PlanTypes() {}

    private static Map<String, Class<? extends Record>> byName() {
        Map<String, Class<? extends Record>> map = new LinkedHashMap<>();
        for (Class<? extends Record> type : CLASSES) {
            if (map.put(nameOf(type), type) != null) {
                throw new IllegalStateException("Two plan types are called " + nameOf(type));
            }
        }
        return map;
    }

    /**
     * The name of a type in the bytes: the nested name, such as {@code TableScan.PartitionColumn}.
     */
    static String nameOf(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer != null && outer.isRecord()
                ? nameOf(outer) + "." + type.getSimpleName()
                : type.getSimpleName();
    }

    /** The class of that name, or null. */
    static Class<? extends Record> named(String name) {
        return BY_NAME.get(name);
    }

    /** Whether the class is on the list. */
    static boolean contains(Class<?> type) {
        return type.isRecord() && type.equals(BY_NAME.get(nameOf(type)));
    }
}
