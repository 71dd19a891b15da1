package org.skep.planner.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.parser.ast.Expression;

/**
 * Hive's numbers for calls with wrong arguments, which depend on how it wrote a function: most say
 * whether the count or a type is wrong, the others only that something is. Recorded on Hive 4.0.1.
 * Immutable.
 */
final class CallFailures {
    private static final Set<String> ONE_NUMBER =
            names(
                    "acos ascii asin atan base64 bin chr cos cosh crc32 dayofweek degrees "
                            + "exp find_in_set floor_day floor_hour floor_minute floor_month "
                            + "floor_quarter floor_second floor_week floor_year "
                            + "get_json_object hex ln log log10 log2 ltrim md5 mid parse_url "
                            + "quote radians rand regexp_extract repeat reverse rtrim sha sha1 "
                            + "sign sin sinh space sqrt substr substring tan tanh trim trunc "
                            + "unbase64 unhex unix_timestamp weekofyear xpath_boolean "
                            + "xpath_double xpath_float xpath_int xpath_long xpath_number "
                            + "xpath_short xpath_string");
    private static final Set<String> ONE_NUMBER_FOR_COUNTS =
            names(
                    "array_contains buildversion ceil ceiling conv e extract_union field "
                            + "is_not_distinct_from lpad mod negative pi pmod positive pow "
                            + "power regexp_replace replace rpad shiftleft shiftright "
                            + "shiftrightunsigned uuid version xpath");
    private static final Set<String> ONE_NUMBER_FOR_TYPES =
            names(
                    "abs concat date_add date_sub datetime_legacy_hybrid_calendar from_unixtime "
                            + "from_utc_timestamp interval_day_time interval_year_month "
                            + "lcase lower str_to_map to_date to_unix_timestamp "
                            + "to_utc_timestamp ucase upper");

    private CallFailures() {}

    private static Set<String> names(String list) {
        return Set.copyOf(new HashSet<>(java.util.Arrays.asList(list.split(" ", -1))));
    }

    /** A failure placed: that of one argument belongs to it and not to the call. */
    static SkepException atArgument(SkepException failure, List<Expression> arguments) {
        int index = failure.argument().orElse(-1);
        boolean known =
                index >= 0
                        && index < arguments.size()
                        && arguments.stream().noneMatch(a -> a instanceof Expression.Star);
        return known ? failure.at(arguments.get(index).location()) : failure;
    }

    /** The failure of a call with the number that Hive has for it. */
    static SkepException numbered(String function, SkepException failure) {
        boolean alike =
                switch (failure.code()) {
                    case WRONG_ARGUMENT_COUNT ->
                            ONE_NUMBER.contains(function)
                                    || ONE_NUMBER_FOR_COUNTS.contains(function);
                    case WRONG_ARGUMENT_TYPE ->
                            ONE_NUMBER.contains(function)
                                    || ONE_NUMBER_FOR_TYPES.contains(function);
                    default -> false;
                };
        return alike
                ? new SkepException(ErrorCode.WRONG_ARGUMENTS, failure.getMessage(), failure)
                : failure;
    }
}
