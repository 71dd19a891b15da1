/**
 * The region store beside HBase 2.6: the same operations on both must give the same cells. Start at
 * {@code HBaseRegion}.
 */
package org.skep.lsmtests;
