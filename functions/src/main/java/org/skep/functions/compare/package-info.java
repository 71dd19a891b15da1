/**
 * Comparisons, tests for NULL and truth, IN, and hash functions, as kernels and, for filters, as
 * predicates that yield selections. Start at {@link org.skep.functions.compare.Comparisons}.
 */
package org.skep.functions.compare;
