package org.skep.planner.rel;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.Optionality;

/** An aggregate of our catalogue, as Calcite sees it; NULL over no rows. COUNT is Calcite's own. Immutable. */
public final class HiveAggregate extends SqlAggFunction {
    /** The aggregate of that name. */
    public HiveAggregate(String name) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0_NULLABLE,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
    }
}
