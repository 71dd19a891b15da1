package org.skep.functions.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A LIKE pattern over bytes: segments between {@code %} signs, of which the first and last are
 * anchored unless a {@code %} comes before or after them. A segment is runs of bytes and single
 * wildcards. Immutable.
 */
final class LikePattern implements TextMatcher {
    private final Segment[] segments;
    private final boolean openStart;
    private final boolean openEnd;
    private final int leastBytes;

    private LikePattern(List<Segment> segments, boolean openStart, boolean openEnd) {
        this.segments = segments.toArray(new Segment[0]);
        this.openStart = openStart;
        this.openEnd = openEnd;
        leastBytes = segments.stream().mapToInt(segment -> segment.leastBytes).sum();
    }

    /**
     * Compiles a pattern. The escape character makes the {@code %}, {@code _} after it an ordinary
     * character; elsewhere, it is one itself.
     */
    static LikePattern compile(byte[] pattern, byte escape) {
        List<Segment> segments = new ArrayList<>();
        SegmentBuilder builder = new SegmentBuilder();
        boolean openStart = false;
        boolean openEnd = false;
        for (int i = 0; i < pattern.length; i++) {
            byte c = pattern[i];
            openEnd = false;
            boolean escaped =
                    c == escape
                            && i + 1 < pattern.length
                            && (pattern[i + 1] == '%' || pattern[i + 1] == '_');
            if (escaped) {
                i++;
                builder.literal(pattern[i]);
            } else if (c == '%') {
                openStart |= segments.isEmpty() && builder.isEmpty();
                openEnd = true;
                builder.endSegment(segments);
            } else if (c == '_') {
                builder.wildcard();
            } else {
                builder.literal(c);
            }
        }
        builder.endSegment(segments);
        return new LikePattern(segments, openStart, openEnd);
    }

    @Override
    public boolean matches(byte[] data, int start, int length) {
        if (length < leastBytes) {
            return false;
        }
        int end = start + length;
        int count = segments.length;
        if (count == 0) {
            return openStart || length == 0;
        }
        int at = start;
        int first = 0;
        int last = count;
        if (!openStart) {
            at = segments[0].matchAt(data, start, end);
            if (at < 0) {
                return false;
            }
            if (count == 1 && !openEnd) {
                return at == end;
            }
            first = 1;
        }
        int limit = end;
        if (!openEnd) {
            last = count - 1;
            limit = segments[last].matchBefore(data, at, end);
            if (limit < 0) {
                return false;
            }
        }
        for (int i = first; i < last; i++) {
            at = segments[i].findFrom(data, at, limit);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /** Runs of bytes with single-character wildcards between them. Immutable. */
    private static final class Segment {
        private final BytesSearch[] runs;
        // how many wildcards come before each run, and at last after all
        private final int[] wildcards;
        private final int leastBytes;
        private final int characters;

        Segment(List<byte[]> runs, List<Integer> wildcards) {
            this.runs = runs.stream().map(BytesSearch::new).toArray(BytesSearch[]::new);
            this.wildcards = wildcards.stream().mapToInt(Integer::intValue).toArray();
            int bytes = 0;
            int points = 0;
            for (byte[] run : runs) {
                bytes += run.length;
                points += Utf8.count(run, 0, run.length);
            }
            for (int count : this.wildcards) {
                bytes += count;
                points += count;
            }
            leastBytes = bytes;
            characters = points;
        }

        private boolean isPlain() {
            return runs.length == 1 && wildcards[0] == 0 && wildcards[1] == 0;
        }

        /** The end of the match that begins at {@code at}, or -1. */
        int matchAt(byte[] data, int at, int end) {
            int i = at;
            for (int r = 0; r < wildcards.length; r++) {
                for (int w = 0; w < wildcards[r]; w++) {
                    if (i >= end) {
                        return -1;
                    }
                    i = Utf8.next(data, i, end);
                }
                if (r < runs.length) {
                    if (end - i < runs[r].length() || !runs[r].isAt(data, i)) {
                        return -1;
                    }
                    i += runs[r].length();
                }
            }
            return i;
        }

        /** The end of the first match at or after {@code from}, or -1. */
        int findFrom(byte[] data, int from, int end) {
            if (isPlain()) {
                int found = runs[0].find(data, from, end);
                return found < 0 ? -1 : found + runs[0].length();
            }
            for (int i = from; i + leastBytes <= end; i = Utf8.next(data, i, end)) {
                int matched = matchAt(data, i, end);
                if (matched >= 0) {
                    return matched;
                }
            }
            return -1;
        }

        /** The start of the match that ends at {@code end} and begins not before {@code from}. */
        int matchBefore(byte[] data, int from, int end) {
            int start;
            if (isPlain()) {
                start = end - leastBytes;
                return start >= from && runs[0].isAt(data, start) ? start : -1;
            }
            start = end;
            for (int n = 0; n < characters; n++) {
                if (start <= from) {
                    return -1;
                }
                start = Utf8.previous(data, from, start);
            }
            return matchAt(data, start, end) == end ? start : -1;
        }
    }

    /** Collects a segment. Confined to one thread. */
    private static final class SegmentBuilder {
        private final List<byte[]> runs = new ArrayList<>();
        private final List<Integer> wildcards = new ArrayList<>();
        private final ByteArrayOutputStream run = new ByteArrayOutputStream();
        private int pending;

        boolean isEmpty() {
            return runs.isEmpty() && run.size() == 0 && pending == 0;
        }

        void literal(byte value) {
            if (run.size() == 0) {
                wildcards.add(pending);
                pending = 0;
            }
            run.write(value);
        }

        void wildcard() {
            endRun();
            pending++;
        }

        private void endRun() {
            if (run.size() > 0) {
                runs.add(run.toByteArray());
                run.reset();
            }
        }

        void endSegment(List<Segment> segments) {
            endRun();
            if (runs.isEmpty() && pending == 0) {
                return;
            }
            wildcards.add(pending);
            pending = 0;
            segments.add(new Segment(runs, wildcards));
            runs.clear();
            wildcards.clear();
        }
    }
}
