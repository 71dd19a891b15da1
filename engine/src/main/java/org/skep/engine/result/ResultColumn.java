package org.skep.engine.result;

import org.skep.types.DataType;

/**
 * A column of a result. Immutable.
 *
 * @param name as Hive names it over HiveServer2: {@code t.a} for a column of SELECT *, else {@code
 *     a}
 * @param comment empty for queries
 */
public record ResultColumn(String name, DataType type, String comment) {
    /** A column without comment. */
    public static ResultColumn of(String name, DataType type) {
        return new ResultColumn(name, type, "");
    }

    /** A STRING column. */
    public static ResultColumn text(String name) {
        return of(name, DataType.STRING);
    }
}
