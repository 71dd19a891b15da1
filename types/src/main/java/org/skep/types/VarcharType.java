package org.skep.types;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** VARCHAR(length), with a length of 1 to 65535 Unicode characters. Immutable. */
public record VarcharType(int length) implements DataType {
    /** The longest that Hive allows. */
    public static final int MAX_LENGTH = 65535;

    /** Checks the bound. */
    public VarcharType {
        if (length < 1 || length > MAX_LENGTH) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    "Length of varchar must be between 1 and 65535: " + length);
        }
    }

    @Override
    public TypeKind kind() {
        return TypeKind.VARCHAR;
    }

    @Override
    public String typeName() {
        return "varchar(" + length + ")";
    }

    @Override
    public String toString() {
        return typeName();
    }
}
