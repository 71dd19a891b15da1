package org.skep.types;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;

/** CHAR(length), with a length of 1 to 255 Unicode characters. Immutable. */
public record CharType(int length) implements DataType {
    /** The longest that Hive allows. */
    public static final int MAX_LENGTH = 255;

    /** Checks the bound. */
    public CharType {
        if (length < 1 || length > MAX_LENGTH) {
            throw new SkepException(
                    ErrorCode.SEMANTIC_ERROR,
                    "Length of char must be between 1 and 255: " + length);
        }
    }

    @Override
    public TypeKind kind() {
        return TypeKind.CHAR;
    }

    @Override
    public String typeName() {
        return "char(" + length + ")";
    }

    @Override
    public String toString() {
        return typeName();
    }
}
