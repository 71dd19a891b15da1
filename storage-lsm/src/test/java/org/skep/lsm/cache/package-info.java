/** Tests of the block cache. Start at {@link org.skep.lsm.cache.BlockCacheTest}. */
package org.skep.lsm.cache;
