package org.skep.functions.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.skep.functions.api.AggregateFunction;
import org.skep.types.DataType;

/** Declares variance, covariance, correlation and regression. */
final class StatisticsFunctions {
    private static final List<DataType> PAIR_STATE =
            List.of(
                    DataType.BIGINT,
                    DataType.DOUBLE,
                    DataType.DOUBLE,
                    DataType.DOUBLE,
                    DataType.DOUBLE,
                    DataType.DOUBLE);

    private StatisticsFunctions() {}

    static List<AggregateFunction> all() {
        List<AggregateFunction> functions = new ArrayList<>();
        functions.add(
                ofOne(
                        "variance",
                        List.of("var_pop"),
                        VarianceAccumulator.Result.VARIANCE,
                        "the variance of a set of numbers"));
        functions.add(
                ofOne(
                        "var_samp",
                        List.of(),
                        VarianceAccumulator.Result.VARIANCE_OF_SAMPLE,
                        "the sample variance of a set of numbers"));
        functions.add(
                ofOne(
                        "stddev",
                        List.of("std", "stddev_pop"),
                        VarianceAccumulator.Result.DEVIATION,
                        "the standard deviation of a set of numbers"));
        functions.add(
                ofOne(
                        "stddev_samp",
                        List.of(),
                        VarianceAccumulator.Result.DEVIATION_OF_SAMPLE,
                        "the sample standard deviation of a set of numbers"));
        functions.add(
                ofTwo(
                        "covar_pop",
                        PairAccumulator.Result.COVARIANCE,
                        "the population covariance of a set of number pairs"));
        functions.add(
                ofTwo(
                        "covar_samp",
                        PairAccumulator.Result.COVARIANCE_OF_SAMPLE,
                        "the sample covariance of a set of number pairs"));
        functions.add(
                ofTwo(
                        "corr",
                        PairAccumulator.Result.CORRELATION,
                        "the Pearson coefficient of correlation between a set of number pairs"));
        functions.add(
                ofTwo(
                        "regr_count",
                        PairAccumulator.Result.COUNT,
                        "the number of pairs in which neither is NULL"));
        functions.add(
                ofTwo(
                        "regr_slope",
                        PairAccumulator.Result.SLOPE,
                        "the slope of the linear regression line"));
        functions.add(
                ofTwo(
                        "regr_intercept",
                        PairAccumulator.Result.INTERCEPT,
                        "the intercept of the linear regression line"));
        functions.add(
                ofTwo(
                        "regr_r2",
                        PairAccumulator.Result.DETERMINATION,
                        "the coefficient of determination"));
        functions.add(
                ofTwo(
                        "regr_avgx",
                        PairAccumulator.Result.AVERAGE_OF_X,
                        "the average of the second expression"));
        functions.add(
                ofTwo(
                        "regr_avgy",
                        PairAccumulator.Result.AVERAGE_OF_Y,
                        "the average of the first expression"));
        functions.add(
                ofTwo(
                        "regr_sxx",
                        PairAccumulator.Result.SQUARES_OF_X,
                        "the sum of squared distances of the second expression from its mean"));
        functions.add(
                ofTwo(
                        "regr_syy",
                        PairAccumulator.Result.SQUARES_OF_Y,
                        "the sum of squared distances of the first expression from its mean"));
        functions.add(
                ofTwo(
                        "regr_sxy",
                        PairAccumulator.Result.PRODUCTS,
                        "the sum of products of the distances of both from their means"));
        return functions;
    }

    private static AggregateFunction ofOne(
            String name,
            List<String> aliases,
            VarianceAccumulator.Result result,
            String description) {
        return new AggregateFunction(
                name,
                aliases,
                NumberArguments.numberOrText(name, DataType.DOUBLE),
                (arguments, returned) -> List.of(DataType.BIGINT, DataType.DOUBLE, DataType.DOUBLE),
                (arguments, returned) -> new VarianceAccumulator(result),
                false,
                name + "(x) - Returns " + description);
    }

    private static AggregateFunction ofTwo(
            String name, PairAccumulator.Result result, String description) {
        DataType returns =
                result == PairAccumulator.Result.COUNT ? DataType.BIGINT : DataType.DOUBLE;
        return new AggregateFunction(
                name,
                List.of(),
                NumberArguments.numbers(name, 2, returns),
                (arguments, returned) -> PAIR_STATE,
                (arguments, returned) -> new PairAccumulator(result),
                false,
                name + "(x, y) - Returns " + description);
    }
}
