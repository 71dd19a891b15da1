package org.skep.planner.rel;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * A function of our catalogue, as an operator whose calls Calcite moves about but never computes or
 * simplifies. The type of a call is given with the call. Two operators with the same name are
 * equal. Immutable.
 */
public final class HiveFunction extends SqlFunction {
    /** CAST; the target is the type of the call, and stands in the name so that digests differ. */
    public static final String CAST = "cast";

    /** The first operand that is not NULL. */
    public static final String COALESCE = "coalesce";

    /** Whether the first operand equals one of the others, which are constants. */
    public static final String IN = "in";

    private final boolean deterministic;

    /** An operator that stands for the function of that name. */
    public HiveFunction(String name, boolean deterministic) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.deterministic = deterministic;
    }

    @Override
    public boolean isDeterministic() {
        return deterministic;
    }
}
