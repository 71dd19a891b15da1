package org.skep.metastore;

import java.util.Optional;

/**
 * A column of a table. Immutable.
 *
 * @param id stable for the life of the table and never used again after the column is dropped;
 *     {@link #UNASSIGNED} until {@link Table.Builder#build} gives it one
 * @param name in lower case
 * @param typeName the type as DESCRIBE prints it, such as {@code decimal(10,2)}
 */
public record Column(int id, String name, String typeName, Optional<String> comment) {
    /** The id of a column that has none yet. */
    public static final int UNASSIGNED = 0;

    /** Checks the parts. */
    public Column {
        if (id < 0 || name.isEmpty() || typeName.isEmpty()) {
            throw new IllegalArgumentException(
                    "Column must have a name and a type: %s %s".formatted(name, typeName));
        }
        if (comment == null) {
            throw new IllegalArgumentException("Comment must not be null: " + name);
        }
    }

    /** A new column without comment. */
    public static Column of(String name, String typeName) {
        return new Column(UNASSIGNED, name, typeName, Optional.empty());
    }

    /** A new column with a comment. */
    public static Column of(String name, String typeName, String comment) {
        return new Column(UNASSIGNED, name, typeName, Optional.of(comment));
    }

    /** The same column under another id. */
    public Column withId(int newId) {
        return new Column(newId, name, typeName, comment);
    }
}
