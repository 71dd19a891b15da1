/**
 * Where a store keeps what: paths, small checksummed files, and who owns the directory. Start at
 * {@link org.skep.lsm.store.directory.StoreDirectory}.
 */
package org.skep.lsm.store.directory;
