package org.skep.lsm.region;

import java.util.Arrays;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.hfile.HFile;
import org.skep.lsm.hfile.HFileMetadata;
import org.skep.lsm.hfile.ReadMode;
import org.skep.lsm.operation.Scan;
import org.skep.lsm.operation.TimeRange;
import org.skep.lsm.schema.BloomType;
import org.skep.lsm.schema.ColumnFamily;

/**
 * Which files a scan has to read: those that can hold its rows by key range, filter, timestamps and
 * time to live. Confined to one thread.
 */
final class FileChoice {
    private static final long LARGE = 4 << 20;

    private final byte[][] columns;
    private final byte[] row; // null if the scan is of several
    private final byte[] least; // the least row, empty for no bound
    private final byte[] behind; // the first row behind, empty for no bound
    private final TimeRange times;
    private final long oldest;
    private final Scan.ReadType readType;
    private final ReadMode random;
    private final boolean ahead; // whether reading ahead makes sense
    private final boolean all; // whether the whole range is likely to be read

    FileChoice(ColumnFamily family, Scan scan, byte[][] columns, long now) {
        this.columns = columns;
        boolean single =
                scan.startIncluded()
                        && scan.stopIncluded()
                        && scan.startRow().length > 0
                        && Arrays.equals(scan.startRow(), scan.stopRow());
        row = single ? scan.startRow() : null;
        if (scan.reversed()) {
            least = scan.stopRow();
            behind = behind(scan.startRow(), scan.startIncluded());
        } else {
            least = scan.startRow();
            behind = behind(scan.stopRow(), scan.stopIncluded());
        }
        // Where the order of writing counts, versions of all times push out older ones.
        times = family.newVersionBehavior() ? TimeRange.ALL : scan.timeRange(family.nameBytes());
        boolean expires = family.minVersions() == 0 && family.ttlMillis() != ColumnFamily.FOREVER;
        oldest = expires && !scan.raw() ? now - family.ttlMillis() : Long.MIN_VALUE;
        readType = scan.readType();
        random = family.blockCache() && scan.cacheBlocks() ? ReadMode.RANDOM : ReadMode.UNCACHED;
        ahead = !single && !scan.reversed();
        all = scan.limit() < 0;
    }

    private static byte[] behind(byte[] last, boolean included) {
        if (last.length == 0 || !included) {
            return last;
        }
        return Arrays.copyOf(last, last.length + 1);
    }

    /** How a file is best read: ahead if all of it is wanted and it is not small. */
    ReadMode mode(StoreFile candidate) {
        return switch (readType) {
            case RANDOM -> random;
            case STREAM -> ahead ? ReadMode.STREAM : random;
            case DEFAULT -> ahead && all && isWholeLarge(candidate) ? ReadMode.STREAM : random;
        };
    }

    private boolean isWholeLarge(StoreFile candidate) {
        HFileMetadata metadata = candidate.file().metadata();
        return metadata.length() >= LARGE
                && Bytes.compare(least, metadata.firstRow()) <= 0
                && (behind.length == 0 || Bytes.compare(metadata.lastRow(), behind) < 0);
    }

    boolean needs(StoreFile candidate) {
        HFile file = candidate.file();
        HFileMetadata metadata = file.metadata();
        if (metadata.empty() || metadata.maxTimestamp() < oldest) {
            return false;
        }
        // What a marker hides may be as old as can be.
        long minTimestamp = metadata.deletes() == 0 ? metadata.minTimestamp() : 0;
        if (!times.all() && !times.overlaps(minTimestamp, metadata.maxTimestamp())) {
            return false;
        }
        return row == null ? file.mayContainRows(least, behind) : mayContainRow(file);
    }

    private boolean mayContainRow(HFile file) {
        if (columns.length == 0 || file.bloomType() != BloomType.ROWCOL) {
            return file.mayContainRow(row);
        }
        for (byte[] column : columns) {
            if (file.mayContain(row, column)) {
                return true;
            }
        }
        return file.mayContainDeleteFamily(row);
    }
}
