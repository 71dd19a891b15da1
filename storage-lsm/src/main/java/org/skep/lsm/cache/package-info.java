/**
 * Blocks of store files in direct memory, shared by all readers of a process. Start at {@link
 * org.skep.lsm.cache.BlockCache}.
 */
package org.skep.lsm.cache;
