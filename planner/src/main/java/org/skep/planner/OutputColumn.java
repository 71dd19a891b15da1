package org.skep.planner;

import org.skep.types.DataType;

/**
 * A column of a result. Immutable.
 *
 * @param label the name with its relation, such as {@code t.a}, where the query names one
 */
public record OutputColumn(String name, String label, DataType type) {}
