/** Tests of the cell's bytes and order. Start at {@code CellOrderTest}. */
package org.skep.lsm.cell;
