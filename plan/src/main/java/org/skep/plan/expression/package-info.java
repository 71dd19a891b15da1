/**
 * Expressions over the columns of a node's input: what the planner hands to the executor. Start at
 * {@link org.skep.plan.expression.Expression}.
 */
package org.skep.plan.expression;
