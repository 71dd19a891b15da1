package org.skep.tez.process;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.io.InstalledFileSystems;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.columnar.ColumnarFormats;
import org.skep.executor.dag.DagEngine;
import org.skep.executor.dag.DagRun;
import org.skep.executor.task.Services;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.plan.codec.FragmentCodec;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.TaskFragment;
import org.skep.tez.TezEngine;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.LongVector;

/**
 * Runs a whole DAG, application master, tasks and all, in a process that has nothing but the jars
 * of tasks, and prints the first column of its result. The argument is a file: the number of
 * fragments, each after its length, then the splits after theirs.
 */
public final class TaskClassPathProgram {
    private static final List<String> ABSENT =
            List.of(
                    "org.skep.planner.Planner",
                    "org.skep.parser.SqlParser",
                    "org.skep.metastore.Catalogue",
                    "org.skep.engine.Warehouse",
                    "org.antlr.v4.runtime.Parser",
                    "org.apache.calcite.rel.RelNode",
                    "org.apache.zookeeper.ZooKeeper",
                    "org.apache.curator.framework.CuratorFramework");

    private TaskClassPathProgram() {}

    /** Runs it and ends the process, whose threads would keep it otherwise. */
    public static void main(String[] arguments) throws IOException {
        for (String name : ABSENT) {
            try {
                Class.forName(name);
                System.out.println("present " + name);
            } catch (ClassNotFoundException e) {
                System.out.println("absent " + name);
            }
        }
        run(Path.of(arguments[0]));
        System.exit(0);
    }

    private static void run(Path file) throws IOException {
        List<Stage> stages = new ArrayList<>();
        QueryContext context = null;
        Map<Integer, List<ScanSplit>> splits = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (int left = in.readInt(); left > 0; left--) {
                TaskFragment fragment = FragmentCodec.decode(in.readNBytes(in.readInt()));
                stages.add(fragment.stage());
                context = fragment.context();
            }
            for (ScanSplit split : FragmentCodec.decodeSplits(in.readNBytes(in.readInt()))) {
                splits.computeIfAbsent(split.scanId(), id -> new ArrayList<>()).add(split);
            }
        }
        Services services =
                new Services(
                        BuiltInFunctions.catalogue(),
                        new ColumnarFormats(),
                        new InstalledFileSystems(),
                        MemoryPool.root("program", 64L << 20),
                        new CancelFlag(),
                        Clock.SYSTEM);
        try (DagEngine.OpenRunner runner = new TezEngine().open(Map.of());
                DagRun query = runner.run(new StageGraph(stages), context, splits, services)) {
            for (ColumnBatch batch = query.next(); batch != null; batch = query.next()) {
                LongVector column = (LongVector) batch.columns()[0];
                for (int i = 0; i < batch.rowCount(); i++) {
                    int position = batch.selection().position(i);
                    System.out.println("row " + column.values()[position]);
                }
            }
        }
    }
}
