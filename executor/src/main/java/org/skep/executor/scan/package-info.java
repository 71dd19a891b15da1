/** Reading tables. Start at {@link org.skep.executor.scan.ScanOperator}. */
package org.skep.executor.scan;
