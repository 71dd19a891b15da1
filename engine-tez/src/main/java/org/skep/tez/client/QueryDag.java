package org.skep.tez.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.tez.dag.api.DAG;
import org.apache.tez.dag.api.Edge;
import org.apache.tez.dag.api.EdgeProperty;
import org.apache.tez.dag.api.ProcessorDescriptor;
import org.apache.tez.dag.api.UserPayload;
import org.apache.tez.dag.api.Vertex;
import org.apache.tez.dag.api.VertexLocationHint;
import org.apache.tez.dag.api.VertexManagerPluginDescriptor;
import org.apache.tez.runtime.library.conf.UnorderedKVEdgeConfig;
import org.apache.tez.runtime.library.conf.UnorderedPartitionedKVEdgeConfig;
import org.skep.executor.dag.SplitShares;
import org.skep.executor.dag.TaskCounts;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;
import org.skep.plan.stage.TaskFragment;
import org.skep.tez.task.PartitionByNumber;
import org.skep.tez.task.SplitsPayload;
import org.skep.tez.task.StagePayload;
import org.skep.tez.task.StageProcessor;
import org.skep.tez.task.StageVertexManager;
import org.skep.tez.task.TaskFiles;

/**
 * Draws a query as a DAG of Tez: a vertex a stage, an edge for each stage that reads another. Rows
 * that go to all tasks take a broadcast edge; all others an edge of partitions, one a reading task.
 * Confined to one thread.
 */
final class QueryDag {
    private final StageGraph graph;
    private final QueryContext context;
    private final Map<Integer, List<ScanSplit>> splits;
    private final TaskCounts counts;
    private final String directory;
    private final Configuration configuration;
    private final SplitHosts hosts;

    QueryDag(
            StageGraph graph,
            QueryContext context,
            Map<Integer, List<ScanSplit>> splits,
            TaskCounts counts,
            String directory,
            Configuration configuration) {
        this.graph = graph;
        this.context = context;
        this.splits = splits;
        this.counts = counts;
        this.directory = directory;
        this.configuration = configuration;
        hosts = new SplitHosts(configuration);
    }

    /** The DAG, under a name that the session has not seen. */
    DAG draw(String name) {
        DAG dag = DAG.create(name);
        Map<String, Vertex> vertices = new HashMap<>();
        for (int i = 0; i < graph.stages().size(); i++) {
            Stage stage = graph.stages().get(i);
            Vertex vertex = vertex(stage, i);
            vertices.put(stage.name(), vertex);
            dag.addVertex(vertex);
        }
        for (Stage stage : graph.stages()) {
            for (String reader : stage.readers()) {
                dag.addEdge(
                        Edge.create(vertices.get(stage.name()), vertices.get(reader), edge(stage)));
            }
        }
        return dag;
    }

    private Vertex vertex(Stage stage, int index) {
        int tasks = counts.of(stage.name());
        boolean scans = scans(stage.root());
        Map<String, Integer> partitions = new HashMap<>();
        for (String reader : stage.readers()) {
            partitions.put(
                    reader,
                    stage.output() instanceof StageOutput.Broadcast ? 1 : counts.of(reader));
        }
        StagePayload payload =
                new StagePayload(
                        new TaskFragment(context, stage),
                        TaskFiles.directory(directory, index),
                        scans,
                        partitions,
                        broadcasts(stage));
        Vertex vertex =
                Vertex.create(
                        stage.name(),
                        ProcessorDescriptor.create(StageProcessor.class.getName())
                                .setUserPayload(UserPayload.create(payload.toBytes())),
                        tasks);
        VertexManagerPluginDescriptor manager =
                VertexManagerPluginDescriptor.create(StageVertexManager.class.getName());
        if (scans) {
            List<List<ScanSplit>> byTask = splitsByTask(stage, tasks);
            manager.setUserPayload(UserPayload.create(SplitsPayload.ofStage(byTask)));
            vertex.setLocationHint(
                    VertexLocationHint.create(byTask.stream().map(hosts::near).toList()));
        }
        vertex.setVertexManagerPlugin(manager);
        return vertex;
    }

    private List<List<ScanSplit>> splitsByTask(Stage stage, int tasks) {
        SplitShares shares = new SplitShares(graph, stage, splits, tasks);
        List<List<ScanSplit>> byTask = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            byTask.add(shares.of(task));
        }
        return byTask;
    }

    private static boolean scans(PhysicalNode node) {
        return node instanceof PhysicalNode.TableScan
                || node.inputs().stream().anyMatch(QueryDag::scans);
    }

    private Set<String> broadcasts(Stage reader) {
        Set<String> names = new TreeSet<>();
        for (Stage stage : graph.stages()) {
            if (stage.output() instanceof StageOutput.Broadcast
                    && stage.readers().contains(reader.name())) {
                names.add(stage.name());
            }
        }
        return names;
    }

    private EdgeProperty edge(Stage sender) {
        String key = IntWritable.class.getName();
        String value = BytesWritable.class.getName();
        return sender.output() instanceof StageOutput.Broadcast
                ? UnorderedKVEdgeConfig.newBuilder(key, value)
                        .setFromConfiguration(configuration)
                        .build()
                        .createDefaultBroadcastEdgeProperty()
                : UnorderedPartitionedKVEdgeConfig.newBuilder(
                                key, value, PartitionByNumber.class.getName())
                        .setFromConfiguration(configuration)
                        .build()
                        .createDefaultEdgeProperty();
    }
}
