/**
 * Evaluation of plan expressions over batches. Start at {@link
 * org.skep.executor.expression.ExpressionCompiler}.
 */
package org.skep.executor.expression;
