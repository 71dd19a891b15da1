package org.skep.lsm.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.skep.lsm.operation.TimeRange;
import org.skep.lsm.schema.ColumnFamily;
import org.skep.lsm.schema.KeepDeletedCells;

/**
 * What a row of a family with NEW_VERSION_BEHAVIOR has to hold: all writes are kept and carried out
 * again for each question, one after the other. Confined to one thread.
 */
final class WriteOrderModel {
    enum Kind {
        PUT,
        VERSION,
        COLUMN,
        FAMILY_VERSION,
        FAMILY
    }

    /**
     * A part of a write.
     *
     * @param qualifier of puts and markers of columns
     * @param lives milliseconds of a put's own time to live; 0 for none
     */
    record Part(Kind kind, String qualifier, long timestamp, String value, long lives) {
        boolean hides(String column, long at) {
            return switch (kind) {
                case PUT -> false;
                case VERSION -> qualifier.equals(column) && timestamp == at;
                case COLUMN -> qualifier.equals(column) && timestamp >= at;
                case FAMILY_VERSION -> timestamp == at;
                case FAMILY -> timestamp >= at;
            };
        }
    }

    private record Version(long timestamp, String value, long expiry) {}

    private final ColumnFamily family;
    private final List<List<Part>> writes = new ArrayList<>();

    WriteOrderModel(ColumnFamily family) {
        this.family = family;
    }

    void write(List<Part> parts) {
        writes.add(List.copyOf(parts));
    }

    int writes() {
        return writes.size();
    }

    /** The versions of a column after so many writes, newest first. */
    private Collection<Version> there(String column, int after, Predicate<Part> counts) {
        TreeMap<Long, Version> versions = new TreeMap<>(Collections.reverseOrder());
        for (List<Part> parts : writes.subList(0, after)) {
            for (Part part : parts) {
                if (part.kind() == Kind.PUT && part.qualifier().equals(column)) {
                    long at = part.timestamp();
                    long expiry = part.lives() == 0 ? Long.MAX_VALUE : at + part.lives();
                    versions.put(at, new Version(at, part.value(), expiry));
                }
            }
            Map<Long, Version> before = new TreeMap<>(versions);
            versions.values()
                    .removeIf(
                            version ->
                                    before.values().stream()
                                                    .filter(
                                                            other ->
                                                                    other.timestamp()
                                                                                    > version
                                                                                            .timestamp()
                                                                            && other.expiry()
                                                                                    >= version
                                                                                            .expiry())
                                                    .count()
                                            >= family.maxVersions());
            for (Part part : parts) {
                if (counts.test(part)) {
                    versions.values().removeIf(each -> part.hides(column, each.timestamp()));
                }
            }
        }
        return versions.values();
    }

    private SortedSet<String> columns() {
        SortedSet<String> columns = new TreeSet<>();
        writes.forEach(
                parts ->
                        parts.stream()
                                .filter(part -> part.kind() == Kind.PUT)
                                .forEach(part -> columns.add(part.qualifier())));
        return columns;
    }

    private static String text(String column, Version version) {
        return "f:%s@%d=%s".formatted(column, version.timestamp(), version.value());
    }

    /** What is seen of some columns, none for all. */
    String seen(List<String> chosen, int wanted, TimeRange range, int after, long now) {
        long oldest = now - family.ttlMillis();
        List<String> seen = new ArrayList<>();
        for (String column : columns()) {
            if (!chosen.isEmpty() && !chosen.contains(column)) {
                continue;
            }
            Predicate<Part> counts =
                    part ->
                            family.keepDeletedCells() == KeepDeletedCells.FALSE
                                    || range.contains(part.timestamp());
            int rank = 0;
            int count = 0;
            for (Version version : there(column, after, counts)) {
                if (version.expiry() < now) {
                    continue;
                }
                rank++;
                boolean lives = version.timestamp() >= oldest || rank <= family.minVersions();
                if (rank <= family.maxVersions()
                        && lives
                        && range.contains(version.timestamp())
                        && count++ < wanted) {
                    seen.add(text(column, version));
                }
            }
        }
        return String.join(" ", seen);
    }

    /** What has to be left by a compaction of all. */
    String kept(long now) {
        long oldest = now - family.ttlMillis();
        List<String> kept = new ArrayList<>();
        for (String column : columns()) {
            for (Version version : there(column, writes.size(), part -> true)) {
                if (version.expiry() >= now
                        && (family.minVersions() > 0 || version.timestamp() >= oldest)) {
                    kept.add(text(column, version));
                }
            }
        }
        return String.join(" ", kept);
    }
}
