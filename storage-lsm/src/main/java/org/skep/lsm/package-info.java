/**
 * The region store: keyed tables with HBase's cells and HBase's files, usable alone as a library.
 * Start at {@link org.skep.lsm.cell.CellView} for the data and at the package {@code
 * org.skep.lsm.store} for the way in.
 */
package org.skep.lsm;
