/**
 * The same random operations on a region of ours and on one of HBase's, with the same answers after
 * every step. Start at {@link org.skep.lsmtests.oracle.OracleTest}.
 */
package org.skep.lsmtests.oracle;
