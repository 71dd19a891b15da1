package org.skep.parser.ast;

/** The unit of an interval. */
public enum IntervalUnit {
    YEAR_TO_MONTH,
    DAY_TO_SECOND,
    YEAR,
    QUARTER,
    MONTH,
    WEEK,
    DAY,
    HOUR,
    MINUTE,
    SECOND
}
