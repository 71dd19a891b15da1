package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.node.SortKey;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;

/** Cuts the plan into stages where rows change hands. Confined to one thread. */
final class StageCutter {
    private final List<Stage> stages = new ArrayList<>();

    /** Ends the fragment below with the given output, and begins one that reads it. */
    PhysicalNode exchange(Part below, StageOutput output) {
        List<SortKey> order =
                output instanceof StageOutput.Gather gather ? gather.order() : List.of();
        return new PhysicalNode.ExchangeRead(add(below, output), below.node().outputTypes(), order);
    }

    /** Ends a fragment; the name of its stage. */
    String add(Part part, StageOutput output) {
        String kind = readsExchange(part.node()) ? "Reducer " : "Map ";
        String name = kind + (stages.size() + 1);
        stages.add(new Stage(name, part.node(), output, part.single() ? 1 : 0, List.of()));
        return name;
    }

    private static boolean readsExchange(PhysicalNode node) {
        return node instanceof PhysicalNode.ExchangeRead
                || node.inputs().stream().anyMatch(StageCutter::readsExchange);
    }

    /** The graph of all stages, each knowing who reads it. */
    StageGraph graph() {
        Map<String, List<String>> readers = new HashMap<>();
        stages.forEach(stage -> collect(stage.root(), stage.name(), readers));
        List<Stage> complete = new ArrayList<>();
        for (Stage stage : stages) {
            complete.add(
                    new Stage(
                            stage.name(),
                            stage.root(),
                            stage.output(),
                            stage.tasks(),
                            readers.getOrDefault(stage.name(), List.of())));
        }
        return new StageGraph(complete);
    }

    private static void collect(
            PhysicalNode node, String reader, Map<String, List<String>> readers) {
        if (node instanceof PhysicalNode.ExchangeRead read) {
            readers.computeIfAbsent(read.stage(), name -> new ArrayList<>()).add(reader);
        }
        node.inputs().forEach(input -> collect(input, reader, readers));
    }
}
