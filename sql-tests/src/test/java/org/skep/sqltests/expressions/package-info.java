/**
 * Runs single expressions and casts folded as constants and computed over columns, against recorded
 * answers.
 *
 * <p>Start reading at {@link org.skep.sqltests.expressions.HiveExpressionsTest}.
 */
package org.skep.sqltests.expressions;
