package org.skep.lsm.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.lsm.cell.CellType;
import org.skep.lsm.cell.CellView;

/**
 * Deletes and versions by the order of writing (NEW_VERSION_BEHAVIOR): a marker hides what was
 * written before it only, and a version that was pushed out by newer ones does not come back when
 * those are deleted. Order of writing is the sequence id, so files must keep it.
 *
 * <p>The writes of a column are parted into spans by the markers that hide all versions up to a
 * timestamp: a span holds what was written after one such marker up to the next. Within a span the
 * markers of single versions part the count of versions in the same way.
 */
final class WriteOrder extends Columns implements Deletes {
    /** What was written up to a sequence id: the sequence ids of the puts that count. */
    private static final class Segment {
        private final long end;
        private long[] puts = new long[2];
        private int size;

        Segment(long end) {
            this.end = end;
        }

        int find(long sequence) {
            return Arrays.binarySearch(puts, 0, size, sequence);
        }

        void add(long sequence) {
            int at = find(sequence);
            if (at < 0) {
                int to = -at - 1;
                if (size == puts.length) {
                    puts = Arrays.copyOf(puts, 2 * size);
                }
                System.arraycopy(puts, to, puts, to + 1, size - to);
                puts[to] = sequence;
                size++;
            }
        }

        Segment copyBefore(long sequence, long newEnd) {
            int at = find(sequence);
            Segment copy = new Segment(newEnd);
            copy.size = at < 0 ? -at - 1 : at;
            copy.puts = Arrays.copyOf(puts, Math.max(2, copy.size));
            return copy;
        }
    }

    /** What was written up to a marker, which hides all versions up to a timestamp. */
    private static final class Span {
        private final long end;
        private long timestamp;
        private final List<Segment> segments = new ArrayList<>(1);
        // Markers of single versions: timestamp and sequence id in turns.
        private long[] versions = {};

        Span(long end, long timestamp) {
            this.end = end;
            this.timestamp = timestamp;
        }

        Span copy() {
            Span copy = new Span(end, timestamp);
            for (Segment segment : segments) {
                copy.segments.add(segment.copyBefore(Long.MAX_VALUE, segment.end));
            }
            copy.versions = versions;
            return copy;
        }

        void addVersion(long at, long sequence) {
            versions = Arrays.copyOf(versions, versions.length + 2);
            versions[versions.length - 2] = at;
            versions[versions.length - 1] = sequence;
            int i = 0;
            while (segments.get(i).end < sequence) {
                i++;
            }
            Segment segment = segments.get(i).copyBefore(sequence, sequence);
            if (segments.get(i).end == sequence) {
                segments.set(i, segment);
            } else {
                segments.add(i, segment);
            }
        }

        /** The first marker of this version written at or after {@code sequence}. */
        long versionDeletedAt(long at, long sequence) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < versions.length; i += 2) {
                if (versions[i] == at && versions[i + 1] >= sequence) {
                    least = Math.min(least, versions[i + 1]);
                }
            }
            return least;
        }
    }

    private final byte[][] columns;
    private final int minVersions;
    private final int maxVersions;
    private final int wantedVersions;
    private final long oldest;
    private int index;
    private int count;

    private final Qualifier column = new Qualifier();
    private long lastTimestamp;
    private long lastSequence;
    private int lastType;
    // Ascending by their ends; the last has no marker.
    private final List<Span> familySpans = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();

    /**
     * @param columns sorted; empty for all
     * @param maxVersions the family's
     * @param wantedVersions the request's, at most the family's
     */
    WriteOrder(
            byte[][] columns, int minVersions, int maxVersions, int wantedVersions, long oldest) {
        this.columns = columns;
        this.minVersions = minVersions;
        this.maxVersions = maxVersions;
        this.wantedVersions = wantedVersions;
        this.oldest = oldest;
        open(familySpans);
    }

    private static void open(List<Span> into) {
        Span span = new Span(Long.MAX_VALUE, Long.MIN_VALUE);
        span.segments.add(new Segment(Long.MAX_VALUE));
        into.add(span);
    }

    private static Span spanOf(List<Span> spans, long sequence) {
        int i = 0;
        while (spans.get(i).end < sequence) {
            i++;
        }
        return spans.get(i);
    }

    private static void addSpan(List<Span> spans, CellView marker) {
        long sequence = marker.sequence();
        int i = 0;
        while (spans.get(i).end < sequence) {
            i++;
        }
        Span there = spans.get(i);
        if (there.end == sequence) {
            there.timestamp = Math.max(there.timestamp, marker.timestamp());
            return;
        }
        Span span = new Span(sequence, marker.timestamp());
        span.segments.add(new Segment(Long.MAX_VALUE));
        spans.add(i, span);
    }

    @Override
    public void startRow() {
        column.clear();
        index = 0;
        count = 0;
        lastType = 0;
        if (familySpans.size() > 1 || familySpans.get(0).versions.length > 0) {
            familySpans.clear();
            open(familySpans);
        }
    }

    /**
     * Takes note of a cell of a column; the sequence id of the cell before if that has the same
     * key, else the greatest.
     */
    private long arrive(CellView cell) {
        if (!column.is(cell)) {
            startColumn(cell);
        } else if (lastType == CellType.PUT.code()
                && cell.type() == lastType
                && cell.timestamp() == lastTimestamp) {
            return lastSequence;
        }
        lastTimestamp = cell.timestamp();
        lastSequence = cell.sequence();
        lastType = cell.type();
        return Long.MAX_VALUE;
    }

    private void startColumn(CellView cell) {
        column.set(cell);
        count = 0;
        if (familySpans.size() == 1
                && familySpans.get(0).versions.length == 0
                && spans.size() == 1
                && spans.get(0).versions.length == 0) {
            spans.get(0).segments.get(0).size = 0;
            return;
        }
        spans.clear();
        for (Span span : familySpans) {
            spans.add(span.copy());
        }
    }

    @Override
    public void add(CellView marker) {
        int type = marker.type();
        if (type == CellType.DELETE_FAMILY.code()
                || type == CellType.DELETE_FAMILY_VERSION.code()) {
            note(familySpans, marker);
            if (column.is(marker)) {
                // Among the cells of the column without a name.
                note(spans, marker);
                lastType = type;
            }
        } else {
            arrive(marker);
            note(spans, marker);
        }
    }

    private static void note(List<Span> spans, CellView marker) {
        int type = marker.type();
        if (type == CellType.DELETE_FAMILY.code() || type == CellType.DELETE_COLUMN.code()) {
            addSpan(spans, marker);
        } else {
            spanOf(spans, marker.sequence()).addVersion(marker.timestamp(), marker.sequence());
        }
    }

    @Override
    public Verdict check(CellView put) {
        long duplicateOf = arrive(put);
        long sequence = put.sequence();
        long timestamp = put.timestamp();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            if (span.end < sequence) {
                continue;
            }
            long deletedAt = span.versionDeletedAt(timestamp, sequence);
            long until = Math.min(duplicateOf, deletedAt);
            for (Segment segment : span.segments) {
                if (segment.end >= sequence && segment.end <= until) {
                    if (segment.size >= maxVersions) {
                        return Verdict.DELETED;
                    }
                    segment.add(sequence);
                }
            }
            if (deletedAt < Long.MAX_VALUE || timestamp <= span.timestamp) {
                return Verdict.DELETED;
            }
        }
        return duplicateOf < Long.MAX_VALUE ? Verdict.DELETED : Verdict.VISIBLE;
    }

    @Override
    boolean done() {
        return columns.length > 0 && index >= columns.length;
    }

    @Override
    boolean allExpired(long timestamp) {
        // An older timestamp may have been written later.
        return false;
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
        if (cell.timestamp() < oldest && count >= minVersions) {
            return count == minVersions ? Match.INCLUDE_AND_NEXT_COLUMN : Match.NEXT_COLUMN;
        }
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
