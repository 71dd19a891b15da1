package org.skep.lsmtests.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.skep.lsm.schema.KeepDeletedCells;

/**
 * Random steps on few rows, columns and timestamps, so that they meet. For both stores they leave
 * out what HBase does by accident. Confined to one thread.
 */
final class StepGenerator {
    /** The markers of a history in which the order of writing counts. */
    private enum Markers {
        /** Of all kinds. */
        ALL,
        /** Of all versions up to a timestamp. */
        UP_TO,
        /** But for those of one version of a whole family. */
        NO_FAMILY_VERSIONS,
        /** But for those of a whole family. */
        NO_FAMILIES
    }

    // Ranges in HBase's filters around others are not asked about the row. What a filter that
    // counts columns, meant for gets, leaves of a scan depends on where that seeks.
    private static final Pattern ACCIDENTS =
            Pattern.compile("(skip|while)\\(.*ranges|columns \\d+(?! from|\\d)");
    static final List<String> ROWS = List.of("r1", "r2", "r3");
    private static final List<String> BOUNDS = List.of("r1", "r2", "r3", "r15", "r4");
    static final List<String> FAMILIES = List.of("f", "g");
    static final List<String> QUALIFIERS = List.of("a", "ab", "b");

    private final Random random;
    private final Variant variant;
    private final boolean alone;
    // Whether HBase counts by the order of writing, too.
    private final boolean ordered;
    private final Markers markers;
    private final Set<String> written = new HashSet<>();
    private int values;
    private int ticks;
    private int fresh = 6;

    private StepGenerator(Random random, Variant variant, boolean alone) {
        this.random = random;
        this.variant = variant;
        this.alone = alone;
        ordered = variant.newVersionBehavior() && !alone;
        markers =
                ordered
                        ? one(
                                List.of(
                                        Markers.UP_TO,
                                        Markers.NO_FAMILY_VERSIONS,
                                        Markers.NO_FAMILIES))
                        : Markers.ALL;
    }

    /** Steps for both stores. */
    static StepGenerator forBoth(Random random, Variant variant) {
        return new StepGenerator(random, variant, false);
    }

    /** Steps for ours alone, in which there is everything. */
    static StepGenerator forOurs(Random random, Variant variant) {
        return new StepGenerator(random, variant, true);
    }

    List<Step> steps(int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(step());
        }
        return steps;
    }

    private Step step() {
        int dice = random.nextInt(100);
        if (dice < 34) {
            return put(row());
        }
        if (dice < 50) {
            return delete(row());
        }
        if (dice < 54) {
            String row = row();
            if (ordered && markers != Markers.UP_TO) {
                // HBase does not count all puts of a write that deletes single versions, too.
                Set<String> taken = new HashSet<>();
                return new Step.MutateRow(List.of(put(row, taken), put(row, taken)));
            }
            return new Step.MutateRow(List.of(delete(row), put(row)));
        }
        if (dice < 57) {
            List<String> rows = new ArrayList<>(ROWS);
            Collections.shuffle(rows, random);
            return new Step.Batch(List.of(put(rows.get(0)), put(rows.get(1))));
        }
        if (dice < 60) {
            String row = row();
            String family = family();
            return writesNow(row, family, "n")
                    ? new Step.Increment(row, family, "n", 1 + random.nextInt(5))
                    : tick();
        }
        if (dice < 63) {
            String row = row();
            String family = family();
            String qualifier = qualifier();
            return writesNow(row, family, qualifier)
                    ? new Step.Append(row, family, qualifier, "+")
                    : tick();
        }
        if (dice < 68) {
            return check();
        }
        if (dice < 74) {
            return new Step.Flush();
        }
        if (dice < 78) {
            return new Step.Compact();
        }
        if (dice < 80) {
            return new Step.Major();
        }
        if (dice < 84) {
            return tick();
        }
        if (dice < 87) {
            // We keep for open scans what HBase drops in a flush where the order of writing counts,
            // or where deleted versions are kept and so count as versions.
            boolean same =
                    !variant.newVersionBehavior()
                            && variant.keepDeletedCells() == KeepDeletedCells.FALSE;
            return same ? new Step.Begin(question(false)) : new Step.Ask(question(true));
        }
        if (dice < 90) {
            return new Step.Go(1 + random.nextInt(3));
        }
        return new Step.Ask(question(true));
    }

    private Step tick() {
        ticks++;
        return new Step.Tick(1 + random.nextInt(2));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String row() {
        return one(ROWS);
    }

    private String family() {
        return one(FAMILIES);
    }

    private boolean nameless() {
        // HBase loses deletes of the column without a name where the order of writing counts.
        // It never comes to an end behind an expired marker of a family.
        return alone || (!variant.newVersionBehavior() && variant.ttlSeconds() == 0);
    }

    private String qualifier() {
        return nameless() && random.nextInt(8) == 0 ? "" : one(QUALIFIERS);
    }

    private String value() {
        return "v" + values++ % 10;
    }

    private long timestamp() {
        return random.nextInt(8) == 0 ? Step.NOW : random.nextInt(6);
    }

    private boolean writesNow(String row, String family, String qualifier) {
        return writes(row, family, qualifier, Step.NOW);
    }

    /** Takes note of a version that is written; false if HBase would not count what it replaces. */
    private boolean writes(String row, String family, String qualifier, long timestamp) {
        if (!ordered || markers == Markers.UP_TO) {
            return true;
        }
        String at = timestamp == Step.NOW ? "now " + ticks : "" + timestamp;
        return written.add(row + family + ":" + qualifier + "@" + at);
    }

    private Step.Mutate put(String row) {
        return put(row, new HashSet<>());
    }

    /** A put; {@code taken} are the columns, or versions, that its write has already. */
    private Step.Mutate put(String row, Set<String> taken) {
        List<Step.Part> parts = new ArrayList<>();
        for (int i = 0; parts.isEmpty() || i <= random.nextInt(3); i++) {
            String family = family();
            String qualifier = qualifier();
            long at = timestamp();
            if (!writes(row, family, qualifier, at)) {
                at = fresh++;
            }
            Step.Part part = new Step.Part(family, qualifier, at, value(), null);
            // Of versions of one write HBase counts one if the order of writing counts.
            String version = ordered ? "" : "@" + at;
            if (alone || taken.add(family + qualifier + version)) {
                parts.add(part);
            }
        }
        // By the order of writing, what HBase's expired cells had pushed out is seen again until a
        // compaction.
        boolean lives = ordered || random.nextInt(10) > 0;
        long ttl = lives ? 0 : 9_998 + random.nextInt(4);
        return new Step.Mutate(row, parts, true, Step.NOW, ttl);
    }

    private Step.Mutate delete(String row) {
        List<Step.Part> parts = new ArrayList<>();
        if (markers == Markers.NO_FAMILIES || random.nextInt(12) > 0) {
            Set<String> taken = new HashSet<>();
            for (int i = 0; i <= random.nextInt(2); i++) {
                Step.Part part = marker();
                // Of several markers of a family in one write HBase takes the last to come.
                if (alone || taken.add(part.family() + part.qualifier() + part.marker())) {
                    parts.add(part);
                }
            }
        }
        long at = variant.ttlSeconds() > 0 && !alone ? Step.NOW : timestamp();
        return new Step.Mutate(row, parts, false, at, 0);
    }

    private Step.Part marker() {
        Step.Marker kind =
                switch (random.nextInt(6)) {
                    case 0, 1 -> Step.Marker.VERSION;
                    case 2, 3 -> Step.Marker.COLUMN;
                    case 4 -> Step.Marker.FAMILY;
                    default -> Step.Marker.FAMILY_VERSION;
                };
        switch (markers) {
            case UP_TO -> {
                if (kind == Step.Marker.VERSION) {
                    kind = Step.Marker.COLUMN;
                } else if (kind == Step.Marker.FAMILY_VERSION) {
                    kind = Step.Marker.FAMILY;
                }
            }
            case NO_FAMILY_VERSIONS -> {
                if (kind == Step.Marker.FAMILY_VERSION) {
                    kind = Step.Marker.VERSION;
                }
            }
            case NO_FAMILIES -> {
                if (kind == Step.Marker.FAMILY) {
                    kind = Step.Marker.COLUMN;
                }
            }
            case ALL -> {}
        }
        return switch (kind) {
            // Markers of a family and of its column without a name HBase may pass by for ever.
            case VERSION, COLUMN ->
                    new Step.Part(
                            family(),
                            alone ? qualifier() : one(QUALIFIERS),
                            timestamp(),
                            null,
                            kind);
            case FAMILY ->
                    new Step.Part(
                            family(),
                            "",
                            variant.ttlSeconds() > 0 && !alone ? Step.NOW : timestamp(),
                            null,
                            kind);
            case FAMILY_VERSION -> new Step.Part(family(), "", random.nextInt(6), null, kind);
        };
    }

    private Step check() {
        String row = row();
        String operator =
                one(
                        List.of(
                                "LESS",
                                "LESS_OR_EQUAL",
                                "EQUAL",
                                "NOT_EQUAL",
                                "GREATER_OR_EQUAL",
                                "GREATER"));
        String value = random.nextInt(3) == 0 ? null : "v" + random.nextInt(10);
        return new Step.Check(
                row,
                family(),
                qualifier(),
                operator,
                value,
                random.nextBoolean() ? put(row) : delete(row));
    }

    /**
     * HBase's filters around others do not tell these the direction, and fuzzy rows may not end.
     */
    private static boolean reversible(FilterPair filter) {
        return filter == null
                || !(filter.text().contains("fuzzy")
                        || filter.text().contains("while(")
                        || filter.text().contains("skip("));
    }

    private Question question(boolean gets) {
        List<String> columns = new ArrayList<>();
        // Raw scans of HBase's that are open during a flush lose what the flush drops.
        boolean raw = gets && random.nextInt(8) == 0;
        switch (random.nextInt(4)) {
            case 0 -> columns.add(family());
            case 1 -> {
                if (!raw) {
                    for (int i = 0; i <= random.nextInt(3); i++) {
                        columns.add(family() + ":" + qualifier());
                    }
                }
            }
            default -> {}
        }
        long from = 0;
        long to = 0;
        // HBase passes by files outside of the range, though their versions push out others where
        // the order of writing counts: its answer then depends on flushes. A scan of older versions
        // that is open during a flush loses those that the flush drops. A raw scan never comes to
        // an
        // end between markers of a family and of the column without a name that are too old.
        boolean ranges = gets && !ordered && (alone || !raw || !nameless());
        if (ranges && random.nextInt(4) == 0) {
            from = random.nextInt(5);
            to = from + 1 + random.nextInt(4);
        }
        FilterPair filter = random.nextInt(3) == 0 ? FilterPair.random(random, 2) : null;
        boolean get = gets && random.nextInt(3) == 0;
        if (filter != null && !alone && ACCIDENTS.matcher(filter.text()).find()) {
            filter = null;
        }
        // HBase loses rows of reversed scans that are open during a flush.
        boolean reversed = gets && !get && (alone || reversible(filter)) && random.nextInt(3) == 0;
        String start = random.nextInt(3) == 0 ? one(BOUNDS) : null;
        String stop = random.nextInt(3) == 0 ? one(BOUNDS) : null;
        int batch = 0;
        if (!get && random.nextInt(5) == 0 && (filter == null || filter.allowsBatch())) {
            batch = 1 + random.nextInt(3);
        }
        boolean limited = random.nextInt(8) == 0;
        return new Question(
                get ? one(BOUNDS) : null,
                columns,
                random.nextInt(4),
                from,
                to,
                get ? null : start,
                random.nextBoolean(),
                get ? null : stop,
                random.nextBoolean(),
                reversed,
                raw && !get,
                batch,
                limited ? 1 + random.nextInt(2) : 0,
                limited ? random.nextInt(2) : 0,
                filter);
    }
}
