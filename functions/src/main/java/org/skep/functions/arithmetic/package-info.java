/**
 * Arithmetic and bit operators and the mathematical functions. Start at {@link
 * org.skep.functions.arithmetic.ArithmeticFunctions}.
 */
package org.skep.functions.arithmetic;
