package org.skep.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.io.FileSystems;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.executor.task.Services;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.ScanSplit;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;
import org.skep.storage.ScanColumn;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.DatumVector;

/** Runs hand-made plans over tables in memory, and checks that no memory stays reserved. */
final class QueryFixture implements AutoCloseable {
    static final FunctionCatalogue FUNCTIONS = BuiltInFunctions.catalogue();

    final ExecutorService threads;
    final MemoryPool process = MemoryPool.root("process", 1L << 31);
    final MemoryTables tables = new MemoryTables();
    final Map<Integer, List<ScanSplit>> splits = new HashMap<>();
    CancelFlag cancelFlag = new CancelFlag();
    int threadCount;
    int batchRows = 2048;
    long memoryLimit = 1L << 30;
    String spillDirectory;
    boolean bytes;
    QueryRun lastRun;

    QueryFixture(int threadCount) {
        this.threadCount = threadCount;
        threads = NamedThreads.pool("test-worker", threadCount);
    }

    /** A table of rows, cut into splits of about {@code splitRows}; a scan of all its columns. */
    PhysicalNode.TableScan table(
            int scanId, List<DataType> types, List<List<Object>> rows, int splitRows) {
        return table(scanId, types, rows, splitRows, null);
    }

    PhysicalNode.TableScan table(
            int scanId,
            List<DataType> types,
            List<List<Object>> rows,
            int splitRows,
            Expression filter) {
        splits.put(scanId, tables.add(scanId, types, rows, splitRows));
        List<ScanColumn> columns = new ArrayList<>();
        List<TableLayout.Column> own = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new ScanColumn(i, i, "c" + i, types.get(i)));
            own.add(new TableLayout.Column(i, "c" + i, types.get(i)));
        }
        return new PhysicalNode.TableScan(
                scanId,
                "t" + scanId,
                List.of(new TableLayout("memory", Map.of(), own)),
                columns,
                List.of(),
                List.of(),
                List.of(),
                filter,
                List.of());
    }

    static PhysicalNode.Values values(List<DataType> types, List<List<Object>> rows) {
        List<List<Datum>> data = new ArrayList<>();
        for (List<Object> row : rows) {
            List<Datum> datums = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                datums.add(new Datum(types.get(i), row.get(i)));
            }
            data.add(datums);
        }
        return new PhysicalNode.Values(types, data);
    }

    QueryRun start(StageGraph graph) {
        QueryContext context =
                new QueryContext(
                        "q1",
                        "tester",
                        "default",
                        "UTC",
                        0,
                        Map.of(),
                        memoryLimit,
                        spillDirectory,
                        batchRows,
                        false);
        FileSystems files = location -> LocalFileSystem.INSTANCE;
        Services services =
                new Services(
                        FUNCTIONS,
                        name -> tables,
                        files,
                        process.child("query q1", memoryLimit),
                        cancelFlag,
                        Clock.SYSTEM);
        LocalRunner runner = LocalRunner.on(threads, threadCount);
        lastRun = (bytes ? runner.throughBytes() : runner).run(graph, context, splits, services);
        return lastRun;
    }

    /** The rows of the result, values as {@link Datum} has them. */
    List<List<Object>> rows(Stage... stages) {
        return rows(new StageGraph(List.of(stages)));
    }

    List<List<Object>> rows(StageGraph graph) {
        List<List<Object>> rows = new ArrayList<>();
        try (QueryRun run = start(graph)) {
            for (ColumnBatch batch = run.next(); batch != null; batch = run.next()) {
                for (int k = 0; k < batch.rowCount(); k++) {
                    Object[] row = new Object[batch.columnCount()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] =
                                DatumVector.read(batch.column(i), batch.selection().position(k))
                                        .value();
                    }
                    rows.add(Arrays.asList(row));
                }
            }
        }
        assertThat(process.reserved()).as("memory still reserved").isZero();
        return rows;
    }

    /** A single stage whose rows are the result. */
    static Stage result(PhysicalNode root, int tasks) {
        return new Stage("Result", root, new StageOutput.Result(), tasks, List.of());
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
