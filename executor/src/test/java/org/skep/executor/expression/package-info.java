/** Tests of expressions. Start at {@link org.skep.executor.expression.ExpressionTest}. */
package org.skep.executor.expression;
