/**
 * The newest cells of a region, in memory: skip lists whose nodes are bytes in direct memory, and
 * arrays that tell where in them to begin. Start at {@link org.skep.lsm.memstore.MemStore}.
 */
package org.skep.lsm.memstore;
