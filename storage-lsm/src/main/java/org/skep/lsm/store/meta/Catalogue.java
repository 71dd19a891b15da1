package org.skep.lsm.store.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.lsm.schema.RegionInfo;
import org.skep.lsm.schema.TableDescriptor;
import org.skep.lsm.schema.TableName;

/**
 * What meta says, in memory: one moment of it. Immutable.
 *
 * @param namespaces their names
 * @param tables all tables but meta itself
 */
public record Catalogue(SortedSet<String> namespaces, SortedMap<TableName, Entry> tables) {
    /**
     * A table.
     *
     * @param regions sorted by their first rows
     */
    public record Entry(TableDescriptor descriptor, TableState state, List<RegionInfo> regions) {
        public Entry {
            regions =
                    regions.stream()
                            .sorted((a, b) -> Arrays.compareUnsigned(a.startRow(), b.startRow()))
                            .toList();
        }

        /** The same with other regions. */
        public Entry withRegions(List<RegionInfo> others) {
            return new Entry(descriptor, state, others);
        }

        /** The same in another state. */
        public Entry in(TableState other) {
            return new Entry(descriptor, other, regions);
        }

        /** The same with another descriptor. */
        public Entry as(TableDescriptor other) {
            return new Entry(other, state, regions);
        }
    }

    public Catalogue {
        namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** From maps in any order. */
    public Catalogue(Collection<String> namespaces, Map<TableName, Entry> tables) {
        this(new TreeSet<>(namespaces), new TreeMap<>(tables));
    }

    /** A table, if there is one of this name. */
    public Optional<Entry> find(TableName table) {
        return Optional.ofNullable(tables.get(table));
    }

    /**
     * A table.
     *
     * @throws SkepException TABLE_NOT_FOUND
     */
    public Entry require(TableName table) {
        return find(table)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.TABLE_NOT_FOUND, "Table not found: " + table));
    }

    /** The same with one more namespace. */
    public Catalogue withNamespace(String namespace) {
        SortedSet<String> more = new TreeSet<>(namespaces);
        more.add(namespace);
        return new Catalogue(more, tables);
    }

    /** The same without a namespace. */
    public Catalogue withoutNamespace(String namespace) {
        SortedSet<String> fewer = new TreeSet<>(namespaces);
        fewer.remove(namespace);
        return new Catalogue(fewer, tables);
    }

    /** The same with a table added or replaced. */
    public Catalogue with(TableName table, Entry entry) {
        SortedMap<TableName, Entry> more = new TreeMap<>(tables);
        more.put(table, entry);
        return new Catalogue(namespaces, more);
    }

    /** The same without a table. */
    public Catalogue without(TableName table) {
        SortedMap<TableName, Entry> fewer = new TreeMap<>(tables);
        fewer.remove(table);
        return new Catalogue(namespaces, fewer);
    }

    /** The same with a region added, unless it is there. */
    public Catalogue withRegion(RegionInfo region) {
        Entry entry = require(region.table());
        if (entry.regions().contains(region)) {
            return this;
        }
        List<RegionInfo> more = new ArrayList<>(entry.regions());
        more.add(region);
        return with(region.table(), entry.withRegions(more));
    }

    /** The same without a region. */
    public Catalogue withoutRegion(RegionInfo region) {
        Optional<Entry> entry = find(region.table());
        if (entry.isEmpty()) {
            return this;
        }
        List<RegionInfo> fewer = new ArrayList<>(entry.get().regions());
        fewer.remove(region);
        return with(region.table(), entry.get().withRegions(fewer));
    }

    /** All regions of all tables, by their encoded names. */
    public SortedMap<String, RegionInfo> regions() {
        SortedMap<String, RegionInfo> regions = new TreeMap<>();
        tables.values()
                .forEach(
                        entry ->
                                entry.regions()
                                        .forEach(
                                                region ->
                                                        regions.put(region.encodedName(), region)));
        return regions;
    }
}
