/**
 * The cell: its bytes, its order, and streams of it. Start at {@link org.skep.lsm.cell.CellView};
 * the layout is specified in {@code docs/formats/hfile.md}.
 */
package org.skep.lsm.cell;
