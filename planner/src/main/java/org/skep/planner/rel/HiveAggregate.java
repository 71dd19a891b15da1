package org.skep.planner.rel;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.Optionality;

/**
 * An aggregate of our catalogue, as Calcite sees it; NULL over no rows. COUNT is Calcite's own. The
 * operator carries the type of its result, which Calcite infers again wherever it copies a call.
 * Immutable.
 */
public final class HiveAggregate extends SqlAggFunction {
    private final RelDataType type;

    /** The aggregate of that name with a result of that type. */
    public HiveAggregate(String name, RelDataType type) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.explicit(type),
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        this.type = type;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof HiveAggregate aggregate
                && aggregate.type.equals(type);
    }

    @Override
    public int hashCode() {
        return super.hashCode() * 31 + type.hashCode();
    }
}
