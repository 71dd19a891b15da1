package org.skep.plan.stage;

import java.util.List;

/** The stages of a query; each stands after the stages that it reads. Immutable. */
public record StageGraph(List<Stage> stages) {
    /** Copies the list. */
    public StageGraph {
        stages = List.copyOf(stages);
    }

    /** The stage of that name. */
    public Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No stage " + name));
    }

    /** The last stage, whose rows are the result. */
    public Stage last() {
        return stages.get(stages.size() - 1);
    }
}
