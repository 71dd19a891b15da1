/** Tests of sorting. Start at {@link org.skep.executor.sort.RowOrderTest}. */
package org.skep.executor.sort;
