/**
 * Finds what is wrong with a store, and mends it. Start at {@link
 * org.skep.lsm.store.check.StoreCheck}.
 */
package org.skep.lsm.store.check;
