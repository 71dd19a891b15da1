package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.ListType;
import org.skep.types.StructType;
import org.skep.types.TypeKind;

/** Declares collections of values, percentiles and histograms. */
final class CollectingFunctions {
    private static final DataType DOUBLES = new ListType(DataType.DOUBLE);
    private static final DataType BINS =
            new ListType(
                    new StructType(
                            List.of(
                                    new StructType.Field("x", DataType.DOUBLE),
                                    new StructType.Field("y", DataType.DOUBLE))));

    private CollectingFunctions() {}

    static List<AggregateFunction> all() {
        return List.of(
                collect(
                        "collect_list",
                        false,
                        "collect_list(x) - Returns a list of objects with duplicates"),
                collect(
                        "collect_set",
                        true,
                        "collect_set(x) - Returns a set of objects with duplicate elements"
                                + " eliminated"),
                percentile(
                        "percentile",
                        DataType.BIGINT,
                        () -> PercentileAccumulator.interpolating(DataType.BIGINT),
                        "percentile(expr, pc) - Returns the percentile(s) of expr at pc (range:"
                                + " [0,1]), exactly; pc can be a double or double array"),
                percentile(
                        "percentile_cont",
                        DataType.DOUBLE,
                        () -> PercentileAccumulator.interpolating(DataType.DOUBLE),
                        "percentile_cont(expr, pc) - Returns the percentile of expr at pc, between"
                                + " two values if need be"),
                percentile(
                        "percentile_disc",
                        DataType.DOUBLE,
                        () -> PercentileAccumulator.discrete(DataType.DOUBLE),
                        "percentile_disc(expr, pc) - Returns the percentile of expr at pc, one of"
                                + " the values"),
                percentileApprox(),
                histogram());
    }

    private static AggregateFunction collect(String name, boolean distinct, String description) {
        return new AggregateFunction(
                name,
                List.of(),
                arguments -> {
                    Signature.checkCount(name, arguments, 1, 1);
                    DataType type = arguments.get(0).type();
                    if (type.kind() == TypeKind.VOID) {
                        type = DataType.STRING;
                    }
                    return new Binding(List.of(type), new ListType(type));
                },
                (arguments, returned) -> List.of(returned),
                (arguments, returned) ->
                        distinct
                                ? CollectAccumulator.set(arguments.get(0))
                                : CollectAccumulator.list(arguments.get(0)),
                distinct,
                description);
    }

    private static Binding bindPercentile(
            String name, List<Argument> arguments, Function<Argument, DataType> value, int most) {
        Signature.checkCount(name, arguments, 2, most);
        List<DataType> types = new ArrayList<>();
        types.add(value.apply(arguments.get(0)));
        DataType fractions = arguments.get(1).type();
        boolean many = fractions instanceof ListType;
        if (fractions instanceof ListType list) {
            Signature.convert(name, 1, list.element(), DataType.DOUBLE);
            types.add(DOUBLES);
        } else {
            Signature.convert(name, 1, fractions, DataType.DOUBLE);
            types.add(DataType.DOUBLE);
        }
        if (arguments.size() > 2) {
            types.add(Signature.convert(name, 2, arguments.get(2).type(), DataType.INT));
        }
        return new Binding(types, many ? DOUBLES : DataType.DOUBLE);
    }

    // A number of the wanted kind: nothing is rounded or read from text for an exact percentile.
    private static DataType exact(String name, DataType given, DataType wanted) {
        boolean integers = wanted.kind().isInteger();
        boolean takes = integers ? given.kind().isInteger() : given.kind().isNumeric();
        if (!takes && given.kind() != TypeKind.VOID) {
            throw Signature.wrongType(name, 0, given, integers ? "an integer" : "a number");
        }
        return Signature.convert(name, 0, given, wanted);
    }

    private static AggregateFunction percentile(
            String name, DataType value, Supplier<Accumulator> accumulators, String description) {
        return new AggregateFunction(
                name,
                List.of(),
                arguments ->
                        bindPercentile(
                                name, arguments, given -> exact(name, given.type(), value), 2),
                (arguments, returned) -> List.of(DOUBLES, new ListType(arguments.get(0))),
                (arguments, returned) -> accumulators.get(),
                false,
                description);
    }

    private static AggregateFunction percentileApprox() {
        return new AggregateFunction(
                "percentile_approx",
                List.of(),
                arguments ->
                        bindPercentile(
                                "percentile_approx",
                                arguments,
                                value -> NumberArguments.number("percentile_approx", 0, value),
                                3),
                (arguments, returned) -> List.of(DOUBLES, DOUBLES),
                (arguments, returned) -> HistogramAccumulator.percentiles(),
                false,
                "percentile_approx(expr, pc, [nb]) - For very large data, computes an approximate"
                        + " percentile value from a histogram, using the optional argument [nb] as"
                        + " the number of histogram bins to use");
    }

    private static Binding bindHistogram(List<Argument> arguments) {
        String name = "histogram_numeric";
        Signature.checkCount(name, arguments, 2, 2);
        return new Binding(
                List.of(
                        NumberArguments.number(name, 0, arguments.get(0)),
                        Signature.convert(name, 1, arguments.get(1).type(), DataType.INT)),
                BINS);
    }

    private static AggregateFunction histogram() {
        return new AggregateFunction(
                "histogram_numeric",
                List.of(),
                CollectingFunctions::bindHistogram,
                (arguments, returned) -> List.of(DOUBLES, DOUBLES),
                (arguments, returned) -> HistogramAccumulator.bins(),
                false,
                "histogram_numeric(expr, nb) - Computes a histogram on numeric 'expr' using nb"
                        + " bins");
    }
}
