package org.skep.plan.stage;

import org.skep.storage.Split;

/**
 * A split with the way to understand it. Immutable.
 *
 * @param scanId the scan that it belongs to
 * @param layout index into the scan's layouts
 */
public record ScanSplit(int scanId, int layout, Split split) {}
