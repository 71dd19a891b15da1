/**
 * Tests of paths, records and ownership. Start at {@link
 * org.skep.lsm.store.directory.StoreDirectoryTest}.
 */
package org.skep.lsm.store.directory;
