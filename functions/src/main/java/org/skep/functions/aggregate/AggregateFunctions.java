package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.Accumulator;
import org.skep.functions.api.AggregateFunction;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.call.Signature;
import org.skep.functions.call.ValueOrder;
import org.skep.types.DataType;
import org.skep.types.DecimalType;
import org.skep.types.TypeKind;

/** The declarations of the aggregate functions. */
public final class AggregateFunctions {
    private AggregateFunctions() {}

    /** All of them. */
    public static List<AggregateFunction> all() {
        List<AggregateFunction> functions = new ArrayList<>();
        functions.add(count());
        functions.add(sum());
        functions.add(average());
        functions.add(extreme("min", false));
        functions.add(extreme("max", true));
        functions.add(singleValue());
        functions.addAll(StatisticsFunctions.all());
        functions.addAll(CollectingFunctions.all());
        functions.addAll(NGramFunctions.all());
        return functions;
    }

    private static AggregateFunction count() {
        return new AggregateFunction(
                "count",
                List.of(),
                arguments ->
                        new Binding(
                                arguments.stream().map(Argument::type).toList(), DataType.BIGINT),
                (arguments, returned) -> List.of(DataType.BIGINT),
                (arguments, returned) -> new CountAccumulator(),
                false,
                "count(*) - Returns the number of rows; count(expr, ...) of those in which no"
                        + " expression is NULL");
    }

    private static AggregateFunction singleValue() {
        return new AggregateFunction(
                "single_value",
                List.of(),
                arguments -> new Binding(List.of(arguments.get(0).type()), arguments.get(0).type()),
                (arguments, returned) -> List.of(returned, DataType.BIGINT),
                (arguments, returned) -> new SingleValue(returned),
                true,
                "single_value(x) - Returns the value of the only row; fails if there are more");
    }

    private static AggregateFunction sum() {
        return new AggregateFunction(
                "sum",
                List.of(),
                arguments -> bindSum("sum", arguments),
                (arguments, returned) -> {
                    if (returned instanceof DecimalType decimal) {
                        return List.of(
                                new DecimalType(DecimalType.MAX_PRECISION, decimal.scale()),
                                DataType.BIGINT);
                    }
                    return returned.kind() == TypeKind.DOUBLE
                            ? List.of(DataType.DOUBLE, DataType.BIGINT)
                            : List.of(DataType.BIGINT);
                },
                (arguments, returned) -> {
                    if (returned instanceof DecimalType decimal) {
                        return SumDecimalAccumulator.sum((DecimalType) arguments.get(0), decimal);
                    }
                    return returned.kind() == TypeKind.DOUBLE
                            ? SumDoubleAccumulator.sum()
                            : new SumLongAccumulator();
                },
                false,
                "sum(x) - Returns the sum of a set of numbers");
    }

    private static Binding bindSum(String name, List<Argument> arguments) {
        DataType type = numericArgument(name, arguments);
        DataType given = arguments.get(0).type();
        if (given.kind().isCharacter()) {
            return new Binding(List.of(given), DataType.DOUBLE);
        }
        if (type.kind().isInteger()) {
            return new Binding(List.of(type), DataType.BIGINT);
        }
        if (type instanceof DecimalType decimal) {
            int precision = Math.min(DecimalType.MAX_PRECISION, decimal.precision() + 10);
            return new Binding(List.of(type), new DecimalType(precision, decimal.scale()));
        }
        return new Binding(List.of(type), DataType.DOUBLE);
    }

    private static AggregateFunction average() {
        return new AggregateFunction(
                "avg",
                List.of(),
                AggregateFunctions::bindAverage,
                (arguments, returned) ->
                        returned.kind() == TypeKind.DECIMAL
                                ? List.of(
                                        new DecimalType(
                                                DecimalType.MAX_PRECISION,
                                                ((DecimalType) arguments.get(0)).scale()),
                                        DataType.BIGINT)
                                : List.of(DataType.DOUBLE, DataType.BIGINT),
                (arguments, returned) ->
                        returned instanceof DecimalType decimal
                                ? SumDecimalAccumulator.average(
                                        (DecimalType) arguments.get(0), decimal)
                                : SumDoubleAccumulator.average(),
                false,
                "avg(x) - Returns the mean of a set of numbers");
    }

    private static Binding bindAverage(List<Argument> arguments) {
        DataType type = numericArgument("avg", arguments);
        if (type instanceof DecimalType decimal) {
            int scale = Math.min(DecimalType.MAX_PRECISION, decimal.scale() + 4);
            int whole = decimal.precision() - decimal.scale();
            int precision = Math.min(DecimalType.MAX_PRECISION, whole + scale);
            return new Binding(List.of(type), new DecimalType(precision, scale));
        }
        return new Binding(List.of(type), DataType.DOUBLE);
    }

    /**
     * The type to which the only argument of a numeric aggregate is cast: itself for integers,
     * decimals, floating point and timestamps, DOUBLE for texts.
     */
    private static DataType numericArgument(String name, List<Argument> arguments) {
        Signature.checkCount(name, arguments, 1, 1);
        DataType type = arguments.get(0).type();
        if (type.kind().isNumeric() || type.kind() == TypeKind.TIMESTAMP) {
            return type;
        }
        if (type.kind().isCharacter()) {
            return DataType.DOUBLE;
        }
        throw Signature.wrongType(name, 0, type, "a number or string");
    }

    private static AggregateFunction extreme(String name, boolean greatest) {
        return new AggregateFunction(
                name,
                List.of(),
                arguments -> {
                    Signature.checkCount(name, arguments, 1, 1);
                    DataType type = arguments.get(0).type();
                    if (!ValueOrder.isOrdered(type)) {
                        throw Signature.wrongType(name, 0, type, "of a type that has an order");
                    }
                    return new Binding(List.of(type), type);
                },
                (arguments, returned) -> List.of(returned),
                (arguments, returned) -> extremeOf(returned, greatest),
                true,
                greatest
                        ? "max(expr) - Returns the maximum value of expr"
                        : "min(expr) - Returns the minimum value of expr");
    }

    private static Accumulator extremeOf(DataType type, boolean greatest) {
        return switch (type.kind()) {
            case TINYINT,
                    SMALLINT,
                    INT,
                    BIGINT,
                    DATE,
                    TIMESTAMP,
                    TIMESTAMP_LOCAL_TZ,
                    INTERVAL_YEAR_MONTH,
                    INTERVAL_DAY_TIME ->
                    greatest ? LongExtreme.greatest() : LongExtreme.least();
            case FLOAT, DOUBLE -> greatest ? DoubleExtreme.greatest() : DoubleExtreme.least();
            case VOID, BOOLEAN, DECIMAL, STRING, VARCHAR, CHAR, BINARY, ARRAY, MAP, STRUCT, UNION ->
                    greatest ? ValueExtreme.greatest(type) : ValueExtreme.least(type);
        };
    }
}
