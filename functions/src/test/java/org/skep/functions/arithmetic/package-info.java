/**
 * Tests of arithmetic against {@code java.math}. Start at {@link
 * org.skep.functions.arithmetic.DecimalArithmeticTest}.
 */
package org.skep.functions.arithmetic;
