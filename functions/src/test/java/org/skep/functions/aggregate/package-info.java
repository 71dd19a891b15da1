/**
 * Tests of aggregates against plain Java. Start at {@link
 * org.skep.functions.aggregate.AggregateFunctionsTest}.
 */
package org.skep.functions.aggregate;
