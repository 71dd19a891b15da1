package org.skep.executor.dag;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;

/** Decides how many tasks each stage has. Immutable. */
public final class TaskCounts {
    private final StageGraph graph;
    private final Map<Integer, List<ScanSplit>> splits;
    private final int parallelism;
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Decides for a query.
     *
     * @param splits by scan id
     * @param parallelism how many tasks a stage is cut into at most
     */
    public TaskCounts(StageGraph graph, Map<Integer, List<ScanSplit>> splits, int parallelism) {
        this.graph = graph;
        this.splits = splits;
        this.parallelism = parallelism;
        graph.stages().forEach(stage -> counts.put(stage.name(), count(stage)));
    }

    /** How many tasks the stage of that name has. */
    public int of(String stage) {
        return counts.get(stage);
    }

    private int count(Stage stage) {
        if (stage.tasks() > 0) {
            return stage.tasks();
        }
        Reach reach = new Reach();
        reach.add(stage.root());
        if (reach.gathered) {
            return 1;
        }
        if (reach.dealt) {
            return parallelism;
        }
        return (int) Math.max(1, Math.min(parallelism, reach.splitCount));
    }

    /** What the rows that drive a stage come from: not those that joins keep in memory. */
    private final class Reach {
        private boolean gathered;
        private boolean dealt;
        private long splitCount;

        void add(PhysicalNode node) {
            if (node instanceof PhysicalNode.ExchangeRead read) {
                StageOutput output = graph.stage(read.stage()).output();
                gathered |= output instanceof StageOutput.Gather;
                dealt |=
                        output instanceof StageOutput.Hash
                                || output instanceof StageOutput.RoundRobin;
            } else if (node instanceof PhysicalNode.TableScan scan) {
                splitCount += splits.getOrDefault(scan.scanId(), List.of()).size();
            } else if (node instanceof PhysicalNode.HashJoin join) {
                add(join.left());
                addRight(join.right());
            } else if (node instanceof PhysicalNode.NestedLoopJoin join) {
                add(join.left());
                addRight(join.right());
            } else {
                node.inputs().forEach(this::add);
            }
        }

        private void addRight(PhysicalNode node) {
            if (node instanceof PhysicalNode.ExchangeRead) {
                add(node);
            }
            node.inputs().forEach(this::addRight);
        }
    }
}
