/**
 * Which cells a reader sees: sources merged, then deletes, versions and times to live applied, then
 * filters. Start at {@link org.skep.lsm.read.RegionScanner}, then {@link
 * org.skep.lsm.read.StoreScanner}.
 */
package org.skep.lsm.read;
