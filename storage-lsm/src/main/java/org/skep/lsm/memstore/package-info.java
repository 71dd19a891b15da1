/**
 * The newest cells of a region, in memory: skip lists whose nodes are bytes in direct memory. Start
 * at {@link org.skep.lsm.memstore.MemStore}.
 */
package org.skep.lsm.memstore;
