package org.skep.metastore;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A database. Immutable.
 *
 * @param name in lower case
 * @param location where tables without a location of their own go; empty if none was chosen yet
 * @param version counts its changes; decides in a compare-and-set. Ignored on creation
 */
public record Database(
        String name,
        Optional<String> comment,
        Optional<String> location,
        String owner,
        SortedMap<String, String> properties,
        Instant createTime,
        long version) {
    /** The database that is always there. */
    public static final String DEFAULT = "default";

    /** Copies the map. */
    public Database {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        if (name.isEmpty() || comment == null || location == null || owner == null) {
            throw new IllegalArgumentException("Database must be complete: " + name);
        }
    }

    /** A database that is yet to be created. */
    public static Database named(String name, String owner, Instant createTime) {
        return new Database(
                name,
                Optional.empty(),
                Optional.empty(),
                owner,
                Collections.emptySortedMap(),
                createTime,
                0);
    }

    /** The same with a comment. */
    public Database withComment(String text) {
        return new Database(
                name, Optional.of(text), location, owner, properties, createTime, version);
    }

    /** The same at another place. */
    public Database withLocation(String path) {
        return new Database(
                name, comment, Optional.of(path), owner, properties, createTime, version);
    }

    /** The same with another owner. */
    public Database withOwner(String newOwner) {
        return new Database(name, comment, location, newOwner, properties, createTime, version);
    }

    /** The same with these properties instead of its own. */
    public Database withProperties(Map<String, String> map) {
        return new Database(
                name, comment, location, owner, new TreeMap<>(map), createTime, version);
    }
}
