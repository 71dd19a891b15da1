package org.skep.planner.rel;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;
import org.skep.types.Datum;

/**
 * A constant, as an operator without operands: Calcite's own literals would lose trailing zeros,
 * characters and nanoseconds. Immutable.
 */
public final class DatumOperator extends SqlFunction {
    private final Datum value;

    /** The operator for a constant. */
    public DatumOperator(Datum value) {
        super(
                "lit:" + value.type().typeName() + ":" + value.value(),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.value = value;
    }

    /** The constant. */
    public Datum value() {
        return value;
    }
}
