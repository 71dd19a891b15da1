package org.skep.engine.metadata;

import org.skep.types.DataType;

/**
 * A column as metadata calls list it. Immutable.
 *
 * @param position counted from 1, partition columns last
 * @param comment empty if there is none
 */
public record ColumnInfo(
        String database, String table, String name, DataType type, int position, String comment) {}
