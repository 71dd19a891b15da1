/**
 * Tests of comparisons and predicates. Start at {@link
 * org.skep.functions.compare.ComparisonPredicateTest}.
 */
package org.skep.functions.compare;
