package org.skep.planner.rel;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * Stands in an expression for the result of an aggregate or window function until the node that
 * computes it exists. Immutable.
 */
public final class Placeholder extends SqlFunction {
    /** What is waited for. */
    public enum Kind {
        AGGREGATE,
        WINDOW,
        GROUPING_ID
    }

    private final Kind waitsFor;
    private final int index;

    /** The placeholder of the {@code index}-th call of its kind. */
    public Placeholder(Kind kind, int index) {
        super(
                "$" + kind + index,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        waitsFor = kind;
        this.index = index;
    }

    /** What is waited for. */
    public Kind waitsFor() {
        return waitsFor;
    }

    /** Which of them. */
    public int index() {
        return index;
    }
}
