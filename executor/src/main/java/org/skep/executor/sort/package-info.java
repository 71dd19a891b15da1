/** Sorting and merging sorted rows. Start at {@link org.skep.executor.sort.SortOperator}. */
package org.skep.executor.sort;
