/**
 * A region at work: row locks, atomic batches, the memstore and its flushes, the manifest of the
 * region's files, and back-pressure. Start at {@link org.skep.lsm.region.Region}; the manifest is
 * specified in {@code docs/formats/region.md}.
 */
package org.skep.lsm.region;
