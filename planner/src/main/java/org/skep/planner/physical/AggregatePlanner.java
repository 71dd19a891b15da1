package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.catalogue.FunctionCatalogue;
import org.skep.plan.node.AggregateCall;
import org.skep.plan.node.PhysicalNode;
import org.skep.plan.stage.StageOutput;
import org.skep.planner.rel.RelTypes;
import org.skep.types.DataType;

/**
 * Plans groupings: before and after the exchange where there is one; in one step where a call
 * counts different values only, unless all do so of the same columns, which then are grouped by
 * first. Confined to one thread.
 */
final class AggregatePlanner {
    private final PhysicalPlanner planner;
    private final StageCutter stages;
    private final FunctionCatalogue functions;

    AggregatePlanner(PhysicalPlanner planner, StageCutter stages, FunctionCatalogue functions) {
        this.planner = planner;
        this.stages = stages;
        this.functions = functions;
    }

    Part convert(Aggregate aggregate, ImmutableBitSet required) {
        List<Integer> groupColumns = aggregate.getGroupSet().asList();
        int keyCount = groupColumns.size();
        List<Integer> callIndexes = new ArrayList<>();
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            if (required.get(keyCount + i)) {
                callIndexes.add(i);
                var call = aggregate.getAggCallList().get(i);
                needed.addAll(call.getArgList());
                if (call.filterArg >= 0) {
                    needed.set(call.filterArg);
                }
            }
        }
        ImmutableBitSet columns = needed.build();
        Part input = planner.narrowed(planner.convert(aggregate.getInput(), columns), columns);
        List<AggregateCall> calls = new ArrayList<>();
        for (int index : callIndexes) {
            calls.add(call(aggregate.getAggCallList().get(index), input));
        }
        List<Integer> keys = groupColumns.stream().map(input::column).toList();
        Part grouped = group(input, keys, calls);
        List<Integer> mapping = new ArrayList<>(IntStream.range(0, keyCount).boxed().toList());
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            int at = callIndexes.indexOf(i);
            mapping.add(at < 0 ? -1 : keyCount + at);
        }
        return new Part(grouped.node(), mapping, grouped.single());
    }

    private AggregateCall call(org.apache.calcite.rel.core.AggregateCall call, Part input) {
        List<Integer> arguments = call.getArgList().stream().map(input::column).toList();
        List<DataType> inputTypes = input.node().outputTypes();
        return new AggregateCall(
                call.getAggregation().getName().toLowerCase(Locale.ROOT),
                arguments,
                arguments.stream().map(inputTypes::get).toList(),
                RelTypes.fromRel(call.getType()),
                call.isDistinct(),
                call.filterArg < 0 ? -1 : input.column(call.filterArg));
    }

    private Part group(Part input, List<Integer> keys, List<AggregateCall> calls) {
        boolean distinct = calls.stream().anyMatch(AggregateCall::distinct);
        if (distinct
                && !input.single()
                && calls.stream().allMatch(call -> call.distinct() && call.filter() < 0)) {
            Set<List<Integer>> arguments = new LinkedHashSet<>();
            calls.forEach(call -> arguments.add(call.arguments()));
            if (arguments.size() == 1) {
                return groupTwice(input, keys, calls, arguments.iterator().next());
            }
        }
        if (input.single()) {
            return single(input, keys, calls);
        }
        if (distinct) {
            StageOutput output =
                    keys.isEmpty() ? new StageOutput.Gather(List.of()) : new StageOutput.Hash(keys);
            Part there = new Part(stages.exchange(input, output), input.columns(), keys.isEmpty());
            return single(there, keys, calls);
        }
        return twoSteps(input, keys, calls);
    }

    // count(distinct x) group by k  ->  count(x) group by k over (group by k, x)
    private Part groupTwice(
            Part input, List<Integer> keys, List<AggregateCall> calls, List<Integer> arguments) {
        List<Integer> all = new ArrayList<>(new LinkedHashSet<>(keys));
        arguments.stream().filter(a -> !all.contains(a)).forEach(all::add);
        Part different = twoSteps(input, all, List.of());
        List<AggregateCall> plain = new ArrayList<>();
        for (AggregateCall call : calls) {
            plain.add(
                    new AggregateCall(
                            call.function(),
                            call.arguments().stream().map(all::indexOf).toList(),
                            call.argumentTypes(),
                            call.type(),
                            false,
                            -1));
        }
        List<Integer> newKeys = keys.stream().map(all::indexOf).toList();
        return group(different, newKeys, plain);
    }

    private static Part single(Part input, List<Integer> keys, List<AggregateCall> calls) {
        List<DataType> types = keyTypes(input, keys);
        calls.forEach(call -> types.add(call.type()));
        return input.with(
                new PhysicalNode.Aggregate(
                        input.node(), PhysicalNode.AggregateStep.SINGLE, keys, calls, types));
    }

    private static List<DataType> keyTypes(Part input, List<Integer> keys) {
        List<DataType> inputTypes = input.node().outputTypes();
        List<DataType> types = new ArrayList<>();
        keys.forEach(key -> types.add(inputTypes.get(key)));
        return types;
    }

    private Part twoSteps(Part input, List<Integer> keys, List<AggregateCall> calls) {
        List<DataType> partialTypes = keyTypes(input, keys);
        List<DataType> finalTypes = keyTypes(input, keys);
        List<AggregateCall> finals = new ArrayList<>();
        for (AggregateCall call : calls) {
            AggregateFunction function =
                    functions
                            .aggregate(call.function())
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "No aggregate " + call.function()));
            List<DataType> intermediate =
                    function.intermediateTypes(call.argumentTypes(), call.type());
            List<Integer> columns =
                    IntStream.range(partialTypes.size(), partialTypes.size() + intermediate.size())
                            .boxed()
                            .toList();
            finals.add(
                    new AggregateCall(
                            call.function(),
                            columns,
                            call.argumentTypes(),
                            call.type(),
                            false,
                            -1));
            partialTypes.addAll(intermediate);
            finalTypes.add(call.type());
        }
        Part partial =
                input.with(
                        new PhysicalNode.Aggregate(
                                input.node(),
                                PhysicalNode.AggregateStep.PARTIAL,
                                keys,
                                calls,
                                partialTypes));
        List<Integer> newKeys = IntStream.range(0, keys.size()).boxed().toList();
        StageOutput output =
                keys.isEmpty() ? new StageOutput.Gather(List.of()) : new StageOutput.Hash(newKeys);
        PhysicalNode read = stages.exchange(partial, output);
        return new Part(
                new PhysicalNode.Aggregate(
                        read, PhysicalNode.AggregateStep.FINAL, newKeys, finals, finalTypes),
                input.columns(),
                keys.isEmpty());
    }
}
