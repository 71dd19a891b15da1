/** Tests of regions. Start at {@link org.skep.lsm.region.RegionTest}. */
package org.skep.lsm.region;
