/** Tests of memstores. Start at {@link org.skep.lsm.memstore.MemStoreTest}. */
package org.skep.lsm.memstore;
