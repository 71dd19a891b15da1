package org.skep.lsm.region;

/**
 * The region is not served any more, or never held the row. The store looks for the region that
 * does and asks again, so no user sees it.
 */
public final class RegionClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RegionClosedException(String message) {
        super(message);
    }
}
