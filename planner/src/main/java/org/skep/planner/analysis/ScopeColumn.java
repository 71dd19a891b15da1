package org.skep.planner.analysis;

import org.skep.types.DataType;

/**
 * A column that expressions of a query block can name. Immutable.
 *
 * @param database of the table that it comes from, or null
 * @param relation the alias or name of the relation that it comes from, in lower case, or null
 * @param name in lower case
 * @param index in the row of the block's input
 * @param hidden left out of stars: virtual columns and the doubled columns of USING
 */
public record ScopeColumn(
        String database, String relation, String name, DataType type, int index, boolean hidden) {
    ScopeColumn shifted(int by) {
        return new ScopeColumn(database, relation, name, type, index + by, hidden);
    }

    ScopeColumn hide() {
        return new ScopeColumn(database, relation, name, type, index, true);
    }
}
