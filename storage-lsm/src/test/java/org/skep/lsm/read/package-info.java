/**
 * Tests of reading over sources in memory. Start at {@link org.skep.lsm.read.SmallRegion}, a region
 * without files.
 */
package org.skep.lsm.read;
