package org.skep.tez.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.io.FileStatus;
import org.skep.base.io.FileSystem;
import org.skep.executor.dag.TaskCounts;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;
import org.skep.plan.stage.TaskReport;
import org.skep.tez.task.TaskFiles;
import org.skep.types.DataType;

/**
 * A query that was submitted, and where its tasks report. Immutable.
 *
 * @param dag the name of its DAG
 * @param directory below it, a directory for each stage
 */
record TezQuery(
        String dag, StageGraph graph, TaskCounts counts, FileSystem fileSystem, String directory) {
    /** The attempt that stands for a task, and what it told. */
    record Accepted(TaskFiles files, TaskReport report) {}

    /** The types of the result's columns; none if there is no result. */
    List<DataType> types() {
        Stage last = graph.last();
        return last.output() instanceof StageOutput.Result ? last.root().outputTypes() : List.of();
    }

    /**
     * One attempt for each task of a stage, in order. Any attempt that left a whole report has done
     * all of its work; where several did, the last one counts and the files of the others are never
     * named.
     */
    List<Accepted> accepted(int stage) {
        String place = TaskFiles.directory(directory, stage);
        Map<Integer, Accepted> byTask = new HashMap<>();
        for (FileStatus file : fileSystem.list(place)) {
            TaskFiles attempt = TaskFiles.ofReport(place, file);
            if (attempt == null) {
                continue;
            }
            Accepted known = byTask.get(attempt.task());
            if (known == null || known.files.attempt() < attempt.attempt()) {
                TaskReport report = attempt.read(fileSystem);
                if (report != null) {
                    byTask.put(attempt.task(), new Accepted(attempt, report));
                }
            }
        }
        String name = graph.stages().get(stage).name();
        List<Accepted> all = new ArrayList<>();
        for (int task = 0; task < counts.of(name); task++) {
            Accepted accepted = byTask.get(task);
            if (accepted == null) {
                throw new SkepException(
                        ErrorCode.INTERNAL,
                        "Task %d of %s succeeded without a report".formatted(task, name));
            }
            all.add(accepted);
        }
        return all;
    }

    /** Deletes all that tasks left. */
    void deleteFiles() {
        fileSystem.deleteTree(directory);
    }
}
