package org.skep.engine.explain;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.skep.executor.task.OperatorStatistics;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;

/**
 * Prints a stage graph under Hive's two headings: the vertices are named as in Tez, the operators
 * are ours, each above its inputs. Confined to one thread.
 */
public final class PlanText {
    private final StageGraph graph;
    private final OperatorText operators;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, OperatorStatistics> statistics = new HashMap<>();
    private ToIntFunction<String> tasks = stage -> 0;
    private int next;

    /** Prints a graph. */
    public PlanText(StageGraph graph, ZoneId zone) {
        this.graph = graph;
        this.operators = new OperatorText(zone);
    }

    /** Adds what the operators did and how many tasks each stage had. */
    public PlanText measured(
            List<OperatorStatistics> measured, ToIntFunction<String> tasksOfStage) {
        measured.forEach(each -> statistics.put(each.stage() + "\0" + each.index(), each));
        tasks = tasksOfStage;
        return this;
    }

    /** The lines for a query. */
    public List<String> query() {
        return print("    Fetch Operator", "      limit: -1");
    }

    /** The lines for a statement that writes to tables or a directory. */
    public List<String> write(List<String> targets) {
        List<String> last = new ArrayList<>();
        last.add("    Move Operator");
        targets.forEach(target -> last.add("      to: " + target));
        return print(last.toArray(new String[0]));
    }

    private List<String> print(String... fetch) {
        lines.add("STAGE DEPENDENCIES:");
        lines.add("  Stage-1 is a root stage");
        lines.add("  Stage-0 depends on stages: Stage-1");
        lines.add("");
        lines.add("STAGE PLANS:");
        lines.add("  Stage: Stage-1");
        lines.add("    Tez");
        edges();
        lines.add("      Vertices:");
        for (Stage stage : graph.stages()) {
            int count = tasks.applyAsInt(stage.name());
            lines.add("        " + stage.name() + (count == 0 ? "" : " tasks: " + count));
            next = 0;
            operator(stage, stage.root(), "            ");
        }
        lines.add("");
        lines.add("  Stage: Stage-0");
        lines.addAll(List.of(fetch));
        return lines;
    }

    private void edges() {
        List<String> edges = new ArrayList<>();
        for (Stage stage : graph.stages()) {
            List<String> sources = new ArrayList<>();
            for (Stage source : graph.stages()) {
                if (source.readers().contains(stage.name())) {
                    sources.add("%s (%s)".formatted(source.name(), edge(source.output())));
                }
            }
            if (!sources.isEmpty()) {
                edges.add("        %s <- %s".formatted(stage.name(), String.join(", ", sources)));
            }
        }
        if (!edges.isEmpty()) {
            lines.add("      Edges:");
            lines.addAll(edges);
        }
    }

    private static String edge(StageOutput output) {
        if (output instanceof StageOutput.Broadcast) {
            return "BROADCAST_EDGE";
        }
        if (output instanceof StageOutput.Hash) {
            return "SIMPLE_EDGE";
        }
        return output instanceof StageOutput.Gather ? "CUSTOM_SIMPLE_EDGE" : "ONE_TO_ONE_EDGE";
    }

    private void operator(Stage stage, PhysicalNode node, String indent) {
        OperatorStatistics measured = statistics.get(stage.name() + "\0" + next++);
        lines.add(indent + node.accept(operators));
        if (measured != null) {
            lines.add(indent + "    " + figures(measured));
        }
        for (PhysicalNode input : node.inputs()) {
            operator(stage, input, indent + "  ");
        }
    }

    private static String figures(OperatorStatistics measured) {
        StringBuilder text = new StringBuilder();
        text.append("rows: ").append(measured.rows());
        text.append(String.format(Locale.ROOT, ", time: %.1f ms", measured.nanos() / 1_000_000.0));
        text.append(", memory: ").append(measured.peakMemory());
        if (measured.unitsRead() + measured.unitsSkipped() > 0) {
            text.append(", bytes read: ").append(measured.bytesRead());
            text.append(", rows read: ").append(measured.rowsRead());
            text.append(", units read: ").append(measured.unitsRead());
            text.append(", units skipped: ").append(measured.unitsSkipped());
        }
        if (measured.spilledBytes() > 0) {
            text.append(", bytes spilled: ").append(measured.spilledBytes());
        }
        return text.toString();
    }
}
