/**
 * Turns column batches into the blocks in which rows travel to clients. Start at {@link
 * org.skep.server.rows.RowEncoder}.
 */
package org.skep.server.rows;
