package org.skep.lsm.read;

import java.util.Arrays;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;

/**
 * Deletes and versions by the order of writing (NEW_VERSION_BEHAVIOR). What is seen is what would
 * be there if each write were carried out at once, in the order of sequence ids, first its puts and
 * then its markers:
 *
 * <ul>
 *   <li>a put replaces the version of its timestamp,
 *   <li>a version goes for good when as many newer ones as the family keeps are there, all of which
 *       live at least as long as it does by a time to live of their own,
 *   <li>a marker takes away what it hides.
 * </ul>
 *
 * <p>Of what is there a reader sees the newest versions that have not expired, as many as the
 * family keeps. A compaction of all files keeps just what is there, so nothing changes by it.
 *
 * <p>Cells come newest timestamp first. So what became of a version depends on cells only that came
 * before it, and it is enough to count, for the ends of some writes, how many versions were there:
 * now, and at those writes that take single versions away, since only these make room without
 * taking all older versions, too.
 */
final class WriteOrder extends Columns implements Deletes {
    private static final long NOW = Long.MAX_VALUE;

    /** Markers of a row or a column. */
    private static final class Markers {
        private long[] sequences = new long[2];
        private long[] timestamps = new long[2];
        // Whether a marker hides one version alone, not all up to it.
        private boolean[] single = new boolean[2];
        private int size;

        void add(CellView marker, boolean one) {
            if (size == sequences.length) {
                sequences = Arrays.copyOf(sequences, 2 * size);
                timestamps = Arrays.copyOf(timestamps, 2 * size);
                single = Arrays.copyOf(single, 2 * size);
            }
            sequences[size] = marker.sequence();
            timestamps[size] = marker.timestamp();
            single[size++] = one;
        }

        /** The first write from {@code sequence} on that hides a version; NOW for none. */
        long hidden(long timestamp, long sequence) {
            long first = NOW;
            for (int i = 0; i < size; i++) {
                if (sequences[i] >= sequence
                        && sequences[i] < first
                        && (single[i] ? timestamps[i] == timestamp : timestamps[i] >= timestamp)) {
                    first = sequences[i];
                }
            }
            return first;
        }
    }

    private final byte[][] columns;
    private final int minVersions;
    private final int maxVersions;
    private final int wantedVersions;
    private final long oldest;
    private final long now;
    private final boolean compacts;
    private int index;
    private int count;
    // The versions of the column that were found and are not expired.
    private int rank;

    private final Qualifier column = new Qualifier();
    private boolean lastIsPut;
    private long lastTimestamp;
    private long lastSequence;
    private long lastExpiry;

    private final Markers familyMarkers = new Markers();
    private final Markers columnMarkers = new Markers();

    // The versions of the column: written by which write, there up to the end of which puts, and
    // up to when they live.
    private long[] firsts = new long[4];
    private long[] lasts = new long[4];
    private long[] expiries = new long[4];
    private int versions;
    private boolean mortals;

    // The writes at whose ends versions are counted, ascending; the last is NOW.
    private long[] ends = {NOW, 0};
    private int[] counts = new int[2];
    private int moments = 1;

    private WriteOrder(
            byte[][] columns,
            int minVersions,
            int maxVersions,
            int wantedVersions,
            long oldest,
            long now,
            boolean compacts) {
        this.columns = columns;
        this.minVersions = minVersions;
        this.maxVersions = maxVersions;
        this.wantedVersions = wantedVersions;
        this.oldest = oldest;
        this.now = now;
        this.compacts = compacts;
    }

    /**
     * What a reader sees.
     *
     * @param columns sorted; empty for all
     * @param maxVersions the family's
     * @param wantedVersions the request's
     * @param oldest the timestamp up to which all is expired, itself not
     * @param now milliseconds since 1970
     */
    static WriteOrder reading(
            byte[][] columns,
            int minVersions,
            int maxVersions,
            int wantedVersions,
            long oldest,
            long now) {
        return new WriteOrder(
                columns, minVersions, maxVersions, wantedVersions, oldest, now, false);
    }

    /** What stays when all files are joined. */
    static WriteOrder compacting(int minVersions, int maxVersions, long oldest, long now) {
        return new WriteOrder(
                new byte[0][], minVersions, maxVersions, Integer.MAX_VALUE, oldest, now, true);
    }

    @Override
    public void startRow() {
        column.clear();
        index = 0;
        count = 0;
        lastIsPut = false;
        familyMarkers.size = 0;
    }

    @Override
    public boolean judgesExpired() {
        return true;
    }

    private void startColumn(CellView cell) {
        column.set(cell);
        count = 0;
        rank = 0;
        lastIsPut = false;
        columnMarkers.size = 0;
        versions = 0;
        mortals = false;
        ends[0] = NOW;
        counts[0] = 0;
        moments = 1;
        for (int i = 0; i < familyMarkers.size; i++) {
            if (familyMarkers.single[i]) {
                addMoment(familyMarkers.sequences[i]);
            }
        }
    }

    @Override
    public void add(CellView marker) {
        int type = marker.type();
        boolean family =
                type == CellType.DELETE_FAMILY.code()
                        || type == CellType.DELETE_FAMILY_VERSION.code();
        boolean one =
                type == CellType.DELETE.code() || type == CellType.DELETE_FAMILY_VERSION.code();
        if (!family && !column.is(marker)) {
            startColumn(marker);
        }
        (family ? familyMarkers : columnMarkers).add(marker, one);
        // A marker of the family may stand among the cells of the column without a name.
        if (one && column.is(marker)) {
            addMoment(marker.sequence());
        }
        lastIsPut = false;
    }

    /** Counts versions at the end of a write, too. */
    private void addMoment(long end) {
        int at = Arrays.binarySearch(ends, 0, moments, end);
        if (at >= 0 || maxVersions == Integer.MAX_VALUE) {
            return;
        }
        at = -at - 1;
        if (moments == ends.length) {
            ends = Arrays.copyOf(ends, 2 * moments);
            counts = Arrays.copyOf(counts, 2 * moments);
        }
        System.arraycopy(ends, at, ends, at + 1, moments - at);
        System.arraycopy(counts, at, counts, at + 1, moments - at);
        moments++;
        ends[at] = end;
        counts[at] = count(end, Long.MIN_VALUE);
    }

    /** How many versions were there at the end of a write that live at least so long. */
    private int count(long end, long expiry) {
        int there = 0;
        for (int i = 0; i < versions; i++) {
            if (firsts[i] <= end && end <= lasts[i] && expiries[i] >= expiry) {
                there++;
            }
        }
        return there;
    }

    @Override
    public Verdict check(CellView put) {
        if (!column.is(put)) {
            startColumn(put);
        }
        long sequence = put.sequence();
        long timestamp = put.timestamp();
        long expiry = expiry(put);
        long last =
                Math.min(
                        familyMarkers.hidden(timestamp, sequence),
                        columnMarkers.hidden(timestamp, sequence));
        boolean again = lastIsPut && lastTimestamp == timestamp;
        if (again && lastSequence <= last) {
            last = lastSequence - 1;
            if (lastExpiry < expiry && last >= sequence) {
                // What replaced it may push out less.
                addMoment(last);
            }
        }
        if (!again || lastSequence != sequence) {
            // Of equal cells of one write the first is the last that was put.
            lastIsPut = true;
            lastTimestamp = timestamp;
            lastSequence = sequence;
            lastExpiry = expiry;
        }
        if (maxVersions < Integer.MAX_VALUE && last >= sequence) {
            last = pushOut(sequence, last, expiry);
        }
        if (last < NOW || expiry < now) {
            return Verdict.DELETED;
        }
        rank++;
        boolean hidden =
                !compacts && (rank > maxVersions || (timestamp < oldest && rank > minVersions));
        return hidden ? Verdict.DELETED : Verdict.VISIBLE;
    }

    /** Counts a version that was there up to some write unless others pushed it out: up to when. */
    private long pushOut(long sequence, long last, long expiry) {
        int at = Arrays.binarySearch(ends, 0, moments, sequence);
        long until = last;
        for (int i = at < 0 ? -at - 1 : at; i < moments && ends[i] <= last; i++) {
            if ((mortals ? count(ends[i], expiry) : counts[i]) >= maxVersions) {
                // Whatever else it pushed out at that time is pushed out by the others, too.
                until = i == 0 ? sequence - 1 : ends[i - 1];
                break;
            }
            counts[i]++;
        }
        if (until >= sequence) {
            record(sequence, until, expiry);
        }
        return until;
    }

    private void record(long first, long last, long expiry) {
        if (versions == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * versions);
            lasts = Arrays.copyOf(lasts, 2 * versions);
            expiries = Arrays.copyOf(expiries, 2 * versions);
        }
        firsts[versions] = first;
        lasts[versions] = last;
        expiries[versions++] = expiry;
        mortals |= expiry < Long.MAX_VALUE;
    }

    private static long expiry(CellView cell) {
        return cell.tagsLength() == 0 ? Long.MAX_VALUE : Matcher.expiry(cell);
    }

    @Override
    boolean done() {
        return columns.length > 0 && index >= columns.length;
    }

    @Override
    boolean allExpired(long timestamp) {
        // Neither versions nor markers matter to those of greater timestamps.
        return minVersions == 0 && timestamp < oldest;
    }

    @Override
    Match checkColumn(CellView cell) {
        if (columns.length == 0) {
            return Match.INCLUDE;
        }
        while (!done()) {
            int order = ChosenColumns.compare(columns[index], cell);
            if (order == 0) {
                return Match.INCLUDE;
            }
            if (order > 0) {
                return Match.NEXT_COLUMN;
            }
            index++;
        }
        return Match.NEXT_ROW;
    }

    @Override
    Match checkVersion(CellView cell, boolean uncounted) {
        if (uncounted || cell.deletes()) {
            return Match.INCLUDE;
        }
        count++;
        if (count >= wantedVersions) {
            return count == wantedVersions ? Match.INCLUDE_AND_NEXT_COLUMN : Match.NEXT_COLUMN;
        }
        return Match.INCLUDE;
    }

    @Override
    Match afterColumn(CellView cell) {
        return Match.NEXT_COLUMN;
    }

    @Override
    byte[] nextColumn() {
        return columns.length > 0 && !done() ? columns[index] : null;
    }
}
