/** Grouping and aggregating. Start at {@link org.skep.executor.aggregate.AggregateOperator}. */
package org.skep.executor.aggregate;
