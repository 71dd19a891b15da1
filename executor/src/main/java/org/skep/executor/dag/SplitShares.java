package org.skep.executor.dag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;

/**
 * Deals the splits of a stage's scans out to its tasks beforehand, for runners whose tasks cannot
 * take splits from each other. A scan on the right of a join that each task keeps whole goes to all
 * of them. Immutable.
 */
public final class SplitShares {
    private final StageGraph graph;
    private final List<List<ScanSplit>> shares = new ArrayList<>();

    /**
     * Deals out.
     *
     * @param splits by scan id
     * @param tasks how many tasks the stage has
     */
    public SplitShares(
            StageGraph graph, Stage stage, Map<Integer, List<ScanSplit>> splits, int tasks) {
        this.graph = graph;
        for (int task = 0; task < tasks; task++) {
            shares.add(new ArrayList<>());
        }
        Map<Integer, Boolean> scans = new HashMap<>();
        addScans(stage.root(), false, scans);
        long[] loads = new long[tasks];
        scans.forEach((scan, whole) -> deal(splits.getOrDefault(scan, List.of()), whole, loads));
    }

    /** The splits of one task, of all its scans. */
    public List<ScanSplit> of(int task) {
        return List.copyOf(shares.get(task));
    }

    private void addScans(PhysicalNode node, boolean whole, Map<Integer, Boolean> scans) {
        if (node instanceof PhysicalNode.TableScan scan) {
            scans.put(scan.scanId(), whole);
        } else if (node instanceof PhysicalNode.HashJoin join) {
            addScans(join.left(), whole, scans);
            addScans(join.right(), whole || isReplicated(join.right()), scans);
        } else if (node instanceof PhysicalNode.NestedLoopJoin join) {
            addScans(join.left(), whole, scans);
            addScans(join.right(), whole || isReplicated(join.right()), scans);
        } else {
            node.inputs().forEach(input -> addScans(input, whole, scans));
        }
    }

    // As the operators' builder decides it.
    private boolean isReplicated(PhysicalNode node) {
        if (node instanceof PhysicalNode.ExchangeRead read) {
            return graph.stage(read.stage()).output() instanceof StageOutput.Broadcast;
        }
        return node.inputs().stream().allMatch(this::isReplicated);
    }

    // Each to whoever has the least so far.
    private void deal(List<ScanSplit> splits, boolean whole, long[] loads) {
        for (ScanSplit split : splits) {
            if (whole) {
                shares.forEach(share -> share.add(split));
            } else {
                int least = 0;
                for (int task = 1; task < loads.length; task++) {
                    if (loads[task] < loads[least]) {
                        least = task;
                    }
                }
                shares.get(least).add(split);
                loads[least] += Math.max(1, split.split().length());
            }
        }
    }
}
