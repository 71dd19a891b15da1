package org.skep.executor.benchmark;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.skep.base.concurrent.CancelFlag;
import org.skep.base.concurrent.NamedThreads;
import org.skep.base.io.LocalFileSystem;
import org.skep.base.memory.MemoryPool;
import org.skep.base.time.Clock;
import org.skep.executor.local.LocalRunner;
import org.skep.executor.local.QueryRun;
import org.skep.executor.task.Services;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.catalogue.BuiltInFunctions;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.plan.expression.Expression;
import org.skep.plan.node.AggregateCall;
import org.skep.plan.node.JoinKind;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.QueryContext;
import org.skep.plan.stage.Stage;
import org.skep.plan.stage.StageGraph;
import org.skep.plan.stage.StageOutput;
import org.skep.storage.ScanColumn;
import org.skep.storage.TableLayout;
import org.skep.types.DataType;
import org.skep.types.Datum;
import org.skep.types.DecimalType;
import org.skep.types.vector.ColumnBatch;
import org.skep.types.vector.DatumVector;

/**
 * Times plans like TPC-H's first and sixth query, a grouping by a wide key and a join, over batches
 * in memory, so that the figures are the executor's and the kernels' alone. Prints nanoseconds of
 * CPU a row; run by hand: {@code PricingBenchmark [threads] [repetitions] [plan]}.
 */
public final class PricingBenchmark {
    private static final FunctionCatalogue FUNCTIONS = BuiltInFunctions.catalogue();
    private static final int SPLITS = 4;

    private final LineItems items = new LineItems(600, 300_000);
    private final int threads;
    private final ExecutorService pool;

    private PricingBenchmark(int threads) {
        this.threads = threads;
        pool = NamedThreads.pool("benchmark", threads);
    }

    /** Runs all plans. */
    public static void main(String[] arguments) {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12;
        String only = arguments.length > 2 ? arguments[2] : "";
        PricingBenchmark benchmark = new PricingBenchmark(threads);
        Map<String, StageGraph> plans = new LinkedHashMap<>();
        plans.put("pricing", benchmark.pricing());
        plans.put("revenue", benchmark.revenue());
        plans.put("group by order", benchmark.byOrder());
        plans.put("join", benchmark.join());
        plans.forEach(
                (name, plan) -> {
                    if (name.startsWith(only)) {
                        benchmark.time(name, plan, repetitions);
                    }
                });
        benchmark.pool.shutdown();
    }

    private void time(String name, StageGraph graph, int repetitions) {
        double[] wall = new double[repetitions];
        double[] cpu = new double[repetitions];
        String result = "";
        for (int i = 0; i < repetitions; i++) {
            long cpuBefore = processCpu();
            long before = System.nanoTime();
            result = run(graph);
            wall[i] = (System.nanoTime() - before) / 1e6;
            cpu[i] = (double) (processCpu() - cpuBefore) / items.rows / SPLITS;
        }
        double[] lastHalf = Arrays.copyOfRange(wall, repetitions / 2, repetitions);
        Arrays.sort(lastHalf);
        double[] cpuHalf = Arrays.copyOfRange(cpu, repetitions / 2, repetitions);
        Arrays.sort(cpuHalf);
        System.out.printf(
                "%-24s %7.1f ms  %6.2f ns CPU a row  (%s)%n",
                name, lastHalf[lastHalf.length / 2], cpuHalf[cpuHalf.length / 2], result);
    }

    private static long processCpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private String run(StageGraph graph) {
        QueryContext context =
                new QueryContext(
                        "q", "me", "default", "UTC", 0, Map.of(), 1L << 32, null, 2048, false);
        Services services =
                new Services(
                        FUNCTIONS,
                        name -> items,
                        location -> LocalFileSystem.INSTANCE,
                        MemoryPool.root("query", 1L << 32),
                        new CancelFlag(),
                        Clock.SYSTEM);
        StringBuilder text = new StringBuilder();
        try (QueryRun run =
                LocalRunner.on(pool, threads)
                        .run(
                                graph,
                                context,
                                Map.of(1, items.splits(SPLITS), 2, items.splits(1)),
                                services)) {
            for (ColumnBatch batch = run.next(); batch != null; batch = run.next()) {
                text.append(batch.rowCount()).append(" rows: ");
                text.append(DatumVector.read(batch.column(batch.columnCount() - 1), 0).value());
            }
        }
        return text.substring(0, Math.min(60, text.length()));
    }

    private static Expression column(PhysicalNode node, int index) {
        return new Expression.InputColumn(index, node.outputTypes().get(index));
    }

    private static Expression literal(DataType type, Object value) {
        return new Expression.Literal(new Datum(type, value));
    }

    private static Expression decimal(String value) {
        BigDecimal number = new BigDecimal(value);
        return literal(
                new DecimalType(Math.max(number.precision(), number.scale()), number.scale()),
                number);
    }

    private static Expression call(String name, Expression... operands) {
        List<Argument> arguments = new ArrayList<>();
        for (Expression operand : operands) {
            arguments.add(new Argument(operand.type(), null));
        }
        Binding binding = FUNCTIONS.scalar(name).orElseThrow().bind(arguments);
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < operands.length; i++) {
            DataType wanted = binding.argumentTypes().get(i);
            cast.add(
                    wanted.equals(operands[i].type())
                            ? operands[i]
                            : new Expression.Cast(operands[i], wanted));
        }
        return new Expression.Call(name, cast, binding.returnType());
    }

    private static PhysicalNode scan(int id, Expression filter, int... columns) {
        List<ScanColumn> wanted = new ArrayList<>();
        for (int column : columns) {
            wanted.add(new ScanColumn(column, column, "c" + column, LineItems.TYPES.get(column)));
        }
        return new PhysicalNode.TableScan(
                id,
                "lineitem",
                List.of(new TableLayout("memory", Map.of(), List.of())),
                wanted,
                List.of(),
                List.of(),
                List.of(),
                filter,
                List.of());
    }

    private static StageGraph aggregated(
            PhysicalNode input, List<Integer> keys, String[] names, int[] arguments) {
        List<AggregateCall> partial = new ArrayList<>();
        List<AggregateCall> last = new ArrayList<>();
        List<DataType> partialTypes = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        keys.forEach(key -> partialTypes.add(input.outputTypes().get(key)));
        types.addAll(partialTypes);
        for (int i = 0; i < names.length; i++) {
            AggregateFunction function = FUNCTIONS.aggregate(names[i]).orElseThrow();
            List<Integer> indexes = arguments[i] < 0 ? List.of() : List.of(arguments[i]);
            List<Argument> bound =
                    indexes.stream()
                            .map(index -> new Argument(input.outputTypes().get(index), null))
                            .toList();
            Binding binding = function.bind(bound);
            List<DataType> parts =
                    function.intermediateTypes(binding.argumentTypes(), binding.returnType());
            partial.add(
                    new AggregateCall(
                            names[i],
                            indexes,
                            binding.argumentTypes(),
                            binding.returnType(),
                            false,
                            -1));
            List<Integer> partIndexes = new ArrayList<>();
            for (DataType part : parts) {
                partIndexes.add(partialTypes.size());
                partialTypes.add(part);
            }
            last.add(
                    new AggregateCall(
                            names[i],
                            partIndexes,
                            binding.argumentTypes(),
                            binding.returnType(),
                            false,
                            -1));
            types.add(binding.returnType());
        }
        List<Integer> outKeys = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            outKeys.add(i);
        }
        PhysicalNode first =
                new PhysicalNode.Aggregate(
                        input, PhysicalNode.AggregateStep.PARTIAL, keys, partial, partialTypes);
        PhysicalNode second =
                new PhysicalNode.Aggregate(
                        new PhysicalNode.ExchangeRead("Map 1", partialTypes, List.of()),
                        PhysicalNode.AggregateStep.FINAL,
                        outKeys,
                        last,
                        types);
        return new StageGraph(
                List.of(
                        new Stage(
                                "Map 1",
                                first,
                                keys.isEmpty()
                                        ? new StageOutput.Gather(List.of())
                                        : new StageOutput.Hash(outKeys),
                                0,
                                List.of("Reducer 2")),
                        new Stage(
                                "Reducer 2",
                                second,
                                new StageOutput.Result(),
                                keys.isEmpty() ? 1 : 0,
                                List.of())));
    }

    private StageGraph pricing() {
        Expression shipped = new Expression.InputColumn(6, DataType.DATE);
        PhysicalNode scan =
                scan(1, call("<=", shipped, literal(DataType.DATE, 10471L)), 0, 1, 2, 3, 4, 5, 6);
        Expression one = decimal("1");
        Expression reduced = call("*", column(scan, 3), call("-", one, column(scan, 4)));
        PhysicalNode project =
                new PhysicalNode.Project(
                        scan,
                        List.of(
                                column(scan, 0),
                                column(scan, 1),
                                column(scan, 2),
                                column(scan, 3),
                                reduced,
                                call("*", reduced, call("+", one, column(scan, 5))),
                                column(scan, 4)));
        return aggregated(
                project,
                List.of(0, 1),
                new String[] {"sum", "sum", "sum", "sum", "avg", "avg", "avg", "count"},
                new int[] {2, 3, 4, 5, 2, 3, 6, -1});
    }

    private StageGraph revenue() {
        Expression quantity = new Expression.InputColumn(0, LineItems.MONEY);
        Expression discount = new Expression.InputColumn(2, LineItems.MONEY);
        Expression shipped = new Expression.InputColumn(3, DataType.DATE);
        PhysicalNode scan =
                scan(
                        1,
                        new Expression.And(
                                List.of(
                                        call(">=", shipped, literal(DataType.DATE, 8766L)),
                                        call("<", shipped, literal(DataType.DATE, 9131L)),
                                        call(">=", discount, decimal("0.05")),
                                        call("<=", discount, decimal("0.07")),
                                        call("<", quantity, decimal("24")))),
                        2,
                        3,
                        4,
                        6);
        PhysicalNode project =
                new PhysicalNode.Project(
                        scan, List.of(call("*", column(scan, 1), column(scan, 2))));
        return aggregated(project, List.of(), new String[] {"sum"}, new int[] {0});
    }

    private StageGraph byOrder() {
        PhysicalNode scan = scan(1, null, 7, 2);
        return aggregated(scan, List.of(0), new String[] {"sum", "count"}, new int[] {1, -1});
    }

    private StageGraph join() {
        PhysicalNode left = scan(1, null, 7, 3);
        PhysicalNode right =
                new PhysicalNode.Aggregate(
                        scan(2, null, 7, 2),
                        PhysicalNode.AggregateStep.SINGLE,
                        List.of(0),
                        List.of(),
                        List.of(DataType.BIGINT));
        PhysicalNode joined =
                new PhysicalNode.HashJoin(
                        JoinKind.INNER,
                        left,
                        new PhysicalNode.ExchangeRead("Map 0", List.of(DataType.BIGINT), List.of()),
                        List.of(0),
                        List.of(0),
                        List.of(false),
                        null,
                        List.of(-1));
        StageGraph graph =
                aggregated(joined, List.of(), new String[] {"sum", "count"}, new int[] {1, -1});
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("Map 0", right, new StageOutput.Broadcast(), 1, List.of("Map 1")));
        stages.addAll(graph.stages());
        return new StageGraph(stages);
    }
}
