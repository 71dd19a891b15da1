package org.skep.lsm.read;

import java.util.Arrays;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;

/**
 * Deletes as HBase has them: a marker hides by timestamp alone, also what is written after it.
 * Cells come in their order, so a marker comes before all that it hides.
 */
final class DeletesByTimestamp implements Deletes {
    private boolean any;
    private boolean family;
    private long familyTimestamp;
    // Descending, as they come.
    private long[] familyVersions = new long[4];
    private int familyVersionCount;
    private final Qualifier column = new Qualifier();
    private int columnType;
    private long columnTimestamp;

    @Override
    public void startRow() {
        if (any) {
            any = false;
            family = false;
            familyVersionCount = 0;
            column.clear();
        }
    }

    @Override
    public void add(CellView marker) {
        long timestamp = marker.timestamp();
        if (family && timestamp <= familyTimestamp) {
            return;
        }
        any = true;
        int type = marker.type();
        if (type == CellType.DELETE_FAMILY.code()) {
            family = true;
            familyTimestamp = timestamp;
        } else if (type == CellType.DELETE_FAMILY_VERSION.code()) {
            if (familyVersionCount == familyVersions.length) {
                familyVersions = Arrays.copyOf(familyVersions, 2 * familyVersionCount);
            }
            familyVersions[familyVersionCount++] = timestamp;
        } else if (type >= columnType || !column.is(marker)) {
            // Another column, or a marker that hides more than the one before.
            column.set(marker);
            columnType = type;
            columnTimestamp = timestamp;
        }
    }

    @Override
    public boolean isEmpty() {
        return !any;
    }

    @Override
    public Verdict check(CellView put) {
        if (!any) {
            return Verdict.VISIBLE;
        }
        long timestamp = put.timestamp();
        if (family && timestamp <= familyTimestamp) {
            return Verdict.REST_OF_COLUMN_DELETED;
        }
        if (hasFamilyVersion(timestamp)) {
            return Verdict.DELETED;
        }
        if (!column.isClear()) {
            if (column.is(put)) {
                if (columnType == CellType.DELETE_COLUMN.code()) {
                    return Verdict.REST_OF_COLUMN_DELETED;
                }
                if (timestamp == columnTimestamp) {
                    return Verdict.DELETED;
                }
            }
            column.clear();
        }
        return Verdict.VISIBLE;
    }

    private boolean hasFamilyVersion(long timestamp) {
        int low = 0;
        int high = familyVersionCount - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long at = familyVersions[middle];
            if (at == timestamp) {
                return true;
            }
            if (at > timestamp) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}
