/**
 * Result rows as blocks of typed columns, laid out so that neither side makes an object per cell.
 * Start at {@link org.skep.rpc.rows.RowSet}.
 */
package org.skep.rpc.rows;
