/** Tests of column blocks. Start at {@link org.skep.rpc.rows.ColumnBlockTest}. */
package org.skep.rpc.rows;
