package org.skep.lsm.store.host;

import org.skep.lsm.region.Region;
import org.skep.lsm.schema.RegionInfo;

/** A region that is served. Immutable; the region is safe for use by many threads. */
public record HostedRegion(RegionInfo info, Region region) {}
