/**
 * Aggregate functions and the accumulators that keep their states as words of rows of groups. Start
 * at {@link org.skep.functions.aggregate.AggregateFunctions}; {@link
 * org.skep.functions.aggregate.FusedAccumulators} updates several aggregates in one loop.
 */
package org.skep.functions.aggregate;
