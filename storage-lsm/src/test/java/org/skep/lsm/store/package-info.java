/** Tests of whole stores. Start at {@link org.skep.lsm.store.RegionStoreTest}. */
package org.skep.lsm.store;
