/** Joins. Start at {@link org.skep.executor.join.HashJoinOperator}. */
package org.skep.executor.join;
