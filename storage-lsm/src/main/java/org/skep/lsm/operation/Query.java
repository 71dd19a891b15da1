package org.skep.lsm.operation;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skep.lsm.cell.Bytes;
import org.skep.lsm.filter.Filter;

/**
 * What {@link Get} and {@link Scan} have in common: families, columns, times, versions, a filter.
 * Confined to one thread until it is handed over; not to be changed then.
 *
 * @param <Q> the kind itself, for chained calls
 */
public abstract class Query<Q extends Query<Q>> {
    private final NavigableMap<byte[], NavigableSet<byte[]>> families =
            new TreeMap<>(Bytes::compare);
    private final NavigableMap<byte[], TimeRange> familyTimeRanges = new TreeMap<>(Bytes::compare);
    private TimeRange timeRange = TimeRange.ALL;
    private int versions = 1;
    private Filter filter;
    private int maxCellsPerFamily = -1;
    private int cellOffsetPerFamily;
    private boolean cacheBlocks = true;
    private Isolation isolation = Isolation.READ_COMMITTED;

    Query() {}

    abstract Q self();

    final void copyFrom(Query<?> other) {
        for (Map.Entry<byte[], NavigableSet<byte[]>> entry : other.families.entrySet()) {
            families.put(entry.getKey(), new TreeSet<>(entry.getValue()));
        }
        familyTimeRanges.putAll(other.familyTimeRanges);
        timeRange = other.timeRange;
        versions = other.versions;
        filter = other.filter;
        maxCellsPerFamily = other.maxCellsPerFamily;
        cellOffsetPerFamily = other.cellOffsetPerFamily;
        cacheBlocks = other.cacheBlocks;
        isolation = other.isolation;
    }

    /** Asks for all columns of a family. */
    public final Q addFamily(byte[] family) {
        families.put(family.clone(), new TreeSet<>(Bytes::compare));
        return self();
    }

    /** Asks for a column; of that family then only for the columns that were added. */
    public final Q addColumn(byte[] family, byte[] qualifier) {
        families.computeIfAbsent(family.clone(), key -> new TreeSet<>(Bytes::compare))
                .add(qualifier.clone());
        return self();
    }

    /**
     * The families asked for with their columns, none of these for all; if there is no family, all
     * are asked for.
     */
    public final NavigableMap<byte[], NavigableSet<byte[]>> families() {
        return Collections.unmodifiableNavigableMap(families);
    }

    /** Asks for timestamps in a range only. */
    public final Q timeRange(TimeRange range) {
        timeRange = range;
        return self();
    }

    /** Asks for timestamps in a range only, in one family. */
    public final Q timeRange(byte[] family, TimeRange range) {
        familyTimeRanges.put(family.clone(), range);
        return self();
    }

    /** The timestamps asked for in families that have no range of their own. */
    public final TimeRange timeRange() {
        return timeRange;
    }

    /** The timestamps asked for in a family. */
    public final TimeRange timeRange(byte[] family) {
        TimeRange own = familyTimeRanges.get(family);
        return own != null ? own : timeRange;
    }

    /**
     * Asks for at most so many versions of a column, newest first; 1 if it is not called.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public final Q readVersions(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Versions must be positive: " + count);
        }
        versions = count;
        return self();
    }

    /** Asks for all versions that there are. */
    public final Q readAllVersions() {
        return readVersions(Integer.MAX_VALUE);
    }

    /** How many versions of a column are asked for. */
    public final int versions() {
        return versions;
    }

    /** Leaves out what a filter rejects. */
    public Q filter(Filter value) {
        filter = value;
        return self();
    }

    /** The filter; null if there is none. */
    public final Filter filter() {
        return filter;
    }

    /**
     * Returns at most so many cells of a row in one family; -1, as is the case at first, for all.
     */
    public final Q maxCellsPerFamily(int count) {
        maxCellsPerFamily = count;
        return self();
    }

    /** How many cells of a row are returned in one family; -1 for all. */
    public final int maxCellsPerFamily() {
        return maxCellsPerFamily;
    }

    /** Leaves out so many cells at the beginning of a row in each family. */
    public final Q cellOffsetPerFamily(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Offset must not be negative: " + count);
        }
        cellOffsetPerFamily = count;
        return self();
    }

    /** How many cells at the beginning of a row are left out in each family. */
    public final int cellOffsetPerFamily() {
        return cellOffsetPerFamily;
    }

    /** Sets whether blocks that are read stay in the cache. */
    public final Q cacheBlocks(boolean value) {
        cacheBlocks = value;
        return self();
    }

    /** Whether blocks that are read stay in the cache. */
    public final boolean cacheBlocks() {
        return cacheBlocks;
    }

    /** Sets whether writes that are not complete are seen. */
    public final Q isolation(Isolation value) {
        isolation = value;
        return self();
    }

    /** Whether writes that are not complete are seen. */
    public final Isolation isolation() {
        return isolation;
    }
}
