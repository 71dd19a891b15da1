/**
 * The loop over batches and the operators that need nothing but the batch at hand. Start at {@link
 * org.skep.executor.operator.Operator}.
 */
package org.skep.executor.operator;
