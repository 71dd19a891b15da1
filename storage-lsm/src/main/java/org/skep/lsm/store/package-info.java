/** Tables of many regions in one directory. Start at {@link org.skep.lsm.store.RegionStore}. */
package org.skep.lsm.store;
